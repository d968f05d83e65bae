"""Which limits bind: what the best plan would cost, or reach, if one of them alone were dropped. Exact.

Dropping one changes the states of a single group. Its new states are joined with what the other groups can do, which
the tables hold from both sides; nothing is solved again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from livinglab.planning.domain.groups import Choice, TooManyStates, choices_of
from livinglab.planning.domain.plans import Binding, Limit, Plan
from livinglab.planning.domain.problems import Goal, Problem, StepKey
from livinglab.planning.domain.tables import Tables


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One limit less: how the problem then reads, and how it is named."""

    limit: Limit
    step: StepKey
    before: str | None
    problem: Problem


def relaxations(problem: Problem) -> Iterator[Relaxation]:
    """Yield each limit on steps that can be dropped alone: a lock, a promise, an exclusion, a precedence pair."""
    for key in sorted(problem.locked):
        yield Relaxation(Limit.LOCKED, key, None, replace(problem, locked=problem.locked - {key}))
    for key in sorted(problem.promised):
        yield Relaxation(Limit.PROMISED, key, None, replace(problem, promised=problem.promised - {key}))
    for key in sorted(problem.excluded):
        yield Relaxation(Limit.EXCLUDED, key, None, replace(problem, excluded=problem.excluded - {key}))
    pairs = dict.fromkeys((each.before[0], each.after[0]) for each in problem.requirements)
    for before, after in pairs:
        of_pair = [one for one in problem.requirements if (one.before[0], one.after[0]) == (before, after)]
        kept = tuple(one for one in problem.requirements if one not in of_pair)
        yield Relaxation(Limit.PRECEDENCE, of_pair[0].after, before, replace(problem, requirements=kept))


def binding_limits(
    problem: Problem, goal: Goal, tables: Tables, best: Plan, *, reached: bool
) -> tuple[Binding, ...]:
    """Return the limits that bind, the most helpful first."""
    by_effort = reached and goal.target is not None
    found = []
    for each in relaxations(problem):
        group = group_of(problem, tables, each.step)
        try:
            fresh = new_choices(each.problem, tables, group)
        except TooManyStates:
            continue
        if by_effort:
            effort = least_effort(problem, goal, tables, group, fresh)
            if effort is not None and effort < best.effort:
                found.append(Binding(each.limit, each.step, each.before, effort=effort))
        else:
            index = highest_index(problem, tables, group, fresh, weighed_limit(goal, tables))
            if index is not None and index > best.index:
                found.append(Binding(each.limit, each.step, each.before, index=index))
    whole = () if by_effort else tuple(_whole_limits(problem, goal, tables, best, reached=reached))
    return (*whole, *most_helpful_first(found))


def compare_relaxed(
    problem: Problem, best: Plan, value_of: Callable[[Problem], Fraction | None], *, by_effort: bool
) -> tuple[Binding, ...]:
    """Return the limits that bind by solving the problem again without each of them."""
    found = []
    for each in relaxations(problem):
        value = value_of(each.problem)
        if value is not None and by_effort and value < best.effort:
            found.append(Binding(each.limit, each.step, each.before, effort=value))
        elif value is not None and not by_effort and value > best.index:
            found.append(Binding(each.limit, each.step, each.before, index=value))
    return most_helpful_first(found)


def most_helpful_first(found: list[Binding]) -> tuple[Binding, ...]:
    return tuple(sorted(found, key=lambda one: one.effort if one.effort is not None else -(one.index or 0)))


def group_of(problem: Problem, tables: Tables, step: StepKey) -> int:
    position = problem.positions[step[0]]
    return next(number for number, group in enumerate(tables.groups) if position in group.members)


def new_choices(relaxed: Problem, tables: Tables, group: int) -> list[Choice]:
    known = {choice.heights for choice in tables.groups[group].choices}
    members = tables.groups[group].members
    found = choices_of(relaxed, tables.units, members, relaxed.requirements, relaxed.bounds)
    return [choice for choice in found if choice.heights not in known]


