"""Builds a problem, or says which wishes contradict each other and what is the nearest that can be had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from livinglab.planning.domain.problems import Goal, Ladder, Problem, Requirement, StepKey, natural


class Conflict(ValueError):
    """Wishes that cannot hold together; the message names them and the nearest feasible choice."""


def problem(
    index: Fraction,
    ladders: Iterable[Ladder],
    *,
    requirements: Iterable[Requirement] = (),
    locked: Iterable[StepKey] = (),
    promised: Iterable[StepKey] = (),
    excluded: Iterable[StepKey] = (),
) -> Problem:
    """Return the problem in its one canonical order. Raises Conflict.

    Steps that are already taken fall away: from requirements, locks and exclusions alike.
    """
    ordered = tuple(sorted(ladders, key=lambda each: natural(each.indicator)))
    bare = Problem(index, ordered)
    needed = sorted({each for each in requirements if not _is_held(bare, each.after)}, key=_requirement_order)
    found = replace(
        bare,
        requirements=tuple(
            each for each in needed if not _is_held(bare, each.before) and _is_open(bare, each.after)
        ),
        locked=frozenset(_open(bare, locked, "locked")),
        promised=frozenset(_open(bare, promised, "promised")),
        excluded=frozenset(each for each in _known(bare, excluded, "excluded") if _is_open(bare, each)),
    )
    _check_exclusions(found)
    _check_requirements(found)
    return found


def check_goal(goal: Goal) -> None:
    """Raise Conflict for limits that leave no room."""
    if goal.effort_limit is not None and goal.effort_limit < 0:
        raise Conflict("the effort limit is below 0; the nearest feasible is 0, a plan without steps")
    if goal.steps_limit is not None and goal.steps_limit < 0:
        raise Conflict("the limit of steps is below 0; the nearest feasible is 0, a plan without steps")
    if any(year < 0 for year in goal.capacity):
        raise Conflict("a year's capacity is below 0; give 0 for a year in which no work is done")
    if goal.capacity and not any(goal.capacity):
        raise Conflict(
            "every year's capacity is 0, so no step can be taken; give at least one year some effort"
        )


def beyond_the_limit(goal: Goal, effort: Fraction | None, steps: int) -> Conflict:
    """Return the conflict of steps that must be taken with a limit they alone break.

    `effort` is what they take at least; None where the limit is the number of `steps`.
    """
    if effort is None:
        return Conflict(
            f"the locked and promised steps, with what they wait for, are {steps}, more than the limit of "
            f"{goal.steps_limit}; raise it to {steps} or drop one of them"
        )
    return Conflict(
        f"the locked and promised steps, with what they wait for, take {effort} effort, more than the limit of "
        f"{goal.effort_bound}; raise it to {effort} or drop one of them"
    )


def _requirement_order(each: Requirement) -> tuple[object, ...]:
    return natural(each.after[0]), each.after[1], natural(each.before[0]), each.before[1]


def _known(found: Problem, keys: Iterable[StepKey], what: str) -> list[StepKey]:
    listed = sorted(set(keys), key=lambda key: (natural(key[0]), key[1]))
    for indicator, level in listed:
        if indicator not in found.positions:
            raise Conflict(f"{what}: indicator {indicator} to level {level}: no such indicator")
    return listed


def _open(found: Problem, keys: Iterable[StepKey], what: str) -> list[StepKey]:
    """Return the steps still to take. Raises Conflict for one that nobody can take."""
    kept = []
    for key in _known(found, keys, what):
        if _is_held(found, key):
            continue
        if not _is_open(found, key):
            ladder = found.ladders[found.positions[key[0]]]
            top = ladder.steps[-1].to_level if ladder.steps else None
            nearest = f"its highest step leads to {top}" if top else "it is a fixed input without steps"
            raise Conflict(f"{what}: indicator {key[0]} cannot be raised to level {key[1]}; {nearest}")
        kept.append(key)
    return kept


def _is_held(found: Problem, key: StepKey) -> bool:
    position = found.positions.get(key[0])
    return position is not None and found.ladders[position].level >= key[1]


def _is_open(found: Problem, key: StepKey) -> bool:
    position = found.positions.get(key[0])
    return position is not None and any(step.to_level == key[1] for step in found.ladders[position].steps)


def _check_exclusions(found: Problem) -> None:
    for position, (least, most) in enumerate(found.bounds):
        if least > most:
            ladder = found.ladders[position]
            wanted = ladder.steps[least - 1].to_level
            barred = ladder.steps[most].to_level
            reach = f"level {ladder.steps[most - 1].to_level}" if most else "the level it has"
            raise Conflict(
                f"indicator {ladder.indicator}: the step to level {wanted} is locked or promised, but the step to "
                f"level {barred} is excluded and levels are cumulative; drop one of them, or lock it at {reach}"
            )


def _check_requirements(found: Problem) -> None:
    """Raise Conflict where a step that must be taken waits for one that may not be."""
    least = [low for low, _ in found.bounds]
    waiting = True
    while waiting:
        waiting = False
        for each in found.requirements:
            after, before = found.positions[each.after[0]], found.positions.get(each.before[0])
            if least[after] < (found.ladders[after].height(each.after[1]) or 0):
                continue
            height = found.ladders[before].height(each.before[1]) if before is not None else None
            if before is None or height is None or height > found.bounds[before][1]:
                raise Conflict(_waits(each))
            if height > least[before]:
                least[before], waiting = height, True


def _waits(each: Requirement) -> str:
    (before, before_level), (after, after_level) = each.before, each.after
    return (
        f"indicator {after}: its step to level {after_level} must be taken, but indicator {before} has to reach "
        f"level {before_level} first and may not; allow that step, or lock {after} at level {after_level - 1} at most"
    )
