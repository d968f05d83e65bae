"""The door of this domain: the answer to a goal, and the price of every index."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Final

from livinglab.planning.domain import exact, milp, several_limits
from livinglab.planning.domain.budgets import check_budget, has_own_prices, weighed
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
    check_budget(problem, goal, _least_cost)
    goal = weighed(problem, goal)
    if goal.capacity and not any(goal.capacity):
        free = solve(problem, replace(goal, capacity=()), alternatives=0, explain=False).best
        if free.effort:
            raise without_capacity(free.effort, len(goal.capacity))
    outcome = _answer(problem, goal, alternatives=alternatives, explain=explain)
    reached = outcome.status is Status.OPTIMAL
    check_plan(problem, goal, outcome.best, reaches=reached)
    for plan in outcome.alternatives:
        check_plan(problem, goal, plan, reaches=reached)
    return outcome


def _answer(problem: Problem, goal: Goal, *, alternatives: int, explain: bool) -> Outcome:
    """Return the answer of the tables of one limit, else of the search under several, else of the solver."""
    try:
        if not has_own_prices(problem, goal):
            with suppress(exact.NeedsTwoLimits):
                return exact.answer(problem, goal, alternatives=alternatives, explain=explain)
        return several_limits.answer(problem, goal, alternatives=alternatives, explain=explain)
    except (TooManyStates, TooManyCells):
        return milp.answer(problem, goal, alternatives=alternatives, explain=explain)


def _free(problem: Problem, goal: Goal) -> Outcome:
    return _answer(problem, goal, alternatives=0, explain=False)


def _least_cost(problem: Problem, goal: Goal) -> Fraction | None:
    """Return how little money reaches the target within the number of steps; None where nothing does."""
    goal = Goal(goal.target, steps_limit=goal.steps_limit)
    outcome = _free(problem.in_money(), goal)
    return outcome.best.effort if outcome.status is Status.OPTIMAL else None


def budget_curve(problem: Problem) -> list[tuple[Fraction, Fraction]]:
    """Return (index, least rupiah) as `price_curve` does for effort; empty where a step has no cost."""
    is_known = all(step.cost is not None for ladder in problem.ladders for step in ladder.steps)
    return price_curve(problem.in_money()) if is_known else []


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
