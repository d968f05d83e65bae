"""The mean of a few differences and how sure it is: Student's t interval, computed exactly.

For n values with mean m and standard deviation s (n - 1 in the divisor) the 95 % interval is m ± t(0.975, n - 1) · s/√n
(Student 1908, Biometrika 6). The quantile comes from the finite series of the t distribution for whole degrees of
freedom (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), bisected until nothing moves. Levels are ordinal: the interval
is of the mean of differences, and says nothing of how they are spread; the counts beside it do.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import atan, cos, pi, sin, sqrt
from typing import Final

#: below this there is a count and no interval: five values are the fewest for which we show one
FEWEST: Final = 5
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper end of the interval of a mean."""

    low: float
    high: float


def interval_of_mean(*, count: int, mean: float, deviation: float) -> Interval | None:
    """This function will return the 95 % interval of a mean; None with fewer than five values."""
    if count < FEWEST:
        return None
    half = quantile(1 - (1 - CONFIDENCE) / 2, count - 1) * deviation / sqrt(count)
    return Interval(mean - half, mean + half)


@lru_cache(maxsize=1024)
def quantile(share: float, degrees: int) -> float:
    """This function will return the value below which `share` (0.5 to below 1) of Student's t with `degrees` lies."""
    if not (0.5 <= share < 1 and degrees >= 1):
        raise ValueError(f"no quantile of {share} with {degrees} degrees of freedom")
    low, high = 0.0, 1.0
    while distribution(high, degrees) < share:
        high *= 2
    for _step in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if distribution(middle, degrees) < share:
            low = middle
        else:
            high = middle
    return high


def distribution(value: float, degrees: int) -> float:
    """This function will return the share of Student's t with `degrees` that lies below `value` (0 or above)."""
    angle = atan(value / sqrt(degrees))
    return 0.5 + (_odd(angle, degrees) if degrees % 2 else _even(angle, degrees)) / 2


def _odd(angle: float, degrees: int) -> float:
    term, total = cos(angle), 0.0
    for step in range(1, degrees - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (step + 1) / (step + 2)
    return 2 / pi * (angle + (sin(angle) * total if degrees > 1 else 0.0))


def _even(angle: float, degrees: int) -> float:
    term, total = 1.0, 0.0
    for step in range(0, degrees - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (step + 1) / (step + 2)
    return sin(angle) * total
