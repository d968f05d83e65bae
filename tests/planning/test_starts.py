"""Where a plan begins: made-up levels give the published result exactly, own and published ones come first."""

from collections import Counter

import pytest

from livinglab.assessments import queries as assessments
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import REGIONAL, Kind, organizations
from livinglab.planning.queries.starts import Origin, plannable, read_instrument, start_of, synthetic_start
from tests.evaluations import kit
from tests.organizations.people import organization

pytestmark = pytest.mark.django_db
SIAK = "14.08"


def test_made_up_levels_give_every_published_domain_and_index_exactly() -> None:
    instrument = assessments.get_instrument("spbe-2020")
    leading = {(one.organization_id, one.year): one for one in assessments.leading_results() if one.domains}
    years: Counter[int] = Counter()
    for place in organizations().filter(kind__in=(*REGIONAL, Kind.PROVINCE)):
        start = synthetic_start(place.id)
        if start is None:
            assert not [
                one
                for key, one in leading.items()
                if key[0] == place.id and one.instrument == instrument.code
            ]
            continue
        found = assessments.score(instrument, start.levels)
        printed = leading[place.id, start.year]
        assert {code: part.rounded for code, part in found.domains.items()} == printed.domains, place.code
        assert found.index == printed.index, place.code
        assert start.is_synthetic
        years[start.year] += 1
    assert years == {2024: 522, 2023: 12, 2025: 1}


def test_a_region_that_lets_its_levels_be_seen_begins_with_them() -> None:
    region = kit.open_round()
    kit.answer_everything(region, 3, i21=4)
    kit.send(region)
    start = start_of(region.organization.id, is_member=False)
    assert start is not None
    assert (start.origin, start.year, start.levels["21"], start.levels["20"]) == (
        Origin.PUBLISHED,
        2025,
        4,
        3,
    )
    assert {type(level) for level in start.levels.values()} == {int}


def test_its_own_people_begin_with_what_nobody_else_sees() -> None:
    region = kit.open_round()
    kit.answer_everything(region, 2, skip={"47"})
    with tenancy(region.organization.id):
        own = start_of(region.organization.id, is_member=True)
    public = start_of(region.organization.id, is_member=False)
    assert own is not None
    assert public is not None
    assert (own.origin, own.levels["1"], own.missing, own.levels["47"]) == (
        Origin.OWN,
        2,
        frozenset({"47"}),
        1,
    )
    assert public.origin is Origin.SYNTHETIC


def test_without_any_level_there_is_no_start() -> None:
    assert start_of(organization("31.01").id, is_member=True) is None


def test_a_newer_instrument_begins_with_an_estimate_that_is_never_better_than_the_older_levels() -> None:
    siak, pemdi = organization("14.08"), assessments.get_instrument("pemdi-2026")
    older = start_of(siak.id, is_member=False)
    start = start_of(siak.id, is_member=False, instrument=pemdi)
    assert older is not None
    assert start is not None
    assert (start.instrument, start.origin, start.is_synthetic, start.is_made_up) == (
        pemdi,
        Origin.CARRIED,
        True,
        True,
    )
    for indicator in pemdi.indicators():
        former = (
            [older.levels[str(number)] for number in indicator.origin.indicators] if indicator.origin else []
        )
        is_known = bool(former) and indicator.external_index is None
        assert start.levels[indicator.key] == (sum(former) // len(former) if is_known else 1)
        assert (indicator.key in start.missing) is not is_known


def test_the_instrument_asked_for_decides_between_two_evaluations() -> None:
    region = kit.open_round()
    kit.answer_everything(region, 3)
    kit.send(region)
    spbe, pemdi = (assessments.get_instrument(code) for code in ("spbe-2020", "pemdi-2026"))
    for wanted, origin in ((None, Origin.PUBLISHED), (spbe, Origin.PUBLISHED), (pemdi, Origin.CARRIED)):
        start = start_of(region.organization.id, is_member=False, instrument=wanted)
        assert start is not None
        assert start.origin is origin


def test_only_instruments_with_a_start_can_be_asked_for() -> None:
    assert [one.code for one in plannable()] == ["pemdi-2026", "spbe-2020"]
    assert read_instrument("") is None
    with pytest.raises(UnknownValue) as unknown:
        read_instrument("spbe-2018")
    assert [one.value for one in unknown.value.known if isinstance(one, Known)] == ["pemdi-2026", "spbe-2020"]
