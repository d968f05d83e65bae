"""Figures as the reader of this request writes them, each distinct one formatted once per process."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from livinglab.comparisons.domain.numbers import half_up
from livinglab.ui import formats
from livinglab.ui.languages import language


def two(value: Decimal) -> str:
    """Return an index or a domain value: "4,51"."""
    return _two(value, language())


def signed(value: Decimal) -> str:
    """Return a change: "+0,37"."""
    return _signed(value, language())


def mean(value: Fraction | None) -> str:
    """Return a mean rounded half-up; a dash for none."""
    return formats.NOTHING if value is None else two(half_up(value))


def counted(value: int) -> str:
    """Return a whole number: "1.678"."""
    return formats.count(value, language=language())


def ordinal(value: int) -> str:
    """Return a rank in words' short form: "ke-6"."""
    return formats.ordinal(value, language=language())


# An index has 401 values and a change 801; a page of the country writes some 3,000 of them.
@lru_cache(maxsize=4096)
def _two(value: Decimal, written_in: str) -> str:
    return formats.decimal2(value, language=written_in)


@lru_cache(maxsize=4096)
def _signed(value: Decimal, written_in: str) -> str:
    return formats.change(value, language=written_in)
