"""What a plan is made from: the open steps with their effort and gain, and what binds them.

Numbers are exact. Effort has no unit of its own: points, working days or rupiah, as its giver says. What a step costs
in rupiah stands beside it, because money and work may run short independently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

StepKey = tuple[str, int]  # an indicator's key, and the level a step raises it to


@dataclass(frozen=True, slots=True)
class Step:
    """Raising one indicator by one level; `gain` in index points, `cost` in rupiah, None where nobody said it."""

    indicator: str
    to_level: int
    effort: Fraction
    gain: Fraction
    cost: Fraction | None = None

    @property
    def key(self) -> StepKey:
        """What names this step."""
        return self.indicator, self.to_level


@dataclass(frozen=True, slots=True)
class Ladder:
    """One indicator: the level it has, and its open steps in order. A fixed input has no steps."""

    indicator: str
    level: Fraction
    steps: tuple[Step, ...] = ()

    def height(self, level: int) -> int | None:
        """Return how many steps it takes to hold `level`; None where no step leads there."""
        if self.level >= level:
            return 0
        return next((n for n, step in enumerate(self.steps, 1) if step.to_level >= level), None)


@dataclass(frozen=True, slots=True, order=True)
class Requirement:
    """The step `after` may be taken only once `before` is held."""

    before: StepKey
    after: StepKey


@dataclass(frozen=True)
class Problem:
    """A region's open steps. `index` is exact and counts the fixed inputs; indicators stand in natural order.

    `locked` and `promised` steps must be in every plan, `excluded` ones in none. Build it with `problem()`.
    """

    index: Fraction
    ladders: tuple[Ladder, ...]
    requirements: tuple[Requirement, ...] = ()
    locked: frozenset[StepKey] = frozenset()
    promised: frozenset[StepKey] = frozenset()
    excluded: frozenset[StepKey] = frozenset()
    positions: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        positions = {ladder.indicator: n for n, ladder in enumerate(self.ladders)}
        object.__setattr__(self, "positions", positions)

    @cached_property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """The fewest and the most steps of each ladder that locks, promises and exclusions leave."""
        least, most = [0] * len(self.ladders), [len(ladder.steps) for ladder in self.ladders]
        for indicator, level in self.locked | self.promised:
            position = self.positions[indicator]
            least[position] = max(least[position], self.ladders[position].height(level) or 0)
        for indicator, level in self.excluded:
            position = self.positions[indicator]
            height = self.ladders[position].height(level)
            if height:
                most[position] = min(most[position], height - 1)
        return tuple(zip(least, most, strict=True))

    @cached_property
    def price(self) -> Fraction | None:
        """What a unit of effort costs in rupiah, if every step costs the same for each of its units; else None.

        0 where nothing costs anything.
        """
        prices = set[Fraction | None]()
        for ladder in self.ladders:
            for step in ladder.steps:
                if step.effort:
                    prices.add(None if step.cost is None else step.cost / step.effort)
                elif step.cost != 0:
                    prices.add(None)
        return Fraction(0) if not prices else prices.pop() if len(prices) == 1 else None

    def in_money(self) -> Problem:
        """Return the same problem with what each step costs in place of its effort; every cost must be known."""
        ladders = (
            replace(
                ladder, steps=tuple(replace(step, effort=step.cost or Fraction(0)) for step in ladder.steps)
            )
            for ladder in self.ladders
        )
        return replace(self, ladders=tuple(ladders))

    def steps_at(self, heights: Iterable[int]) -> tuple[Step, ...]:
        """Return the steps of a plan that takes the first `heights[n]` steps of ladder n."""
        return tuple(
            step
            for ladder, height in zip(self.ladders, heights, strict=True)
            for step in ladder.steps[:height]
        )


@dataclass(frozen=True, slots=True)
class Goal:
    """Reach `target` with the least effort, or without a target the highest index; within the limits.

    `capacity` is the effort that each year can carry: it limits the effort of the whole plan to its sum. `budget` is
    in rupiah; `buys` is the effort that it pays for, where each unit of effort costs the same and the one limit is the
    other: the search then weighs it as effort.
    """

    target: Fraction | None = None
    effort_limit: Fraction | None = None
    steps_limit: int | None = None
    capacity: tuple[Fraction, ...] = ()
    budget: Fraction | None = None
    buys: Fraction | None = None

    @property
    def effort_bound(self) -> Fraction | None:
        """The most effort a plan may take: the smallest of the limit, the years' capacity and what the budget buys."""
        known = [each for each in (self.effort_limit, self.buys) if each is not None]
        if self.capacity:
            known.append(sum(self.capacity, Fraction(0)))
        return min(known, default=None)


def natural(indicator: str) -> tuple[tuple[int, str], ...]:
    """Return what sorts indicators as people count: 2 before 10, 35 before 35-2."""
    parts = re.findall(r"(\d+)|(\D+)", indicator)
    return tuple((int(number) if number else -1, text) for number, text in parts)
