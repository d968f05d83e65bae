"""Exact numbers: published values are decimals with two places, everything computed from them a fraction."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

HUNDREDTH: Final = Decimal("0.01")


def half_up(value: Fraction | Decimal | int) -> Decimal:
    """Return ``value`` rounded to two decimals, halves away from zero, as the ministry rounds."""
    numerator, denominator = value.as_integer_ratio()
    whole = (200 * abs(numerator) + denominator) // (2 * denominator)
    sign = "-" if value < 0 and whole else ""
    return Decimal(f"{sign}{whole // 100}.{whole % 100:02}")  # from text: exact at any size


def mean(values: Iterable[Decimal]) -> Fraction | None:
    """Return the exact mean, or None when there is nothing to average."""
    listed = [Fraction(value) for value in values]
    return sum(listed, Fraction(0)) / len(listed) if listed else None


def median(values: Iterable[Decimal | int]) -> Fraction | None:
    """Return the exact median, or None when there is no value."""
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
