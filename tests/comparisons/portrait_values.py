"""SPBE 2020 as the portrait's domain sees it, for tests."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from livinglab.assessments.adapters.instrument_files import load_instrument
from livinglab.assessments.domain.instruments import Instrument
from livinglab.assessments.domain.reachable import exact_values
from livinglab.comparisons.domain.next_band import Limits
from livinglab.comparisons.domain.portrait import Domain

CODES: Final = ("D1", "D2", "D3", "D4")
REGENCY: Final = {
    "D1": Fraction("3.23"),
    "D2": Fraction("2.35"),
    "D3": Fraction("1.65"),
    "D4": Fraction("3.71"),
}
CITY: Final = {"D1": Fraction("3.64"), "D2": Fraction("2.94"), "D3": Fraction("2.03"), "D4": Fraction("4.05")}
LIMITS: Final = tuple(Decimal(limit) for limit in ("1.00", "1.80", "2.60", "3.50", "4.20"))
UNROUNDED: Final = Limits(LIMITS, is_rounded=False)
ROUNDED: Final = Limits(LIMITS, is_rounded=True)
DOMAINS: Final = (
    Domain("D1", Fraction(13, 100), (Fraction(13, 1000),)),
    Domain("D2", Fraction(25, 100), (Fraction(25, 1000),)),
    Domain("D3", Fraction(165, 1000), (Fraction(15, 1000),)),
    Domain("D4", Fraction(455, 1000), (Fraction(275, 10000), Fraction(30, 1000))),
)


@cache
def spbe_2020() -> Instrument:
    """Return the instrument as its file states it."""
    return load_instrument(Path(__file__).parents[2] / "instruments" / "spbe-2020.yaml")


@cache
def exact() -> dict[str, dict[Decimal, tuple[Fraction, ...]]]:
    """Return the exact values behind each printed domain value."""
    return {code: exact_values(spbe_2020(), code) for code in CODES}


def values(*printed: str) -> dict[str, Decimal]:
    """Return domain values by code, in the order of the instrument."""
    return {code: Decimal(value) for code, value in zip(CODES, printed, strict=True)}
