"""Who of an office does a step: taken, given, given back; nobody else does it meanwhile."""

from uuid import UUID

import pytest
from django.test import Client

from livinglab.accounts.models import User
from livinglab.audit.models import Entry
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Step, Task
from livinglab.casework.operations import assigning, cases
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.kit import (
    AT,
    NEIGHBOUR,
    REGION,
    VILLAGE,
    arrived,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
DESK = f"/regions/{REGION}/desk/"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def task() -> Task:
    with tenancy(home().id):
        return Task.objects.select_related("case").get()


def trail(case: Case) -> list[tuple[str, str, str]]:
    with tenancy(home().id):
        rows = Step.objects.filter(case_id=case.id, what__in=["assigned", "released"]).order_by("place")
        return [(one.what, one.on, one.by) for one in rows]


def assigned(to: UUID | None, by: User) -> Task:
    return assigning.assign(organization=home(), task_id=task().id, to=to, by=by, at=AT)


def refused(to: UUID | None, by: User) -> str:
    before = task().assignee
    with pytest.raises(Refused) as refusal:
        assigned(to, by)
    assert task().assignee == before
    return refusal.value.refusal.code


def test_an_officer_takes_a_step_gives_it_to_a_colleague_who_gives_it_back() -> None:
    case = arrived(running())
    ani, budi = seated("ani", SeatKind.VILLAGE, VILLAGE), seated("budi", SeatKind.VILLAGE)
    assigned(ani.id, ani)
    assigned(ani.id, ani)  # said twice
    assert (task().assignee, task().taken_from) == (ani.id, None)
    assigned(budi.id, ani)
    assert (task().assignee, task().taken_from) == (budi.id, None)
    assigned(None, budi)
    assert task().assignee is None
    assert trail(case) == [
        ("assigned", "check", str(ani.id)),
        ("assigned", "check", str(ani.id)),
        ("released", "check", str(budi.id)),
    ]
    with tenancy(home().id):
        said = Entry.objects.filter(action__in=["casework.assigned", "casework.released"]).order_by("number")
        assert [(one.action, one.subject, one.by) for one in said] == [
            ("casework.assigned", case.number, ani.id),
            ("casework.assigned", case.number, ani.id),
            ("casework.released", case.number, budi.id),
        ]


def test_nobody_does_the_step_of_another_who_reads_that_it_was_taken_over() -> None:
    case = arrived(running())
    ani, budi = seated("ani", SeatKind.VILLAGE, VILLAGE), seated("budi", SeatKind.VILLAGE)
    assigned(ani.id, ani)
    with pytest.raises(Refused) as refusal:
        done(case.id, "check", budi, result="complete")
    assert refusal.value.refusal.code == "assigned_otherwise"
    assert refused(None, budi) == "assigned_otherwise"
    assigned(budi.id, budi)
    assert (task().assignee, task().taken_from) == (budi.id, ani.id)
    assert "diambil alih dari Anda" in text(signed_in(ani).get(DESK))
    done(case.id, "check", budi, result="complete")
    assert (task().node, task().assignee, task().taken_from) == ("approve", None, None)


def test_the_history_of_a_case_goes_on_behind_the_entry() -> None:
    case = arrived(running())
    ani = seated("ani", SeatKind.VILLAGE, VILLAGE)
    assigned(ani.id, ani)
    done(case.id, "check", ani, result="complete")
    with tenancy(home().id):
        places = list(Step.objects.filter(case_id=case.id).order_by("place").values_list("place", flat=True))
        assert places == list(range(Case.objects.get(id=case.id).steps))


@pytest.mark.parametrize(
    ("to", "by", "why"),
    [
        ("sebelah", "ani", "no_seat_there"),
        ("nobody", "ani", "no_seat_there"),
        ("sebelah", "sebelah", "not_seated"),
    ],
)
def test_it_is_given_only_to_who_has_a_seat_there_by_who_has_one(to: str, by: str, why: str) -> None:
    arrived(running())
    people = {
        "ani": seated("ani", SeatKind.VILLAGE, VILLAGE),
        "sebelah": seated("sebelah", SeatKind.VILLAGE, NEIGHBOUR),
    }
    assert refused(people[to].id if to in people else new_id(), people[by]) == why


def test_who_answers_for_the_services_takes_it_from_anybody() -> None:
    arrived(running())
    ani, budi = seated("ani", SeatKind.VILLAGE, VILLAGE), seated("budi", SeatKind.VILLAGE)
    assigned(ani.id, ani)
    assigned(budi.id, coordinator())
    assert (task().assignee, task().taken_from) == (budi.id, ani.id)
    assigned(None, coordinator())
    assert task().assignee is None
    assert refused(coordinator().id, coordinator()) == "no_seat_there"


def test_a_superior_gives_out_what_waits_below_and_nothing_beside() -> None:
    arrived(running())
    ani = seated("ani", SeatKind.VILLAGE, VILLAGE)
    camat = seated("camat", SeatKind.SUPERIOR, "32.11.01")
    other = seated("lain", SeatKind.SUPERIOR, "32.11.02")
    assigned(ani.id, camat)
    assert task().assignee == ani.id
    assert refused(None, other) == "not_seated"
    assert refused(camat.id, camat) == "no_seat_there"


def test_what_waits_no_more_cannot_be_given() -> None:
    case = arrived(running())
    ani = seated("ani", SeatKind.VILLAGE, VILLAGE)
    gone = task().id
    done(case.id, "check", ani, result="complete")
    with pytest.raises(Refused) as refusal:
        assigning.assign(organization=home(), task_id=gone, to=ani.id, by=ani, at=AT)
    assert refusal.value.refusal.code == "not_waiting"


def test_the_page_of_a_step_takes_it_over_and_hides_its_form_until_then() -> None:
    arrived(running())
    ani, budi = seated("ani", SeatKind.VILLAGE, VILLAGE), seated("budi", SeatKind.VILLAGE)
    address = f"{DESK}{task().id}/"
    one, other = signed_in(ani), signed_in(budi)
    assert one.post(f"{address}assign/", {"act": "me"})["Location"] == address
    page = text(other.get(address))
    assert "_shown" not in page
    assert ani.name in page
    other.post(f"{address}assign/", {"act": "me"})
    assert task().assignee == budi.id
    assert "_shown" in text(other.get(address))
    other.post(f"{address}assign/", {"act": "to", "to": str(ani.id)})
    assert task().assignee == ani.id
    for wrong in ({"act": "to", "to": ""}, {"act": "to", "to": "x"}, {"act": "to", "to": str(new_id())}):
        one.post(f"{address}assign/", wrong)
        assert task().assignee == ani.id
    one.post(f"{address}assign/", {"act": "office"})
    assert task().assignee is None


def test_the_step_of_another_region_is_not_there() -> None:
    arrived(running())
    stranger = signed_in(make_member("siak", Role.COORDINATOR, "14.08"))
    address = f"/regions/14.08/desk/{task().id}/assign/"
    assert stranger.post(address, {"act": "me"}).status_code == 404
    stranger.post("/regions/14.08/desk/act/", {"task": str(task().id), "act": "office"})
    assert stranger.get(f"/regions/14.08/desk/together/?task={task().id}").status_code == 200
    assert task().assignee is None


def ticked(client: Client, act: str, *tasks: Task, **more: str) -> object:
    return client.post(
        f"{DESK}act/", {"task": [str(one.id) for one in tasks], "act": act, **more}, follow=True
    )


def test_several_are_taken_given_and_given_back_and_what_is_refused_is_said() -> None:
    service = running()
    for _nth in range(3):
        arrived(service)
    ani, budi = seated("ani", SeatKind.VILLAGE, VILLAGE), seated("budi", SeatKind.VILLAGE)
    with tenancy(home().id):
        first, second, third = Task.objects.order_by("case__number")
    client = signed_in(ani)
    ticked(client, "me", first, second)
    assert who() == [ani.id, ani.id, None]
    ticked(client, "to", second, third, to=str(budi.id))
    assert who() == [ani.id, budi.id, budi.id]
    page = text(ticked(client, "office", first, second))
    assert who() == [None, budi.id, budi.id]
    assert "SKTM-2026-000002: " in page
    assert "Centang" in text(ticked(client, "me"))
    assert client.post(f"{DESK}act/", {"task": "x", "act": "me", "back": "due=late&x=//a"})["Location"] == (
        f"{DESK}?due=late"
    )


def test_who_gives_out_by_guessed_ids_reads_no_number_that_is_not_theirs() -> None:
    service = running()
    arrived(service)
    arrived(service, village=NEIGHBOUR)
    ani = seated("ani", SeatKind.VILLAGE, VILLAGE)
    budi = seated("budi", SeatKind.VILLAGE, NEIGHBOUR)
    camat = seated("camat", SeatKind.SUPERIOR, VILLAGE)
    with tenancy(home().id):
        mine, other = Task.objects.order_by("case__number")
    for user in (ani, camat):
        for act, to in (("office", ""), ("me", ""), ("to", str(budi.id))):
            page = text(ticked(signed_in(user), act, other, to=to))
            assert "SKTM-2026-000002" not in page
            assert "bukan wewenang Anda" in page
    assert who() == [None, None]
    ticked(signed_in(ani), "me", mine, other)
    assert who() == [ani.id, None]
    ticked(signed_in(coordinator()), "to", other, to=str(budi.id))
    assert who() == [ani.id, budi.id]


def who() -> list[UUID | None]:
    with tenancy(home().id):
        return list(Task.objects.order_by("case__number").values_list("assignee", flat=True))


def test_after_the_applicant_was_asked_the_step_waits_for_the_whole_office() -> None:
    case = arrived(running())
    ani = seated("ani", SeatKind.VILLAGE, VILLAGE)
    assigned(ani.id, ani)
    done(case.id, "check", ani, result="incomplete", reason="KTP tidak terbaca")
    cases.answer(
        organization=home(),
        case_id=case.id,
        task="complete",
        answers={"address": "Jalan Contoh 2"},
        key="a",
        by=None,
        at=AT,
    )
    assert (task().node, task().assignee) == ("check", None)


def test_what_was_typed_while_a_colleague_took_the_step_over_stands_and_does_nothing() -> None:
    arrived(running())
    ani, budi = seated("ani", SeatKind.VILLAGE, VILLAGE), seated("budi", SeatKind.VILLAGE)
    address, browser = f"{DESK}{task().id}/", signed_in(ani)
    assigned(budi.id, budi)
    typed = {"_shown": "result reason", "result": "wrong", "reason": "Alamat di daerah lain.", "_key": "k"}
    answer = browser.post(address, typed)
    assert (answer.status_code, "Alamat di daerah lain." in text(answer)) == (409, True)
    assert task().case.outcome == ""
    assigned(ani.id, ani)
    assert browser.post(address, typed).status_code == 302
    with tenancy(home().id):
        assert Case.objects.get().outcome == "refused"
