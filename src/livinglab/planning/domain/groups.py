"""Cuts a problem into groups of indicators that do not bind each other, each with all its possible states.

A requirement joins two indicators; what is not joined can be chosen independently. That keeps an exact dynamic
programme exact under precedence, as long as a group has few states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, product
from math import gcd, lcm, prod
from typing import Final

from livinglab.planning.domain.problems import Ladder, Problem, Requirement

MAXIMUM_STATES: Final = 20_000  # of one group; beyond it the mixed-integer programme takes over


@dataclass(frozen=True, slots=True)
class Units:
    """The whole-number units in which gains and efforts are counted, so that no sum is ever rounded.

    `sums` holds for each ladder, after 0, 1, 2 … of its steps, the gain and the effort in units.
    """

    gain: Fraction
    effort: Fraction
    sums: tuple[tuple[tuple[int, int], ...], ...]

    def gains(self, points: Fraction) -> int:
        """Return the fewest units that make up at least `points`."""
        units = points / self.gain
        return -(-units.numerator // units.denominator)

    def efforts(self, effort: Fraction) -> int:
        """Return the most units that fit into `effort`."""
        return (effort / self.effort).__floor__()


@dataclass(frozen=True, slots=True)
class Choice:
    """One state of a group: how many steps of each of its ladders are taken, and what that brings and takes."""

    heights: tuple[int, ...]
    gain: int
    effort: int
    steps: int


@dataclass(frozen=True, slots=True)
class Group:
    """Ladders (by position) that bind each other, and their possible states; those that go further come first."""

    members: tuple[int, ...]
    choices: tuple[Choice, ...]


class TooManyStates(Exception):
    """A group whose states cannot be listed."""


def units_of(problem: Problem) -> Units:
    """Return the largest units in which every gain and every effort is a whole number."""
    steps = [step for ladder in problem.ladders for step in ladder.steps]
    gain, effort = largest_unit(step.gain for step in steps), largest_unit(step.effort for step in steps)
    return Units(gain, effort, tuple(_sums(ladder, gain, effort) for ladder in problem.ladders))


def _sums(ladder: Ladder, gain: Fraction, effort: Fraction) -> tuple[tuple[int, int], ...]:
    gains = accumulate((_count(step.gain, gain) for step in ladder.steps), initial=0)
    efforts = accumulate((_count(step.effort, effort) for step in ladder.steps), initial=0)
    return tuple(zip(gains, efforts, strict=True))


def _count(number: Fraction, unit: Fraction) -> int:
    """Return number / unit, which is whole; without making a fraction of it, as that takes longer."""
    return number.numerator * unit.denominator // (number.denominator * unit.numerator)


def largest_unit(numbers: Iterable[Fraction]) -> Fraction:
    """Return the largest number of which every one of `numbers` is a whole multiple; 1 where all are 0."""
    listed = set(numbers) - {Fraction(0)}
    if not listed:
        return Fraction(1)
    common = lcm(*(each.denominator for each in listed))
    return Fraction(gcd(*(each.numerator * (common // each.denominator) for each in listed)), common)


def whole_of(problem: Problem, units: Units) -> Choice:
    """Return all open steps as one choice, whatever binds them."""
    return _choice(tuple(len(ladder.steps) for ladder in problem.ladders), units.sums)


def groups_of(problem: Problem, units: Units) -> tuple[Group, ...]:
    """Return the groups in the order of their first indicator. Raises TooManyStates."""
    return tuple(
        Group(members, choices_of(problem, units, members, problem.requirements, problem.bounds))
        for members in _components(problem)
    )


def choices_of(
    problem: Problem,
    units: Units,
    members: tuple[int, ...],
    requirements: Iterable[Requirement],
    bounds: Sequence[tuple[int, int]],
) -> tuple[Choice, ...]:
    """Return every state of the ladders `members` that `bounds` and `requirements` allow."""
    ranges = [range(bounds[position][1], bounds[position][0] - 1, -1) for position in members]
    if prod(map(len, ranges)) > MAXIMUM_STATES:
        raise TooManyStates
    tests = tuple(_tests(problem, members, requirements))
    sums = [units.sums[position] for position in members]
    return tuple(
        _choice(heights, sums)
        for heights in product(*ranges)
        if all(heights[after] < high or heights[before] >= low for after, high, before, low in tests)
    )


def _choice(heights: tuple[int, ...], sums: Sequence[Sequence[tuple[int, int]]]) -> Choice:
    gain = effort = 0
    for height, part in zip(heights, sums, strict=True):
        gain, effort = gain + part[height][0], effort + part[height][1]
    return Choice(heights, gain, effort, sum(heights))


def _tests(
    problem: Problem, members: tuple[int, ...], requirements: Iterable[Requirement]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield (after, its height, before, its height) for each requirement among `members`, by place in them."""
    places = {position: place for place, position in enumerate(members)}
    for each in requirements:
        after, before = problem.positions[each.after[0]], problem.positions.get(each.before[0])
        if after not in places:
            continue
        high = problem.ladders[after].height(each.after[1])
        low = problem.ladders[before].height(each.before[1]) if before is not None else None
        if high is not None:
            never = low is None or before is None
            yield (
                (places[after], high, places[after], 99)
                if never
                else (places[after], high, places[before or 0], low or 0)
            )


def _components(problem: Problem) -> list[tuple[int, ...]]:
    """Return the positions of ladders, together where requirements join them."""
    root = list(range(len(problem.ladders)))

    def find(position: int) -> int:
        while root[position] != position:
            position = root[position]
        return position

    for each in problem.requirements:
        before = problem.positions.get(each.before[0])
        if before is not None:
            one, other = sorted((find(before), find(problem.positions[each.after[0]])))
            root[other] = one
    members: dict[int, list[int]] = {}
    for position in range(len(root)):
        members.setdefault(find(position), []).append(position)
    return [tuple(each) for each in members.values()]
