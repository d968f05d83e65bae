"""An applicant who is unhappy with how their case ended has it looked at again: once, in time, with a reason."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.accounts.models import User
from livinglab.audit.models import Entry as AuditEntry
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Message, Paper, Reopening, Step, Task
from livinglab.casework.operations import cases, reopening, services
from livinglab.casework.operations.locking import UnknownCase
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.queries.cases import IllegalMove
from tests.casework.kit import AT, VILLAGE, arrived, coordinator, done, home, running, seated
from tests.casework.test_counting import NOVEMBER, counted, month, rows
from tests.casework.test_pages import sent, text
from tests.casework.test_rating import GIVEN, ended
from tests.organizations.people import organization

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
REASON = "Slip gaji yang dilihat milik orang lain."


def refused(*, at: datetime = AT) -> tuple[Case, User]:
    """Return a case that the village refused, and who did."""
    case = arrived(running())
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    return done(case.id, "check", officer, result="wrong", reason="Bukan warga desa ini.", at=at), officer


def again(case_id: UUID, *, reason: str = REASON, key: str = "1", at: datetime = LATER) -> Case:
    return reopening.reopen(organization=home(), case_id=case_id, reason=reason, key=key, by=None, at=at)


def code_of(case_id: UUID, **more: object) -> str:
    """Return why a case is not opened again; nothing of it changed."""
    with tenancy(home().id):
        before = Case.objects.values().get(id=case_id)
    with pytest.raises(Refused) as caught:
        again(case_id, **more)  # type: ignore[arg-type]
    with tenancy(home().id):
        assert Case.objects.values().get(id=case_id) == before
    return caught.value.refusal.code


def test_a_refused_case_goes_back_to_the_office_that_decided_with_a_new_standard() -> None:
    case, officer = refused()
    again(case.id)
    with tenancy(home().id):
        row = Case.objects.get()
        assert (row.number, row.outcome, row.ended_at, row.is_late) == (case.number, "", None, False)
        # three working days after Tuesday 3 November, to the end of the last
        assert row.due_at == datetime(2026, 11, 6, 17, tzinfo=UTC)
        task = Task.objects.get()
        assert (task.node, task.unit_code) == ("check", VILLAGE)
        assert task.due == datetime(2026, 11, 4, 17, tzinfo=UTC)
        whats = list(Step.objects.order_by("place").values_list("what", "on", "by"))
        assert whats[-2:] == [("reopened", "check", "applicant"), ("sent", "reopened", "")]
        kept = Reopening.objects.get()
        assert (kept.reason, kept.node, kept.outcome, kept.was_late) == (REASON, "check", "refused", False)
        message = Message.objects.order_by("-nth")[0]
        assert "dibuka kembali" in message.texts["id"]["subject"]
        assert "opened again" in message.texts["en"]["subject"]
        assert AuditEntry.objects.filter(action="casework.reopened", subject=case.number).count() == 1
    done(case.id, "check", officer, key="second", result="wrong", reason="Bukan warga desa ini.", at=LATER)
    with tenancy(home().id):
        assert Case.objects.get().outcome == "refused"


def test_a_double_click_opens_it_once() -> None:
    case, _officer = refused()
    again(case.id)
    again(case.id)
    with tenancy(home().id):
        assert (Reopening.objects.count(), Task.objects.count()) == (1, 1)
        assert Step.objects.filter(what="reopened").count() == 1


def test_it_is_opened_again_once_for_ever() -> None:
    case, officer = refused()
    again(case.id)
    assert code_of(case.id, key="2") == "not_ended"
    done(case.id, "check", officer, key="second", result="wrong", reason="Bukan warga desa ini.", at=LATER)
    assert code_of(case.id, key="3") == "opened_before"


@pytest.mark.parametrize(("reason", "code"), [("  ", "no_reason"), ("x" * 1001, "reason_too_long")])
def test_a_reason_is_asked_for(reason: str, code: str) -> None:
    case, _officer = refused()
    assert code_of(case.id, reason=reason) == code


@pytest.mark.parametrize(
    ("day", "is_open"),
    # 21 working days after Monday 2 November 2026
    [(datetime(2026, 12, 1, 16, 59, tzinfo=UTC), True), (datetime(2026, 12, 1, 17, tzinfo=UTC), False)],
)
def test_there_are_21_working_days_to_ask(day: datetime, is_open: bool) -> None:
    case, _officer = refused()
    if is_open:
        assert again(case.id, at=day).outcome == ""
    else:
        assert code_of(case.id, at=day) == "too_late"


def test_who_withdrew_applies_anew() -> None:
    case = arrived(running())
    cases.withdraw(organization=home(), case_id=case.id, key="w", by=None, at=AT)
    assert code_of(case.id) == "withdrawn"


def test_an_open_case_is_not_opened() -> None:
    assert code_of(arrived(running()).id) == "not_ended"


def test_figures_take_an_opened_case_back_and_keep_that_it_was_late() -> None:
    case, officer = refused(at=AT + timedelta(days=10))
    counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1, refused=1, breached=1, days={"8": 1}, hours={"240": 1})]
    opened = AT + timedelta(days=11)
    again(case.id, at=opened)
    counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1)]
    done(
        case.id,
        "check",
        officer,
        key="second",
        result="wrong",
        reason="Bukan warga desa ini.",
        at=opened + timedelta(hours=2),
    )
    counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1, refused=1, breached=1, days={"0": 1}, hours={"2": 1})]


def test_a_document_stays_and_a_new_decision_gets_the_next_number() -> None:
    case = arrived(running())
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    head = seated("kades", SeatKind.SIGNER, VILLAGE)
    done(case.id, "check", officer, result="complete")
    done(case.id, "approve", head, approved=True)
    with tenancy(home().id):
        first = Paper.objects.values().get()
    again(case.id)
    with tenancy(home().id):
        assert Task.objects.get().node == "approve"
    done(case.id, "approve", head, key="second", approved=True, at=LATER)
    with tenancy(home().id):
        kept, new = Paper.objects.order_by("nth").values()
        assert kept == first
        assert new["number"] != first["number"]


def test_the_page_asks_why_and_opens_it(client: Client) -> None:
    running()
    address = sent(client)
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    with tenancy(home().id):
        case_id = Case.objects.get().id
    assert client.get(f"{address}reopen/")["Location"] == address  # it is open
    done(
        case_id,
        "check",
        officer,
        result="wrong",
        reason="Bukan warga desa ini.",
        at=datetime(2026, 11, 22, 5, tzinfo=UTC),
    )
    assert f'href="{address}reopen/"' in text(client.get(address))
    page = text(client.get(f"{address}reopen/"))
    key = re.search(r'name="_key" value="([^"]+)"', page)
    assert key is not None
    wrong = client.post(f"{address}reopen/", {"_key": key[1], "reason": " "})
    assert (wrong.status_code, 'aria-invalid="true"' in text(wrong)) == (422, True)
    for _click in range(2):
        answer = client.post(f"{address}reopen/", {"_key": key[1], "reason": REASON})
        assert answer["Location"] == address
    status = text(client.get(address))
    assert REASON in status
    assert f'href="{address}reopen/"' not in status
    client.force_login(officer)
    assert "dibuka kembali" in text(client.get("/regions/32.11/desk/"))
    with tenancy(home().id):
        task = Task.objects.get()
    assert REASON in text(client.get(f"/regions/32.11/desk/{task.id}/"))


def test_four_eyes_hold_in_the_second_round_too() -> None:
    case = arrived(running())
    one = seated("rangkap", SeatKind.VILLAGE, VILLAGE)
    services.give_seat(
        organization=home(), user_id=one.id, kind=SeatKind.SIGNER, unit_code=VILLAGE, by=coordinator(), at=AT
    )
    done(case.id, "check", one, result="complete")
    done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True)
    again(case.id)
    with pytest.raises(IllegalMove) as caught:
        done(case.id, "approve", one, key="second", approved=True, at=LATER)
    assert caught.value.code == "four_eyes"


def test_who_was_signed_in_opens_it_at_its_own_address(client: Client) -> None:
    case, _officer = refused(at=datetime(2026, 11, 20, 5, tzinfo=UTC))
    someone = coordinator()
    with tenancy(home().id):
        Case.objects.update(applicant=someone.id)
    address = f"/applications/32.11/{case.id}/"
    assert client.post(f"{address}reopen/", {"reason": REASON}).status_code == 302
    with tenancy(home().id):
        assert Reopening.objects.count() == 0  # nobody is signed in
    client.force_login(someone)
    assert client.post(f"{address}reopen/", {"reason": f"{REASON}\0"})["Location"] == address
    with tenancy(home().id):
        assert Reopening.objects.get().reason == REASON
        assert AuditEntry.objects.get(action="casework.reopened").by == someone.id


def test_a_program_opens_it_and_reads_until_when(client: Client) -> None:
    running()
    token = sent(client).split("/")[3]
    here, bearer = "/api/v1/regions/32.11/application", {"authorization": f"Bearer {token}"}
    assert client.get(here, headers=bearer).json()["case"]["may_reopen_until"] is None
    with tenancy(home().id):
        case_id = Case.objects.get().id
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(
        case_id,
        "check",
        officer,
        result="wrong",
        reason="Bukan warga desa ini.",
        at=datetime(2026, 11, 22, 5, tzinfo=UTC),
    )
    case = client.get(here, headers=bearer).json()["case"]
    # 21 working days after Sunday 22 November 2026
    assert (case["may_reopen_until"], case["reopened_at"]) == ("2026-12-21", None)
    body = {"reason": REASON, "key": "k-1"}

    def asked(**more: str) -> dict[str, Any]:
        answer = client.post(
            f"{here}/reopening", {**body, **more}, content_type="application/json", headers=bearer
        )
        return {"status": answer.status_code, **answer.json()}

    first = asked()
    assert (first["status"], first["state"], first["case"]["may_reopen_until"]) == (200, "open", None)
    assert first["case"]["reopened_at"] is not None
    assert asked() == first
    refusal = asked(key="k-2")
    assert (refusal["status"], refusal["error"]["code"]) == (422, "not_ended")


def test_who_has_rated_it_already_is_not_asked_again_and_nothing_fails(client: Client) -> None:
    address, case_id = ended()
    survey = client.post(f"{address}rate/")["Location"]
    assert client.post(survey, GIVEN).status_code == 302
    again(case_id, at=clock.now())  # type: ignore[arg-type]
    officer = User.objects.get(email="operator@uji.example")
    done(
        case_id,
        "check",
        officer,
        key="second",
        result="wrong",
        reason="Bukan warga desa ini.",
        at=clock.now(),
    )  # type: ignore[arg-type]
    assert "Nilai layanan ini" not in text(client.get(address))
    with tenancy(home().id):
        assert Case.objects.get().outcome == "refused"


def test_another_region_opens_nothing() -> None:
    case, _officer = refused()
    with pytest.raises(UnknownCase):
        reopening.reopen(
            organization=organization("14.08"), case_id=case.id, reason=REASON, key="1", by=None, at=LATER
        )


def test_the_inbox_asks_no_more_for_more_cases(client: Client) -> None:
    service = running()
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    counts: list[int] = []
    client.force_login(officer)
    for nth in range(3):
        case = arrived(service)
        done(case.id, "check", officer, key=f"a{nth}", result="wrong", reason="Bukan warga desa ini.")
        again(case.id)
        with CaptureQueriesContext(connection) as asked:
            page = text(client.get("/regions/32.11/desk/"))
        assert page.count("· <strong>dibuka kembali</strong>") == nth + 1
        counts.append(len(asked))
    assert counts[2] == counts[1]
