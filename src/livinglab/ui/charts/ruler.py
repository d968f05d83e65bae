"""The ruler: the bands on their scale, and pins where means and regions stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Final

from livinglab.ui import formats
from livinglab.ui.charts.labels import place_labels
from livinglab.ui.charts.scale import ONE_TO_FIVE, Band, Role, Scale, attribute, per_cent
from livinglab.ui.charts.text import shortened, text_width

# The narrowest drawings that must hold: a phone of 320 px less its gutters, and a page of 48 rem.
NARROW: Final = 288
ROOMY: Final = 640

_LABEL_SIZE: Final = 13
_SMALL_SIZE: Final = 12
_LANE: Final = 18
_BAR: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A value on the ruler: its name (without the value) and its role."""

    name: str
    value: Decimal
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """`label` says the picture in words for those who do not see it."""

    label: str
    bands: tuple[Band, ...]
    pins: tuple[Pin, ...]
    scale: Scale = ONE_TO_FIVE
    kind: ClassVar[str] = "ruler"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerBand:
    css: str
    x: str
    width: str
    middle: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerTick:
    x: str
    anchor: str
    text: str
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerPin:
    css: str
    x: str
    text: str
    text_x: str
    dx: str
    anchor: str
    baseline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerTier:
    """One drawing of the ruler; `css` says for which widths."""

    css: str
    height: int
    bar_top: int
    bar_height: int
    bands: tuple[RulerBand, ...]
    ticks: tuple[RulerTick, ...]
    pins: tuple[RulerPin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerDrawing:
    label: str
    tiers: tuple[RulerTier, ...]


def draw_ruler(ruler: Ruler, *, language: str) -> RulerDrawing:
    """Return the ruler drawn for wide pages and for phones; raise ValueError for a pin off the scale."""
    return RulerDrawing(
        label=ruler.label,
        tiers=(_tier(ruler, "roomy", ROOMY, language), _tier(ruler, "narrow", NARROW, language)),
    )


def _tier(ruler: Ruler, css: str, room: int, language: str) -> RulerTier:
    texts = [
        shortened(f"{p.name} {formats.decimal2(p.value, language=language)}", _LABEL_SIZE, room)
        for p in ruler.pins
    ]
    shares = [ruler.scale.share(pin.value) for pin in ruler.pins]
    places = place_labels(shares, [text_width(text, _LABEL_SIZE) for text in texts], room=room)
    lanes = max((place.lane for place in places), default=-1) + 1
    bar_top = lanes * _LANE + 10
    bands = _bands(ruler, room)
    lines = max((len(band.lines) for band in bands), default=0)
    return RulerTier(
        css=css,
        height=bar_top + _BAR + 20 + 15 * lines + 4,
        bar_top=bar_top,
        bar_height=_BAR,
        bands=bands,
        ticks=_ticks(ruler, language),
        pins=tuple(
            RulerPin(
                css=pin.role.value,
                x=per_cent(share),
                text=text,
                text_x=per_cent(place.x),
                dx=attribute(place.dx),
                anchor=place.anchor,
                baseline=(lanes - 1 - place.lane) * _LANE + 13,
            )
            for pin, share, text, place in zip(ruler.pins, shares, texts, places, strict=True)
        ),
    )


def _ticks(ruler: Ruler, language: str) -> tuple[RulerTick, ...]:
    edges = [ruler.scale.start, *(band.start for band in ruler.bands[1:]), ruler.scale.end]
    last = len(edges) - 1
    return tuple(
        RulerTick(
            x=per_cent(ruler.scale.share(edge)),
            anchor="start" if i == 0 else "end" if i == last else "middle",
            text=formats.decimal1(edge, language=language),
            is_cut=0 < i < last,
        )
        for i, edge in enumerate(edges)
    )


def _bands(ruler: Ruler, room: int) -> tuple[RulerBand, ...]:
    """Return the bands with their names in one line, in one word a line, or unnamed: the first that fits."""
    shares = [(ruler.scale.share(band.start), ruler.scale.share(band.end)) for band in ruler.bands]
    named = _names_that_fit([band.label for band in ruler.bands], shares, room)
    return tuple(
        RulerBand(
            css=band.css,
            x=per_cent(start),
            width=per_cent(end - start),
            middle=per_cent((start + end) / 2),
            lines=lines,
        )
        for band, (start, end), lines in zip(ruler.bands, shares, named, strict=True)
    )


def _names_that_fit(
    names: Sequence[str], shares: Sequence[tuple[Fraction, Fraction]], room: int
) -> list[tuple[str, ...]]:
    """Return the lines of every band's name; all bands are treated alike."""
    whole: list[tuple[str, ...]] = [(name,) for name in names]
    for lines in (whole, [tuple(name.split()) for name in names]):
        widths = [max((text_width(line, _SMALL_SIZE) for line in each), default=0) for each in lines]
        middles = [(start + end) / 2 * room for start, end in shares]
        edges = [
            (middle - Fraction(w, 2), middle + Fraction(w, 2))
            for middle, w in zip(middles, widths, strict=True)
        ]
        inside = not edges or (edges[0][0] >= -2 and edges[-1][1] <= room + 2)
        if inside and all(left[1] + 3 <= right[0] for left, right in pairwise(edges)):
            return lines
    return [() for _ in names]
