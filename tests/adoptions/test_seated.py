"""Who works in a village or district sets its values there: by the seat that the region gave, and nowhere else."""

from html import unescape

import pytest
from django.test import Client

from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import adoptions
from livinglab.audit.models import Entry
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Service
from livinglab.casework.operations import services
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.adoptions import kit
from tests.adoptions.test_units import DESA, DISTRICT, KELURAHAN, OTHER_DESA, handed, held
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
OFFICE = "value-office_name"


def seated(unit_code: str, kind: SeatKind = SeatKind.VILLAGE, **more: object) -> Client:
    person = make_member("desa.uji", Role.VILLAGE_OPERATOR, kit.ADOPTER)
    services.give_seat(
        organization=kit.home(),
        user_id=person.id,
        kind=kind,
        unit_code=unit_code,
        by=kit.officer(),
        at=kit.AT,
        **more,
    )
    return signed_in(person)


def place(row: Adoption, unit_code: str) -> str:
    return f"/en/regions/14.08/adoptions/{row.id}/units/{unit_code}/"


def test_who_works_in_a_village_finds_its_services_and_sets_its_values() -> None:
    row = handed(DESA, OTHER_DESA)
    browser = seated(DESA)
    listed = unescape(browser.get("/en/regions/14.08/places/").content.decode())
    assert "1 service was handed down to where you work." in listed
    assert f'href="{place(row, DESA)}"' in listed
    assert "Services where you work" in unescape(browser.get("/en/me/").content.decode())
    page = browser.get(place(row, DESA)).content.decode()
    assert 'href="/en/regions/14.08/places/"' in page
    assert f'href="/en/regions/14.08/adoptions/{row.id}/"' not in page
    assert browser.post(place(row, DESA), {OFFICE: "Kantor Desa Contoh"}).status_code == 302
    assert held(row, DESA)["office_name"] == ("Kantor Desa Contoh", DESA)
    with tenancy(row.organization_id):
        entry = Entry.objects.filter(action="adoptions.values_set").latest("at")
    assert entry.facts["code"] == DESA


@pytest.mark.parametrize("unit_code", [OTHER_DESA, DISTRICT, KELURAHAN, "14.08.09.2001"])
def test_no_other_unit_is_open_to_them_and_nothing_of_the_region(unit_code: str) -> None:
    row = handed()
    browser = seated(DESA)
    assert browser.get(place(row, unit_code)).status_code == 403
    assert browser.post(place(row, unit_code), {OFFICE: "Milik siapa"}).status_code == 403
    assert browser.get(f"/en/regions/14.08/adoptions/{row.id}/").status_code == 403
    assert browser.get(f"/en/regions/32.11/adoptions/{row.id}/units/{DESA}/").status_code == 403
    assert "office_name" not in held(row, OTHER_DESA)


def other_service() -> Service:
    with tenancy(kit.home().id):
        return Service.objects.create(
            organization_id=kit.home().id, publisher="99", package="lain", opened_at=kit.AT, changed_at=kit.AT
        )


@pytest.mark.parametrize("which", ["another service", "signer", "none"])
def test_a_seat_of_another_service_a_signers_or_none_opens_nothing(which: str) -> None:
    row = handed()
    match which:
        case "another service":
            browser = seated(DESA, service_id=other_service().id)
        case "signer":
            browser = seated(DESA, SeatKind.SIGNER)
        case _:
            browser = signed_in(make_member("desa.lain", Role.VILLAGE_OPERATOR, kit.ADOPTER))
    assert browser.get(place(row, DESA)).status_code == 403
    assert "Nothing here yet" in browser.get("/en/regions/14.08/places/").content.decode()


def test_a_service_that_ended_keeps_its_values_and_says_so() -> None:
    row = handed(DESA)
    browser = seated(DESA)
    adoptions.take(
        organization=kit.home(),
        adoption_id=row.id,
        step=AdoptionStep.END,
        reason="Diganti.",
        by=kit.officer(),
        at=kit.AT,
    )
    answer = browser.post(place(row, DESA), {OFFICE: "Kantor Desa Contoh"})
    assert (answer.status_code, "This service has ended." in answer.content.decode()) == (422, True)
    assert "office_name" not in held(row, DESA)


def test_the_write_itself_refuses_the_values_of_the_region() -> None:
    row = handed(DESA)
    seated(DESA)
    person = make_member("desa.kedua", Role.VILLAGE_OPERATOR, kit.ADOPTER)
    for unit_code in ("", DESA):
        with pytest.raises(Refused) as error:
            adoptions.set_values(
                organization=kit.home(),
                adoption_id=row.id,
                unit_code=unit_code,
                said={"office_name": {"": "X"}},
                by=person,
                at=kit.AT,
            )
        assert error.value.refusal.code == "may_not_prepare"
