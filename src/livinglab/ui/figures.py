"""The contract of everything that shows figures: a finding, a picture, a table, and where it is from.

A page builds Figures in its language; the macro `figure` in templates/ui/figure.html shows one, and
`livinglab.ui.exports` turns the same value into CSV, XLSX, JSON and SVG.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeAlias

from livinglab.ui import formats
from livinglab.ui.charts import Chart

Cell: TypeAlias = str | int | Decimal | None

_SNAKE: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


class ColumnKind(StrEnum):
    """What a column holds; it decides type, alignment and format."""

    TEXT = "text"
    CODE = "code"  # an identifier such as 32.11: text, never a number
    YEAR = "year"  # a whole number without thousands
    COUNT = "count"  # a whole number
    RANK = "rank"  # a whole number, 1 is first
    INDEX = "index"  # a decimal with two places
    CHANGE = "change"  # a decimal with two places and its sign
    SHARE = "share"  # a share of one (0.455), shown in per cent

    @property
    def is_number(self) -> bool:
        """Tell whether cells of this kind line up at their end."""
        return self not in (ColumnKind.TEXT, ColumnKind.CODE)


_CELL_TYPES: Final[dict[ColumnKind, type]] = {
    ColumnKind.TEXT: str,
    ColumnKind.CODE: str,
    ColumnKind.YEAR: int,
    ColumnKind.COUNT: int,
    ColumnKind.RANK: int,
    ColumnKind.INDEX: Decimal,
    ColumnKind.CHANGE: Decimal,
    ColumnKind.SHARE: Decimal,
}


@lru_cache(maxsize=32_768, typed=True)
def cell_text(value: str | int | Decimal, kind: ColumnKind, *, language: str) -> str:
    """Return a cell as the reader of `language` writes it."""
    match value, kind:
        case Decimal(), ColumnKind.CHANGE:
            return formats.change(value, language=language)
        case Decimal(), ColumnKind.SHARE:
            return formats.percent(value, language=language)
        case Decimal(), _:
            return formats.decimal2(value, language=language)
        case int(), ColumnKind.COUNT | ColumnKind.RANK:
            return formats.count(value, language=language)
        case _:
            return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `key` names it for machines (English, snake_case), `label` for readers (their language)."""

    key: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT

    def __post_init__(self) -> None:
        if not _SNAKE.match(self.key):
            raise ValueError(f"column key {self.key!r} is not snake_case")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures themselves. None in a row means: no result.

    `row_links` (one per row, or none at all) make the first cell of a row a link.
    Raises ValueError for a row of another width or a cell that is not of its column's kind.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_links: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError(f"table {self.caption!r} has a column key twice: {keys}")
        if self.row_links and len(self.row_links) != len(self.rows):
            raise ValueError(
                f"table {self.caption!r} has {len(self.rows)} rows and {len(self.row_links)} links"
            )
        for number, row in enumerate(self.rows, start=1):
            self._check_row(number, row)

    def without(self, *keys: str) -> "Table":
        """Return the table without some of its columns; a key it does not have changes nothing."""
        kept = [place for place, column in enumerate(self.columns) if column.key not in keys]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
        )

    def _check_row(self, number: int, row: tuple[Cell, ...]) -> None:
        if len(row) != len(self.columns):
            raise ValueError(
                f"table {self.caption!r}, row {number}: {len(row)} cells for {len(self.columns)} columns"
            )
        for column, cell in zip(self.columns, row, strict=True):
            wanted = _CELL_TYPES[column.kind]
            if cell is not None and type(cell) is not wanted:
                raise ValueError(
                    f"table {self.caption!r}, row {number}, {column.key}: {cell!r} is not {wanted.__name__}"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """Where figures are from: a decree, a report, a newspaper; `url` where it can be read."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One finding: a sentence that these figures make true, and everything to check it.

    `key` is the anchor and the file name (a slug); `heading` the finding; `reading` how to read the picture;
    `notes` what the reader must know about the figures; `synthetic` marks invented data, on the page and in
    every download; `wide` gives a long heading the whole width.
    """

    key: str
    heading: str
    table: Table
    sources: tuple[SourceNote, ...]
    reading: str = ""
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    wide: bool = False
    synthetic: bool = False

    def __post_init__(self) -> None:
        if not _SLUG.match(self.key):
            raise ValueError(f"figure key {self.key!r} is not a slug")
        if not self.sources:
            raise ValueError(f"figure {self.key!r} names no source")
