"""A plan and what is known about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from livinglab.planning.domain.problems import Goal, Problem, Step, StepKey


class Status(StrEnum):
    """Whether the target can be reached within the limits."""

    OPTIMAL = "optimal"
    UNREACHABLE = "unreachable"


class Method(StrEnum):
    """How a plan was found."""

    DYNAMIC_PROGRAMME = "dynamic-programme"
    MIXED_INTEGER = "mixed-integer-programme"


class Limit(StrEnum):
    """What can stand in the way of a cheaper plan or a higher index."""

    PRECEDENCE = "precedence"
    LOCKED = "locked"
    PROMISED = "promised"
    EXCLUDED = "excluded"
    FIXED = "fixed"
    EFFORT = "effort"
    CAPACITY = "capacity"
    BUDGET = "budget"
    STEPS = "steps"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order in which to take them, what they take together, and the index they lead to."""

    steps: tuple[Step, ...]
    effort: Fraction
    index: Fraction

    @property
    def keys(self) -> frozenset[StepKey]:
        """The steps, without their order."""
        return frozenset(step.key for step in self.steps)

    @property
    def cost(self) -> Fraction | None:
        """What the steps cost together in rupiah; None where that of one of them is not known."""
        total = Fraction(0)
        for step in self.steps:
            if step.cost is None:
                return None
            total += step.cost
        return total


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit whose relaxation alone would help: to which effort, or in the search for height to which index.

    Of a precedence `step` waits for a step of `before`; of a fixed input it names the level held; limits of the whole
    plan name no step. `cost` is the budget in rupiah at which that index comes.
    """

    limit: Limit
    step: StepKey | None = None
    before: str | None = None
    effort: Fraction | None = None
    index: Fraction | None = None
    cost: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was proven. No plan within the limits takes less than `bound` effort (or reaches a higher index).

    `index_below` is the highest index of any plan that takes less effort than the best one: below the target.
    `exact` says that no step of the proof used floating point; `checked` that the plan was tested again with
    fractions against every limit, apart from the method that found it.
    """

    method: Method
    solver: str
    bound: Fraction
    index_below: Fraction | None
    exact: bool
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a goal. If it is unreachable, `best` is the cheapest plan to the highest reachable index."""

    status: Status
    best: Plan
    alternatives: tuple[Plan, ...]
    binding: tuple[Binding, ...]
    highest_reachable: Fraction
    certificate: Certificate


class Broken(AssertionError):
    """A plan that does not keep to its problem: a fault of ours, never of the input."""


def check_plan(problem: Problem, goal: Goal, plan: Plan, *, reaches: bool) -> None:
    """Test a plan against everything asked of it, with fractions only. Raises Broken."""
    held = {ladder.indicator: ladder.level for ladder in problem.ladders}
    open_steps = {step.key: step for ladder in problem.ladders for step in ladder.steps}
    for step in plan.steps:
        if open_steps.pop(step.key, None) != step or step.key in problem.excluded:
            raise Broken(f"step {step.key} is not open")
        waits = [each for each in problem.requirements if each.after == step.key]
        if any(held.get(each.before[0], 0) < each.before[1] for each in waits) or not _next(
            held, step, problem
        ):
            raise Broken(f"step {step.key} comes too early")
        held[step.indicator] = Fraction(step.to_level)
    missing = [key for key in problem.locked | problem.promised if held[key[0]] < key[1]]
    index = problem.index + sum((step.gain for step in plan.steps), Fraction(0))
    effort = sum((step.effort for step in plan.steps), Fraction(0))
    if missing or (index, effort) != (plan.index, plan.effort):
        raise Broken(f"the plan lacks {missing} or does not add up")
    if reaches and not keeps(goal, plan, with_target=True):
        raise Broken("the plan misses its goal")


def _next(held: dict[str, Fraction], step: Step, problem: Problem) -> bool:
    ladder = problem.ladders[problem.positions[step.indicator]]
    first = next(each for each in ladder.steps if each.to_level > held[step.indicator])
    return first == step


def keeps(goal: Goal, plan: Plan, *, with_target: bool) -> bool:
    """Say whether a plan stays within the limits of a goal, and reaches its target if that is asked."""
    bound = goal.effort_bound
    return (
        (bound is None or plan.effort <= bound)
        and (goal.steps_limit is None or len(plan.steps) <= goal.steps_limit)
        and (goal.budget is None or (plan.cost is not None and plan.cost <= goal.budget))
        and (not with_target or goal.target is None or plan.index >= goal.target)
    )


def plan_of(problem: Problem, heights: Iterable[int]) -> Plan:
    """Return the plan that takes the first `heights[n]` steps of ladder n, in the order to take them."""
    steps = problem.steps_at(heights)
    return Plan(
        steps=in_order(problem, steps),
        effort=sum((step.effort for step in steps), Fraction(0)),
        index=problem.index + sum((step.gain for step in steps), Fraction(0)),
    )


def in_order(problem: Problem, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return steps in the order to take them: of those that may come next, the one that gains most per effort.

    Among equals the one of the earlier indicator; what waits for another step comes after it.
    """
    waits: dict[StepKey, set[StepKey]] = {step.key: set() for step in steps}
    for ladder in problem.ladders:
        for lower, upper in pairwise(ladder.steps):
            if upper.key in waits:
                waits[upper.key].add(lower.key)
    for each in problem.requirements:
        if each.after in waits:
            waits[each.after].add(each.before)
    left = {step.key: step for step in sorted(steps, key=_dearness)}
    ordered = list[Step]()
    while left:
        ready = next(key for key in left if not (waits[key] & left.keys()))
        ordered.append(left.pop(ready))
    return tuple(ordered)


def _dearness(step: Step) -> Fraction:
    return step.effort / step.gain


def years_of(plan: Plan, capacity: tuple[Fraction, ...]) -> tuple[int, ...]:
    """Return for each step of a plan the year (from 0) in which it is finished, one after the other.

    Work runs on over the turn of a year, so a plan fits exactly if its effort is at most the sum of capacities.
    """
    years, year = list[int](), 0
    spent, until = Fraction(0), capacity[0] if capacity else Fraction(0)
    for step in plan.steps:
        spent += step.effort
        while spent > until and year + 1 < len(capacity):
            year += 1
            until += capacity[year]
        years.append(year)
    return tuple(years)
