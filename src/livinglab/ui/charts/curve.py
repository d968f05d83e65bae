"""A curve of prices: what each value on the scale costs at least, as stairs that rise to the right."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import count, pairwise
from typing import ClassVar, Final

from livinglab.ui import formats
from livinglab.ui.charts.ruler import NARROW
from livinglab.ui.charts.scale import Scale, attribute, per_cent
from livinglab.ui.charts.text import text_width

_TOP: Final = 30
_PLOT: Final = 200
_WIDTH: Final = 1000  # of the stairs' own coordinates; they are stretched to the page
_TICK: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The point that the page is about: its value, its price, and what it is called."""

    value: Decimal
    price: Decimal
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """`points` are pairs of value and price, both rising; `price_name` and `value_name` name the axes.

    `label` says the picture in words. Raises ValueError for points that fall or lie off the scale.
    """

    label: str
    points: tuple[tuple[Decimal, Decimal], ...]
    scale: Scale
    value_name: str
    price_name: str
    chosen: Chosen | None = None
    kind: ClassVar[str] = "curve"

    def __post_init__(self) -> None:
        for (value, price), (higher, dearer) in pairwise(self.points):
            if higher <= value or dearer < price:
                raise ValueError(f"({higher}, {dearer}) does not rise from ({value}, {price})")


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveTick:
    x: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveGuide:
    y: str
    text: str
    text_y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveMark:
    x: str
    y: str
    text: str
    text_y: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveDrawing:
    """`path` lies in a box of `width` × `plot_height` that is stretched across the page."""

    label: str
    height: int
    top: int
    width: int
    plot_height: int
    path: str
    guides: tuple[CurveGuide, ...]
    ticks: tuple[CurveTick, ...]
    ticks_at: int
    value_name: str
    price_name: str
    mark: CurveMark | None


def draw_curve(curve: Curve, *, language: str) -> CurveDrawing:
    """Return the stairs drawn: between two points a value costs what the higher one does."""
    top_price = max((price for _value, price in curve.points), default=Decimal(0)) or Decimal(1)
    return CurveDrawing(
        label=curve.label,
        height=_TOP + _PLOT + 42,
        top=_TOP,
        width=_WIDTH,
        plot_height=_PLOT,
        path=_path(curve, top_price),
        guides=tuple(_guides(top_price, language)),
        ticks=tuple(_ticks(curve.scale, language)),
        ticks_at=_TOP + _PLOT + 18,
        value_name=curve.value_name,
        price_name=curve.price_name,
        mark=_mark(curve, top_price, language),
    )


def _height(price: Decimal, top_price: Decimal) -> Fraction:
    return _PLOT * (1 - Fraction(price) / Fraction(top_price))


def _path(curve: Curve, top_price: Decimal) -> str:
    parts = []
    for number, (value, price) in enumerate(curve.points):
        x, y = attribute(_WIDTH * curve.scale.share(value)), attribute(_height(price, top_price))
        parts.append(f"V{y}H{x}" if number else f"M{x} {y}")
    return "".join(parts)


def _guides(top_price: Decimal, language: str) -> Iterator[CurveGuide]:
    """Yield a line at each round price: at most five, in steps of 1, 2 or 5 times a power of ten."""
    steps = (first * Fraction(10) ** power for power in count(-1) for first in (1, 2, 5))
    step = next(step for step in steps if Fraction(top_price) / step <= 4)
    price = Fraction(0)
    while price <= top_price:
        y = _TOP + _PLOT * (1 - price / Fraction(top_price))
        decimal = Decimal(price.numerator) / Decimal(price.denominator)
        whole = price.denominator == 1
        text = (
            formats.count(int(price), language=language)
            if whole
            else formats.decimal1(decimal, language=language)
        )
        yield CurveGuide(y=attribute(y), text=text, text_y=attribute(y - 4))
        price += step


def _ticks(scale: Scale, language: str) -> Iterator[CurveTick]:
    """Yield the ends of the scale and the ticks between them that have room on a phone."""
    ends = (scale.start, scale.end)
    room = Fraction(text_width("0,00", _TICK) + 8, NARROW)
    taken = [scale.share(end) for end in ends]
    yield CurveTick(x="0%", anchor="start", text=formats.decimal2(scale.start, language=language))
    for tick in scale.ticks:
        share = scale.share(tick)
        if tick not in ends and all(abs(share - other) >= room for other in taken):
            taken.append(share)
            yield CurveTick(
                x=per_cent(share), anchor="middle", text=formats.decimal2(tick, language=language)
            )
    yield CurveTick(x="100%", anchor="end", text=formats.decimal2(scale.end, language=language))


def _mark(curve: Curve, top_price: Decimal, language: str) -> CurveMark | None:
    if curve.chosen is None:
        return None
    share, y = curve.scale.share(curve.chosen.value), _TOP + _height(curve.chosen.price, top_price)
    return CurveMark(
        x=per_cent(share),
        y=attribute(y),
        text=f"{curve.chosen.name} {formats.decimal2(curve.chosen.value, language=language)}",
        text_y=attribute(y - 14),
        anchor="end" if share > Fraction(1, 2) else "start",
    )
