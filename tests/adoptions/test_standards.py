"""A step's standard is handed down: district and village may make it stricter, never looser; it says whose it is."""

from datetime import UTC, datetime

import pytest

from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.domain.values import Wrong
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import adoptions, units
from livinglab.casework.domain.states import Channel
from livinglab.casework.models import Case, Service
from livinglab.casework.operations import cases, drafts
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from tests.adoptions import kit
from tests.adoptions.test_serving import LOCAL, moved, places, ready
from tests.adoptions.test_unit_pages import officer, page, place
from tests.adoptions.test_units import AREAS as UNITS
from tests.adoptions.test_units import DESA, DISTRICT, KELURAHAN, held, load, set_for, whose
from tests.casework.kit import ANSWERS
from tests.organizations.people import organization
from tests.packages.check.kit import FILES, edited, faults
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
MANIFEST, BPMN = "package.yaml", "process.bpmn"
PARAMETER = (
    "  - {id: check_days, type: days, name: {id: Hari pemeriksaan, en: Days of the check}, required: true, "
    'minimum: 1, maximum: 2, hint: "2", per: village, stricter: true}\n'
)
FROM, TO = ' ll:within="P1D"', ' ll:within="=param.check_days"'


def files(parameter: str = PARAMETER, within: str = TO) -> dict[str, bytes]:
    """Return the letter of hardship whose check takes as many days as a place says."""
    return edited(BPMN, FROM, within, edited(MANIFEST, "data:\n", f"{parameter}data:\n"))


def of(publisher: Organization) -> dict[str, bytes]:
    whole = releases.files_of("sktm", publisher)
    return edited(BPMN, FROM, TO, edited(MANIFEST, "data:\n", f"{PARAMETER}data:\n", whole))


def handed_down() -> Adoption:
    """Return an adoption that is handed down to a district and two villages; the region allows two days."""
    load(UNITS)
    row = kit.started(releases.published(files=of(organization(releases.PUBLISHER))))
    units.hand_down(adoption_id=row.id, unit_codes=(DISTRICT, DESA, KELURAHAN), **whose())
    set_for(row, "", check_days="2")
    return row


def days_at(row: Adoption, code: str) -> tuple[object, str]:
    return held(row, code)["check_days"]


def test_a_village_inherits_what_region_and_district_set() -> None:
    row = handed_down()
    assert days_at(row, DESA) == (2, "")
    set_for(row, DISTRICT, check_days="1")
    assert (days_at(row, DESA), days_at(row, KELURAHAN)) == ((1, DISTRICT), (1, DISTRICT))


@pytest.mark.parametrize(("above", "said"), [("", "2"), ("", "1"), (DISTRICT, "1")])
def test_a_place_may_be_as_strict_or_stricter(above: str, said: str) -> None:
    row = handed_down()
    if above:
        set_for(row, above, check_days="1")
    set_for(row, DESA, check_days=said)
    assert days_at(row, DESA) == (int(said), DESA)


def test_a_looser_standard_is_refused_says_why_and_changes_nothing() -> None:
    row = handed_down()
    set_for(row, DISTRICT, check_days="1")
    with pytest.raises(adoptions.ValuesRefused) as refused:
        set_for(row, DESA, check_days="2")
    assert refused.value.problems == {"check_days": Wrong.LOOSER}
    assert days_at(row, DESA) == (1, DISTRICT)
    browser = officer()
    answer = browser.post(place(row, f"{DESA}/"), {"value-check_days": "2"})
    assert answer.status_code == 422
    assert "It may only be the same or less." in answer.content.decode()


def test_what_the_region_makes_stricter_later_holds_in_every_village() -> None:
    row = handed_down()
    set_for(row, DESA, check_days="2")
    set_for(row, "", check_days="1")
    assert days_at(row, DESA) == (1, "")
    shown = page(officer(), place(row, f"{DESA}/"))
    assert "from Kabupaten Siak" in shown


def test_cases_of_a_place_run_by_its_own_standard() -> None:
    row = ready(handed_down())
    for code in (DESA, KELURAHAN):
        set_for(row, code, **LOCAL)
        official = {"name": "Pejabat Contoh", "rank": "", "number": ""}
        adoptions.set_values(
            adoption_id=row.id, unit_code=code, said={"head_of_village": official}, **whose()
        )
    set_for(row, KELURAHAN, check_days="1")
    moved(row, AdoptionStep.GO_LIVE)
    assert places(row)[KELURAHAN]["check_days"] == 1  # type: ignore[index]
    assert due_of_check(KELURAHAN) == datetime(2026, 11, 3, 17, tzinfo=UTC)


def due_of_check(village: str) -> datetime:
    """Return by when the check of an application of Monday, the 2nd, is to be done, which this function sends."""
    home, at = kit.home(), datetime(2026, 11, 2, 3, tzinfo=UTC)
    with tenancy(home.id):
        service = Service.objects.get()
    _draft, token = drafts.begin(
        organization=home, service_id=service.id, channel=Channel.SELF, applicant=None, helped_by=None, at=at
    )
    drafts.save(organization=home, token=token, answers={**ANSWERS, "village": village}, at=at)
    case = cases.submit(organization=home, token=token, by=None, at=at)
    with tenancy(home.id):
        due = Case.objects.get(id=case.id).tasks.get().due
    assert due is not None
    return due


def test_the_checker_takes_it_and_says_what_a_stricter_number_needs() -> None:
    assert faults(files()) == []
    for wrong in (", maximum: 2", ", per: village"):
        assert [one.code for one in faults(files(PARAMETER.replace(wrong, "")))] == ["P129"]
    found = sorted(one.code for one in faults(files(within=' ll:within="=param.valid_months"')))
    assert found == ["P122", "P341", "P345"]
    assert [one.code for one in faults(files(PARAMETER.replace("maximum: 2", "maximum: 9")))] == ["P345"]
    assert faults(dict(FILES)) == []
