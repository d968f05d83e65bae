"""How far a region is from others, indicator by indicator where regions let their levels be seen, else by domain.

Levels of single indicators are nobody's to compare unless their region published them; results of domains are
published for all. What a comparison rests on is part of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final
from uuid import UUID

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument, Level, Text
from livinglab.comparisons import queries as comparisons
from livinglab.comparisons.queries import EVERYBODY, RankedYear, RegionStanding, ScopeSummary, Strategy
from livinglab.evaluations.queries.participations import participations
from livinglab.organizations.queries import REGIONAL, Organization
from livinglab.planning.queries import StepKey, fixed_inputs
from livinglab.planning.queries.starts import Start

_PUBLISHED: Final = "spbe-2020"  # the only instrument with published results of domains


class Group(StrEnum):
    """Whom a region is held against."""

    NATION = "nation"  # all regencies and cities
    KIND = "kind"  # the regencies, or the cities
    PEERS = "peers"  # those of similar capacity: same kind, nearest in population, area and density
    BEST = "best"  # the best of these


@dataclass(frozen=True, slots=True)
class Against:
    """The mean of a group, or the best of it with the region that has it; `regions` are behind the figure."""

    value: Fraction
    regions: int
    best: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """What must be held before a step: an indicator at a level, and why."""

    indicator: str
    level: int
    reason: Text


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next open step of an indicator: what it is worth in index points, exactly, and what it waits for."""

    to_level: int
    gain: Fraction
    effort: Fraction
    waits: tuple[Wait, ...]

    @property
    def is_open(self) -> bool:
        """Whether it can be taken now."""
        return not self.waits


@dataclass(frozen=True, slots=True)
class IndicatorGap:
    """One indicator: its level, its next step (None at the top or for another agency's index), and the others."""

    indicator: str
    level: Level
    is_missing: bool
    is_fixed: bool
    step: NextStep | None
    against: Mapping[Group, Against]


@dataclass(frozen=True, slots=True)
class DomainGap:
    """One domain: the exact value of the levels at the start, and the published values of the others."""

    code: str
    value: Fraction
    against: Mapping[Group, Against]


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap of one start. `year` is of the published results behind the domains, None where there are none.

    `seen` is how many regions let their levels of single indicators be seen; `peers` those of similar capacity;
    `ranked` the newest year with a ranking, with the stamp of its figures.
    """

    start: Start
    indicators: tuple[IndicatorGap, ...]
    domains: tuple[DomainGap, ...]
    year: int | None
    seen: int
    peers: tuple[RegionStanding, ...]
    ranked: RankedYear | None = None


def gap_of(place: Organization, start: Start, efforts: Mapping[StepKey, Fraction]) -> Gap:
    """Return the gap of a region; `efforts` holds every open step. Five queries, two where others looked before."""
    ranked = next(iter(comparisons.stamped_years()), None) if place.kind in REGIONAL else None
    others = _others(ranked, place.code, place.kind) if ranked else None
    has_domains = ranked is not None and start.instrument.code == _PUBLISHED
    peers = others.peers if others else ()
    domains = _domains(start, others) if others and has_domains else ()
    seen = _seen(start, place.id)
    return Gap(
        start,
        tuple(_indicators(start, efforts, place, seen, peers)),
        domains,
        ranked.year if ranked and has_domains else None,
        len(seen),
        peers,
        ranked,
    )


@dataclass(frozen=True, slots=True)
class _Others:
    """Whom one region is held against in a ranked year: similar regions, all regions, those of its kind."""

    peers: tuple[RegionStanding, ...]
    summed: Mapping[Group, ScopeSummary]


@lru_cache(maxsize=1024)
def _others(ranked: RankedYear, code: str, kind: str) -> _Others:
    """Return them; the stamp of the year changes with any figure of it, so what is kept is never old."""
    chosen = comparisons.peers_of(code, Strategy.SIMILAR, year=ranked.year)
    found = comparisons.region_standings(ranked.year, codes=[one.code for one in chosen])
    rows = {row.code: row for row in found}
    scopes = {Group.NATION: EVERYBODY, Group.KIND: f"kind:{kind}"}
    summed = comparisons.summaries(ranked.year, scopes=scopes.values())
    return _Others(
        tuple(rows[one.code] for one in chosen if one.code in rows),
        {group: summed[scope] for group, scope in scopes.items() if scope in summed},
    )


# --- by domain ---


def _domains(start: Start, others: _Others) -> tuple[DomainGap, ...]:
    own = assessments.score(start.instrument, start.levels).domains
    found = []
    for domain in start.instrument.domains:
        against = {
            group: Against(one.summary.domain_means[domain.code], one.summary.count)
            for group, one in others.summed.items()
            if domain.code in one.summary.domain_means
        }
        held = [(row.domains[domain.code], row.code) for row in others.peers if domain.code in row.domains]
        found.append(DomainGap(domain.code, own[domain.code].exact, against | _of_peers(held)))
    return tuple(found)


def _of_peers(values: Iterable[tuple[Level | str, str]]) -> dict[Group, Against]:
    """Return the mean and the best of some regions' values; among equals the lower code."""
    found = sorted(((Fraction(value), code) for value, code in values), key=lambda one: (-one[0], one[1]))
    if not found:
        return {}
    mean = sum((value for value, _code in found), Fraction(0)) / len(found)
    best, code = found[0]
    return {Group.PEERS: Against(mean, len(found)), Group.BEST: Against(best, len(found), code)}


