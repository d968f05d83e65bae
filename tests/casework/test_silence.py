"""Nobody decides in time, and the law says what follows: time ends the case, and the applicant reads by which law."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Delivery, Message, Paper, Ring
from livinglab.casework.operations import rings
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import AT, REGION, VILLAGE, done, home, seated
from tests.casework.registers import applied, steps
from tests.casework.silences import silent_letters
from tests.casework.test_pages import text

pytestmark = pytest.mark.django_db
#: the letter's standard is three working days: arrived on Monday, over with Thursday
DUE = AT + timedelta(days=4)
LAW = "UU 30/2014 tentang Administrasi Pemerintahan pasal 53"


def let_time_pass(to: datetime) -> int:
    return sum(rings.ring_region(organization_id=one, at=to) for one in rings.regions_due(at=to))


def kept(case: Case) -> Case:
    with tenancy(home().id):
        return Case.objects.get(id=case.id)


def test_time_grants_what_nobody_decided_with_number_document_and_message() -> None:
    case, _token = applied(silent_letters())
    assert let_time_pass(AT + timedelta(days=3)) == 0
    assert kept(case).outcome == ""
    assert let_time_pass(DUE) == 1
    assert kept(case).outcome == "granted"
    assert steps(case) == ["applied", "sent", "silent", "issued", "signed", "sent", "ended"]
    with tenancy(home().id):
        paper = Paper.objects.get(case_id=case.id)
        told = list(Message.objects.filter(case_id=case.id).order_by("nth").values_list("message", flat=True))
    assert (paper.document, paper.number, paper.signer, paper.signed_by) == (
        "letter",
        "SKTM/1/2026",
        "head",
        None,
    )
    assert told == ["received", "silent"]
    with tenancy(home().id):
        assert not Ring.objects.filter(case_id=case.id).exists()
        assert not kept(case).tasks.exists()


def test_a_second_look_of_the_clock_changes_nothing() -> None:
    case, _token = applied(silent_letters())
    assert let_time_pass(DUE) == 1
    before = (kept(case).state, steps(case))
    assert let_time_pass(DUE + timedelta(days=30)) == 0
    assert (kept(case).state, steps(case)) == before


def test_the_applicant_reads_the_law_on_the_page_and_in_the_history_in_both_languages() -> None:
    case, token = applied(silent_letters())
    let_time_pass(DUE)
    page = text(Client().get(f"/applications/{REGION}/{token}/"))
    assert (
        f"Tidak ada kantor yang memutuskan pada waktunya. Menurut {LAW} permohonan ini dianggap: dikabulkan."
        in page
    )
    assert f"Tidak ada yang memutuskan pada waktunya; {LAW} menentukan akibatnya" in page
    assert "Permohonan Anda dikabulkan menurut hukum" in page
    english = text(Client().get(f"/en/applications/{REGION}/{token}/"))
    assert "No office decided in time. By UU 30/2014 tentang Administrasi Pemerintahan article 53" in english
    with tenancy(home().id):
        assert not Delivery.objects.filter(
            case_id=case.id
        ).exists()  # who gave no address is told on the page alone


def test_a_decision_in_time_stands_and_time_changes_nothing() -> None:
    case, token = applied(silent_letters(), income=9_000_000, members=1)
    done(case.id, "check", seated("petugas", SeatKind.VILLAGE, VILLAGE), result="complete")
    assert kept(case).outcome == "refused"
    assert let_time_pass(DUE + timedelta(days=9)) == 0
    assert kept(case).outcome == "refused"
    assert "Tidak ada kantor yang memutuskan" not in text(Client().get(f"/applications/{REGION}/{token}/"))


def test_time_does_not_grant_while_the_applicant_is_asked() -> None:
    case, _token = applied(silent_letters())
    officer = seated("petugas", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", officer, result="incomplete", reason="Alamat belum lengkap.")
    let_time_pass(DUE + timedelta(days=1))
    assert (kept(case).outcome, "silent" in steps(case)) == ("", False)
    let_time_pass(DUE + timedelta(days=20))
    assert (kept(case).outcome, "silent" in steps(case)) == ("lapsed", False)


def test_a_letter_that_was_issued_is_not_issued_again() -> None:
    case, _token = applied(silent_letters(), referral=True)
    done(case.id, "check", seated("petugas", SeatKind.VILLAGE, VILLAGE), result="complete")
    done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True)
    assert kept(case).outcome == ""
    let_time_pass(DUE)
    assert (kept(case).outcome, len(kept(case).state["issued"])) == ("granted", 1)


def test_silence_may_refuse_and_issues_nothing() -> None:
    case, _token = applied(
        silent_letters('ll:silence="refused" ll:silence-law="uu-30-2014" ll:silence-message="silent"')
    )
    let_time_pass(DUE)
    assert (kept(case).outcome, kept(case).state["issued"]) == ("refused", [])
