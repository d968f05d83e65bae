"""A history: values over the years, cut where the instrument changed, since its figures do not compare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar, Final

from livinglab.ui import formats
from livinglab.ui.charts.labels import place_labels
from livinglab.ui.charts.ruler import NARROW
from livinglab.ui.charts.scale import ONE_TO_FIVE, Band, Role, Scale, attribute, per_cent
from livinglab.ui.charts.text import text_width

_TOP: Final = 34
_PLOT: Final = 216
_YEARS_AT: Final = _TOP + _PLOT + 32
_ERAS_AT: Final = _YEARS_AT + 24
_BAND_NAMES: Final = Fraction(20, 100)
_LABEL_NARROW: Final = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A published value of one year; `hollow` when it is known from the press only, not from a decree."""

    year: int
    value: Decimal
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of one region or mean; `hollow_name` names its hollow points in the key, where it has any."""

    name: str
    role: Role
    points: tuple[Point, ...]
    hollow_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """The years of one instrument; between two eras the picture is cut.

    `names` stand below the columns instead of the years, where a column is something else, such as a quarter.
    """

    label: str
    first_year: int
    last_year: int
    names: tuple[str, ...] = ()

    def name_of(self, year: int) -> str:
        """Return what stands below the column of a year; raise IndexError when there are fewer names than columns."""
        return self.names[year - self.first_year] if self.names else str(year)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """`label` says the picture in words; `bands` give the guide lines; series with role FOCUS lie on top."""

    label: str
    series: tuple[Series, ...]
    eras: tuple[Era, ...]
    bands: tuple[Band, ...] = ()
    scale: Scale = ONE_TO_FIVE
    kind: ClassVar[str] = "history"

    def __post_init__(self) -> None:
        for before, after in pairwise(self.eras):
            if before.last_year >= after.first_year:
                raise ValueError(f"eras {before.label} and {after.label} share the year {after.first_year}")
        for series in self.series:
            years = [point.year for point in series.points]
            if years != sorted(set(years)):
                raise ValueError(f"series {series.name!r} has its years out of order or twice: {years}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    css: str
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    role: Role
    hollow: bool
    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    css: str
    x: str
    dx: int
    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    y: str
    text: str
    text_y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraLabel:
    x: str
    anchor: str
    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    role: Role
    hollow: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMark:
    """A year below the picture; a crowded one is hidden on phones, the last never is."""

    x: str
    text: str
    is_crowded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryDrawing:
    label: str
    height: int
    top: int
    plot_height: int
    years_at: int
    guides: tuple[Guide, ...]
    cuts: tuple[Cut, ...]
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    years: tuple[YearMark, ...]
    eras: tuple[EraLabel, ...]
    key: tuple[KeyEntry, ...]


def draw_history(history: History, *, language: str) -> HistoryDrawing:
    """Return the history drawn: one column a year, half a column at each cut; raise ValueError off the scale."""
    places = _year_places(history.eras)
    eras = _era_labels(history.eras)
    return HistoryDrawing(
        label=history.label,
        height=_ERAS_AT + 18 * (1 + max((era_lane for _, era_lane in eras), default=0)) - 6,
        top=_TOP - 26,
        plot_height=_PLOT + 40,
        years_at=_YEARS_AT,
        guides=_guides(history.bands, history.scale),
        cuts=_cuts(history.eras),
        segments=tuple(_segments(history, places)),
        marks=tuple(_marks(history, places)),
        labels=tuple(_labels(history, places, language)),
        years=_year_marks(history.eras),
        eras=tuple(label for label, _ in eras),
        key=tuple(_key(history.series)),
    )


# What follows from the eras and bands alone is the same in hundreds of portraits, so it is kept.
@lru_cache(maxsize=256)
def _year_places(eras: tuple[Era, ...]) -> dict[int, Fraction]:
    """Return the share of the width where each year stands; every cut takes one column of its own."""
    years = [year for era in eras for year in range(era.first_year, era.last_year + 1)]
    columns = len(years) + len(eras) - 1
    column = (1 - _BAND_NAMES) / max(columns, 1)
    places: dict[int, Fraction] = {}
    at = Fraction(0)
    for era in eras:
        for year in range(era.first_year, era.last_year + 1):
            places[year] = at + column / 2
            at += column
        at += column
    return places


@lru_cache(maxsize=256)
def _year_marks(eras: tuple[Era, ...]) -> tuple[YearMark, ...]:
    marks: list[YearMark] = []
    nearest: Fraction | None = None
    for year, x in reversed(_year_places(eras).items()):
        text = _era_of(eras, year).name_of(year)
        crowded = nearest is not None and (nearest - x) * NARROW < text_width(text, 12) + 2
        nearest = nearest if crowded else x
        marks.append(YearMark(x=per_cent(x), text=text, is_crowded=crowded))
    return tuple(reversed(marks))


def _y(scale: Scale, value: Decimal) -> Fraction:
    return _height(scale.share(value))


@lru_cache(maxsize=4_096)
def _height(share: Fraction) -> Fraction:
    return _TOP + _PLOT * (1 - share)


@lru_cache(maxsize=64)
def _guides(bands: tuple[Band, ...], scale: Scale) -> tuple[Guide, ...]:
    """Return one line where each band but the lowest begins, with the band's name above it."""
    return tuple(
        Guide(y=attribute(y), text=band.label, text_y=attribute(y - 5))
        for band, y in ((band, _y(scale, band.start)) for band in bands[1:])
    )


