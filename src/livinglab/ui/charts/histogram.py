"""A distribution in which every hexagon is one region, stacked over its value."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Final

from livinglab.ui import formats
from livinglab.ui.charts.bandnames import BandName, band_names
from livinglab.ui.charts.labels import place_labels
from livinglab.ui.charts.ruler import NARROW, ROOMY, RulerTick, band_ticks
from livinglab.ui.charts.scale import ONE_TO_FIVE, Band, Role, Scale, attribute, per_cent
from livinglab.ui.charts.text import shortened, text_width

_CELL: Final = 10  # width of a column in units of the drawing
_STEP: Final = Fraction(106, 10)  # height of one hexagon with its gap
_LABEL_SIZE: Final = 13
_LANE: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many regions have a value from `start` to the next bin; `css` is a band (b1 to b5) or "muted"."""

    start: Decimal
    count: int
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A region to point at; it is one of those counted in its bin."""

    name: str
    value: Decimal
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Bins of one `step`; `unit` says in the reader's words what one hexagon is; up to twelve highlights."""

    label: str
    bins: tuple[Bin, ...]
    step: Decimal
    bands: tuple[Band, ...]
    highlights: tuple[Highlight, ...] = ()
    others_name: str = ""
    scale: Scale = ONE_TO_FIVE
    kind: ClassVar[str] = "histogram"

    def __post_init__(self) -> None:
        if len(self.highlights) > 12:
            raise ValueError(f"{len(self.highlights)} highlights; twelve is the most that can be told apart")
        for bin_ in self.bins:
            if (
                not self.scale.start <= bin_.start < self.scale.end
                or (bin_.start - self.scale.start) % self.step
            ):
                raise ValueError(f"bin at {bin_.start} is not a step of {self.step} from {self.scale.start}")
            if bin_.count < 0:
                raise ValueError(f"bin at {bin_.start} counts {bin_.count}")
        if (self.scale.end - self.scale.start) % self.step:
            raise ValueError(f"steps of {self.step} do not fill {self.scale.start} to {self.scale.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistogramPin:
    css: str
    x: str
    text: str
    text_x: str
    dx: str
    anchor: str
    baseline: int
    line_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistogramPins:
    """The words above and below the picture; `css` says for which widths."""

    css: str
    height: int
    pins: tuple[HistogramPin, ...]
    names: tuple[BandName, ...]
    axis_height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A highlighted hexagon: its path, and the line that comes down to it (x, y in drawing units)."""

    css: str
    path: str
    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistogramDrawing:
    label: str
    width: int
    height: str
    top: str
    columns: tuple[tuple[str, str], ...]
    chosen: tuple[Chosen, ...]
    tiers: tuple[HistogramPins, ...]
    ticks: tuple[RulerTick, ...]
    key: tuple[tuple[Role, str], ...]
    others_name: str


def draw_histogram(chart: Histogram, *, language: str) -> HistogramDrawing:
    """Return the distribution drawn; raise ValueError for a highlight whose bin is empty or off the scale."""
    placed = [(_column(chart, bin_.start), bin_) for bin_ in chart.bins]
    counts = {column: bin_.count for column, bin_ in placed}
    chosen = tuple(_chosen(chart, counts))
    taken = Counter(_column(chart, highlight.value) for highlight in chart.highlights)
    columns = tuple(
        (bin_.css, _stack(column, bin_.count - taken[column]))
        for column, bin_ in placed
        if bin_.count > taken[column]
    )
    height = max(counts.values(), default=0) * _STEP + 4
    return HistogramDrawing(
        label=chart.label,
        width=_columns(chart) * _CELL,
        height=attribute(height),
        top=attribute(-height),
        columns=columns,
        chosen=chosen,
        tiers=(_pins(chart, "roomy", ROOMY, language), _pins(chart, "narrow", NARROW, language)),
        ticks=band_ticks(chart.bands, chart.scale, language),
        key=tuple(
            (h.role, f"{h.name} {formats.decimal2(h.value, language=language)}") for h in chart.highlights
        ),
        others_name=chart.others_name,
    )


def _columns(chart: Histogram) -> int:
    return int((chart.scale.end - chart.scale.start) / chart.step)


def _column(chart: Histogram, value: Decimal) -> int:
    """Return the column of a value; the end of the scale belongs to the last one."""
    return _column_of(chart.scale.start, chart.scale.end, chart.step, value)


@lru_cache(maxsize=8_192)
def _column_of(start: Decimal, end: Decimal, step: Decimal, value: Decimal) -> int:
    if not start <= value <= end:
        raise ValueError(f"{value} is outside the scale from {start} to {end}")
    return min(int((value - start) // step), int((end - start) / step) - 1)


def _centre(column: int) -> Fraction:
    return Fraction(column * _CELL + _CELL // 2)


@lru_cache(maxsize=8_192)
def _stack(column: int, count: int, *, above: int = 0) -> str:
    """Return one path of `count` hexagons on top of each other, the first resting on `above` others."""
    x = _centre(column)
    first = f"M{attribute(x)} {attribute(-(above + 1) * _STEP)}"
    hexagon = "l4.4 2.6v5.1l-4.4 2.6-4.4-2.6v-5.1z"
    return first + ("m0-10.6".join([hexagon] * count) if count else "")


def _chosen(chart: Histogram, counts: dict[int, int]) -> Iterator[Chosen]:
    """Yield the highlighted hexagons: on top of their columns, so that the line reaches them freely."""
    placed: dict[int, int] = {}
    for highlight in chart.highlights:
        column = _column(chart, highlight.value)
        above = counts.get(column, 0) - 1 - placed.get(column, 0)
        if above < 0:
            raise ValueError(
                f"{highlight.name!r} is highlighted, but its bin at {highlight.value} does not count it"
            )
        placed[column] = placed.get(column, 0) + 1
        yield Chosen(
            css=highlight.role.value,
            path=_stack(column, 1, above=above),
            x=attribute(_centre(column)),
            y=attribute(-(above + 1) * _STEP),
        )


def _pins(chart: Histogram, css: str, room: int, language: str) -> HistogramPins:
    texts = [
        shortened(f"{h.name} {formats.decimal2(h.value, language=language)}", _LABEL_SIZE, room)
        for h in chart.highlights
    ]
    width = _columns(chart) * _CELL
    shares = [_centre(_column(chart, h.value)) / width for h in chart.highlights]
    places = place_labels(shares, [text_width(text, _LABEL_SIZE) for text in texts], room=room)
    lanes = max((place.lane for place in places), default=-1) + 1
    names = band_names(chart.bands, chart.scale, room=room)
    return HistogramPins(
        css=css,
        names=names,
        axis_height=26 + 16 * max((name.line + 1 for name in names), default=0),
        height=lanes * _LANE + 4 if lanes else 0,
        pins=tuple(
            HistogramPin(
                css=highlight.role.value,
                x=per_cent(share),
                text=text,
                text_x=per_cent(place.x),
                dx=attribute(place.dx),
                anchor=place.anchor,
                baseline=(lanes - 1 - place.lane) * _LANE + 13,
                line_from=(lanes - 1 - place.lane) * _LANE + (17 if place.anchor == "middle" else 3),
            )
            for highlight, share, text, place in zip(chart.highlights, shares, texts, places, strict=True)
        ),
    )
