"""The standard of a whole request is handed down: region, district and village may only shorten the publisher's."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.domain.values import Wrong
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import adoptions, units
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, CaseFact, Service
from livinglab.casework.operations import cases, counting, drafts, services
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.adoptions import kit
from tests.adoptions.test_serving import LOCAL, moved, ready
from tests.adoptions.test_units import AREAS as UNITS
from tests.adoptions.test_units import DESA, DISTRICT, KELURAHAN, load, set_for, whose
from tests.casework.kit import ANSWERS
from tests.organizations.people import make_member
from tests.packages.check.kit import FILES, edited, faults
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 3, tzinfo=UTC)
#: the ends of days in Riau, which is in the zone of Jakarta
TUESDAY, WEDNESDAY, THURSDAY = (datetime(2026, 11, day, 17, tzinfo=UTC) for day in (3, 4, 5))
LEVELS = {"region": "", "district": DISTRICT, "desa": DESA, "kelurahan": KELURAHAN}
MANIFEST, NAMED = "package.yaml", ", parameter: standard_days"


def at_work(**days: str) -> Adoption:
    """Return the letter at work in a desa and a kelurahan, with days that the region and its places set."""
    load(UNITS)
    row = kit.started(releases.published())
    units.hand_down(adoption_id=row.id, unit_codes=(DISTRICT, DESA, KELURAHAN), **whose())
    row = ready(row)
    for code in (DESA, KELURAHAN):
        set_for(row, code, **LOCAL)
        official = {"name": "Pejabat Contoh", "rank": "", "number": ""}
        adoptions.set_values(
            adoption_id=row.id, unit_code=code, said={"head_of_village": official}, **whose()
        )
    units.decide(adoption_id=row.id, unit_codes=(DESA,), number="1/2026", on=date(2026, 9, 1), **whose())
    for whose_days, said in days.items():
        set_for(row, LEVELS[whose_days], standard_days=said)
    moved(row, AdoptionStep.GO_LIVE)
    return row


def sent(village: str) -> Case:
    """Return an application of Monday, the 2nd."""
    home = kit.home()
    with tenancy(home.id):
        service = Service.objects.get()
    _draft, token = drafts.begin(
        organization=home,
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=MONDAY,
    )
    drafts.save(organization=home, token=token, answers={**ANSWERS, "village": village}, at=MONDAY)
    return cases.submit(organization=home, token=token, by=None, at=MONDAY)


@pytest.mark.parametrize(
    ("days", "in_desa", "in_kelurahan"),
    [
        ({}, THURSDAY, THURSDAY),
        ({"region": "2"}, WEDNESDAY, WEDNESDAY),
        ({"region": "2", "kelurahan": "1"}, WEDNESDAY, TUESDAY),
        ({"district": "2", "desa": "1"}, TUESDAY, WEDNESDAY),
    ],
)
def test_a_request_is_due_by_the_least_of_its_place_and_those_above(
    days: dict[str, str], in_desa: datetime, in_kelurahan: datetime
) -> None:
    at_work(**days)
    assert (sent(DESA).due_at, sent(KELURAHAN).due_at) == (in_desa, in_kelurahan)


def test_a_place_cannot_take_more_days_than_those_above_it() -> None:
    row = at_work(district="2")
    with pytest.raises(adoptions.ValuesRefused) as refused:
        set_for(row, DESA, standard_days="3")
    assert refused.value.problems == {"standard_days": Wrong.LOOSER}
    with pytest.raises(adoptions.ValuesRefused) as refused:
        set_for(row, "", standard_days="4")
    assert refused.value.problems == {"standard_days": Wrong.TOO_LARGE}


def test_what_takes_two_days_is_kept_in_the_desa_and_late_where_one_day_is_promised() -> None:
    at_work(kelurahan="1")
    officer = make_member("petugas", Role.VILLAGE_OPERATOR, kit.home().code)
    for place in (DESA, KELURAHAN):
        services.give_seat(
            organization=kit.home(),
            user_id=officer.id,
            kind=SeatKind.VILLAGE,
            unit_code=place,
            by=kit.officer(),
            at=MONDAY,
        )
    found = {}
    for place in (DESA, KELURAHAN):
        case = cases.complete(
            organization=kit.home(),
            case_id=sent(place).id,
            task="check",
            answers={"result": "wrong", "reason": "Bukan warga desa ini."},
            key=place,
            by=officer,
            at=datetime(2026, 11, 4, 3, tzinfo=UTC),
        )
        counting.count_case(organization_id=kit.home().id, case_id=case.id)
        with tenancy(kit.home().id):
            fact = CaseFact.objects.get(case_id=case.id)
        found[place] = (fact.days, fact.is_late)
    assert found == {DESA: (2, False), KELURAHAN: (2, True)}


def test_the_page_of_the_service_says_the_days_of_the_region(client: Client) -> None:
    at_work(region="2")
    assert (
        "paling lama 2 hari kerja" in client.get(f"/apply/{kit.home().code}/sktm/").content.decode().lower()
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    stricter: true\n", ""),
        ("    maximum: 3\n  - id: district_checks", "    maximum: 4\n  - id: district_checks"),
        ("    minimum: 1\n    maximum: 3\n", "    maximum: 3\n"),
        (NAMED, ", parameter: valid_months"),
        (NAMED, ", parameter: none_such"),
    ],
)
def test_the_checker_refuses_a_parameter_that_could_lengthen_the_standard(before: str, after: str) -> None:
    assert faults(dict(FILES)) == []
    assert "P130" in {one.code for one in faults(edited(MANIFEST, before, after))}
