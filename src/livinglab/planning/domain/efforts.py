"""The default effort of a step, from what regions did: how rare the level is and how seldom the step is taken.

Effort 1 is a step that everybody holds and everybody in reach takes within a year. With p the share of regions that
hold the level and q the share of those in reach that took the step within a year, effort is 1 / √(p·q): the geometric
mean of "one in so many holds it" and "one in so many takes it". Its range lets p and q vary within their Wilson
intervals (80 %). Method, source and weakness: docs/planning.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import Final

_CONTEXT: Final = Context(prec=28, rounding=ROUND_HALF_UP)
_Z: Final = Decimal("1.2816")  # 80 % of a normal distribution lie within, both sides
_CENT: Final = Decimal("0.01")
WHOLE: Final = "index"
LOWEST: Final = (
    2  # published values begin at 1; where a scale begins at 0, its first step counts like this one
)


class Basis(StrEnum):
    """What a default effort rests on, the nearest first."""

    DOMAIN = "domain"  # the published results of the indicator's own domain
    CROSSWALK = "crosswalk"  # domains of the older indicators that an unofficial crosswalk names
    INDEX = "index"  # the published index as a whole


@dataclass(frozen=True, slots=True)
class StepHistory:
    """Counts of one part (a domain, or the index) and level between two years."""

    instrument: str
    part: str
    to_level: int
    from_year: int
    to_year: int
    in_reach: int
    took: int
    regions: int
    holding: int


@dataclass(frozen=True, slots=True)
class EffortRange:
    """The default effort of a step: the value used, and how low and high the counts allow it to be."""

    low: Decimal
    likely: Decimal
    high: Decimal
    basis: Basis


def effort_range(history: StepHistory, basis: Basis) -> EffortRange:
    """Return the default effort from the counts of one step, each rounded half-up to two places.

    Half a region is added to those who did and to those who did not, so that no share is 0 or 1.
    """
    took = share_of(history.took, history.in_reach)
    holding = share_of(history.holding, history.regions)
    return EffortRange(
        low=_effort(took[2], holding[2]),
        likely=_effort(took[1], holding[1]),
        high=_effort(took[0], holding[0]),
        basis=basis,
    )


def mean_range(ranges: Iterable[EffortRange], basis: Basis) -> EffortRange:
    """Return the mean of several ranges, end by end."""
    listed = list(ranges)
    return EffortRange(
        _mean([each.low for each in listed]),
        _mean([each.likely for each in listed]),
        _mean([each.high for each in listed]),
        basis,
    )


def default_efforts(
    levels: range, parts: Mapping[str, tuple[tuple[str, ...], Basis]], histories: Iterable[StepHistory]
) -> dict[tuple[str, int], EffortRange]:
    """Return the default effort of each indicator's step to each of `levels`.

    `parts` names for each indicator the parts whose mean stands for it, one entry per indicator it comes from.
    """
    counted = {(each.part, each.to_level): effort_range(each, Basis.INDEX) for each in histories}
    return {
        (indicator, level): mean_range([counted[part, max(level, LOWEST)] for part in names], basis)
        for indicator, (names, basis) in parts.items()
        for level in levels
    }


def share_of(part: int, whole: int) -> tuple[Decimal, Decimal, Decimal]:
    """Return the share with half a region added on both sides, between the ends of its Wilson interval."""
    c = _CONTEXT
    number = Decimal(whole + 1)
    share = c.divide(Decimal(2 * part + 1), 2 * number)
    square = c.multiply(_Z, _Z)
    centre = c.add(share, c.divide(square, 2 * number))
    spread = c.add(c.divide(share * (1 - share), number), c.divide(square, 4 * number * number))
    half = c.multiply(_Z, c.sqrt(spread))
    scale = 1 + c.divide(square, number)
    return c.divide(centre - half, scale), share, c.divide(centre + half, scale)


def _effort(one: Decimal, other: Decimal) -> Decimal:
    return _CONTEXT.divide(Decimal(1), _CONTEXT.sqrt(_CONTEXT.multiply(one, other))).quantize(
        _CENT, ROUND_HALF_UP
    )


def _mean(numbers: list[Decimal]) -> Decimal:
    return _CONTEXT.divide(sum(numbers, Decimal(0)), Decimal(len(numbers))).quantize(_CENT, ROUND_HALF_UP)
