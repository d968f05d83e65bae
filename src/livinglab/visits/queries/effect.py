"""What a cohort moved: the published results before and after, its members against regions that took no part."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log10
from uuid import UUID

from livinglab.assessments.queries import instrument_for_year
from livinglab.comparisons.queries import RegionStanding, ranked_years, region_standings
from livinglab.visits.domain.effect import (
    CONFIDENCE,
    FEWEST_PARTICIPANTS,
    Effect,
    Estimate,
    Lacking,
    NotComputed,
    Variant,
    effect,
)
from livinglab.visits.domain.kinds import MemberStatus, VisitorKind
from livinglab.visits.domain.matching_pairs import CALIPER, NEIGHBOURS, Unit
from livinglab.visits.domain.process import TOOK_PLACE
from livinglab.visits.models import Cohort, CohortMember, Visit

__all__ = [
    "CALIPER",
    "CONFIDENCE",
    "FEWEST_PARTICIPANTS",
    "NEIGHBOURS",
    "Effect",
    "Estimate",
    "Lacking",
    "Measured",
    "Missing",
    "NotComputed",
    "Unit",
    "Variant",
    "effect",
    "effect_of",
]


class Missing(StrEnum):
    """What is not known that the effect of a cohort needs."""

    REALITY = "reality"  # the cohort is made up for demonstration: real results say nothing of it
    MEMBERS = "members"  # nobody is named, or only disputed ones
    START = "start"  # no day from which on it took part
    BEFORE = "before"  # no ranked year before it began
    AFTER = "after"  # no ranked year after the year in which it began, with the same instrument


@dataclass(frozen=True, slots=True)
class Measured:
    """The effect of a cohort on the index from one year to another, or why none is computed.

    `before` and `after` are the years compared, none where they are what is missing.
    """

    found: Effect | NotComputed | Missing
    before: int | None = None
    after: int | None = None


def effect_of(cohort: Cohort) -> Measured:
    """This function will estimate what a cohort moved, or say what is missing. At most seven queries.

    The year in which it began is neither before nor after. Compared are regions that never paid a visit and are in no
    cohort. Disputed members are on neither side.
    """
    if cohort.is_synthetic:
        return Measured(Missing.REALITY)
    taking, outside = _sides(cohort)
    if not taking:
        return Measured(Missing.MEMBERS)
    if cohort.starts_on is None:
        return Measured(Missing.START)
    years = _years(cohort.starts_on.year)
    if isinstance(years, Missing):
        return Measured(years)
    before, after, earlier = years
    units = _units(taking, outside, before, after, earlier)
    return Measured(effect(units), before, after)


def _sides(cohort: Cohort) -> tuple[set[UUID], set[UUID]]:
    """Who took part, and who is on neither side: members of any cohort, and every region that came on a visit."""
    rows = CohortMember.objects.values_list("cohort_id", "organization_id", "status")
    members = list(rows)
    taking = {who for of, who, status in members if of == cohort.id and status != MemberStatus.DISPUTED}
    came = Visit.objects.filter(
        state__in=TOOK_PLACE, visitor_kind=VisitorKind.REGION, visitor__isnull=False, is_synthetic=False
    )
    outside = {who for _of, who, _status in members} | set(came.values_list("visitor_id", flat=True))
    return taking, outside - taking


def _years(started: int) -> tuple[int, int, int | None] | Missing:
    """The last ranked year before, the first after, and one earlier for the placebo, all with one instrument."""
    ranked = sorted(ranked_years())
    earlier = [year for year in ranked if year < started]
    if not earlier:
        return Missing.BEFORE
    before = earlier[-1]
    later = [year for year in ranked if year > started and _are_alike(before, year)]
    if not later:
        return Missing.AFTER
    placebo = [year for year in earlier[:-1] if _are_alike(before, year)]
    return before, later[0], placebo[-1] if placebo else None


def _are_alike(one: int, other: int) -> bool:
    here, there = instrument_for_year(one), instrument_for_year(other)
    return here is not None and there is not None and here.code == there.code


def _units(taking: set[UUID], outside: set[UUID], before: int, after: int, earlier: int | None) -> list[Unit]:
    first, last = _sound(before), _sound(after)
    placebo = _sound(earlier) if earlier is not None else {}
    return [
        Unit(
            code=one.code,
            kind=one.kind,
            took_part=who in taking,
            traits=(log10(one.population), log10(float(one.area_km2))),
            before=float(one.index),
            after=float(last[who].index or 0),
            earlier=_index(placebo.get(who)),
        )
        for who, one in first.items()
        if who in last and who not in outside and one.index is not None and one.population and one.area_km2
    ]


def _sound(year: int) -> Mapping[UUID, RegionStanding]:
    """Results that can be: a figure that no set of levels gives is no base for a comparison."""
    return {
        one.organization_id: one for one in region_standings(year) if one.index is not None and not one.doubts
    }


def _index(one: RegionStanding | None) -> float | None:
    return None if one is None or one.index is None else float(one.index)
