"""What an inbox is narrowed to, on the desk and for programs, and that it stays cheap."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from livinglab.casework.domain.filters import Due, numbers_like, span
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Reopening, Task
from livinglab.casework.operations import assigning
from livinglab.casework.queries import inbox
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Area
from tests.casework.kit import AT, NEIGHBOUR, REGION, VILLAGE, arrived, done, home, running, seated
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
DESK = f"/regions/{REGION}/desk/"
API = f"/api/v1/regions/{REGION}/desk"
_CONTROL = ("SAVEPOINT", "RELEASE", "SET LOCAL")


@pytest.fixture(autouse=True)
def villages() -> None:
    for code in (VILLAGE[:8], VILLAGE, NEIGHBOUR):
        Area.objects.get_or_create(
            code=code,
            defaults={
                "name": f"Tempat {code}",
                "kind": "village" if code.count(".") > 2 else "district",
                "parent_code": code.rpartition(".")[0],
                "region_code": REGION,
            },
        )


def four() -> tuple[Case, Case, Case, Case]:
    """Return a late case, one of the neighbour, one that was opened again, and one that somebody works on."""
    service, now = running(), clock.now()
    late = arrived(service, at=AT)
    beside = arrived(service, at=now, village=NEIGHBOUR)
    again = arrived(service, at=now)
    taken = arrived(service, at=now)
    with tenancy(home().id):
        Reopening.objects.create(
            organization_id=home().id,
            case=again,
            at=now,
            reason="x",
            node="check",
            outcome="refused",
            ended_at=now,
            was_late=False,
        )
        Task.objects.filter(case_id=late.id).update(escalated_at=now)
    return late, beside, again, taken


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "1234"),
        ("number=sktm-2026-000002", "2"),
        ("number=2", "2"),
        ("number=99", ""),
        ("number=%00", "1234"),
        ("due=late", "1"),
        ("show=late", "1"),
        (f"place={NEIGHBOUR}", "2"),
        (f"place={NEIGHBOUR[:8]}", "1234"),
        ("who=mine", "4"),
        ("show=mine", "4"),
        ("who=nobody", "123"),
        ("standing=again", "3"),
        ("standing=escalated", "1"),
        ("standing=asked", ""),
        ("who=nobody&standing=again&due=late", ""),
    ],
)
def test_each_filter_leaves_what_it_says(query: str, shown: str) -> None:
    taken = four()[3]
    ani = seated("ani", SeatKind.VILLAGE, VILLAGE, NEIGHBOUR)
    with tenancy(home().id):
        theirs = Task.objects.get(case_id=taken.id).id
    assigning.assign(organization=home(), task_id=theirs, to=ani.id, by=ani, at=AT)
    client = signed_in(ani)
    page = client.get(f"{DESK}?{query}").content.decode()
    assert "".join(one for one in "1234" if f">SKTM-2026-00000{one}<" in page) == shown
    if query != "number=%00":
        items = client.get(f"{API}?{query}").json()["items"]
        assert sorted(one["number"][-1] for one in items) == list(shown)


def test_a_service_a_step_and_a_person_are_chosen_from_lists() -> None:
    taken = four()[3]
    ani, budi = seated("ani", SeatKind.VILLAGE), seated("budi", SeatKind.VILLAGE)
    done(taken.id, "check", budi, result="complete", at=clock.now())
    with tenancy(home().id):
        one = Task.objects.filter(node="check").order_by("due").first()
        assert one is not None
        service = one.service_id
    assigning.assign(organization=home(), task_id=one.id, to=budi.id, by=budi, at=AT)
    client = signed_in(ani)
    page = client.get(f"{DESK}?service={service}&step={service}/check&who={budi.id}").content.decode()
    assert f'<option value="{service}/check" selected>' in page
    assert f'<option value="{budi.id}" selected>' in page
    assert page.count(">SKTM-2026-") == 1
    assert f'value="{service}/approve"' not in page  # a signer's step is none of theirs
    assert client.get(f"{API}?package=sktm&step=check&who={budi.id}").json()["total"] == 1
    assert client.get(f"{API}?package=lain").status_code == 422
    assert client.get(f"{API}?due=soon").status_code == 422


def test_a_program_takes_a_step_gives_it_and_gives_it_back() -> None:
    arrived(running())
    ani, budi = seated("ani", SeatKind.VILLAGE), seated("budi", SeatKind.VILLAGE)
    with tenancy(home().id):
        address = f"{API}/{Task.objects.get().id}/assignee"
    client = signed_in(ani)

    def put(body: dict[str, str]) -> tuple[int, object]:
        answer = client.put(address, body, content_type="application/json")
        return answer.status_code, answer.json().get("assignee")

    assert put({}) == (200, str(ani.id))
    assert client.get(API).json()["items"][0]["is_mine"] is True
    assert put({"person": str(budi.id)}) == (200, str(budi.id))
    refused = client.delete(address)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "assigned_otherwise")
    assert signed_in(budi).delete(address).json()["assignee"] is None


def test_with_every_filter_the_desk_takes_ten_statements() -> None:
    four()
    client = signed_in(seated("ani", SeatKind.VILLAGE))
    with tenancy(home().id):
        service = Task.objects.values_list("service_id", flat=True)[:1][0]
    query = f"number=1&service={service}&step={service}/check&place={VILLAGE}&due=week&who=nobody"
    client.get(f"{DESK}?{query}")
    for one in (query, "standing=escalated", "standing=again", "due=late"):
        with CaptureQueriesContext(connection) as many:
            client.get(f"{DESK}?{one}")
        asked = [each["sql"] for each in many if not each["sql"].startswith(_CONTROL)]
        assert len(asked) <= 10, "\n".join(asked)


def test_counts_and_pages_stop_at_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    service = running()
    for _nth in range(4):
        arrived(service)
    for module in (
        "livinglab.casework.queries.inbox",
        "livinglab.casework.web.words",
        "livinglab.casework.web.desk",
    ):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 2)
    monkeypatch.setattr("livinglab.casework.web.desk.ON_A_PAGE", 1)
    client = signed_in(seated("ani", SeatKind.VILLAGE))
    page = client.get(f"{DESK}?who=nobody").content.decode()
    assert "2+ langkah cocok" in page
    assert "Seribu yang pertama" in page
    assert "Halaman 1 dari 2" in page
    assert inbox.ON_A_PAGE == 50
    assert client.get(f"{DESK}?who=nobody&page=9").content.decode().count(">SKTM-2026-") == 1


#: a Wednesday, one in the night in western Indonesia, still Tuesday in UTC
_NIGHT = datetime(2026, 11, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "days"),
    [(Due.TODAY, (0, 1)), (Due.WEEK, (0, 5))],
)
def test_days_and_weeks_are_those_of_the_zone(due: Due, days: tuple[int, int]) -> None:
    midnight = datetime(2026, 11, 3, 17, tzinfo=UTC)
    since, until = span(due, at=_NIGHT, zone="Asia/Jakarta")
    assert (since, until) == tuple(midnight + timedelta(days=one) for one in days)


def test_late_is_before_now() -> None:
    assert span(Due.LATE, at=_NIGHT, zone="Asia/Jakarta") == (None, _NIGHT)


def test_digits_are_those_of_two_years_in_every_service() -> None:
    assert numbers_like(" 12 ", ["sktm", "reklame"], year=2026) == (
        "SKTM-2026-000012",
        "SKTM-2025-000012",
        "REKLAME-2026-000012",
        "REKLAME-2025-000012",
    )
    assert numbers_like("sktm-2026-000012", [], year=2026) == ("SKTM-2026-000012",)
