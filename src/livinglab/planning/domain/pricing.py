"""What a unit of each thing that runs short is worth: the prices at which a problem without limits bounds the one with.

They only guide a search, so they need not be exact: floating point here changes no plan, only how long it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
_FAR: Final = (
    30.0  # how far from the middle of the search the prices may lie, in the measures of the whole problem
)
_STEPS: Final = 160
_NEAR: Final = 1e-3  # of the value: what is left to gain when the search ends


@dataclass(frozen=True)
class Trade:
    """What each choice is to keep low (`value`), and takes of what is limited (a row of `takes` each).

    `starts` says where the choices of each group begin: each takes one of its own.
    """

    value: Numbers
    takes: Numbers
    limits: Numbers
    starts: Numbers

    @cached_property
    def _sizes(self) -> Numbers:
        return np.diff(np.append(self.starts, len(self.value)))

    def at(self, prices: Numbers) -> tuple[float, Numbers]:
        """Return the least value of all groups at some prices, and how far their choices pass each limit."""
        weighed = self.value + prices @ self.takes
        least = np.minimum.reduceat(weighed, self.starts)
        cheapest = (weighed == np.repeat(least, self._sizes)).nonzero()[0]
        first = cheapest[np.searchsorted(cheapest, self.starts)]
        return float(least.sum() - prices @ self.limits), self.takes[:, first].sum(axis=1) - self.limits


def best_prices(trade: Trade) -> Numbers:
    """Return prices, none below 0, at which the least value is about as high as prices can make it.

    The ellipsoid method (Shor 1977; Yudin and Nemirovski 1976) with deep cuts: what an ellipsoid encloses shrinks with
    every look. At least two things are limited.
    """
    scale = np.maximum(np.abs(trade.takes).max(axis=1), np.abs(trade.limits)) + 1e-9
    worth = max(float(np.abs(trade.value).max()), 1e-9) * len(trade.starts)
    even = Trade(trade.value / worth, trade.takes / scale[:, None], trade.limits / scale, trade.starts)
    found: Numbers = _climbed(even) * worth / scale
    return found


def _climbed(trade: Trade) -> Numbers:
    size = len(trade.limits)
    middle, shape = np.full(size, 1.0), np.eye(size) * _FAR**2
    best, highest = middle, -np.inf
    for _ in range(_STEPS):
        below = int(np.argmin(middle))
        if middle[below] < 0:
            slope, depth = np.zeros(size), -float(middle[below])
            slope[below] = 1.0
        else:
            value, slope = trade.at(middle)
            if value > highest:
                best, highest = middle, value
            depth = highest - value
        width = sqrt(max(float(slope @ shape @ slope), 0.0))
        if width <= _NEAR * max(abs(highest), 1e-9) or depth >= width:
            break
        middle, shape = _cut(middle, shape, slope / width, depth / width)
    return best


def _cut(middle: Numbers, shape: Numbers, slope: Numbers, depth: float) -> tuple[Numbers, Numbers]:
    """Return the smallest ellipsoid around the part of one that lies uphill of a cut."""
    size = len(middle)
    toward = shape @ slope
    moved = middle + (1 + size * depth) / (size + 1) * toward
    shrunk = size**2 * (1 - depth**2) / (size**2 - 1)
    flattened = 2 * (1 + size * depth) / ((size + 1) * (1 + depth))
    return moved, shrunk * (shape - flattened * np.outer(toward, toward))
