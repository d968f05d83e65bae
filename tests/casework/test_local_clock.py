"""A region in the east reads its deadlines on its own clock, and the end of a day as the end of that day."""

import pytest
from django.test import Client

from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel import clock
from livinglab.organizations.queries import Role
from tests.casework.kit import ANSWERS, AT, PARAMETERS
from tests.organizations.people import make_member, organization, signed_in
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "zone"), [("32.11", "WIB"), ("73.71", "WITA"), ("91.03", "WIT")])
def test_deadlines_are_told_on_the_clock_of_the_region(code: str, zone: str) -> None:
    home, village = organization(code), f"{code}.01.2001"
    service = services.put_to_work(
        organization=home,
        content=zipped(files_of("sktm", home)),
        parameters=PARAMETERS,
        places={village: {}},
        by=None,
        at=AT,
    )
    _draft, token = drafts.begin(
        organization=home, service_id=service.id, channel=Channel.SELF, applicant=None, helped_by=None, at=AT
    )
    drafts.save(organization=home, token=token, answers={**ANSWERS, "village": village}, at=AT)
    case = cases.submit(organization=home, token=token, by=None, at=AT)
    due = clock.day_of(case.due_at, zone)  # the day that begins when the last one is over
    said = f"{due.day - 1} November 2026 pukul 24.00 {zone}"
    assert said in Client().get(f"/applications/{code}/{token}/").content.decode()
    user = make_member("petugas-timur", Role.VILLAGE_OPERATOR, code)
    services.give_seat(
        organization=home,
        user_id=user.id,
        kind=SeatKind.VILLAGE,
        unit_code=village,
        by=make_member("sekda-timur", Role.COORDINATOR, code),
        at=AT,
    )
    desk = signed_in(user).get(f"/regions/{code}/desk/").content.decode()
    assert f"pukul 24.00 {zone}" in desk
