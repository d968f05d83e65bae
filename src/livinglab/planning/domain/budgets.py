"""Budgets in rupiah: what contradicts one, and what it buys of effort where each unit of effort costs the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil

from livinglab.planning.domain.conflicts import Conflict, forced_heights, gettext_noop
from livinglab.planning.domain.problems import Goal, Problem, Step


class BudgetTooSmall(Conflict):
    """A budget that cannot be kept; `least` is the smallest that does what is asked, in rupiah."""

    def __init__(self, template: str, *, least: Fraction, **values: object) -> None:
        self.least = ceil(least)  # whole rupiah
        super().__init__(template, least=self.least, **values)


class CostsUnknown(Conflict):
    """A budget over steps of which somebody has yet to say what they cost."""


def weighed(problem: Problem, goal: Goal) -> Goal:
    """Return the goal with what its budget buys of effort, if every unit of effort costs the same."""
    if goal.budget is None or not problem.price:
        return goal
    return replace(goal, buys=goal.budget / problem.price)


def has_own_prices(problem: Problem, goal: Goal) -> bool:
    """Say whether effort and money may run short independently, so that both must be weighed."""
    return goal.budget is not None and problem.price is None


def check_budget(
    problem: Problem, goal: Goal, least_cost: Callable[[Problem, Goal], Fraction | None]
) -> None:
    """Raise Conflict for a budget that no plan can keep, or that pays for no step at all.

    `least_cost` says how little money reaches the target within the other limits; None where nothing does.
    """
    if goal.budget is None:
        return
    unpriced = sum(step.cost is None for ladder in problem.ladders for step in ladder.steps)
    if unpriced:
        raise CostsUnknown(
            gettext_noop(
                "the budget is in rupiah, but of %(count)s open steps nobody said what they cost; give what a unit of "
                "effort costs, or a cost for each of them"
            ),
            count=unpriced,
        )
    _check_forced(problem, goal, goal.budget)
    first = min(_first_steps(problem), key=_cost, default=None)
    wants_none = goal.target is not None and goal.target <= problem.index
    if first is None or wants_none or goal.steps_limit == 0 or _cost(first) <= goal.budget:
        return
    if any(forced_heights(problem)):
        return
    least = least_cost(problem, goal) if goal.target is not None else None
    raise BudgetTooSmall(
        gettext_noop(
            "the budget of %(budget)s rupiah pays for no step: the cheapest, indicator %(indicator)s to level "
            "%(level)s, costs %(cost)s; the least budget that does what is asked is %(least)s"
        ),
        budget=goal.budget,
        indicator=first.indicator,
        level=first.to_level,
        cost=ceil(_cost(first)),
        least=_cost(first) if least is None else least,
    )


def _check_forced(problem: Problem, goal: Goal, budget: Fraction) -> None:
    forced = sum((_cost(step) for step in problem.steps_at(forced_heights(problem))), Fraction(0))
    if forced > budget:
        raise BudgetTooSmall(
            gettext_noop(
                "the locked and promised steps, with what they wait for, cost %(least)s rupiah, more than the budget "
                "of %(budget)s; raise it to %(least)s or drop one of them"
            ),
            budget=goal.budget,
            least=forced,
        )


def _first_steps(problem: Problem) -> Iterator[Step]:
    """Yield the steps with which a plan can begin."""
    waiting = {
        each.after
        for each in problem.requirements
        if each.before[0] not in problem.positions
        or problem.ladders[problem.positions[each.before[0]]].level < each.before[1]
    }
    for ladder, (_, most) in zip(problem.ladders, problem.bounds, strict=True):
        if most and ladder.steps[0].key not in waiting:
            yield ladder.steps[0]


def _cost(step: Step) -> Fraction:
    return Fraction(0) if step.cost is None else step.cost
