"""Looks for plans under several limits: group by group, all beginnings at once that no table rules out.

A beginning (a label) is what the choices so far gain and take. Tables say what is still needed at least, so that most
are ruled out at once. A first look keeps the most hopeful; what it finds limits the next, until nothing that was left
out could be as good: then the answer is proven. Of beginnings that gain and take exactly the same only as many are
kept as plans are asked for: what can follow one can follow all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from livinglab.planning.domain.resources import Column, Least, Numbers
from livinglab.planning.domain.tables import TooManyCells

FIRST_LOOK: Final = 200  # labels kept at each group
WIDER: Final = 12
MOST_LABELS: Final = 60_000  # beyond it the mixed-integer programme takes over
AT_ONCE: Final = 400_000  # labels weighed at once


@dataclass(frozen=True)
class Limits:
    """The most that a plan may take: in the order of costs, in rupiah, in steps, and of the mixture of them."""

    most: Mapping[Column, int]
    weights: tuple[int, int, int]  # of a unit of effort, of rupiah and of a step in the mixture
    factor: int  # of a unit of effort in a cost

    def below(self, effort: int, cost: int | None = None) -> Limits:
        """Return the limits of plans that take at most so much effort, and cost at most as much."""
        others = self.most[Column.RUPIAH], self.most[Column.STEPS]
        weight = sum(one * most for one, most in zip(self.weights, (effort, *others), strict=True))
        allowed = effort * self.factor if cost is None else cost
        return replace(
            self,
            most={
                **self.most,
                Column.EFFORT: effort,
                Column.COST: min(allowed, self.most[Column.COST]),
                Column.MIXED: weight,
            },
        )


@dataclass(frozen=True)
class Found:
    """A plan: what it gains and takes, by column, and its choices."""

    numbers: tuple[int, ...]
    picks: tuple[int, ...]

    def __getitem__(self, column: Column) -> int:
        return self.numbers[column]


_Origin = tuple[Numbers, Numbers]  # of each label: the one that it goes on from, and the choice it makes


@dataclass(frozen=True)
class _Look:
    """The plans that one look through the groups found, and what those from labels that it left out would take."""

    labels: Numbers  # in the order of their choices
    trail: Sequence[_Origin]
    left_out: Sequence[Numbers]

    @property
    def most_gained(self) -> int:
        """The most that one of them gains; -1 without any."""
        return int(self.labels[Column.GAIN].max(initial=-1))

    def first(self, count: int, *, by_gain: bool = False) -> list[Found]:
        """Return the first plans by cost, or by gain and then by cost; among equals as who goes further earlier."""
        costs, gains = self.labels[Column.COST].tolist(), self.labels[Column.GAIN].tolist()
        places = sorted(range(len(costs)), key=lambda one: (-gains[one] if by_gain else 0, costs[one]))
        return [self._plan(place) for place in places[:count]]

    def _plan(self, place: int) -> Found:
        picks, at = list[int](), place
        for parents, chosen in reversed(self.trail):
            picks.append(int(chosen[at]))
            at = int(parents[at])
        return Found(tuple(int(number) for number in self.labels[:, place]), tuple(reversed(picks)))


@dataclass(frozen=True)
class Search:
    """The choices of each group by column, and the table of the least of each thing that is limited."""

    choices: Sequence[Numbers]
    table: Least

    def cheapest(self, need: int, limits: Limits, count: int) -> list[Found]:
        """Return up to `count` plans that gain at least `need`: by cost, then whoever goes further earlier."""
        looked = FIRST_LOOK
        while True:
            look = self._look(need, need, limits, count, looked)
            found = look.first(count)
            if len(found) == count:
                limits = limits.below(found[-1][Column.EFFORT], found[-1][Column.COST])
            most = self._most(limits)
            if not any((least <= most).all(axis=0).any() for least in look.left_out):
                return found
            looked *= WIDER

    def from_above(self, need: int, limits: Limits, count: int) -> list[Found] | None:
        """Return up to `count` plans that gain at least `need`, the highest first; None where many do."""
        look = self._look(need, need, limits, count, FIRST_LOOK * WIDER)
        return None if look.left_out else look.first(count, by_gain=True)

    def highest(self, limits: Limits, floor: int) -> int | None:
        """Return the most that a plan gains; None if no more than `floor`.

        From above: few plans come near to what the tables allow, so few labels are looked at.
        """
        best, looked, step = floor, FIRST_LOOK, 1
        ceiling = self.table.highest(self._most(limits)[:, 0].tolist())
        while ceiling > best:
            need = max(best, ceiling - step) + 1
            look = self._look(need, ceiling, limits, 1, looked)
            best = max(best, look.most_gained)
            if look.left_out:
                looked *= WIDER
            else:
                ceiling, step = (best if best >= need else need - 1), step * 2
        return best if best > floor else None

    def _most(self, limits: Limits) -> Numbers:
        most = [min(limits.most[column], self.table.never // 2) for column in self.table.columns]
        found: Numbers = np.array(most, dtype=self.choices[0].dtype)[:, None]
        return found

    def _look(self, need: int, hope: int, limits: Limits, count: int, most: int) -> _Look:
        """Look through the groups with at most so many labels, those kept that would take least to gain `hope`."""
        labels = np.zeros((len(Column), 1), dtype=self.choices[0].dtype)
        trail, left_out, allowed = list[_Origin](), list[Numbers](), self._most(limits)
        for group in range(len(self.choices)):
            labels, origin, least = self._grown(labels, group, need, allowed)
            if labels.shape[1] > min(most, MOST_LABELS):
                kept = _different(labels, count)
                if len(kept) > MOST_LABELS and most > MOST_LABELS:
                    raise TooManyCells
                if len(kept) > most:
                    order = np.argsort(self._hope(labels[:, kept], group + 1, hope), kind="stable")
                    left_out.append(least[:, kept[order[most:]]])
                    kept = np.sort(kept[order[:most]])
                labels, origin = labels[:, kept], (origin[0][kept], origin[1][kept])
            trail.append(origin)
        return _Look(labels, trail, left_out)

    def _hope(self, labels: Numbers, group: int, hope: int) -> Numbers:
        """Return how much of the mixture plans from these labels would take at least to gain `hope`."""
        place = self.table.columns.index(Column.MIXED)
        left = _left(hope, labels[Column.GAIN])
        found: Numbers = labels[Column.MIXED] + self.table.rows[group][place, left]
        return found

    def _grown(
        self, labels: Numbers, group: int, need: int, most: Numbers
    ) -> tuple[Numbers, _Origin, Numbers]:
        """Return the labels after one more group, where they come from, and what plans from them take at least."""
        width = self.choices[group].shape[1]
        size = max(1, AT_ONCE // width)
        parts = [
            self._allowed(labels[:, start : start + size], group, need, most)
            for start in range(0, max(labels.shape[1], 1), size)
        ]
        place = np.concatenate([one + number * size * width for number, (one, _) in enumerate(parts)])
        if len(place) > MOST_LABELS * WIDER:
            raise TooManyCells
        parents, picks = np.divmod(place, width)
        grown = labels[:, parents] + self.choices[group][:, picks]
        return grown, (parents, picks), np.concatenate([least for _, least in parts], axis=1)

    def _allowed(self, labels: Numbers, group: int, need: int, most: Numbers) -> tuple[Numbers, Numbers]:
        """Return which choices after which labels keep to the limits, and what plans from them take at least."""
        choices, told = self.choices[group], list(self.table.columns)
        gains = (labels[Column.GAIN][:, None] + choices[Column.GAIN]).ravel()
        spent = (labels[told][:, :, None] + choices[told][:, None, :]).reshape(len(told), -1)
        least = spent + self.table.rows[group + 1][:, _left(need, gains)]
        allowed = np.flatnonzero((least <= most).all(axis=0))
        return allowed, least[:, allowed]


def _left(need: int, gains: Numbers) -> Numbers:
    left: Numbers = np.maximum(need - gains, 0).astype(np.intp, copy=False)
    return left


def _different(labels: Numbers, count: int) -> Numbers:
    """Return the places of labels without those that `count` earlier ones equal: in cost, so in gain, and rupiah."""
    if labels.dtype == object:
        return np.arange(labels.shape[1])
    order = np.lexsort((labels[Column.RUPIAH], labels[Column.COST]))
    both = labels[:, order][[Column.COST, Column.RUPIAH]]
    same = (both[:, count:] == both[:, :-count]).all(axis=0)
    return np.sort(np.concatenate((order[:count], order[count:][~same])))
