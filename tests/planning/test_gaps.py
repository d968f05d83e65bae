"""The gap of a region: what others hold, what each next step is worth, and what the comparison rests on."""

from fractions import Fraction
from typing import Any

import pytest

from livinglab.assessments import queries as assessments
from livinglab.comparisons import queries as comparisons
from livinglab.comparisons.queries import Strategy
from livinglab.organizations.queries import Organization
from livinglab.planning.queries import likely_efforts
from livinglab.planning.queries.gaps import Gap, Group, gap_of
from livinglab.planning.queries.starts import Start, start_of
from tests.organizations.people import organization
from tests.planning.test_teachers import decide

pytestmark = pytest.mark.django_db
SIAK, SUMEDANG = "14.08", "32.11"
ALL = [str(number) for number in range(1, 48)]


def decide_all(code: str, year: int, level: int) -> None:
    """Make a region's levels of a year public, each indicator at the same one."""
    levels: dict[str, Any] = {f"i{key}": level for key in ALL}
    decide(code, year, **levels)


def gap(code: str = SIAK) -> tuple[Organization, Start, Gap]:
    place = organization(code)
    start = start_of(place.id, is_member=False)
    assert start is not None
    return place, start, gap_of(place, start, likely_efforts(start.instrument, start.levels))


def test_domains_stand_beside_the_published_means_and_the_best_similar_region() -> None:
    place, start, found = gap()
    rows = {row.code: row for row in comparisons.region_standings(2024)}
    peers = [rows[one.code] for one in comparisons.peers_of(SIAK, Strategy.SIMILAR, year=2024)]
    assert (found.year, [row.code for row in found.peers]) == (2024, [row.code for row in peers])
    assessed = [row for row in rows.values() if "D2" in row.domains]
    of_kind = [row for row in assessed if row.kind == place.kind]
    of_peers = [(row.domains["D2"], row.code) for row in peers if "D2" in row.domains]
    domain = next(one for one in found.domains if one.code == "D2")
    assert domain.value == assessments.score(start.instrument, start.levels).domains["D2"].exact
    assert domain.against[Group.NATION].value == sum(Fraction(row.domains["D2"]) for row in assessed) / len(
        assessed
    )
    assert domain.against[Group.KIND].value == sum(Fraction(row.domains["D2"]) for row in of_kind) / len(
        of_kind
    )
    assert domain.against[Group.PEERS].value == sum(Fraction(value) for value, _code in of_peers) / len(
        of_peers
    )
    best = max(value for value, _code in of_peers)
    assert domain.against[Group.BEST].value == best
    assert domain.against[Group.BEST].best == min(code for value, code in of_peers if value == best)


def test_taking_every_next_step_raises_the_index_by_exactly_what_they_are_worth() -> None:
    _place, start, found = gap()
    steps = {one.indicator: one.step for one in found.indicators if one.step}
    raised = {key: steps[key].to_level if key in steps else level for key, level in start.levels.items()}
    before = assessments.score(start.instrument, start.levels).index_exact
    after = assessments.score(start.instrument, raised).index_exact
    assert after - before == sum((step.gain for step in steps.values()), Fraction(0))


def test_a_step_that_waits_says_for_what_and_why() -> None:
    _place, start, found = gap()
    rules = {(rule.before, rule.after): rule for rule in assessments.precedence("spbe-2020").rules}  # type: ignore[union-attr]
    steps = {one.indicator: one.step for one in found.indicators if one.step}
    for key, step in steps.items():
        expected = {
            (str(before), rule.levels[step.to_level], rule.reason)
            for (before, after), rule in rules.items()
            if str(after) == key
            and step.to_level in rule.levels
            and start.levels[str(before)] < rule.levels[step.to_level]
        }
        assert {(wait.indicator, wait.level, wait.reason) for wait in step.waits} == expected
        assert step.is_open is not bool(expected)


def test_made_up_levels_are_compared_with_nobodys() -> None:
    decide_all(SUMEDANG, 2025, 4)
    _place, start, found = gap()
    assert start.is_synthetic
    assert found.seen == 0
    assert not any(one.against for one in found.indicators)


def test_published_levels_are_compared_with_those_of_regions_that_publish_theirs() -> None:
    peer = comparisons.peers_of(SIAK, Strategy.SIMILAR, year=2024)[0].code
    decide_all(SIAK, 2025, 2)
    decide_all(SUMEDANG, 2024, 5)
    decide_all(peer, 2023, 3)
    _place, _start, found = gap()
    assert found.seen == 2
    one = found.indicators[0].against
    assert (one[Group.NATION].value, one[Group.NATION].regions) == (Fraction(4), 2)
    assert (one[Group.PEERS].value, one[Group.BEST].value, one[Group.BEST].best) == (
        Fraction(3),
        Fraction(3),
        peer,
    )
