"""A chart of rows: a name, a picture on one shared scale, and a value; drawn as a list, so names can wrap."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from livinglab.ui import formats
from livinglab.ui.charts.scale import Role, Scale, per_cent


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMark:
    """A mark in a row: `css` its dye, `shape` hexagon, diamond or circle, `small` for the past."""

    css: str
    shape: str
    x: str
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBar:
    css: str
    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    css: str
    x1: str
    x2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    note: str
    href: str | None
    value: str
    aside: str
    lines: tuple[RowLine, ...] = ()
    bars: tuple[RowBar, ...] = ()
    marks: tuple[RowMark, ...] = ()
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsDrawing:
    """`ticks` are pairs of position and text; `key` pairs of role and name; `row_height` in px."""

    label: str
    row_height: int
    grid: tuple[str, ...]
    ticks: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    key: tuple[tuple[Role, str], ...] = ()


@lru_cache(maxsize=64)
def grid_and_ticks(scale: Scale, *, language: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the guide lines of a scale and their texts, whole numbers without decimals."""
    places = [per_cent(scale.share(tick)) for tick in scale.ticks]
    texts = [_tick_text(tick, language) for tick in scale.ticks]
    return tuple(places), tuple(zip(places, texts, strict=True))


def _tick_text(tick: Decimal, language: str) -> str:
    if tick == tick.to_integral_value():
        return formats.count(int(tick), language=language)
    return formats.decimal1(tick, language=language)
