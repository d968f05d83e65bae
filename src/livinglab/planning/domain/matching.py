"""Who learns from whom across the country, so that nobody hosts more than it can.

As many wanted steps as possible find a host, and among those matchings the one whose fits sum highest: a min-cost
flow from askers over hosts. HiGHS solves its linear programme, whose corners are whole; because costs are whole, so
are the prices (dual values), and with them the optimum is checked exactly, without floating point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import NDArray

from livinglab.planning.domain.teaching import PERFECT

Whole = NDArray[np.int64]
_FIRST_ARCS: Final = 12  # hosts of each request that the first programme knows; prices bring in the others
_OPTIONS: Final[Mapping[str, bool | int | str]] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "solver": "simplex",  # an interior point would stop between two corners
    "presolve": "on",
}


class Unproven(ArithmeticError):
    """The solver's answer did not pass the exact check."""


@dataclass(frozen=True, slots=True)
class Request:
    """A step that somebody wants to learn, and how well each host fits (0 to 1,000); `wish` tells requests apart."""

    asker: str
    wish: str
    fits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a request. Without a host: nobody took the step, or all who did are full.

    `first` is the host that fits best, whoever else asked for it; `full` counts the better hosts that are full.
    """

    asker: str
    wish: str
    host: str | None
    fit: int
    first: str | None
    first_fit: int
    full: int


@dataclass(frozen=True, slots=True)
class Matching:
    """Every request with its host, and how many requests each host takes. `cost` adds up what fits lack to 1,000.

    A request without a host costs more than all fits together could gain.
    """

    matches: tuple[Match, ...]
    loads: Mapping[str, int]
    cost: int


@dataclass(frozen=True)
class _Table:
    """Requests and hosts in the order of their codes, with the fit of each pair; below 0 where there is none."""

    requests: tuple[Request, ...]
    hosts: tuple[str, ...]
    capacity: Whole
    fits: Whole

    @cached_property
    def unserved(self) -> int:
        """What a request without a host costs."""
        return PERFECT * (len(self.requests) + 1)

    @cached_property
    def order(self) -> Whole:
        """The hosts of each request, the best fit first; ties fall to the lower code."""
        return np.argsort(-self.fits, axis=1, kind="stable")

    def costs(self, rows: Whole, columns: Whole) -> Whole:
        """Return what each pair of request and host costs."""
        return PERFECT - self.fits[rows, columns]


def match(requests: Iterable[Request], capacity: Mapping[str, int]) -> Matching:
    """Return the matching with the most hosts found, then the best fits; proven. In whatever order requests stand.

    `capacity` says how many requests each host takes; one that is not in it takes none. Raises Unproven.
    """
    table = _table(requests, capacity)
    return _matching(table, _optimum(table))


def greedy(requests: Iterable[Request], capacity: Mapping[str, int]) -> Matching:
    """Return what comes of giving the best-fitting pair first, then the next; to compare with."""
    table = _table(requests, capacity)
    rows, columns = np.nonzero(table.fits >= 0)
    left, taken = table.capacity.copy(), np.full(len(table.requests), -1)
    for pair in np.lexsort((columns, rows, -table.fits[rows, columns])):
        row, column = rows[pair], columns[pair]
        if taken[row] < 0 and left[column] > 0:
            taken[row] = column
            left[column] -= 1
    return _matching(table, taken)


def _table(requests: Iterable[Request], capacity: Mapping[str, int]) -> _Table:
    ordered = tuple(sorted(requests, key=lambda one: (one.asker, one.wish)))
    hosts = tuple(sorted({host for one in ordered for host in one.fits}))
    places = {host: place for place, host in enumerate(hosts)}
    fits = np.full((len(ordered), len(hosts)), -1, dtype=np.int64)
    for row, one in enumerate(ordered):
        for host, fit in one.fits.items():
            fits[row, places[host]] = fit
    limits = np.array([max(0, capacity.get(host, 0)) for host in hosts], dtype=np.int64)
    return _Table(ordered, hosts, limits, fits)


def _optimum(table: _Table) -> Whole:
    """Return the host of each request, below 0 for none: the programme with few pairs, until prices want no other."""
    if not table.hosts:
        return np.full(len(table.requests), -1)
    known = np.zeros_like(table.fits, dtype=bool)
    np.put_along_axis(known, table.order[:, :_FIRST_ARCS], values=True, axis=1)
    known &= table.fits >= 0
    while True:
        rows, columns = np.nonzero(known)
        flow, asked, priced = _solve(table, rows, columns)
        spare = PERFECT - table.fits - asked[:, None] - priced[None, :]
        wanted = (table.fits >= 0) & ~known & (spare < 0)
        if not wanted.any():
            _prove(table, flow, asked, priced, spare)
            return flow
        known |= wanted


def _solve(table: _Table, rows: Whole, columns: Whole) -> tuple[Whole, Whole, Whole]:
    """Return the host of each request, the price of each request and of each host, in whole numbers."""
    number, requests, hosts = len(rows), len(table.requests), len(table.hosts)
    solver = highspy.Highs()
    for name, value in _OPTIONS.items():
        solver.setOptionValue(name, value)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = number + requests, requests + hosts
    programme.col_cost_ = np.concatenate(
        [table.costs(rows, columns), np.full(requests, table.unserved)]
    ).astype(float)
    programme.col_lower_ = np.zeros(number + requests)
    programme.col_upper_ = np.full(number + requests, highspy.kHighsInf)
    programme.row_lower_ = np.concatenate([np.ones(requests), np.full(hosts, -highspy.kHighsInf)])
    programme.row_upper_ = np.concatenate([np.ones(requests), table.capacity.astype(float)])
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.concatenate(
        [np.arange(0, 2 * number, 2), 2 * number + np.arange(requests + 1)]
    )
    pairs = np.stack([rows, columns + requests], axis=1).ravel()
    programme.a_matrix_.index_ = np.concatenate([pairs, np.arange(requests)])
    programme.a_matrix_.value_ = np.ones(2 * number + requests)
    solver.passModel(programme)
    solver.run()
    found = solver.getSolution()
    values = np.rint(np.array(found.col_value[:number])).astype(np.int64)
    prices = np.rint(np.array(found.row_dual)).astype(np.int64)
    taken = np.full(requests, -1)
    taken[rows[values == 1]] = columns[values == 1]
    return taken, prices[:requests], prices[requests:]


def _prove(table: _Table, taken: Whole, asked: Whole, priced: Whole, spare: Whole) -> None:
    """Raise Unproven unless the prices show, in whole numbers, that no matching costs less than this one."""
    served = np.nonzero(taken >= 0)[0]
    loads = np.bincount(taken[served], minlength=len(table.hosts))
    unserved = len(taken) - len(served)
    cost = int(table.costs(served, taken[served]).sum()) + table.unserved * unserved
    bound = int(asked.sum() + (priced * table.capacity).sum())
    sound = (
        bool((table.fits[served, taken[served]] >= 0).all())
        and bool((loads <= table.capacity).all())
        and bool((priced <= 0).all())
        and bool((asked <= table.unserved).all())
        and bool((spare[table.fits >= 0] >= 0).all())
    )
    if not sound or cost != bound:
        raise Unproven(f"cost {cost}, bound {bound}")


def _matching(table: _Table, taken: Whole) -> Matching:
    served = taken[taken >= 0]
    loads = np.bincount(served, minlength=len(table.hosts)) if len(table.hosts) else served
    is_full = loads >= table.capacity
    matches = tuple(_match(table, row, int(taken[row]), is_full) for row in range(len(table.requests)))
    cost = sum(PERFECT - one.fit if one.host is not None else table.unserved for one in matches)
    return Matching(matches, dict(zip(table.hosts, loads.tolist(), strict=True)), cost)


def _match(table: _Table, row: int, column: int, is_full: NDArray[Any]) -> Match:
    request = table.requests[row]
    if not request.fits:
        return Match(request.asker, request.wish, None, 0, None, 0, 0)
    order = [int(each) for each in table.order[row] if table.fits[row, each] >= 0]
    first = order[0]
    better = order[: order.index(column)] if column >= 0 else order
    return Match(
        asker=request.asker,
        wish=request.wish,
        host=table.hosts[column] if column >= 0 else None,
        fit=int(table.fits[row, column]) if column >= 0 else 0,
        first=table.hosts[first],
        first_fit=int(table.fits[row, first]),
        full=sum(bool(is_full[each]) for each in better),
    )
