"""Answers a goal from the tables of the dynamic programme: whole numbers from beginning to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

import numpy as np

from livinglab.planning.domain.conflicts import beyond_the_limit
from livinglab.planning.domain.groups import Group, groups_of, units_of, whole_of
from livinglab.planning.domain.plans import (
    Certificate,
    Method,
    Outcome,
    Plan,
    Status,
    keeps,
    plan_of,
)
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.ranking import at_least, exactly
from livinglab.planning.domain.relaxations import binding_limits, weighed_limit
from livinglab.planning.domain.tables import Tables, tables_of

LOOKED_THROUGH: Final = 500  # plans in their order among which alternatives within all limits are looked for
SOLVER: Final = "exact dynamic programme over whole gains"


class NeedsTwoLimits(Exception):
    """The best plan within one limit breaks the other; tables can weigh only one of them."""


def answer(problem: Problem, goal: Goal, *, alternatives: int, explain: bool) -> Outcome:
    """Return the outcome of a goal.

    Of two limits one is weighed; if the best plan within it keeps to the other, it is the best within both.
    Raises NeedsTwoLimits, TooManyStates or TooManyCells where the tables cannot answer.
    """
    units = units_of(problem)
    by_steps = goal.target is None and goal.steps_limit is not None and goal.effort_bound is None
    tables = tables_of(groups_of(problem, units), units, whole_of(problem, units), by_steps=by_steps)
    height = _highest_gain(problem, goal, tables)
    need = height if goal.target is None else max(0, tables.units.gains(goal.target - problem.index))
    reached = need <= height
    plans = _plans(
        problem, goal, tables, need if reached else height, fall=goal.target is None or not reached
    )
    best = next(plans)
    if not keeps(goal, best, with_target=reached):
        raise NeedsTwoLimits
    nothing_to_do = reached and goal.target is not None and not best.steps
    others = () if nothing_to_do or not reached else tuple(_within(goal, plans, alternatives))
    top = problem.index + height * tables.units.gain
    return Outcome(
        status=Status.OPTIMAL if reached else Status.UNREACHABLE,
        best=best,
        alternatives=others,
        binding=binding_limits(problem, goal, tables, best, reached=reached) if explain else (),
        highest_reachable=top,
        certificate=_certificate(problem, goal, tables, best, top, reached=reached),
    )


def _highest_gain(problem: Problem, goal: Goal, tables: Tables) -> int:
    """Return the most gain within the limits. Raises NeedsTwoLimits if the tables cannot tell, or Conflict."""
    firsts = tables.firsts(tables.at_least[0])
    height = int(np.searchsorted(firsts, weighed_limit(goal, tables), side="right")) - 1
    if height < 0:
        least = int(firsts[0])
        raise beyond_the_limit(goal, None if tables.by_steps else least * tables.units.effort, least)
    other = goal.effort_bound if tables.by_steps else goal.steps_limit
    if other is not None:
        highest = plan_of(problem, heights_of(problem, tables.groups, next(exactly(tables, height))))
        if not keeps(goal, highest, with_target=False):
            raise NeedsTwoLimits
    return height


def _plans(problem: Problem, goal: Goal, tables: Tables, gain: int, *, fall: bool) -> Iterator[Plan]:
    """Yield plans best first: the cheapest that reach `gain`, or with `fall` the highest, the cheapest of each."""
    gains = range(gain, -1, -1) if fall else (gain,)
    for each in gains:
        ranked = exactly(tables, each) if fall else at_least(tables, each)
        for picks in ranked:
            plan = plan_of(problem, heights_of(problem, tables.groups, picks))
            if _weighed(goal, tables, plan):
                if fall:
                    break
                return  # the plans to a target come by their effort
            yield plan


def _weighed(goal: Goal, tables: Tables, plan: Plan) -> bool:
    """Say whether a plan breaks the limit that the tables order by, so that all later ones do."""
    if tables.by_steps:
        return goal.steps_limit is not None and len(plan.steps) > goal.steps_limit
    return goal.effort_bound is not None and plan.effort > goal.effort_bound


def _within(goal: Goal, plans: Iterator[Plan], number: int) -> Iterator[Plan]:
    found = (plan for plan in islice(plans, LOOKED_THROUGH) if keeps(goal, plan, with_target=True))
    return islice(found, number)


def heights_of(problem: Problem, groups: tuple[Group, ...], picks: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many steps of each ladder the choices `picks` of the groups take."""
    heights = [0] * len(problem.ladders)
    for group, pick in zip(groups, picks, strict=True):
        for position, height in zip(group.members, group.choices[pick].heights, strict=True):
            heights[position] = height
    return tuple(heights)


def _certificate(
    problem: Problem, goal: Goal, tables: Tables, best: Plan, top: Fraction, *, reached: bool
) -> Certificate:
    below: Fraction | None = None
    if reached and goal.target is not None and best.effort > 0:
        firsts = tables.firsts(tables.at_least[0])
        gain = int(np.searchsorted(firsts, tables.units.efforts(best.effort) - 1, side="right")) - 1
        below = problem.index + gain * tables.units.gain if gain >= 0 else None
    by_effort = reached and goal.target is not None
    return Certificate(Method.DYNAMIC_PROGRAMME, SOLVER, best.effort if by_effort else top, below, exact=True)


def price_curve(problem: Problem) -> list[tuple[Fraction, Fraction]]:
    """Return (index, effort) for every index that no plan reaches or passes with the same or less effort.

    Raises TooManyStates or TooManyCells where the tables cannot answer.
    """
    units = units_of(problem)
    tables = tables_of(groups_of(problem, units), units, whole_of(problem, units))
    firsts = tables.firsts(tables.at_least[0]).tolist()
    last = tables.top
    while last > 0 and firsts[last] >= tables.first_of(tables.never // 2):
        last -= 1
    return [
        (problem.index + gain * tables.units.gain, firsts[gain] * tables.units.effort)
        for gain in range(last + 1)
        if gain == last or firsts[gain] < firsts[gain + 1]
    ]


def cheapest_plans(problem: Problem) -> Callable[[Fraction], Plan | None]:
    """Return what gives the cheapest plan of any target, from tables made once; None where none reaches it.

    Raises TooManyStates or TooManyCells where the tables cannot answer.
    """
    units = units_of(problem)
    tables = tables_of(groups_of(problem, units), units, whole_of(problem, units))

    def cheapest(target: Fraction) -> Plan | None:
        picks = next(at_least(tables, max(0, units.gains(target - problem.index))), None)
        return None if picks is None else plan_of(problem, heights_of(problem, tables.groups, picks))

    return cheapest
