"""Tables of one problem weighed in another currency: rupiah, or a mixture of effort and rupiah that bounds both.

Bounds of a search need not be exact, only never too strict: rupiah are counted in coarse units, rounded down, so that
the tables stay in whole numbers of 64 bits. What a plan costs is counted exactly elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from livinglab.planning.domain.groups import Group, Units, groups_of, largest_unit, units_of, whole_of
from livinglab.planning.domain.problems import Problem, Step
from livinglab.planning.domain.ranking import at_least
from livinglab.planning.domain.tables import Row, Tables, tables_of

COARSE: Final = 2**24  # units of money that all open steps cost together, at most
SHARPEST: Final = 2**16  # the weight of effort in a mixture: how finely its price of a rupiah is told
ROUNDS: Final = 5  # of sharpening a mixture; each makes the tables anew
_HEAVIEST: Final = 2**37


@dataclass(frozen=True)
class Measure:
    """One thing that runs short: tables that weigh it, and the most that a plan may take; None without a limit."""

    tables: Tables
    limit: int | None

    @cached_property
    def least(self) -> tuple[Row, ...]:
        """Row n: the least of it for at least each gain with the groups from n on."""
        return tuple(self.tables.firsts(row) for row in self.tables.at_least)

    def highest(self, group: int, spent: int) -> int:
        """Return the most gain that what is left of it allows from a group on; -1 if nothing is allowed."""
        if self.limit is None:
            return int(self._tops[group])
        allowed = int(np.searchsorted(self.least[group], self.limit - spent, side="right")) - 1
        return min(allowed, int(self._tops[group]))  # a limit may pass even what stands for never

    def needed(self, group: int, gain: int) -> int | None:
        """Return the least of it that `gain` still takes from a group on; None where it cannot be gained."""
        if gain > self.tables.top or gain > self._tops[group]:
            return None
        return int(self.least[group][max(gain, 0)])

    @cached_property
    def _tops(self) -> tuple[int, ...]:
        never = self.tables.first_of(self.tables.never // 2)
        return tuple(int(np.searchsorted(row, never, side="left")) - 1 for row in self.least)

    def spent(self, picks: tuple[int, ...]) -> int:
        """Return how much of it the choices of all groups take."""
        return sum(
            group.choices[pick].steps if self.tables.by_steps else group.choices[pick].effort
            for group, pick in zip(self.tables.groups, picks, strict=True)
        )


@dataclass(frozen=True)
class Mixture:
    """A measure that adds `effort_weight` times the effort and `money_weight` times the coarse rupiah."""

    measure: Measure
    effort_weight: int
    money_weight: int

    def effort(self, spent: int, budget: int) -> int:
        """Return the least effort of whoever spends so much of the mixture within a budget in coarse units."""
        return -((self.money_weight * budget - spent) // self.effort_weight)


@dataclass(frozen=True)
class Currencies:
    """The tables of one problem by effort, by rupiah and by steps, and any mixture of effort and rupiah."""

    problem: Problem
    effort: Tables

    @cached_property
    def rupiah(self) -> tuple[tuple[int, ...], ...]:
        """What the first steps of each ladder cost together, after 0, 1, 2 … of them, in whole `unit`."""
        return tuple(
            tuple(accumulate((int(_cost(step) / self.unit) for step in ladder.steps), initial=0))
            for ladder in self.problem.ladders
        )

    @cached_property
    def unit(self) -> Fraction:
        """The largest sum of rupiah in which every cost is whole."""
        return largest_unit(_cost(step) for ladder in self.problem.ladders for step in ladder.steps)

    @cached_property
    def coarse(self) -> int:
        """How many `unit` one unit of the tables of rupiah holds: 1 where their numbers stay small enough."""
        return max(1, -(-sum(sums[-1] for sums in self.rupiah) // COARSE))

    @cached_property
    def money(self) -> Tables:
        """The tables that weigh rupiah, counted coarsely: each step rounded down."""
        steps = [[high - low for low, high in pairwise(sums)] for sums in self.rupiah]
        return self._weighing(
            [tuple(accumulate((one // self.coarse for one in each), initial=0)) for each in steps]
        )

    @cached_property
    def steps(self) -> Tables:
        """The tables that count steps."""
        return self._weighing([tuple(range(len(sums))) for sums in self.rupiah])

    def mixed(self, effort_share: int, money_share: int) -> tuple[Tables, int, int]:
        """Return tables of effort and rupiah in about this proportion, with the weights of their units."""
        effort, money = (sum(sums[-1][1] for sums in each.units.sums) for each in (self.effort, self.money))
        weight = max(1, min(SHARPEST, _HEAVIEST // max(1, effort)))
        other = weight * money_share // max(1, effort_share)
        while other * money > _HEAVIEST and weight > 1:
            weight, other = weight // 2, other // 2
        return self.with_weights(weight, other), weight, other

    def with_weights(self, weight: int, other: int) -> Tables:
        """Return tables of `weight` times the effort and `other` times the rupiah, in the units of their tables."""
        pairs = zip(self.effort.units.sums, self.money.units.sums, strict=True)
        return self._weighing(
            [
                tuple(weight * one[1] + other * two[1] for one, two in zip(efforts, costs, strict=True))
                for efforts, costs in pairs
            ]
        )

    def _weighing(self, sums: Sequence[tuple[int, ...]]) -> Tables:
        """Return tables of the same choices that weigh `sums` in place of effort. Raises TooManyCells."""
        known = self.effort.units.sums
        both = tuple(
            tuple((gain, one) for (gain, _), one in zip(pairs, each, strict=True))
            for pairs, each in zip(known, sums, strict=True)
        )
        groups = tuple(
            Group(
                group.members,
                tuple(
                    replace(
                        choice,
                        effort=sum(
                            sums[position][height]
                            for position, height in zip(group.members, choice.heights, strict=True)
                        ),
                    )
                    for choice in group.choices
                ),
            )
            for group in self.effort.groups
        )
        units = Units(self.effort.units.gain, Fraction(1), both)
        return tables_of(groups, units, whole_of(self.problem, units))


def tables_for(problem: Problem) -> Tables:
    """Return the tables of a problem by effort. Raises TooManyStates or TooManyCells."""
    units = units_of(problem)
    return tables_of(groups_of(problem, units), units, whole_of(problem, units))


def _cost(step: Step) -> Fraction:
    assert step.cost is not None, "a budget is weighed once every step has a cost"
    return step.cost


def lagrange(found: Currencies, effort: Measure, money: Measure, need: int) -> Mixture | None:
    """Return the mixture that tells best how much effort `need` takes within the budget; None where one table knows.

    Handler and Zang (1980): between a plan that is too dear and one that is not, the price of a rupiah at which both
    weigh the same; of the plans that are best at that price, one takes the place of one of the two.
    """
    assert money.limit is not None
    dear, cheap = (_point(each.tables, effort, money, need) for each in (effort, money))
    best: Mixture | None = None
    for _ in range(ROUNDS):
        if dear[1] <= money.limit or cheap[1] > money.limit or cheap[0] <= dear[0]:
            break
        tables, *weights = found.mixed(dear[1] - cheap[1], cheap[0] - dear[0])
        best = Mixture(Measure(tables, None), *weights)
        middle = _point(tables, effort, money, need)
        if _weight(middle, weights) >= min(_weight(dear, weights), _weight(cheap, weights)):
            break
        if middle[1] > money.limit:
            dear = middle
        else:
            cheap = middle
    return best


def surrogate(found: Currencies, effort: Measure, money: Measure) -> Mixture | None:
    """Return the mixture under whose one limit the least can be gained; None where one table knows.

    Halving: whichever of the two limits the best plan of a mixture breaks counts for more in the next.
    """
    assert effort.limit is not None
    assert money.limit is not None
    if not effort.limit or not money.limit:
        return None
    low, high = 0, 64  # the share of money, of 64
    best: Mixture | None = None
    least = effort.tables.top + 1
    for _ in range(ROUNDS):
        share = (low + high) // 2
        tables, *weights = found.mixed(money.limit * (64 - share), effort.limit * share)
        measure = Measure(tables, _weight((effort.limit, money.limit), weights))
        gain = measure.highest(0, 0)
        if gain < least:
            least, best = gain, Mixture(measure, *weights)
        point = _point(tables, effort, money, gain) if gain >= 0 else (0, 0)
        if point[1] > money.limit:
            low = share
        elif point[0] > effort.limit:
            high = share
        else:
            break
    return best


def _point(tables: Tables, effort: Measure, money: Measure, need: int) -> tuple[int, int]:
    picks = next(at_least(tables, need))
    return effort.spent(picks), money.spent(picks)


def _weight(point: tuple[int, int], weights: list[int]) -> int:
    return weights[0] * point[0] + weights[1] * point[1]
