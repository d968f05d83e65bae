"""Where a plan begins: made-up levels give the published result exactly, own and published ones come first."""

from collections import Counter

import pytest

from livinglab.assessments import queries as assessments
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import REGIONAL, Kind, organizations
from livinglab.planning.queries.starts import Origin, start_of, synthetic_start
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
