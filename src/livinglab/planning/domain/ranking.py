"""Plans in their order, best first: the best from the tables, the next by leaving one choice of a known plan out.

Lawler's partition (1972): the plans other than a known one fall into disjoint sets that share a beginning with it and
differ in the next choice; the best of each set is read from the tables without solving anything again.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from livinglab.planning.domain.groups import Group
from livinglab.planning.domain.tables import Tables

Remaining = Callable[
    [int, int], int
]  # (group, what is still needed) -> least cost of the groups from there on


@dataclass(frozen=True, slots=True)
class Ranking:
    """What plans are ordered by: by group and choice what it costs, and how much of what is needed it brings."""

    groups: tuple[Group, ...]
    costs: Sequence[Sequence[int]]
    shares: Sequence[Sequence[int]]
    never: int  # more than any plan costs
    remaining: Remaining


@dataclass(frozen=True, slots=True, order=True)
class _Part:
    """Plans that begin with `prefix` and then make none of the choices in `barred`; `picks` its best once known."""

    cost: int
    picks: tuple[int, ...]  # empty until it is completed, and so first among equals
    prefix: tuple[int, ...]
    barred: frozenset[int] = field(compare=False)


def at_least(tables: Tables, need: int) -> Iterator[tuple[int, ...]]:
    """Yield the plans that gain at least `need` units, cheapest first, as choices by group."""
    rows = tables.at_least

    def remaining(group: int, gain: int) -> int:
        return int(rows[group][max(gain, 0)]) if gain <= tables.top else tables.never

    return ranked(_by_gain(tables, remaining), need)


def exactly(tables: Tables, gain: int) -> Iterator[tuple[int, ...]]:
    """Yield the plans that gain exactly `gain` units, cheapest first, as choices by group."""
    rows = tables.onward

    def remaining(group: int, gain: int) -> int:
        return int(rows[group][gain]) if 0 <= gain <= tables.top else tables.never

    return ranked(_by_gain(tables, remaining), gain)


def _by_gain(tables: Tables, remaining: Remaining) -> Ranking:
    costs = [[tables.cost(choice) for choice in group.choices] for group in tables.groups]
    shares = [[choice.gain for choice in group.choices] for group in tables.groups]
    return Ranking(tables.groups, costs, shares, tables.never, remaining)


def ranked(by: Ranking, need: int) -> Iterator[tuple[int, ...]]:
    """Yield plans by cost; among equals the one that goes further in the earlier indicators comes first."""
    heap = [_Part(by.remaining(0, need), (), (), frozenset())]
    while heap and heap[0].cost < by.never // 2:
        part = heapq.heappop(heap)
        if not part.picks and by.groups:
            picks = _complete(by, need, part)
            heapq.heappush(heap, _Part(part.cost, picks, part.prefix, part.barred))
            continue
        yield part.picks
        for branch in _branches(by, need, part):
            heapq.heappush(heap, branch)


def _complete(by: Ranking, need: int, part: _Part) -> tuple[int, ...]:
    """Return the first plan, in the order of choices, among the cheapest of `part`."""
    picks = list(part.prefix)
    left, due = _after(by, need, part.cost, part.prefix)
    for group in range(len(picks), len(by.groups)):
        barred = part.barred if group == len(part.prefix) else frozenset()
        for pick, (cost, share) in enumerate(zip(by.costs[group], by.shares[group], strict=True)):
            if pick not in barred and cost + by.remaining(group + 1, left - share) == due:
                break
        else:
            raise AssertionError("the tables promise a plan that no choice leads to")
        picks.append(pick)
        left, due = left - share, due - cost
    return tuple(picks)


def _branches(by: Ranking, need: int, part: _Part) -> Iterator[_Part]:
    """Yield the sets into which the plans of `part` other than its best fall."""
    left, spent = need, 0
    for group, pick in enumerate(part.picks):
        costs, shares = by.costs[group], by.shares[group]
        if group >= len(part.prefix):
            barred = (part.barred if group == len(part.prefix) else frozenset()) | {pick}
            cost = min(
                (
                    spent + costs[other] + by.remaining(group + 1, left - share)
                    for other, share in enumerate(shares)
                    if other not in barred
                ),
                default=by.never,
            )
            if cost < by.never // 2:
                yield _Part(cost, (), part.picks[:group], barred)
        left -= shares[pick]
        spent += costs[pick]


def _after(by: Ranking, need: int, cost: int, prefix: tuple[int, ...]) -> tuple[int, int]:
    left, due = need, cost
    for group, pick in enumerate(prefix):
        left -= by.shares[group][pick]
        due -= by.costs[group][pick]
    return left, due
