"""Numbers as the reader writes them, in the language of the request."""

from decimal import Decimal
from fractions import Fraction

from livinglab.ui import formats
from livinglab.ui.languages import language


def two(value: Decimal) -> str:
    """Return an index or a domain value: "4,51"."""
    return formats.decimal2(value, language=language())


def signed(value: Decimal) -> str:
    """Return a difference with its sign: "+0,37"."""
    return formats.change(value, language=language())


def whole(value: int) -> str:
    """Return a whole number with thousands: "1.226.660"."""
    return formats.count(value, language=language())


def ordinal(value: int) -> str:
    """Return a place: "ke-6"."""
    return formats.ordinal(value, language=language())


def share_of(share: Fraction) -> Decimal:
    """Return a share of one as a decimal, for tables."""
    return Decimal(share.numerator) / Decimal(share.denominator)


def percent(share: Fraction | Decimal) -> str:
    """Return a share of one in per cent: "45,5%"."""
    exact = share if isinstance(share, Decimal) else share_of(share)
    return formats.percent(exact, language=language())


def listing(items: list[str]) -> str:
    """Return items as a sentence lists them."""
    return formats.listing(items, language=language())