# --- by indicator ---


@dataclass(frozen=True, slots=True)
class _Seen:
    """The levels that one region lets everybody see."""

    code: str
    kind: str
    levels: Mapping[str, str]


def _seen(start: Start, own: UUID) -> list[_Seen]:
    """Return the newest levels that other regions publish under the same instrument. One query; none for made-up ones.

    Real rounds and those for demonstration are never mixed.
    """
    if start.is_made_up:
        return []
    rows = participations().filter(
        round__instrument=start.instrument.code,
        round__is_synthetic=start.is_synthetic,
        organization__kind__in=REGIONAL,
    )
    rows = (
        rows.exclude(published_levels={}).exclude(organization_id=own).order_by("organization__code", "-year")
    )
    newest: dict[str, _Seen] = {}
    for row in rows:
        place = row.organization
        newest.setdefault(place.code, _Seen(place.code, place.kind, row.published_levels))
    return list(newest.values())


def _indicators(
    start: Start,
    efforts: Mapping[StepKey, Fraction],
    place: Organization,
    seen: list[_Seen],
    peers: tuple[RegionStanding, ...],
) -> Iterable[IndicatorGap]:
    gains, fixed = assessments.gains(start.instrument, start.levels), fixed_inputs(start.instrument)
    waits = _waits(start.instrument, start.levels)
    similar = {row.code for row in peers}
    for key, level in start.levels.items():
        step = None
        above = [one for one in start.instrument.scale.levels if one > level]
        if above and key not in fixed:
            to = above[0]
            gain = gains[key] * (to - Fraction(level))
            step = NextStep(to, gain, efforts[key, to], waits.get((key, to), ()))
        against = _against(key, seen, place.kind, similar)
        yield IndicatorGap(key, level, key in start.missing, key in fixed, step, against)


def _against(key: str, seen: list[_Seen], kind: str, similar: set[str]) -> dict[Group, Against]:
    held = [(one, Fraction(one.levels[key])) for one in seen if key in one.levels]
    found = {}
    for group, values in (
        (Group.NATION, [value for _one, value in held]),
        (Group.KIND, [value for one, value in held if one.kind == kind]),
    ):
        if values:
            found[group] = Against(sum(values, Fraction(0)) / len(values), len(values))
    return found | _of_peers([(one.levels[key], one.code) for one, _value in held if one.code in similar])


def _waits(instrument: Instrument, levels: Mapping[str, Level]) -> dict[StepKey, tuple[Wait, ...]]:
    """Return for each step what declared precedence still asks for before it."""
    declared = assessments.precedence(instrument.code)
    found: dict[StepKey, list[Wait]] = {}
    for rule in declared.rules if declared else ():
        for after, before in rule.levels.items():
            if levels.get(str(rule.before), 0) < before:
                wait = Wait(str(rule.before), before, rule.reason)
                found.setdefault((str(rule.after), after), []).append(wait)
    return {key: tuple(waits) for key, waits in found.items()}
