"""An inspector measures and photographs an advertisement on site; what was found decides what is paid."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Task
from livinglab.casework.operations import cases
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from tests.casework.attached import kept, photo, text, upload
from tests.casework.billing import AMOUNT, ANSWERS, applied, bills, found, permits
from tests.casework.kit import REGION, done, home, seated
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db

RATE_FOR_SIX_MONTHS = 6 * 25000
LARGER = {"width_found": "5", "height_found": "2,4", "sides_found": "2", "as_applied": "no"}
#: the application as its form posts it
TYPED = {
    **{key: str(one) for key, one in ANSWERS.items() if not isinstance(one, bool)},
    **{key: "yes" if one else "no" for key, one in ANSWERS.items() if isinstance(one, bool)},
    "_key": "k",
}


def waits_at(case: Case) -> list[str]:
    return [one["node"] for one in found(case).state["tokens"]]


def inspected(answers: Mapping[str, str]) -> tuple[Case, str, str]:
    """Return a case whose inspection was sent on the office's page, with a photo, that page before, and its address."""
    case, token = applied(permits())
    agency = seated("dinas", SeatKind.AGENCY)
    inspector = signed_in(seated("pemeriksa", SeatKind.INSPECTOR))
    done(case.id, "check", agency, result="complete")
    done(case.id, "revenue_review", agency, agreed=True)
    done(case.id, "order_review", agency, agreed=True)
    with tenancy(home().id):
        address = f"/regions/{REGION}/desk/{Task.objects.get(case=case, node='works_review').id}/"
    page = text(inspector.get(address))
    typed = {**answers, "agreed": "yes", "_key": "1", "photo": upload(photo(), "lapangan.jpg")}
    answer = _sent(inspector, address, page, typed)
    if answer.status_code == 200:  # the answers brought up a question; the photo lies with the step
        page = text(answer)
        answer = _sent(inspector, address, page, {one: said for one, said in typed.items() if one != "photo"})
    assert answer.status_code == 302, text(answer)
    return case, page, f"/applications/{REGION}/{token}/"


def _sent(inspector: Client, address: str, page: str, typed: Mapping[str, object]) -> Any:
    shown = re.search(r'name="_shown" value="([^"]*)"', page)
    assert shown is not None
    return inspector.post(address, {"_shown": shown[1], **typed})


def test_a_larger_size_found_on_site_is_what_is_billed_and_its_photo_stays() -> None:
    case, page, _address = inspected(LARGER)
    assert "Lebar yang diukur dalam meter" in page
    assert (waits_at(case), bills(case)) == (["disagree"], [])
    cases.ring(organization=home(), case_id=case.id, at=clock.now() + timedelta(days=6))
    (bill,) = bills(case)
    assert (waits_at(case), bill.amount) == (["wait_payment"], 24 * RATE_FOR_SIX_MONTHS)
    (row,) = kept()
    assert (row.form, row.question, row.name) == ("works", "photo", "lapangan.jpg")
    assert row.given_at is not None


def test_who_decides_reads_what_was_found_on_site_and_what_the_other_offices_said() -> None:
    case, _page, _address = inspected(LARGER)
    agreed_at = clock.now() + timedelta(days=6)  # nobody disputed the size
    cases.ring(organization=home(), case_id=case.id, at=agreed_at)
    cases.pay(organization=home(), case_id=case.id, key="p", paid_at=agreed_at, at=agreed_at)
    with tenancy(home().id):
        address = f"/regions/{REGION}/desk/{Task.objects.get(case=case, node='approve').id}/"
    page = text(signed_in(seated("kepala", SeatKind.SIGNER)).get(address))
    for step in (
        "Periksa berkas",
        "Pemeriksaan lapangan",
        "Pemeriksaan pajak",
        "Pemeriksaan ketertiban umum",
    ):
        assert f"<h2>{step}</h2>" in page
    assert "Lebar yang diukur dalam meter" in page


def test_who_disputes_the_size_found_is_measured_again_before_anything_is_billed(client: Client) -> None:
    case, _page, address = inspected(LARGER)
    page = text(client.get(address))
    assert "5 m kali 2,4 m, 2 sisi" in page
    assert "belum ada yang perlu dibayar" in page
    form = text(client.get(f"{address}correct/"))
    typed = {**TYPED, "remarks": "Yang diukur papan tetangga."}
    assert _sent(client, f"{address}correct/", form, typed).status_code == 302
    assert (waits_at(case), bills(case)) == (["check"], [])
    cases.ring(organization=home(), case_id=case.id, at=clock.now() + timedelta(days=6))
    assert (waits_at(case), bills(case)) == (["check"], [])


def test_a_size_that_agrees_is_billed_as_applied_for() -> None:
    case, _page, _address = inspected({"width_found": "4,02", "height_found": "2,01", "as_applied": "yes"})
    (bill,) = bills(case)
    assert (waits_at(case), bill.amount) == (["wait_payment"], AMOUNT)


@pytest.mark.parametrize(
    "answers",
    [
        {"width_found": "12", "height_found": "5", "as_applied": "no"},
        {"width_found": "5", "height_found": "5,1", "sides_found": "2", "as_applied": "no"},
        {"width_found": "4", "height_found": "2", "as_applied": "no", "site_found": "Jalan Contoh 15"},
        {"as_applied": "no"},
    ],
)
def test_another_place_or_more_than_is_allowed_goes_back_before_anything_is_billed(
    answers: Mapping[str, str],
) -> None:
    case, _page, _address = inspected(answers)
    assert (waits_at(case), bills(case)) == (["correct"], [])
