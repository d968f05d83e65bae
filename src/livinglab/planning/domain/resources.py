"""The choices of a problem as columns of whole numbers, and tables of the least that a gain takes of each.

A table of one column bounds what a limit of it still allows; a column that adds effort, rupiah and steps at prices
bounds what their limits allow together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from livinglab.planning.domain.groups import Choice, largest_unit
from livinglab.planning.domain.problems import Problem, Step
from livinglab.planning.domain.tables import SAFE, Tables

Numbers = NDArray[Any]
FINEST: Final = 2**50  # what all open steps weigh together in a mixture


class Column(IntEnum):
    """What is counted of a choice and of the choices so far; `COST` orders plans as tables do."""

    GAIN = 0
    COST = 1
    EFFORT = 2
    RUPIAH = 3
    STEPS = 4
    MIXED = 5


SPENT: Final = (Column.EFFORT, Column.RUPIAH, Column.STEPS)


@dataclass(frozen=True)
class Resources:
    """The choices of each group, by column, and what all open steps take together."""

    tables: Tables
    rupiah: tuple[tuple[int, ...], ...]  # what the first 0, 1, 2 … steps of each ladder cost, in `unit`
    unit: Fraction
    choices: tuple[Numbers, ...]
    totals: dict[Column, int]

    def of(self, group: int, choices: Iterable[Choice]) -> Numbers:
        """Return the columns of choices of a group."""
        members = self.tables.groups[group].members
        sums = [self.rupiah[position] for position in members]
        rows = [
            (
                choice.gain,
                self.tables.cost(choice),
                choice.effort,
                sum(part[height] for part, height in zip(sums, choice.heights, strict=True)),
                choice.steps,
                0,
            )
            for choice in choices
        ]
        return np.array(rows, dtype=self.dtype).reshape(-1, len(Column)).T

    @property
    def dtype(self) -> type:
        """The type of all numbers here: of 64 bits where sums fit into them, else Python's own."""
        return np.int64 if max(self.totals.values()) < SAFE else object


def resources_of(problem: Problem, tables: Tables) -> Resources:
    """Return the choices of the groups of `tables`; steps without a cost count as free."""
    unit = largest_unit(_cost(step) for ladder in problem.ladders for step in ladder.steps)
    rupiah = tuple(
        tuple(accumulate((int(_cost(step) / unit) for step in ladder.steps), initial=0))
        for ladder in problem.ladders
    )
    totals = {
        Column.GAIN: tables.top,
        Column.COST: tables.never,
        Column.EFFORT: sum(sums[-1][1] for sums in tables.units.sums),
        Column.RUPIAH: sum(sums[-1] for sums in rupiah),
        Column.STEPS: sum(len(sums) - 1 for sums in rupiah),
    }
    bare = Resources(tables, rupiah, unit, (), totals)
    found = tuple(bare.of(number, group.choices) for number, group in enumerate(tables.groups))
    return Resources(tables, rupiah, unit, found, totals)


def _cost(step: Step) -> Fraction:
    return Fraction(0) if step.cost is None else step.cost


def mixed(choices: Numbers, weights: Sequence[int]) -> Numbers:
    """Return choices whose mixed column adds up what they spend at these weights."""
    found = choices.copy()
    found[Column.MIXED] = sum(found[column] * weight for column, weight in zip(SPENT, weights, strict=True))
    return found


@dataclass(frozen=True)
class Least:
    """Row n, a line for each of `columns`: the least that at least each gain takes with the groups from n on."""

    columns: tuple[Column, ...]
    never: int
    rows: tuple[Numbers, ...]

    @property
    def size(self) -> int:
        """The highest gain that is looked up."""
        return int(self.rows[0].shape[1]) - 1

    def after(self, choices: Sequence[Numbers]) -> Least:
        """Return the table of groups with these choices and then of those here."""
        rows = [self.rows[0]]
        for each in reversed(choices):
            rows.append(_grown(rows[-1], each[Column.GAIN], each[list(self.columns)], self.never))
        return replace(self, rows=(*reversed(rows[1:]), *self.rows))

    def behind(self, group: int) -> Least:
        """Return the table of the groups behind one."""
        return replace(self, rows=self.rows[group + 1 :])

    def taken(self, gain: int) -> int | None:
        """Return the least of the first column that `gain` takes; None where it cannot be gained."""
        if gain > self.size:
            return None
        found = int(self.rows[0][0, gain])
        return None if found >= self.never // 2 else found

    def highest(self, most: Sequence[int]) -> int:
        """Return the most gain that the limit of each column alone allows; -1 where one allows nothing."""
        return min(
            int(np.searchsorted(line, min(limit, self.never // 2 - 1), side="right")) - 1
            for line, limit in zip(self.rows[0], most, strict=True)
        )


def least(choices: Sequence[Numbers], columns: tuple[Column, ...], size: int) -> Least:
    """Return the table of some columns for gains up to `size`."""
    dtype = choices[0].dtype if choices else np.dtype(np.int64)
    never = 2**61 if dtype == np.int64 else 2**4096
    last: Numbers = np.full((len(columns), size + 1), never, dtype=dtype)
    last[:, 0] = 0
    return Least(columns, never, (last,)).after(choices)


def joined(tables: Sequence[Least], size: int) -> Least:
    """Return one table of the columns of all, for gains up to `size`."""
    rows = tuple(
        np.concatenate([row[:, : size + 1] for row in each])
        for each in zip(*(one.rows for one in tables), strict=True)
    )
    return Least(tuple(column for one in tables for column in one.columns), tables[0].never, rows)


def _grown(rows: Numbers, gains: Numbers, spent: Numbers, never: int) -> Numbers:
    """Return the row of one more group, whose choices bring `gains` and take `spent`."""
    order = np.argsort(gains, kind="stable")
    ranked = gains[order]
    starts = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    cheapest = np.minimum.reduceat(spent[:, order], starts, axis=1)
    size = rows.shape[1]
    grown: Numbers = np.full(rows.shape, never, dtype=rows.dtype)
    for place, gain in enumerate(ranked[starts].tolist()):
        one = cheapest[:, place : place + 1]
        held = min(gain, size)
        if held:
            np.minimum(grown[:, :held], rows[:, :1] + one, out=grown[:, :held])
        if gain < size:
            np.minimum(grown[:, gain:], rows[:, : size - gain] + one, out=grown[:, gain:])
    np.minimum(grown, never, out=grown)
    return grown
