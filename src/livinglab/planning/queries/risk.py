"""How likely a plan's target is confirmed, and how much more to plan for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from livinglab.assessments.queries import Indicator, Instrument
from livinglab.evaluations.queries.acceptance import (
    Acceptance,
    acceptance_by_indicator,
    measured_acceptance,
)
from livinglab.planning.domain import risk
from livinglab.planning.domain.exact import cheapest_plans
from livinglab.planning.domain.groups import TooManyStates
from livinglab.planning.domain.problems import Problem
from livinglab.planning.domain.risk import CERTAINTIES, SafeTarget, chance, claims_of
from livinglab.planning.domain.tables import TooManyCells

__all__ = [
    "CERTAINTIES",
    "Acceptance",
    "Counted",
    "OwnRate",
    "Rate",
    "SafeTarget",
    "chance",
    "claims_of",
    "rate_of",
    "safe_targets",
]


#: so many rated answers make a share of an indicator's or a domain's own: below, the 80 % interval spans over 20 points
FEWEST_ANSWERS: Final = 30


class Counted(StrEnum):
    """What the rate of an indicator was counted on."""

    INDICATOR = "indicator"
    DOMAIN = "domain"  # or its aspect, where the instrument has no domains


@dataclass(frozen=True, slots=True)
class OwnRate:
    """The share of claimed steps of one indicator that assessors accept, in whole percent, from so many answers."""

    indicator: str
    percent: int
    counted: Counted
    answers: int


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of claimed steps that assessors accept, in whole percent, and what it rests on.

    `measured` is what the platform counted; it is behind `percent` only when `is_assumed` is false.
    """

    percent: int
    is_assumed: bool
    measured: Acceptance | None
    own: tuple[OwnRate, ...] = ()  # indicators for which enough was counted, each or in its domain

    @property
    def share(self) -> Fraction:
        """The rate from 0 to 1."""
        return Fraction(self.percent, 100)

    @property
    def shares(self) -> dict[str, Fraction]:
        """The rate of each indicator that has one of its own, or its domain's, from 0 to 1."""
        return {one.indicator: Fraction(one.percent, 100) for one in self.own}


def rate_of(instrument: Instrument, assumed: int | None) -> Rate | None:
    """Return the rate to reckon with: the assumed percent (0 to 100), else the measured one; None without both.

    A measured rate is rounded down, so that no plan looks safer than it is. Indicators with at least thirty rated
    answers of five regions have their own rate, else those whose domain has. One query, one more where it is measured.
    """
    measured = measured_acceptance(instrument)
    if assumed is not None:
        return Rate(assumed, is_assumed=True, measured=measured)
    if measured is None:
        return None
    own = tuple(_own_rates(instrument, acceptance_by_indicator(instrument)))
    return Rate(int(measured.rate * 100), is_assumed=False, measured=measured, own=own)


def _own_rates(instrument: Instrument, counted: Mapping[str, Acceptance]) -> Iterator[OwnRate]:
    domains = {each.key: _domain(instrument, each) for each in instrument.indicators()}
    together: dict[str, list[Acceptance]] = {}
    for indicator, one in counted.items():
        together.setdefault(domains.get(indicator, ""), []).append(one)
    for indicator, domain in domains.items():
        alone = counted.get(indicator)
        whole = _pooled(together.get(domain, []))
        if alone is not None and _is_enough(alone):
            yield OwnRate(indicator, int(alone.rate * 100), Counted.INDICATOR, alone.answers)
        elif _is_enough(whole):
            yield OwnRate(indicator, int(whole.rate * 100), Counted.DOMAIN, whole.answers)


def _domain(instrument: Instrument, indicator: Indicator) -> str:
    aspect = instrument.aspect_of(indicator)
    domain = instrument.domain_of(aspect)
    return domain.code if domain else aspect.code


def _pooled(found: Iterable[Acceptance]) -> Acceptance:
    """Return the counts of several indicators together; of regions as many as the indicator with most of them."""
    listed = list(found)
    return Acceptance(
        sum(one.answers for one in listed),
        max((one.regions for one in listed), default=0),
        sum(one.confirmed for one in listed),
    )


def _is_enough(one: Acceptance) -> bool:
    return one.answers >= FEWEST_ANSWERS and one.is_of_enough_regions


def safe_targets(
    problem: Problem,
    target: Fraction,
    acceptance: Fraction,
    certainties: Iterable[Fraction] = CERTAINTIES,
    *,
    shares: Mapping[str, Fraction] | None = None,
) -> tuple[SafeTarget, ...]:
    """Return for each certainty the lowest target to plan for, rising; what no plan gives is left out.

    For plans without limits of effort, steps or capacity. None are known where the tables cannot hold the problem.
    """
    try:
        cheapest = cheapest_plans(problem)
    except (TooManyStates, TooManyCells):
        return ()
    return risk.safe_targets(cheapest, problem.index, target, acceptance, certainties, shares=shares)
