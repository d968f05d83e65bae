"""The letter of hardship asks the national data before a referral, if its applicant agrees; nobody is refused by it."""

import pytest

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import VILLAGE, done, home, running, seated
from tests.casework.registers import NIK, applied, calls, said, waits_at
from tests.casework.test_pages import text
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db


def referred(**answers: object) -> Case:
    """Return an application for a letter and a referral, after the letter was signed off by the village."""
    case, _token = applied(running(), referral=True, **answers)
    done(case.id, "check", seated("petugas", SeatKind.VILLAGE, VILLAGE), result="complete")
    return done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True)


def page_of_the_agency(case: Case) -> str:
    officer = signed_in(seated("dinsos", SeatKind.AGENCY))
    with tenancy(home().id):
        waiting = Case.objects.get(id=case.id).tasks.get()
    return text(officer.get(f"/regions/{home().code}/desk/{waiting.id}/"))


@pytest.mark.parametrize(
    ("digit", "shown", "asks_for_a_look"),
    [
        ("2", "2 dari 10", False),
        ("0", "Data sosial ekonomi nasional", True),
        ("9", "Data nasional tidak menjawab.", True),
    ],
)
def test_the_agency_reads_what_the_data_say_and_takes_the_referral_all_the_same(
    digit: str, shown: str, asks_for_a_look: bool
) -> None:
    case = referred(nik=f"{NIK[:-1]}{digit}", welfare_check=True)
    assert waits_at(case) == ["refer"]
    page = page_of_the_agency(case)
    assert shown in page
    assert ("Keadaan keluarga sudah dilihat sendiri" in page) is asks_for_a_look
    ended = done(case.id, "refer", seated("dinsos.dua", SeatKind.AGENCY), received=True)
    assert ended.outcome == "handed_over"
    assert said(case, "welfare")["says"]["answered"] is (digit != "9")  # type: ignore[index]


@pytest.mark.parametrize("answers", [{}, {"welfare_check": False}])
def test_who_does_not_agree_is_referred_and_nobody_is_asked(answers: dict[str, object]) -> None:
    case = referred(**answers)
    assert (waits_at(case), calls(case)) == (["refer"], [])
    assert "Keadaan keluarga sudah dilihat sendiri" not in page_of_the_agency(case)


def test_who_wants_no_referral_is_asked_nothing_of_the_data() -> None:
    case, _token = applied(running())
    done(case.id, "check", seated("petugas", SeatKind.VILLAGE, VILLAGE), result="complete")
    ended = done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True)
    assert (ended.outcome, calls(case)) == ("granted", [])
