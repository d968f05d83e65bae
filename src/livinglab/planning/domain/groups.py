"""Cuts a problem into groups of indicators that do not bind each other, each with all its possible states.

A requirement joins two indicators; what is not joined can be chosen independently. That keeps an exact dynamic
programme exact under precedence, as long as a group has few states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd, lcm, prod
from typing import Final

from livinglab.planning.domain.problems import Problem, Requirement

MAXIMUM_STATES: Final = 20_000  # of one group; beyond it the mixed-integer programme takes over


@dataclass(frozen=True, slots=True)
class Units:
    """The whole-number units in which gains and efforts are counted, so that no sum is ever rounded."""

    gain: Fraction
    effort: Fraction

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
    return Units(_largest_unit(step.gain for step in steps), _largest_unit(step.effort for step in steps))


def _largest_unit(numbers: Iterable[Fraction]) -> Fraction:
    listed = set(numbers) - {Fraction(0)}
    if not listed:
        return Fraction(1)
    common = lcm(*(each.denominator for each in listed))
    return Fraction(gcd(*(each.numerator * (common // each.denominator) for each in listed)), common)


def whole_of(problem: Problem, units: Units) -> Choice:
    """Return all open steps as one choice, whatever binds them."""
    heights = tuple(len(ladder.steps) for ladder in problem.ladders)
    sums = [_sums(problem, units, position)[-1] for position in range(len(heights))]
    return Choice(heights, sum(gain for gain, _ in sums), sum(effort for _, effort in sums), sum(heights))


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
    sums = [_sums(problem, units, position) for position in members]
    return tuple(
        Choice(
            heights,
            sum(part[height][0] for part, height in zip(sums, heights, strict=True)),
            sum(part[height][1] for part, height in zip(sums, heights, strict=True)),
            sum(heights),
        )
        for heights in product(*ranges)
        if all(heights[after] < high or heights[before] >= low for after, high, before, low in tests)
    )


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


def _sums(problem: Problem, units: Units, position: int) -> list[tuple[int, int]]:
    gain = effort = 0
    sums = [(0, 0)]
    for step in problem.ladders[position].steps:
        gain += int(step.gain / units.gain)
        effort += int(step.effort / units.effort)
        sums.append((gain, effort))
    return sums


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
