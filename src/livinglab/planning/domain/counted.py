"""Tables for two limits at once: for each gain still needed and each number of steps left, the least that is spent.

The tables of one limit weigh effort against gain; here steps are counted beside them, so that a plan within a limit of
effort and one of steps is exact as well. Whole numbers from beginning to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from livinglab.planning.domain.groups import Choice, Group
from livinglab.planning.domain.ranking import Ranking, ranked
from livinglab.planning.domain.tables import SAFE, Tables, TooManyCells

MAXIMUM_CELLS: Final = 24_000_000  # gains × steps of all groups, some 200 MB; beyond it the solver takes over
MAXIMUM_HUGE_CELLS: Final = 1_000_000  # of numbers beyond 64 bits, which Python counts itself
Cells = NDArray[Any]  # by steps left, then by gain still needed


@dataclass(frozen=True)
class CountedTables:
    """The groups of `single`, whose costs they share, for at most `steps` steps and at most `gain` units needed."""

    single: Tables
    steps: int
    gain: int

    def __post_init__(self) -> None:
        cells = sum(steps * gains for steps, gains in self._sizes)
        if cells > (MAXIMUM_CELLS if self._fits else MAXIMUM_HUGE_CELLS):
            raise TooManyCells

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the problem."""
        return self.single.groups

    @property
    def _fits(self) -> bool:
        return self.single.never < SAFE

    @cached_property
    def _sizes(self) -> tuple[tuple[int, int], ...]:
        """For each group and after the last: how many steps (from 0) and gains (from 0) can matter from there on."""
        most = [_most(group) for group in reversed(self.groups)]
        steps = accumulate((one[0] for one in most), initial=0)
        gains = accumulate((one[1] for one in most), initial=0)
        found = [
            (min(self.steps, step) + 1, min(self.gain, gain) + 1)
            for step, gain in zip(steps, gains, strict=True)
        ]
        return tuple(reversed(found))

    @cached_property
    def onward(self) -> tuple[Cells, ...]:
        """Table n: the least cost of at least each gain within each number of steps, with the groups from n on."""
        rows = [self._last()]
        for number in range(len(self.groups) - 1, -1, -1):
            rows.append(self.layer(rows[-1], self.groups[number].choices, self._sizes[number]))
        return tuple(reversed(rows))

    def _last(self) -> Cells:
        return np.zeros((1, 1), dtype=np.int64 if self._fits else object)

    def layer(self, onward: Cells, choices: Sequence[Choice], size: tuple[int, int]) -> Cells:
        """Return the table after one more group, for `size` steps and gains."""
        never = self.single.never
        wide = self._widened(onward, size)
        grown: Cells = np.full(size, never, dtype=wide.dtype)
        for (gain, steps), cost in self._cheapest(choices).items():
            if steps >= size[0]:
                continue
            rest = wide[: size[0] - steps]
            if gain < size[1]:
                target = grown[steps:, gain:]
                np.minimum(target, rest[:, : size[1] - gain] + cost, out=target)
            held = grown[steps:, :gain]  # what the choice alone makes up, and more
            np.minimum(held, rest[:, :1] + cost, out=held)
        grown[grown > never // 2] = never
        return grown

    def _widened(self, onward: Cells, size: tuple[int, int]) -> Cells:
        """Return a table for more steps, which change nothing, and for more gain, which it never has."""
        wide: Cells = np.full(size, self.single.never, dtype=onward.dtype)
        steps, gains = onward.shape
        wide[:steps, :gains] = onward
        wide[steps:, :gains] = onward[-1]
        return wide

    def _cheapest(self, choices: Sequence[Choice]) -> dict[tuple[int, int], int]:
        found: dict[tuple[int, int], int] = {}
        for choice in choices:
            key, cost = (choice.gain, choice.steps), self.single.cost(choice)
            if cost < found.get(key, self.single.never):
                found[key] = cost
        return found

    def efforts(self, table: Cells) -> Cells:
        """Return the least effort, in units, of at least each gain within all the steps of a table."""
        return self.single.firsts(table[-1])

    def plans(self, need: int) -> Iterator[tuple[int, ...]]:
        """Yield the plans that gain at least `need` units within the steps, cheapest first, as choices by group."""
        rows, never = self.onward, self.single.never
        over = max((choice.steps for group in self.groups for choice in group.choices), default=0)
        wide = (
            self.steps + over + 1
        )  # one whole number holds gain needed and steps left, which may fall short

        def remaining(group: int, left: int) -> int:
            gain, steps = divmod(left + over, wide)
            table = rows[group]
            if steps < over or gain >= table.shape[1]:
                return never
            return int(table[min(steps - over, table.shape[0] - 1), max(gain, 0)])

        shares = [[choice.gain * wide + choice.steps for choice in group.choices] for group in self.groups]
        costs = [[self.single.cost(choice) for choice in group.choices] for group in self.groups]
        return ranked(Ranking(self.groups, costs, shares, never, remaining), need * wide + self.steps)


def _most(group: Group) -> tuple[int, int]:
    return max(choice.steps for choice in group.choices), max(choice.gain for choice in group.choices)
