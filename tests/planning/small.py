"""Small problems to plan, drawn at random, and everything that can be done in them."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import strategies as st

from livinglab.planning.domain.conflicts import Conflict, problem
from livinglab.planning.domain.problems import Goal, Ladder, Problem, Requirement, Step, StepKey

TOP = 4


def ladder(indicator: str, level: int, gain: Fraction, efforts: list[Fraction]) -> Ladder:
    """Return an indicator at `level` with a step to each level above it."""
    steps = [Step(indicator, level + n, effort, gain) for n, effort in enumerate(efforts, 1)]
    return Ladder(indicator, Fraction(level), tuple(steps))


@st.composite
def ladders(draw: st.DrawFn, most: int = 4) -> list[Ladder]:
    """Draw two to `most` indicators on a scale from 1 to TOP; some cannot be raised at all."""
    found = []
    for number in range(1, draw(st.integers(2, most)) + 1):
        level = draw(st.integers(1, TOP))
        gain = draw(st.sampled_from([Fraction(13, 1000), Fraction(1, 40), Fraction(1, 3), Fraction(3, 100)]))
        efforts = [
            Fraction(draw(st.integers(0, 12)), draw(st.sampled_from([1, 2, 4]))) for _ in range(level, TOP)
        ]
        found.append(ladder(str(number), level, gain, efforts))
    return found


@st.composite
def requirements(draw: st.DrawFn, found: list[Ladder]) -> list[Requirement]:
    """Draw requirements whose `before` is an earlier indicator, so that none waits for itself."""
    keys = [one.indicator for one in found]
    pairs = [(low, high) for n, high in enumerate(keys) for low in keys[:n]]
    drawn = draw(st.lists(st.tuples(st.sampled_from(pairs), *[st.integers(2, TOP)] * 2), max_size=3))
    return [Requirement((low, at), (high, to)) for (low, high), at, to in drawn]


@st.composite
def problems(draw: st.DrawFn, *, bound: bool = True, most: int = 4) -> Problem:
    """Draw a problem; with `bound` also precedence, locks and exclusions that do not contradict each other."""
    found = draw(ladders(most))
    index = Fraction(draw(st.integers(100, 300)), 100)
    if not bound:
        return problem(index, found)
    wishes: dict[str, list[StepKey]] = {"locked": [], "promised": [], "excluded": []}
    steps = [step.key for one in found for step in one.steps]
    if steps:
        for name in wishes:
            wishes[name] = draw(st.lists(st.sampled_from(steps), max_size=1))
    waits = draw(requirements(found))
    try:
        return problem(index, found, requirements=waits, **wishes)
    except Conflict:
        return problem(index, found, requirements=waits)


def every_plan(one: Problem) -> Iterator[tuple[Fraction, Fraction, int, frozenset[StepKey]]]:
    """Yield (effort, index, number of steps, steps) of each plan that the problem allows, by trying all."""
    for heights in product(*(range(len(each.steps) + 1) for each in one.ladders)):
        taken = [
            step for each, height in zip(one.ladders, heights, strict=True) for step in each.steps[:height]
        ]
        keys = frozenset(step.key for step in taken)
        held = {each.indicator: each.level for each in one.ladders}
        held |= {step.indicator: Fraction(step.to_level) for step in taken}
        if (one.locked | one.promised) - keys or one.excluded & keys:
            continue
        if any(need.after in keys and held[need.before[0]] < need.before[1] for need in one.requirements):
            continue
        effort = sum((step.effort for step in taken), Fraction(0))
        yield effort, one.index + sum((step.gain for step in taken), Fraction(0)), len(taken), keys


def within(goal: Goal, plans: Any) -> list[tuple[Fraction, Fraction, int, frozenset[StepKey]]]:
    """Return those of `plans` that keep to the limits of a goal, whatever index they reach."""
    bound = goal.effort_bound
    return [
        plan
        for plan in plans
        if (bound is None or plan[0] <= bound) and (goal.steps_limit is None or plan[2] <= goal.steps_limit)
    ]
