"""The exact dynamic programme: for each gain, the least that the groups so far, or from here on, must spend.

A plan's cost is one whole number that orders plans as we want them: least effort, then highest index, then fewest
steps (with `by_steps` fewest steps, then highest index, then least effort). It adds up over the groups, so a table
per group over all gains is exact. Whole numbers of 64 bits; where they could overflow, Python's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from livinglab.planning.domain.groups import Choice, Group, Units

MAXIMUM_CELLS: Final = 40_000_000  # states × gains; beyond it the mixed-integer programme takes over
SAFE: Final = 2**60
Row = NDArray[Any]


class TooManyCells(Exception):
    """A table that would take too long or too much memory."""


@dataclass(frozen=True)
class Tables:
    """The groups of a problem, and how to weigh effort, gain and steps in one number."""

    units: Units
    groups: tuple[Group, ...]
    by_steps: bool
    top: int  # the most gain of all groups together
    factor: int  # of the first criterion
    inner: int  # of the gain
    never: int  # more than any plan costs

    def cost(self, choice: Choice) -> int:
        """Return the cost of one choice."""
        first, last = (choice.steps, choice.effort) if self.by_steps else (choice.effort, choice.steps)
        return first * self.factor - choice.gain * self.inner + last

    def first_of(self, cost: int) -> int:
        """Return the first criterion (effort, or steps) in a sum of costs."""
        return -(-cost // self.factor)

    def firsts(self, row: Row) -> Row:
        """Return the first criterion of each cost in a row; a very large number where nothing is possible."""
        return -(-row // self.factor)

    def layer(self, row: Row, choices: Iterable[Choice]) -> Row:
        """Return the row after one more group: for each gain the cheapest way to exactly that gain."""
        grown: Row = np.full(len(row), self.never, dtype=row.dtype)
        for gain, cost in self.cheapest(choices):
            target = grown[gain:]
            np.minimum(target, row[: len(row) - gain] + cost, out=target)
        grown[grown > self.never // 2] = self.never
        return grown

    def cheapest(self, choices: Iterable[Choice]) -> list[tuple[int, int]]:
        """Return the least cost for each gain that one of `choices` has."""
        found: dict[int, int] = {}
        for choice in choices:
            cost = self.cost(choice)
            if cost < found.get(choice.gain, self.never):
                found[choice.gain] = cost
        return sorted(found.items())

    def empty(self) -> Row:
        """Return the row of no group at all: gain 0 at no cost."""
        row: Row = np.full(self.top + 1, self.never, dtype=np.int64 if self.never < SAFE else object)
        row[0] = 0
        return row

    @cached_property
    def onward(self) -> tuple[Row, ...]:
        """Row n: the least cost of exactly each gain with the groups from n on."""
        rows = [self.empty()]
        for group in reversed(self.groups):
            rows.append(self.layer(rows[-1], group.choices))
        return tuple(reversed(rows))

    @cached_property
    def at_least(self) -> tuple[Row, ...]:
        """Row n: the least cost of at least each gain with the groups from n on."""
        return tuple(np.minimum.accumulate(row[::-1])[::-1] for row in self.onward)

    @cached_property
    def upto(self) -> tuple[Row, ...]:
        """Row n: the least cost of exactly each gain with the groups before n."""
        rows = [self.empty()]
        for group in self.groups:
            rows.append(self.layer(rows[-1], group.choices))
        return tuple(rows)


def tables_of(groups: tuple[Group, ...], units: Units, whole: Choice, *, by_steps: bool = False) -> Tables:
    """Return the tables of `groups`; they are filled when first asked for. Raises TooManyCells.

    `whole` is every open step together, also those that a lock keeps out: no sum of choices passes it.
    """
    top = sum(max(choice.gain for choice in group.choices) for group in groups)
    gains = sum(len({choice.gain for choice in group.choices}) for group in groups)
    if gains * (top + 1) > MAXIMUM_CELLS:
        raise TooManyCells
    first, last = (whole.steps, whole.effort) if by_steps else (whole.effort, whole.steps)
    inner = last + 1
    factor = (whole.gain + 1) * inner + 1
    return Tables(units, groups, by_steps, top, factor, inner, 4 * (first + 1) * factor)
