"""The ruler: the bands on their scale, and pins where means and regions stand."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import ClassVar, Final

from livinglab.ui import formats
from livinglab.ui.charts.bandnames import BandName, band_names
from livinglab.ui.charts.labels import place_labels
from livinglab.ui.charts.scale import ONE_TO_FIVE, Band, Role, Scale, attribute, per_cent
from livinglab.ui.charts.text import shortened, text_width

# The narrowest drawings that must hold: a phone of 320 px less its gutters, and a page of 48 rem.
NARROW: Final = 288
ROOMY: Final = 640

_LABEL_SIZE: Final = 13
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
    names: tuple[BandName, ...]
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
    names = band_names(ruler.bands, ruler.scale, room=room)
    lines = max((name.line + 1 for name in names), default=0)
    return RulerTier(
        css=css,
        height=bar_top + _BAR + 20 + 15 * lines + 4,
        bar_top=bar_top,
        bar_height=_BAR,
        bands=_bands(ruler.bands, ruler.scale),
        names=names,
        ticks=band_ticks(ruler.bands, ruler.scale, language),
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


@lru_cache(maxsize=128)
def band_ticks(bands: tuple[Band, ...], scale: Scale, language: str) -> tuple[RulerTick, ...]:
    """Return a tick at each end of the scale and where each band but the lowest begins."""
    edges = [scale.start, *(band.start for band in bands[1:]), scale.end]
    last = len(edges) - 1
    return tuple(
        RulerTick(
            x=per_cent(scale.share(edge)),
            anchor="start" if i == 0 else "end" if i == last else "middle",
            text=formats.decimal1(edge, language=language),
            is_cut=0 < i < last,
        )
        for i, edge in enumerate(edges)
    )


@lru_cache(maxsize=128)
def _bands(bands: tuple[Band, ...], scale: Scale) -> tuple[RulerBand, ...]:
    shares = [(scale.share(band.start), scale.share(band.end)) for band in bands]
    return tuple(
        RulerBand(css=band.css, x=per_cent(start), width=per_cent(end - start))
        for band, (start, end) in zip(bands, shares, strict=True)
    )
