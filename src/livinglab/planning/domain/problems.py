"""What a plan is made from: the open steps with their effort and gain, and what binds them.

Numbers are exact. Effort has no unit of its own: points, working days or rupiah, as its giver says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

StepKey = tuple[str, int]  # an indicator's key, and the level a step raises it to


@dataclass(frozen=True, slots=True)
class Step:
    """Raising one indicator by one level; `gain` in points of the index."""

    indicator: str
    to_level: int
    effort: Fraction
    gain: Fraction

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

    `capacity` is the effort that each year can carry: it limits the effort of the whole plan to its sum.
    """

    target: Fraction | None = None
    effort_limit: Fraction | None = None
    steps_limit: int | None = None
    capacity: tuple[Fraction, ...] = ()

    @property
    def effort_bound(self) -> Fraction | None:
        """The most effort a plan may take: the smaller of the limit and the years' capacity."""
        known = [self.effort_limit] if self.effort_limit is not None else []
        if self.capacity:
            known.append(sum(self.capacity, Fraction(0)))
        return min(known, default=None)


def natural(indicator: str) -> tuple[tuple[int, str], ...]:
    """Return what sorts indicators as people count: 2 before 10, 35 before 35-2."""
    parts = re.findall(r"(\d+)|(\D+)", indicator)
    return tuple((int(number) if number else -1, text) for number, text in parts)
