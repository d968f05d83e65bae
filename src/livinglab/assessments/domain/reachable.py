"""Which published values can come from some set of levels at all: the arithmetic behind the checker.

A sum of weight × level is a whole number in units of the common denominator, so the set of all sums fits into
the bits of one integer: shifting it adds a level.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from livinglab.assessments.domain.instruments import Indicator, Instrument
from livinglab.assessments.domain.scoring import WHOLE, round_half_up

INDEX = "index"


def possible_values(instrument: Instrument, code: str) -> frozenset[Decimal]:
    """Return every published value that the domain, aspect or `"index"` named by `code` can have.

    Raises KeyError for a code that the instrument does not have.
    """
    return frozenset(exact_values(instrument, code))


@lru_cache(maxsize=128)
def exact_values(instrument: Instrument, code: str) -> dict[Decimal, tuple[Fraction, ...]]:
    """Return, for each published value the part can have, the exact values that are rounded to it."""
    weight, indicators = _part(instrument, code)
    values: dict[Decimal, list[Fraction]] = {}
    for exact in _sums(instrument, weight, indicators):
        values.setdefault(round_half_up(exact, instrument.places), []).append(exact)
    return {rounded: tuple(found) for rounded, found in values.items()}


def _part(instrument: Instrument, code: str) -> tuple[Fraction, tuple[Indicator, ...]]:
    if code == INDEX:
        return Fraction(WHOLE), tuple(instrument.indicators())
    for domain in instrument.domains:
        if domain.code == code:
            return domain.weight, tuple(each for aspect in domain.aspects for each in aspect.indicators)
    for aspect in instrument.aspects:
        if aspect.code == code:
            return aspect.weight, aspect.indicators
    raise KeyError(code)


def _sums(instrument: Instrument, weight: Fraction, indicators: tuple[Indicator, ...]) -> Iterator[Fraction]:
    """Yield each exact value of a part once, in ascending order."""
    scale = instrument.scale
    step = 10**scale.decimals
    common = lcm(*(each.weight.denominator for each in indicators))
    units = [int(each.weight * common) for each in indicators]
    shared = gcd(*units)
    reached = 1
    for unit in units:
        stride = unit // shared
        grown = 0
        for level in range((scale.maximum - scale.minimum) * step + 1):
            grown |= reached << (level * stride)
        reached = grown
    lowest = sum(units) * scale.minimum * step
    divisor = weight * common * step
    for bit in range(reached.bit_length()):
        if reached >> bit & 1:
            yield Fraction(lowest + bit * shared) / divisor
