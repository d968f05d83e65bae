"""What charts share: the scale, the bands on it, the roles of marks, and numbers as SVG attributes."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final


class Role(StrEnum):
    """Who a mark stands for; the role decides its dye and its shape."""

    FOCUS = "focus"  # the region of the page: hexagon, nila
    OTHER = "other"  # the one it is compared with: hexagon, mengkudu
    OTHERS = "others"  # further regions or groups: hollow hexagon
    MEAN = "mean"  # the mean of its kind: diamond, soga
    NATION = "nation"  # the national figure: circle
    MUTED = "muted"  # everybody else: pale hexagon

    @property
    def shape(self) -> str:
        """Return the shape this role always takes: the hexagon is a region, the circle and diamond are not."""
        return {Role.MEAN: "diamond", Role.NATION: "circle"}.get(self, "hexagon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A closed interval of values, laid from 0 to 100 per cent. SPBE and Pemdi use 1 to 5."""

    start: Decimal = Decimal(1)
    end: Decimal = Decimal(5)
    ticks: tuple[Decimal, ...] = (Decimal(1), Decimal(2), Decimal(3), Decimal(4), Decimal(5))

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"scale runs from {self.start} to {self.end}")
        for tick in self.ticks:
            self.share(tick)

    def share(self, value: Decimal) -> Fraction:
        """Return where `value` lies, 0 at the start and 1 at the end; raise ValueError outside the scale."""
        return _share(self.start, self.end, value)


# Values have two decimals and positions repeat: exact arithmetic once per value, not once per mark.
@lru_cache(maxsize=8_192)
def _share(start: Decimal, end: Decimal, value: Decimal) -> Fraction:
    if not start <= value <= end:
        raise ValueError(f"{value} is outside the scale from {start} to {end}")
    return Fraction(value - start) / Fraction(end - start)


ONE_TO_FIVE: Final = Scale()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One predicate on the scale: `css` is b1 (lowest) to b5, `label` its name; `end` belongs to the next band."""

    css: str
    label: str
    start: Decimal
    end: Decimal


def attribute(number: Fraction | Decimal | int) -> str:
    """Return a number as an SVG attribute: at most two decimals, no trailing zeros, the same bytes every time."""
    numerator, denominator = number.as_integer_ratio()
    return _ratio(numerator, denominator)


def per_cent(share: Fraction) -> str:
    """Return a share of the width as an SVG position: 0.8775 gives "87.75%"."""
    return _ratio(100 * share.numerator, share.denominator) + "%"


# A page has hundreds of positions: whole numbers alone write one in a tenth of the time that Decimal takes.
@lru_cache(maxsize=32_768)
def _ratio(numerator: int, denominator: int) -> str:
    """Return a ratio rounded half-up to two decimals, away from zero."""
    hundredths = (200 * abs(numerator) + denominator) // (2 * denominator)
    whole, part = divmod(hundredths, 100)
    sign = "-" if numerator < 0 and hundredths else ""
    return f"{sign}{whole}.{part:02}".rstrip("0") if part else f"{sign}{whole}"
