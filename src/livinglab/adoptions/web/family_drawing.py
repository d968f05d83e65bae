"""The family of a package as a drawing: a line of time for each, on it its versions and those who took it over.

Places along the time are in per cent of the width, so that the drawing fits any; the rest is in pixels.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from livinglab.adoptions.domain.states import Manner
from livinglab.adoptions.models import AdoptionFigure
from livinglab.releases.queries.releases import Release

ROW: Final = 92  # pixels of a package: its name and publisher, below them its line
LINE: Final = 60  # of the line within them
FOOT: Final = 28  # of the days below all
_FIRST, _LAST = 2.0, 98.0  # per cent: marks at the ends stay inside
_RANGE: Final = _LAST - _FIRST


@dataclass(frozen=True, slots=True)
class Member:
    """A package of the family: its name and publisher, which row it came of (None for the first), what happened."""

    name: str
    publisher: str
    is_here: bool
    parent: int | None
    versions: tuple[Release, ...]
    adopters: tuple[AdoptionFigure, ...]

    @property
    def moments(self) -> list[datetime]:
        """When anything happened."""
        return [*(one.signed_at for one in self.versions), *(one.started_at for one in self.adopters)]


@dataclass(frozen=True, slots=True)
class Mark:
    """A version or an adopter on a line; `css` is version, adopter or adapted."""

    x: str
    css: str


@dataclass(frozen=True, slots=True)
class Row:
    """A package in the drawing: its line begins at `start`; `above` is the line that it came of, 0 for the first."""

    name: str
    publisher: str
    is_here: bool
    line: int
    start: str
    above: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FamilyDrawing:
    """The drawing: its height, its rows, and the first and last day that it shows."""

    height: int
    rows: tuple[Row, ...]
    first: datetime
    last: datetime


def draw_family(members: Iterable[Member]) -> FamilyDrawing | None:
    """This function will return the drawing of a family in reading order, None where nothing was published yet."""
    shown = tuple(members)
    moments = [moment for one in shown for moment in one.moments]
    if not moments:
        return None
    first, last = min(moments), max(moments)
    rows = tuple(_row(at, one, first, last) for at, one in enumerate(shown))
    return FamilyDrawing(len(rows) * ROW + FOOT, rows, first, last)


def _row(at: int, one: Member, first: datetime, last: datetime) -> Row:
    return Row(
        name=one.name,
        publisher=one.publisher,
        is_here=one.is_here,
        line=at * ROW + LINE,
        start=_place(min(one.moments, default=last), first, last),
        above=0 if one.parent is None else one.parent * ROW + LINE,
        marks=tuple(_marks(one, first, last)),
    )


def _marks(one: Member, first: datetime, last: datetime) -> Iterator[Mark]:
    for release in one.versions:
        yield Mark(_place(release.signed_at, first, last), "version")
    for figure in one.adopters:
        is_adapted = Manner(figure.manner) is Manner.ADAPTED
        yield Mark(_place(figure.started_at, first, last), "adapted" if is_adapted else "adopter")


def _place(moment: datetime, first: datetime, last: datetime) -> str:
    whole = (last - first).total_seconds()
    share = (moment - first).total_seconds() / whole if whole else 0.0
    return f"{_FIRST + share * _RANGE:.2f}%"
