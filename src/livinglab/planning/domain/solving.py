"""The door of this domain: the answer to a goal, and the price of every index."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from livinglab.planning.domain import exact, milp
from livinglab.planning.domain.conflicts import check_goal, without_capacity
from livinglab.planning.domain.groups import TooManyStates
from livinglab.planning.domain.plans import Outcome, Status, check_plan
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.tables import TooManyCells

ALTERNATIVES: Final = 3
CURVE_POINTS: Final = 40


def solve(problem: Problem, goal: Goal, *, alternatives: int = ALTERNATIVES, explain: bool = True) -> Outcome:
    """Return the best plan, proven, with the next best, the limits that bind and the highest reachable index.

    The same problem and goal always give the same outcome. Without `explain` the binding limits are left out.
    Raises Conflict for wishes that exclude each other, TooFine where no method can prove its answer.
    """
    check_goal(goal)
    if goal.capacity and not any(goal.capacity):
        free = solve(problem, replace(goal, capacity=()), alternatives=0, explain=False).best
        if free.effort:
            raise without_capacity(free.effort, len(goal.capacity))
    try:
        outcome = exact.answer(problem, goal, alternatives=alternatives, explain=explain)
    except (exact.NeedsTwoLimits, TooManyStates, TooManyCells):
        outcome = milp.answer(problem, goal, alternatives=alternatives, explain=explain)
    reached = outcome.status is Status.OPTIMAL
    check_plan(problem, goal, outcome.best, reaches=reached)
    for plan in outcome.alternatives:
        check_plan(problem, goal, plan, reaches=reached)
    return outcome


def price_curve(problem: Problem) -> list[tuple[Fraction, Fraction]]:
    """Return (index, least effort) rising from today's index to the highest reachable.

    Every index at which the price changes where the tables hold the problem, else 40 points evenly spread.
    """
    try:
        return exact.price_curve(problem)
    except (TooManyStates, TooManyCells):
        return _sampled(problem)


def _sampled(problem: Problem) -> list[tuple[Fraction, Fraction]]:
    highest = milp.highest(problem)
    points: dict[Fraction, Fraction] = {}
    for number in range(CURVE_POINTS):
        target = problem.index + (highest - problem.index) * Fraction(number, CURVE_POINTS - 1)
        best = milp.cheapest(problem, target)
        points[best.index] = best.effort
    return sorted(points.items())
