"""The tables of one problem, made when first asked for, and what its plans can do within limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from livinglab.planning.domain.groups import groups_of, units_of, whole_of
from livinglab.planning.domain.labels import Found, Limits, Search
from livinglab.planning.domain.pricing import Trade, best_prices
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.resources import (
    SPENT,
    Column,
    Least,
    Numbers,
    Resources,
    joined,
    least,
    mixed,
    resources_of,
)
from livinglab.planning.domain.tables import Tables, tables_of

FINEST: Final = 2**50  # what all open steps weigh together in a mixture
Weights = tuple[int, int, int]  # of a unit of effort, of rupiah and of a step


@dataclass(frozen=True)
class Board:
    """A problem's choices and the tables of each thing alone."""

    tables: Tables
    resources: Resources
    size: int  # the most that all open steps gain, whatever is excluded
    made: dict[Column, Least]

    def table(self, column: Column) -> Least:
        """Return the table of one column."""
        if column not in self.made:
            self.made[column] = least(self.resources.choices, (column,), self.size)
        return self.made[column]

    def within(self, goal: Goal) -> Within:
        """Return what is possible within the limits of a goal."""
        units, totals = self.tables.units, self.resources.totals
        asked = {
            Column.EFFORT: None if goal.effort_bound is None else units.efforts(goal.effort_bound),
            Column.RUPIAH: None if goal.budget is None else (goal.budget / self.resources.unit).__floor__(),
            Column.STEPS: goal.steps_limit,
        }
        most = {column: totals[column] for column in SPENT}
        most.update({column: one for column, one in asked.items() if one is not None and one < most[column]})
        return Within(self, most, frozenset(column for column in SPENT if most[column] < totals[column]), {})


def board_of(problem: Problem) -> Board:
    """Return the board of a problem. Raises TooManyStates or TooManyCells."""
    units = units_of(problem)
    whole = whole_of(problem, units)
    tables = tables_of(groups_of(problem, units), units, whole)
    return Board(tables, resources_of(problem, tables), max(tables.top, whole.gain), {})


