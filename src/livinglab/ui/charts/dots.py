"""Dots on one scale: several marks a row (DotRows), or from where to where a row moved (Rises)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from livinglab.ui import formats
from livinglab.ui.charts.rows import Row, RowLine, RowMark, RowsDrawing, grid_and_ticks
from livinglab.ui.charts.scale import ONE_TO_FIVE, Role, Scale, per_cent


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    role: Role
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DotRow:
    """One row: `value` stands at its end with `aside` below it (a difference, a base), in the reader's words."""

    name: str
    dots: tuple[Dot, ...]
    value: Decimal | None = None
    aside: str = ""
    note: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DotRows:
    """`key` says who each role is, in the order of the key; `label` says the picture in words."""

    label: str
    rows: tuple[DotRow, ...]
    key: tuple[tuple[Role, str], ...]
    scale: Scale = ONE_TO_FIVE
    kind: ClassVar[str] = "rows"

    def __post_init__(self) -> None:
        unnamed = {dot.role for row in self.rows for dot in row.dots} - {role for role, _ in self.key}
        if unnamed:
            raise ValueError(f"the key does not name {', '.join(sorted(unnamed))}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """A row from `start` to `end`; the `_css` are the bands (b1 to b5) it had then and has now."""

    name: str
    start: Decimal
    end: Decimal
    start_css: str
    end_css: str
    note: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rises:
    """Rows in the order given; a circle is the past, the hexagon is now."""

    label: str
    rows: tuple[Rise, ...]
    scale: Scale = ONE_TO_FIVE
    kind: ClassVar[str] = "rows"


_ON_TOP = {Role.FOCUS: 2, Role.OTHER: 1}


def draw_dot_rows(chart: DotRows, *, language: str) -> RowsDrawing:
    """Return the rows drawn; raise ValueError for a value off the scale."""
    grid, ticks = grid_and_ticks(chart.scale, language=language)
    return RowsDrawing(
        label=chart.label,
        row_height=44,
        grid=grid,
        ticks=ticks,
        rows=tuple(_dot_row(row, chart.scale, language) for row in chart.rows),
        key=chart.key,
    )


def _dot_row(row: DotRow, scale: Scale, language: str) -> Row:
    dots = sorted(row.dots, key=lambda dot: _ON_TOP.get(dot.role, 0))
    values = [dot.value for dot in dots]
    return Row(
        name=row.name,
        note=row.note,
        href=row.href,
        value="" if row.value is None else formats.decimal2(row.value, language=language),
        aside=row.aside,
        lines=(_span(min(values), max(values), scale),) if len(set(values)) > 1 else (),
        marks=tuple(
            RowMark(css=dot.role.value, shape=dot.role.shape, x=per_cent(scale.share(dot.value)))
            for dot in dots
        ),
    )


def _span(low: Decimal, high: Decimal, scale: Scale) -> RowLine:
    return RowLine(css="span", x1=per_cent(scale.share(low)), x2=per_cent(scale.share(high)))


def draw_rises(chart: Rises, *, language: str) -> RowsDrawing:
    """Return the rows drawn, each with its change and "from → to"; raise ValueError for a value off the scale."""
    grid, ticks = grid_and_ticks(chart.scale, language=language)
    return RowsDrawing(
        label=chart.label,
        row_height=40,
        grid=grid,
        ticks=ticks,
        rows=tuple(_rise(row, chart.scale, language) for row in chart.rows),
    )


def _rise(row: Rise, scale: Scale, language: str) -> Row:
    start, end = (formats.decimal2(value, language=language) for value in (row.start, row.end))
    return Row(
        name=row.name,
        note=row.note,
        href=row.href,
        value=formats.change(row.end - row.start, language=language),
        aside=f"{start} → {end}",
        lines=(_span(min(row.start, row.end), max(row.start, row.end), scale),),
        marks=(
            RowMark(css=row.start_css, shape="circle", x=per_cent(scale.share(row.start)), small=True),
            RowMark(css=row.end_css, shape="hexagon", x=per_cent(scale.share(row.end))),
        ),
    )