def least_effort(
    problem: Problem, goal: Goal, tables: Tables, group: int, fresh: list[Choice]
) -> Fraction | None:
    """Return the least effort of a plan to the target that makes one of the `fresh` choices in `group`."""
    assert goal.target is not None
    need = tables.units.gains(goal.target - problem.index)
    before, onward = tables.upto[group], tables.at_least[group + 1]
    least = tables.never
    reach = np.arange(tables.top + 1)
    for gain, cost in tables.cheapest(fresh):
        left = np.maximum(need - gain - reach, 0)
        possible = left <= tables.top
        sums = before[possible] + onward[left[possible]]
        least = min(least, cost + int(sums.min(initial=tables.never)))
    return tables.first_of(least) * tables.units.effort if least < tables.never // 2 else None


def highest_index(
    problem: Problem, tables: Tables, group: int, fresh: list[Choice], limit: int
) -> Fraction | None:
    """Return the highest index of a plan that makes one of the `fresh` choices in `group`.

    `limit` is in the units that the tables weigh.
    """
    before = tables.firsts(tables.upto[group])
    onward = tables.firsts(tables.at_least[group + 1])
    reach, top = np.arange(tables.top + 1), -1
    for choice in fresh:
        first = choice.steps if tables.by_steps else choice.effort
        further = np.searchsorted(onward, limit - first - before, side="right") - 1
        sums = np.where(further >= 0, choice.gain + reach + further, -1)
        top = max(top, int(sums.max()))
    return problem.index + top * tables.units.gain if top >= 0 else None


def weighed_limit(goal: Goal, tables: Tables) -> int:
    """Return the limit that the tables weigh; without one, what no plan can pass."""
    if tables.by_steps and goal.steps_limit is not None:
        return goal.steps_limit
    bound = goal.effort_bound
    return tables.first_of(tables.never // 2) - 1 if bound is None else tables.units.efforts(bound)


def _whole_limits(
    problem: Problem, goal: Goal, tables: Tables, best: Plan, *, reached: bool
) -> Iterator[Binding]:
    """Yield the limits of the plan as a whole: the next better index and the effort at which it comes."""
    firsts = tables.firsts(tables.at_least[0])
    gain = int((best.index - problem.index) / tables.units.gain) + 1
    ceiling = tables.first_of(tables.never // 2)
    if gain <= tables.top and firsts[gain] < ceiling:
        higher = int(np.searchsorted(firsts, firsts[gain], side="right")) - 1
        index = problem.index + higher * tables.units.gain
        effort = None if tables.by_steps else int(firsts[gain]) * tables.units.effort
        named = tightest(goal)
        price = problem.price if named is Limit.BUDGET else None
        cost = None if effort is None or price is None else effort * price
        yield Binding(named, index=index, effort=effort, cost=cost)
        return
    for ladder in problem.ladders:
        if not ladder.steps and not reached:
            yield Binding(Limit.FIXED, step=(ladder.indicator, int(ladder.level)))
    if not reached and not any(not ladder.steps for ladder in problem.ladders):
        yield Binding(Limit.SCALE, index=best.index)


def tightest(goal: Goal) -> Limit:
    if goal.effort_bound is None:
        return Limit.STEPS
    if goal.capacity and sum(goal.capacity, Fraction(0)) == goal.effort_bound:
        return Limit.CAPACITY
    return Limit.BUDGET if goal.buys == goal.effort_bound else Limit.EFFORT


def without_each(goal: Goal, *, by_effort: bool) -> tuple[tuple[Limit, Goal], ...]:
    """Return each limit of the plan as a whole that can bind, with the goal that lacks it.

    Effort itself never binds a plan that is looked for by its effort.
    """
    found = []
    if goal.budget is not None and goal.buys is None:
        found.append((Limit.BUDGET, replace(goal, budget=None)))
    if goal.steps_limit is not None:
        found.append((Limit.STEPS, replace(goal, steps_limit=None)))
    if goal.effort_bound is not None and not by_effort:
        budget = goal.budget if goal.buys is None else None
        freed = replace(goal, effort_limit=None, capacity=(), budget=budget, buys=None)
        found.append((tightest(goal), freed))
    return tuple(found)