@dataclass(frozen=True)
class Within:
    """What plans can do within limits of effort, rupiah and steps; `limited` are those that rule anything out."""

    board: Board
    most: Mapping[Column, int]
    limited: frozenset[Column]
    views: dict[int | None, View]

    # --- the least effort ---

    def cheapest(self, need: int, count: int) -> list[Found]:
        """Return up to `count` plans that gain at least `need`, in the order of their costs."""
        view = self._by_effort(need)
        return view.search.cheapest(need, view.limits, count)

    def from_above(self, height: int, count: int) -> list[Found]:
        """Return the first plans by gain, then by cost, where `height` is the most that any gains."""
        view, found, need, step = self._by_effort(height), self.cheapest(height, count), height, 1
        while len(found) < count and need > 0:
            lower = max(need - step, 0)
            more = view.search.from_above(lower, view.limits, count)
            if more is None and step > 1:
                step = 1
                continue
            if more is None:
                known = {one.picks for one in found}
                cheapest = view.search.cheapest(lower, view.limits, count)
                more = [*found, *(one for one in cheapest if one.picks not in known)]
            found, need, step = more[:count], lower, step * 2
        return found

    def least_effort(self, need: int, limit: int) -> int | None:
        """Return the least effort, at most `limit`, of a plan that gains at least `need`; None where there is none."""
        if self.limited <= {Column.EFFORT}:
            cost = self.board.table(Column.COST).taken(need)
            effort = None if cost is None else self.board.tables.first_of(cost)
            return effort if effort is not None and effort <= limit else None
        view = self._by_effort(need)
        found = view.search.cheapest(need, view.limits.below(limit), 1)
        return found[0][Column.EFFORT] if found else None

    def least_effort_with(self, group: int, choices: Numbers, need: int, limit: int) -> int | None:
        """Return the same of the plans that make one of `choices` in a group."""
        view = self._by_effort(need)
        limits = view.limits.below(limit)
        if not view.allows(group, choices, need, limits):
            return None
        found = view.having(group, choices).cheapest(need, limits, 1)
        return found[0][Column.EFFORT] if found else None

    def highest_below(self, effort: int, need: int) -> int | None:
        """Return the most that a plan of at most so much effort gains, where `need` takes more."""
        if self.limited <= {Column.EFFORT}:
            top = self.board.table(Column.COST).highest([effort * self.board.tables.factor])
            return top if top >= 0 else None
        view = self._by_effort(need)
        return view.search.highest(view.limits.below(effort), -1)

    # --- the highest ---

    def highest(self, floor: int) -> int | None:
        """Return the most that a plan gains; None if no more than `floor`."""
        if len(self.limited) > 1:
            view = self._by_gain
            return view.search.highest(view.limits, floor)
        column = next(iter(self.limited - {Column.EFFORT}), Column.COST)
        top = self.board.table(column).highest([self._limits((0, 0, 0)).most[column]])
        return top if top > floor else None

    def highest_with(self, group: int, choices: Numbers, floor: int) -> int | None:
        """Return the same of the plans that make one of `choices` in a group."""
        view = self._by_gain
        if floor >= self.board.size or not view.allows(group, choices, floor + 1, view.limits):
            return None
        return view.having(group, choices).highest(view.limits, floor)

    # --- what is looked at ---

    def _limits(self, weights: Weights) -> Limits:
        never, factor = self.board.tables.never, self.board.tables.factor
        most = dict(self.most)
        most[Column.COST] = most[Column.EFFORT] * factor if Column.EFFORT in self.limited else never
        return Limits(most, weights, factor).below(most[Column.EFFORT])

    def _by_effort(self, need: int) -> View:
        if need not in self.views:
            self.views[need] = self._view(self._weights_by_effort(need), need)
        return self.views[need]

    @property
    def _by_gain(self) -> View:
        if None not in self.views:
            self.views[None] = self._view(self._weights_by_gain(), self.board.size)
        return self.views[None]

    def _view(self, weights: Weights, size: int) -> View:
        choices = tuple(mixed(each, weights) for each in self.board.resources.choices)
        alone = [Column.COST, *(column for column in SPENT[1:] if column in self.limited)]
        tables = [least(choices, (Column.MIXED,), size), *map(self.board.table, alone)]
        return View(Search(choices, joined(tables, size)), self._limits(weights), weights)

    def _weights_by_effort(self, need: int) -> Weights:
        others = [column for column in SPENT[1:] if column in self.limited]
        if not others:
            return 1, 0, 0
        prices = self._prices(Column.EFFORT, 1, [Column.GAIN, *others], [-1] + [1] * len(others), need)
        found = dict(zip(others, prices[1:], strict=True))
        return self._whole((1.0, *(found.get(column, 0.0) for column in SPENT[1:])))

    def _weights_by_gain(self) -> Weights:
        columns = [column for column in SPENT if column in self.limited] or [Column.EFFORT]
        if len(columns) == 1:
            one, two, three = (int(column is columns[0]) for column in SPENT)
            return one, two, three
        prices = self._prices(Column.GAIN, -1, columns, [1] * len(columns), 0)
        found = dict(zip(columns, prices, strict=True))
        return self._whole(tuple(found.get(column, 0.0) for column in SPENT))

    def _prices(
        self, value: Column, sign: int, columns: Sequence[Column], signs: Sequence[int], need: int
    ) -> list[float]:
        """Return what a unit of each of `columns` is worth where `value` counts; gain is needed, not limited."""
        flat = np.concatenate(self.board.resources.choices, axis=1)
        sizes = [each.shape[1] for each in self.board.resources.choices]
        limits = [-need if column is Column.GAIN else self.most[column] for column in columns]
        trade = Trade(
            flat[value].astype(float) * sign,
            flat[list(columns)].astype(float) * np.array(signs, dtype=float)[:, None],
            np.array(limits, dtype=float),
            np.cumsum([0, *sizes[:-1]]),
        )
        found: list[float] = best_prices(trade).tolist()
        return found

    def _whole(self, prices: Sequence[float]) -> Weights:
        """Return prices as whole weights, so fine that a sum of all open steps still fits."""
        totals = [self.board.resources.totals[column] for column in SPENT]
        scale = FINEST / max(sum(price * total for price, total in zip(prices, totals, strict=True)), 1e-9)
        one, two, three = (round(min(price * scale, FINEST)) for price in prices)
        return max(one, int(prices[0] > 0)), two, three


@dataclass(frozen=True)
class View:
    """A search under the limits of a goal and one mixture of them."""

    search: Search
    limits: Limits
    weights: Weights

    @cached_property
    def _ahead(self) -> Least:
        """The table of the mixture from the other end: row n for the last n groups of the reversed order."""
        return least(self.search.choices[::-1], (Column.MIXED,), self.search.table.size)

    def allows(self, group: int, choices: Numbers, need: int, limits: Limits) -> bool:
        """Say whether the mixture leaves it open that a plan makes one of `choices` in a group within the limits."""
        behind = self.search.table.rows[group + 1][0]
        before = self._ahead.rows[len(self.search.choices) - group][0]
        weighed = mixed(choices, self.weights)
        for gain, spent in zip(weighed[Column.GAIN].tolist(), weighed[Column.MIXED].tolist(), strict=True):
            left = max(need - gain, 0)
            if int((before[: left + 1] + behind[left::-1]).min()) + spent <= limits.most[Column.MIXED]:
                return True
        return False

    def having(self, group: int, choices: Numbers) -> Search:
        """Return the search in which a group has only these choices."""
        changed = (*self.search.choices[:group], mixed(choices, self.weights))
        table = self.search.table.behind(group).after(changed)
        return Search((*changed, *self.search.choices[group + 1 :]), table)