@lru_cache(maxsize=256)
def _cuts(eras: tuple[Era, ...]) -> tuple[Cut, ...]:
    places = _year_places(eras)
    cuts: list[Cut] = []
    for before, after in pairwise(eras):
        left, right = places[before.last_year], places[after.first_year]
        start, end = left + (right - left) * Fraction(3, 8), left + (right - left) * Fraction(5, 8)
        cuts.append(Cut(x=per_cent(start), width=per_cent(end - start), end=per_cent(end)))
    return tuple(cuts)


def _era_of(eras: Sequence[Era], year: int) -> Era:
    for era in eras:
        if era.first_year <= year <= era.last_year:
            return era
    raise ValueError(f"the year {year} belongs to no era of the picture")


def _drawn_order(series: Sequence[Series]) -> list[Series]:
    """Return the series with the focus last, so that it lies on top."""
    rank = {Role.FOCUS: 2, Role.OTHER: 1}
    return sorted(series, key=lambda one: rank.get(one.role, 0))


def _segments(history: History, places: dict[int, Fraction]) -> Iterator[Segment]:
    """Yield a line between neighbouring years of one era; a missing year leaves a gap."""
    for series in _drawn_order(history.series):
        for a, b in pairwise(series.points):
            if b.year == a.year + 1 and _era_of(history.eras, a.year) is _era_of(history.eras, b.year):
                yield Segment(
                    css=f"line-{_line_role(series.role)}",
                    x1=per_cent(places[a.year]),
                    y1=attribute(_y(history.scale, a.value)),
                    x2=per_cent(places[b.year]),
                    y2=attribute(_y(history.scale, b.value)),
                )


def _line_role(role: Role) -> str:
    return role.value if role in (Role.FOCUS, Role.OTHER, Role.MEAN) else Role.NATION.value


def _marks(history: History, places: dict[int, Fraction]) -> Iterator[Mark]:
    for series in _drawn_order(history.series):
        for point in series.points:
            _era_of(history.eras, point.year)
            yield Mark(
                role=series.role,
                hollow=point.hollow,
                x=per_cent(places[point.year]),
                y=attribute(_y(history.scale, point.value)),
            )


def _labels(history: History, places: dict[int, Fraction], language: str) -> Iterator[Label]:
    """Yield the figures beside the points: a region's highest above it, the lowest below, none between.

    A label gets the class `roomy` (hidden on phones) where it would touch its neighbour at 320 px.
    """
    nearest: dict[bool, Fraction] = {}
    widest = _widest_label(language)
    for year, x in reversed(places.items()):
        for is_above, series, point in _labelled(history.series, year):
            crowded = is_above in nearest and (nearest[is_above] - x) * NARROW < widest
            if not crowded:
                nearest[is_above] = x
            yield Label(
                css=f"value-{_line_role(series.role)}" + (" roomy" if crowded else ""),
                x=per_cent(x),
                dx=_aside(history, series, point) if is_above else 0,
                y=attribute(_y(history.scale, point.value) + (-14 if is_above else 22)),
                text=formats.decimal2(point.value, language=language),
            )


def _labelled(series: Sequence[Series], year: int) -> Iterator[tuple[bool, Series, Point]]:
    """Yield the points of a year that get a figure, and whether it stands above; a mean's never does when alone."""
    here = sorted(
        ((point.value, i) for i, one in enumerate(series) for point in one.points if point.year == year),
        reverse=True,
    )
    if not here:
        return
    first, last = series[here[0][1]], series[here[-1][1]]
    if len(here) > 1 or _line_role(first.role) in (Role.FOCUS, Role.OTHER):
        yield True, first, _point(first, year)
    if len(here) > 1 or _line_role(first.role) not in (Role.FOCUS, Role.OTHER):
        yield False, last, _point(last, year)


def _point(series: Series, year: int) -> Point:
    return next(point for point in series.points if point.year == year)


def _aside(history: History, series: Series, point: Point) -> int:
    """Return how far a figure above its point moves off a line that climbs steeply there."""
    steep = (history.scale.end - history.scale.start) / 8
    by_year = {
        one.year: one.value
        for one in series.points
        if _era_of(history.eras, one.year) is _era_of(history.eras, point.year)
    }
    if by_year.get(point.year + 1, point.value) - point.value > steep:
        return -10
    if by_year.get(point.year - 1, point.value) - point.value > steep:
        return 10
    return 0


def _widest_label(language: str) -> int:
    return text_width(formats.decimal2(Decimal("4.00"), language=language), _LABEL_NARROW)


@lru_cache(maxsize=256)
def _era_labels(eras: tuple[Era, ...]) -> tuple[tuple[EraLabel, int], ...]:
    """Return the instruments' names below their years, each with its lane."""
    places = _year_places(eras)
    middles = [(places[era.first_year] + places[era.last_year]) / 2 for era in eras]
    spots = place_labels(middles, [text_width(era.label, 12) for era in eras], room=NARROW)
    return tuple(
        (
            EraLabel(
                x=per_cent(spot.x), anchor=spot.anchor, y=attribute(_ERAS_AT + 18 * spot.lane), text=era.label
            ),
            spot.lane,
        )
        for era, spot in zip(eras, spots, strict=True)
    )


def _key(series: Sequence[Series]) -> Iterator[KeyEntry]:
    for one in series:
        if any(not point.hollow for point in one.points):
            yield KeyEntry(role=one.role, hollow=False, name=one.name)
        if any(point.hollow for point in one.points):
            yield KeyEntry(role=one.role, hollow=True, name=one.hollow_name or one.name)
