"""How likely a plan's target is confirmed, and how much more to plan for."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from livinglab.assessments.queries import Instrument
from livinglab.evaluations.queries.acceptance import Acceptance, measured_acceptance
from livinglab.planning.domain import risk
from livinglab.planning.domain.exact import cheapest_plans
from livinglab.planning.domain.groups import TooManyStates
from livinglab.planning.domain.problems import Problem
from livinglab.planning.domain.risk import CERTAINTIES, SafeTarget, chance, claims_of
from livinglab.planning.domain.tables import TooManyCells

__all__ = [
    "CERTAINTIES",
    "Acceptance",
    "Rate",
    "SafeTarget",
    "chance",
    "claims_of",
    "rate_of",
    "safe_targets",
]


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of claimed steps that assessors accept, in whole percent, and what it rests on.

    `measured` is what the platform counted; it is behind `percent` only when `is_assumed` is false.
    """

    percent: int
    is_assumed: bool
    measured: Acceptance | None

    @property
    def share(self) -> Fraction:
        """The rate from 0 to 1."""
        return Fraction(self.percent, 100)


def rate_of(instrument: Instrument, assumed: int | None) -> Rate | None:
    """Return the rate to reckon with: the assumed percent (0 to 100), else the measured one; None without both.

    A measured rate is rounded down, so that no plan looks safer than it is. One query.
    """
    measured = measured_acceptance(instrument)
    if assumed is not None:
        return Rate(assumed, is_assumed=True, measured=measured)
    if measured is None:
        return None
    return Rate(int(measured.rate * 100), is_assumed=False, measured=measured)


def safe_targets(
    problem: Problem, target: Fraction, acceptance: Fraction, certainties: Iterable[Fraction] = CERTAINTIES
) -> tuple[SafeTarget, ...]:
    """Return for each certainty the lowest target to plan for, rising; what no plan gives is left out.

    For plans without limits of effort, steps or capacity. None are known where the tables cannot hold the problem.
    """
    try:
        cheapest = cheapest_plans(problem)
    except (TooManyStates, TooManyCells):
        return ()
    return risk.safe_targets(cheapest, problem.index, target, acceptance, certainties)
