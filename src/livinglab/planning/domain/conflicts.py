"""Builds a problem, or says which wishes contradict each other and what is the nearest that can be had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from livinglab.planning.domain.problems import Goal, Ladder, Problem, Requirement, StepKey, natural


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue of translations; the domain itself translates nothing."""
    return text


class Unanswered(ValueError):
    """A goal that gets no plan, and why.

    `template` is the English message with its `values` left open, so that a page can say it in another language.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template % values)
        self.template = template
        self.values = values


class Conflict(Unanswered):
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
        raise Conflict(
            gettext_noop("the effort limit is below 0; the nearest feasible is 0, a plan without steps")
        )
    if goal.steps_limit is not None and goal.steps_limit < 0:
        raise Conflict(
            gettext_noop("the limit of steps is below 0; the nearest feasible is 0, a plan without steps")
        )
    if goal.budget is not None and goal.budget < 0:
        raise Conflict(
            gettext_noop(
                "the budget is below 0; the nearest feasible is 0, which pays for no step that costs anything"
            )
        )
    if any(year < 0 for year in goal.capacity):
        raise Conflict(
            gettext_noop("a year's capacity is below 0; give 0 for a year in which no work is done")
        )


def without_capacity(effort: Fraction, years: int) -> Conflict:
    """Return the conflict of years that carry nothing with a goal that takes `effort`: what each must carry at least.

    With two places, rounded up.
    """
    return Conflict(
        gettext_noop(
            "every year's capacity is 0, so no step can be taken; the least a year that does what is asked is "
            "%(capacity)s"
        ),
        capacity=f"{Decimal(ceil(effort / years * 100)) / 100:.2f}",
    )


def beyond_the_limit(goal: Goal, effort: Fraction | None, steps: int) -> Conflict:
    """Return the conflict of steps that must be taken with a limit they alone break.

    `effort` is what they take at least; None where the limit is the number of `steps`.
    """
    if effort is None:
        return Conflict(
            gettext_noop(
                "the locked and promised steps, with what they wait for, are %(steps)s, more than the limit of "
                "%(limit)s; raise it to %(steps)s or drop one of them"
            ),
            steps=steps,
            limit=goal.steps_limit,
        )
    return Conflict(
        gettext_noop(
            "the locked and promised steps, with what they wait for, take %(effort)s effort, more than the limit of "
            "%(limit)s; raise it to %(effort)s or drop one of them"
        ),
        effort=effort,
        limit=goal.effort_bound,
    )


def broken_limit(problem: Problem, goal: Goal) -> Conflict:
    """Return the conflict of what every plan takes with the limit of effort, else of steps, that it alone breaks."""
    forced = problem.steps_at(forced_heights(problem))
    effort = sum((step.effort for step in forced), Fraction(0))
    bound = goal.effort_bound
    return beyond_the_limit(goal, effort if bound is not None and effort > bound else None, len(forced))


def forced_heights(problem: Problem) -> tuple[int, ...]:
    """Return how many steps of each ladder every plan takes: what is locked or promised, with what that waits for."""
    least = [low for low, _ in problem.bounds]
    waiting = True
    while waiting:
        waiting = False
        for each in problem.requirements:
            after, before = problem.positions[each.after[0]], problem.positions.get(each.before[0])
            if before is None or least[after] < (problem.ladders[after].height(each.after[1]) or 0):
                continue
            height = problem.ladders[before].height(each.before[1]) or 0
            if height > least[before]:
                least[before], waiting = height, True
    return tuple(least)


def _requirement_order(each: Requirement) -> tuple[object, ...]:
    return natural(each.after[0]), each.after[1], natural(each.before[0]), each.before[1]


def _known(found: Problem, keys: Iterable[StepKey], what: str) -> list[StepKey]:
    listed = sorted(set(keys), key=lambda key: (natural(key[0]), key[1]))
    for indicator, level in listed:
        if indicator not in found.positions:
            raise Conflict(
                gettext_noop("%(what)s: indicator %(indicator)s to level %(level)s: no such indicator"),
                what=what,
                indicator=indicator,
                level=level,
            )
    return listed


def _open(found: Problem, keys: Iterable[StepKey], what: str) -> list[StepKey]:
    """Return the steps still to take. Raises Conflict for one that nobody can take."""
    kept = []
    for key in _known(found, keys, what):
        if _is_held(found, key):
            continue
        if not _is_open(found, key):
            ladder = found.ladders[found.positions[key[0]]]
            raise _unreachable(what, key, ladder)
        kept.append(key)
    return kept


def _unreachable(what: str, key: StepKey, ladder: Ladder) -> Conflict:
    if not ladder.steps:
        return Conflict(
            gettext_noop(
                "%(what)s: indicator %(indicator)s cannot be raised to level %(level)s; "
                "it is a fixed input without steps"
            ),
            what=what,
            indicator=key[0],
            level=key[1],
        )
    return Conflict(
        gettext_noop(
            "%(what)s: indicator %(indicator)s cannot be raised to level %(level)s; its highest step leads to %(top)s"
        ),
        what=what,
        indicator=key[0],
        level=key[1],
        top=ladder.steps[-1].to_level,
    )


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
            raise _excluded_below(ladder, least, most)


def _excluded_below(ladder: Ladder, least: int, most: int) -> Conflict:
    wanted, barred = ladder.steps[least - 1].to_level, ladder.steps[most].to_level
    if not most:
        return Conflict(
            gettext_noop(
                "indicator %(indicator)s: the step to level %(wanted)s is locked or promised, but the step to level "
                "%(barred)s is excluded and levels are cumulative; drop one of them, or lock it at the level it has"
            ),
            indicator=ladder.indicator,
            wanted=wanted,
            barred=barred,
        )
    return Conflict(
        gettext_noop(
            "indicator %(indicator)s: the step to level %(wanted)s is locked or promised, but the step to level "
            "%(barred)s is excluded and levels are cumulative; drop one of them, or lock it at level %(reach)s"
        ),
        indicator=ladder.indicator,
        wanted=wanted,
        barred=barred,
        reach=ladder.steps[most - 1].to_level,
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
                raise _waiting(each)
            if height > least[before]:
                least[before], waiting = height, True


def _waiting(each: Requirement) -> Conflict:
    return Conflict(
        gettext_noop(
            "indicator %(after)s: its step to level %(after_level)s must be taken, but indicator %(before)s has to "
            "reach level %(before_level)s first and may not; allow that step, or lock %(after)s at level %(least)s "
            "at most"
        ),
        after=each.after[0],
        after_level=each.after[1],
        before=each.before[0],
        before_level=each.before[1],
        least=each.after[1] - 1,
    )
