"""Bars: a ranking whose bars begin where the scale begins, and a difference as parts that add up."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from livinglab.ui import formats
from livinglab.ui.charts.rows import Row, RowBar, RowLine, RowsDrawing
from livinglab.ui.charts.scale import ONE_TO_FIVE, Scale, per_cent


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One region in a ranking; `css` is its band, `previous` and `change` are None where there was no result.

    `parts` may split the bar: lengths in units of the scale that add up to value - scale.start.
    """

    rank: int
    name: str
    value: Decimal
    css: str
    note: str = ""
    href: str | None = None
    previous: Decimal | None = None
    change: Decimal | None = None
    parts: tuple[Decimal, ...] = ()
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RankBars:
    """A ranking as a table; `value_label` and `change_label` head the figures; `part_names` explain split bars."""

    label: str
    rows: tuple[RankRow, ...]
    value_label: str
    change_label: str = ""
    part_names: tuple[str, ...] = ()
    scale: Scale = ONE_TO_FIVE
    kind: ClassVar[str] = "ranks"

    def __post_init__(self) -> None:
        for row in self.rows:
            if row.parts and (
                len(row.parts) != len(self.part_names) or sum(row.parts) != row.value - self.scale.start
            ):
                raise ValueError(f"the parts of {row.name!r} do not add up to its bar, or are not all named")


@dataclass(frozen=True, slots=True, kw_only=True)
class RankDrawing:
    rank: int
    name: str
    note: str
    href: str | None
    value: str
    change: str | None
    chosen: bool
    bars: tuple[RowBar, ...]
    previous_x: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RanksDrawing:
    label: str
    value_label: str
    change_label: str
    part_names: tuple[tuple[str, str], ...]
    rows: tuple[RankDrawing, ...]


# Parts alternate between far-apart steps, so that neighbours differ without a line between them.
_PART_CSS = ("s7", "s4", "s2", "s5", "s3")


def draw_rank_bars(chart: RankBars, *, language: str) -> RanksDrawing:
    """Return the ranking drawn; raise ValueError for a value off the scale."""
    return RanksDrawing(
        label=chart.label,
        value_label=chart.value_label,
        change_label=chart.change_label,
        part_names=tuple(zip(_PART_CSS, chart.part_names, strict=False)),
        rows=tuple(_rank(row, chart.scale, language) for row in chart.rows),
    )


def _rank(row: RankRow, scale: Scale, language: str) -> RankDrawing:
    return RankDrawing(
        rank=row.rank,
        name=row.name,
        note=row.note,
        href=row.href,
        value=formats.decimal2(row.value, language=language),
        change=None if row.change is None else formats.change(row.change, language=language),
        chosen=row.chosen,
        bars=tuple(_rank_bars(row, scale)),
        previous_x=None if row.previous is None else per_cent(scale.share(row.previous)),
    )


def _rank_bars(row: RankRow, scale: Scale) -> Iterator[RowBar]:
    if not row.parts:
        yield RowBar(css=row.css, x="0", width=per_cent(scale.share(row.value)))
        return
    at = scale.start
    for css, part in zip(_PART_CSS, row.parts, strict=False):
        yield RowBar(
            css=css, x=per_cent(scale.share(at)), width=per_cent(scale.share(at + part) - scale.share(at))
        )
        at += part


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a difference: `value` is its share of it, with its sign."""

    name: str
    value: Decimal
    aside: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A difference as bars that begin where the one before ended; `total` is their exact sum.

    Raises ValueError where the parts do not add up: a picture that only seems to explain is worse than none.
    """

    label: str
    parts: tuple[Part, ...]
    total: Decimal
    total_name: str
    total_aside: str = ""
    kind: ClassVar[str] = "rows"

    def __post_init__(self) -> None:
        if sum((part.value for part in self.parts), Decimal(0)) != self.total:
            raise ValueError(f"the parts add up to {sum(p.value for p in self.parts)}, not to {self.total}")


def draw_contribution(chart: Contribution, *, language: str) -> RowsDrawing:
    """Return the parts drawn one after another, then the total from zero."""
    reached = [Decimal(0)]
    for part in chart.parts:
        reached.append(reached[-1] + part.value)
    low, high = min(reached), max(reached)
    rows = [
        _part_row(part, start, end, low, high, language)
        for part, start, end in zip(chart.parts, reached, reached[1:], strict=False)
    ]
    whole = Part(name=chart.total_name, value=chart.total, aside=chart.total_aside)
    rows.append(_part_row(whole, Decimal(0), chart.total, low, high, language, is_total=True))
    zero = per_cent(_between(Decimal(0), low, high))
    return RowsDrawing(label=chart.label, row_height=40, grid=(zero,), ticks=(), rows=tuple(rows))


def _between(value: Decimal, low: Decimal, high: Decimal) -> Fraction:
    """Return where `value` lies between `low` and `high`; 0 where they are one."""
    return Fraction(value - low) / Fraction(high - low) if high > low else Fraction(0)


def _part_row(
    part: Part,
    start: Decimal,
    end: Decimal,
    low: Decimal,
    high: Decimal,
    language: str,
    *,
    is_total: bool = False,
) -> Row:
    from_, to = _between(start, low, high), _between(end, low, high)
    left, right = min(from_, to), max(from_, to)
    css = "part sum" if is_total else "part" if part.value >= 0 else "part less"
    at_end = per_cent(to)
    return Row(
        name=part.name,
        note=part.note,
        href=None,
        value=formats.change(part.value, language=language),
        aside=part.aside,
        lines=() if is_total else (RowLine(css="carry", x1=at_end, x2=at_end),),
        bars=(RowBar(css=css, x=per_cent(left), width=per_cent(right - left)),),
        is_total=is_total,
    )
