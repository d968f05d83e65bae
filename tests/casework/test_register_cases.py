"""Registers in a case: asked outside its transaction, tried for a day, and then the case goes on as not checked."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.casework.adapters.registers import RegisterGateway
from livinglab.casework.domain.deliveries import WAITS
from livinglab.casework.domain.outside import CallState, Fault
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, OutsideCall
from livinglab.casework.operations import cases, outside
from livinglab.casework.operations.asking_later import ASK_TASK
from livinglab.config.register_places import RegisterSystem
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import AT, REGION, VILLAGE, coordinator, done, home, seated
from tests.casework.payment_server import TOKEN, Till, till_open
from tests.casework.registers import (
    NIK,
    TIMED,
    TWICE,
    answer,
    applied,
    calls,
    letters,
    nib,
    said,
    steps,
    waits_at,
)
from tests.casework.test_pages import text
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
PAGE = f"/regions/{REGION}/outside/"


@pytest.fixture
def till(settings: object) -> Iterator[Till]:
    with till_open(answer, {}) as open_till:
        wait_for(settings, open_till, seconds=10)
        yield open_till


def wait_for(settings: object, till: Till, *, seconds: float) -> None:
    system = RegisterSystem(url=till.url, token=TOKEN, seconds=seconds)
    settings.REGISTERS = {"identity": system, "welfare": system}  # type: ignore[attr-defined]


def asked(call: OutsideCall, *, after: timedelta = timedelta(0)) -> bool:
    return outside.ask(organization_id=home().id, call_id=call.id, at=AT + after)


def given_up(call: OutsideCall) -> None:
    """Ask until nobody asks any more."""
    for nth in range(len(WAITS) + 1):
        assert not asked(call, after=sum(WAITS[:nth], timedelta(0)))


def checked(case: Case) -> None:
    """Let the village find the application complete."""
    done(case.id, "check", seated("petugas", SeatKind.VILLAGE, VILLAGE), result="complete")


def task_page(case: Case, name: str, kind: SeatKind) -> str:
    officer = signed_in(seated(name, kind, VILLAGE))
    with tenancy(home().id):
        waiting = Case.objects.get(id=case.id).tasks.get()
    return text(officer.get(f"/regions/{REGION}/desk/{waiting.id}/"))


def test_a_case_waits_for_the_register_and_nobody_is_asked_inside_its_transaction(till: Till) -> None:
    case, token = applied(nib())
    [call] = calls(case)
    assert (call.state, call.kind, call.tries, len(call.digest)) == ("waiting", "identity", 0, 64)
    assert waits_at(case) == ["identity"]
    assert till.asked == []
    assert [one.args["call_id"] for one in ProcrastinateJob.objects.filter(task_name=ASK_TASK)] == [
        str(call.id)
    ]
    page = text(Client().get(f"/applications/{REGION}/{token}/"))
    assert "sedang dicocokkan: Pencocokan data kependudukan." in page
    assert "Isian Anda sedang dicocokkan dengan data nasional." in page


def test_the_answer_comes_by_a_job_moves_the_case_once_and_is_kept_without_what_was_not_asked(
    till: Till, caplog: pytest.LogCaptureFixture
) -> None:
    case, _token = applied(nib())
    [call] = calls(case)
    with caplog.at_level(logging.DEBUG):
        assert asked(call)
    assert not asked(call, after=timedelta(days=2))
    assert till.asked == [str(call.id)]
    assert waits_at(case) == ["prepare"]
    assert steps(case).count("checked") == 1
    kept = said(case, "identity")
    assert (kept["source"], kept["why"], kept["at"]) == ("register", "", AT.isoformat())
    assert kept["says"] == {
        "found": True,
        "active": True,
        "name_matches": True,
        "birth_date_matches": None,
        "answered": True,
        "matches": True,
    }
    [after] = calls(case)
    assert (after.state, after.answered_at) == (CallState.DONE, AT)
    with tenancy(home().id):
        whole = json.dumps(
            [
                list(OutsideCall.objects.filter(id=call.id).values()),
                Case.objects.get(id=case.id).state["checks"],
            ],
            default=str,
        )
    for secret in (NIK, "Jalan Rahasia", "Ibu Contoh"):
        assert secret not in whole
        assert secret not in caplog.text


def test_the_office_sees_what_was_said_by_whom_and_the_number_masked(till: Till) -> None:
    case, _token = applied(nib())
    assert asked(calls(case)[0])
    page = task_page(case, "pendamping", SeatKind.VILLAGE)
    for shown in ("Pencocokan data kependudukan", "ditemukan dan berlaku", "sesuai", "sistem nasional"):
        assert shown in page
    assert "pengganti, bukan sistem nasional" not in page
    assert "KTP asli" not in page
    assert NIK not in page


def test_a_register_down_for_an_hour_loses_nothing(till: Till, settings: object) -> None:
    wait_for(settings, till, seconds=0.2)
    case, _token = applied(nib())
    [call] = calls(case)
    till.mood, down = "slow", timedelta(0)
    for wait in WAITS[:3]:
        assert not asked(call, after=down)
        assert (calls(case)[0].fault, calls(case)[0].tries_at) == (Fault.SILENT, AT + down + wait)
        assert not asked(call, after=down + wait - timedelta(seconds=1))
        down += wait
    assert waits_at(case) == ["identity"]
    till.mood = "taken, then silent"
    assert not asked(call, after=down)
    till.mood = ""
    wait_for(settings, till, seconds=10)
    assert asked(call, after=down + WAITS[3])
    assert set(till.asked) == {str(call.id)}
    assert len(till.charges) == 1
    assert waits_at(case) == ["prepare"]


def test_the_next_try_is_planned_before_the_first_so_a_dead_worker_loses_nothing(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _token = applied(nib())
    [call] = calls(case)

    def dies(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(RegisterGateway, "ask", dies)
    with pytest.raises(KeyboardInterrupt):
        asked(call)
    assert ProcrastinateJob.objects.filter(task_name=ASK_TASK).count() == 2
    monkeypatch.undo()
    assert asked(call, after=WAITS[0])


def test_after_a_day_the_case_goes_on_as_not_checked_and_the_question_stands_on_the_page(till: Till) -> None:
    case, _token = applied(nib())
    [call] = calls(case)
    till.mood = "500"
    given_up(call)
    assert waits_at(case) == ["prepare"]
    kept = said(case, "identity")
    assert (kept["source"], kept["why"]) == ("", "broken")
    assert {*kept["says"].items()} == {  # type: ignore[attr-defined]
        ("answered", False),
        *((one, None) for one in ("found", "active", "name_matches", "birth_date_matches", "matches")),
    }
    assert calls(case)[0].state == CallState.FAILED
    page = task_page(case, "pendamping", SeatKind.VILLAGE)
    assert "Tidak dapat dicocokkan. Cocokkan sendiri." in page
    assert "Nama dan NIK sudah dicocokkan dengan KTP asli" in page
    officer = signed_in(coordinator())
    listed = text(officer.get(PAGE))
    assert case.number in listed
    assert "Pencocokan identitas" in listed
    assert "Permohonan sudah berjalan tanpa jawaban ini." in listed
    with pytest.raises(Refused):
        outside.try_again(organization=home(), call_id=call.id, by=coordinator().id, at=AT)
    officer.post(f"{PAGE}{call.id}/give-up/", {f"reason-{call.id}": "KTP dilihat."})
    assert (calls(case)[0].state, calls(case)[0].reason) == (CallState.DEAD, "KTP dilihat.")
    assert waits_at(case) == ["prepare"]


def test_a_question_that_is_not_wanted_lets_the_case_go_on_at_once(till: Till) -> None:
    case, _token = applied(nib())
    till.mood = "422"
    assert not asked(calls(case)[0])
    assert (waits_at(case), said(case, "identity")["why"]) == (["prepare"], "refused")


def test_where_no_register_is_set_up_the_case_goes_on_at_once(settings: object) -> None:
    settings.KEEPS_OUTBOX = False  # type: ignore[attr-defined]
    case, _token = applied(nib())
    assert (waits_at(case), said(case, "identity")["why"]) == (["prepare"], "not_set")
    [call] = calls(case)
    assert (call.state, call.fault) == (CallState.DEAD, Fault.NOT_SET)
    assert ProcrastinateJob.objects.filter(task_name=ASK_TASK).count() == 0


def test_outside_production_a_stand_in_answers_at_once_and_says_so() -> None:
    case, token = applied(nib())
    assert waits_at(case) == ["prepare"]
    assert steps(case) == ["applied", "sent", "decided", "outside", "checked"]
    assert calls(case)[0].state == CallState.DONE
    assert "pengganti, bukan sistem nasional" in task_page(case, "pendamping", SeatKind.VILLAGE)
    kept = json.loads(Client().get(f"/applications/{REGION}/{token}/data.json").content)
    assert kept["said_by_registers"]["identity"]["matches"] is True
    assert "sebuah pengganti yang menjawab" in text(signed_in(coordinator()).get(PAGE))


@pytest.mark.parametrize(("digit", "outcome", "waits"), [("2", "", ["approve"]), ("7", "refused", [])])
def test_a_packages_flow_reads_the_decile(digit: str, outcome: str, waits: list[str]) -> None:
    case, _token = applied(letters(), nik=f"{NIK[:-1]}{digit}")
    checked(case)
    with tenancy(home().id):
        assert Case.objects.get(id=case.id).outcome == outcome
    assert waits_at(case) == waits
    assert said(case, "welfare")["says"] == {
        "answered": True,
        "registered": True,
        "decile": int(digit),
        "as_of": "2026-01-01",
    }


def test_who_signs_sees_the_decile_its_day_and_where_it_is_from(till: Till) -> None:
    case, _token = applied(letters())
    checked(case)
    assert waits_at(case) == ["welfare"]
    assert asked(calls(case)[0])
    page = task_page(case, "kades", SeatKind.SIGNER)
    for shown in ("Data sosial ekonomi nasional", "2 dari 10", "1 Oktober 2026", "sistem nasional"):
        assert shown in page


def test_nobody_is_refused_because_a_register_was_away() -> None:
    case, _token = applied(letters(), nik=f"{NIK[:-1]}9")
    checked(case)
    assert (waits_at(case), said(case, "welfare")["why"]) == (["approve"], "silent")
    assert "Data nasional tidak menjawab." in task_page(case, "kades", SeatKind.SIGNER)


def test_a_timer_of_the_package_goes_on_before_the_day_is_over_and_a_late_answer_moves_nothing(
    till: Till,
) -> None:
    case, _token = applied(letters(*TIMED))
    checked(case)
    [call] = calls(case)
    till.mood = "500"
    assert not asked(call)
    cases.ring(organization=home(), case_id=case.id, at=AT + timedelta(hours=2))
    assert waits_at(case) == ["approve"]
    till.mood = ""
    assert not asked(call, after=timedelta(hours=3))
    assert till.asked == [str(call.id)]
    [after] = calls(case)
    assert (after.state, after.fault) == (CallState.DEAD, Fault.NOT_NEEDED)


def test_two_steps_that_wait_for_one_register_side_by_side_are_both_answered(till: Till) -> None:
    case, _token = applied(letters(*TWICE))
    checked(case)
    assert sorted(waits_at(case)) == ["again", "welfare"]
    first, second = calls(case)
    assert asked(first)
    assert asked(second)
    assert waits_at(case) == ["approve"]
    assert till.asked == [str(first.id), str(second.id)]


def test_a_case_that_ended_asks_nobody(till: Till) -> None:
    case, _token = applied(nib())
    cases.withdraw(organization=home(), case_id=case.id, key="w", by=None, at=AT)
    [call] = calls(case)
    assert not asked(call)
    assert (calls(case)[0].state, calls(case)[0].fault) == (CallState.DEAD, Fault.NOT_NEEDED)
    assert till.asked == []


def test_a_corrected_name_is_asked_about_anew(till: Till) -> None:
    case, _token = applied(nib())
    assert asked(calls(case)[0])
    helper = seated("pendamping", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "prepare", helper, result="incomplete", reason="Nama tidak sama.")
    cases.answer(
        organization=home(),
        case_id=case.id,
        task="complete",
        answers={"full_name": "Warga Contoh Dua"},
        key="a",
        by=None,
        at=AT,
    )
    first, second = calls(case)
    assert first.digest != second.digest
    assert waits_at(case) == ["identity"]
    assert asked(second)
    assert {one["name"] for one in till.charges.values()} == {"Warga Contoh", "Warga Contoh Dua"}
    assert waits_at(case) == ["prepare"]
