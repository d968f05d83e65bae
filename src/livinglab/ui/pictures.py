"""The insides of charts as SVG and HTML, for the templates in templates/ui/charts/ and for downloaded files.

A portrait has seven charts with some six hundred lines, marks and words: as loops in Jinja they take three times as
long. The geometry of `ui.charts` is numbers and needs no escaping; whatever a page gave (names, notes, addresses,
classes) is escaped.
"""

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from livinglab.ui.charts.bars import RankDrawing, RanksDrawing
from livinglab.ui.charts.curve import CurveDrawing
from livinglab.ui.charts.histogram import HistogramDrawing, HistogramPin, HistogramPins
from livinglab.ui.charts.history import HistoryDrawing
from livinglab.ui.charts.rows import Row, RowLine, RowsDrawing
from livinglab.ui.charts.ruler import RulerPin, RulerTick, RulerTier
from livinglab.ui.markup import escaped

_HEXAGON: Final = "M0-8.2l7.1 4.1v8.2L0 8.2l-7.1-4.1v-8.2z"
_DIAMOND: Final = "M0-7l7 7-7 7-7-7z"
_TOTAL: Final = ' class="total"'
_CHOSEN: Final = ' class="chosen"'


def _joined(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 -- every part is geometry or escaped where it is written


def _lines(parts: Iterable[str]) -> Markup:
    return Markup("\n".join(parts))  # noqa: S704 -- as above


# --- marks, lines and words -----------------------------------------------------------------------------


def placed_mark(shape: str, css: str, x: object, y: object, *, small: bool = False) -> Markup:
    """Return a mark at a place in px or per cent: a nested svg moves the shape, whose path is in px."""
    return Markup(_mark(shape, css, x, y, small=small))  # noqa: S704 -- the class is escaped, the rest ours


def _mark(shape: str, css: str, x: object, y: object, *, small: bool = False) -> str:
    css = escaped(css)
    if shape == "circle":
        return f'<circle class="{css}" cx="{x}" cy="{y}" r="{"5" if small else "4.5"}"/>'
    path = _DIAMOND if shape == "diamond" else _HEXAGON
    return f'<svg x="{x}" y="{y}" overflow="visible"><path class="{css}" d="{path}"/></svg>'


def _upright(css: str, x: str, top: object, bottom: object) -> str:
    return f'<line class="{css}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'


def _word(css: str, x: str, y: object, anchor: str, text: str) -> str:
    return f'<text class="{css}" x="{x}" y="{y}" text-anchor="{anchor}">{escaped(text)}</text>'


# --- ruler and histogram --------------------------------------------------------------------------------


def ruler_picture(tier: RulerTier) -> Markup:
    """Return the inside of one tier of a ruler: bands, their names, ticks, and the pins above."""
    top, bottom = tier.bar_top, tier.bar_top + tier.bar_height
    bands = (
        f'<rect class="{escaped(band.css)}" x="{band.x}" y="{top}" width="{band.width}" height="{tier.bar_height}"/>'
        for band in tier.bands
    )
    names = (
        _word("tick", name.x, bottom + 35 + 15 * name.line, name.anchor, name.text) for name in tier.names
    )
    ticks = (_ruler_tick(tick, top, bottom) for tick in tier.ticks)
    lines = (
        _pin_line(pin, pin.baseline + (5 if pin.anchor == "middle" else -10), bottom + 4) for pin in tier.pins
    )
    return _joined([*bands, *names, *ticks, *lines, *map(_pin_text, tier.pins)])


def _ruler_tick(tick: RulerTick, top: int, bottom: int) -> str:
    cut = _upright("cut", tick.x, top - 1, bottom + 1) if tick.is_cut else ""
    return cut + _word("tick", tick.x, bottom + 18, tick.anchor, tick.text)


def histogram_pins(tier: HistogramPins) -> Markup:
    """Return the names of the highlighted regions, each with its line down to the picture."""
    lines = (_pin_line(pin, pin.line_from, tier.height) for pin in tier.pins)
    return _joined([*lines, *map(_pin_text, tier.pins)])


def histogram_stacks(drawn: HistogramDrawing) -> Markup:
    """Return the columns of hexagons, the highlighted ones with the line that reaches them."""
    columns = (f'<path class="{escaped(css)}" d="{path}"/>' for css, path in drawn.columns)
    chosen = (
        f'<line class="pin-line {one.css}" vector-effect="non-scaling-stroke" x1="{one.x}" x2="{one.x}"'
        f' y1="{drawn.top}" y2="{one.y}"/><path class="{one.css}" d="{one.path}"/>'
        for one in drawn.chosen
    )
    return _joined([*columns, *chosen])


def histogram_axis(drawn: HistogramDrawing, tier: HistogramPins) -> Markup:
    """Return the axis below the columns: its line, ticks, and the names of the bands."""
    ticks = (
        _upright("axis-line", tick.x, 1, 6) + _word("tick", tick.x, 20, tick.anchor, tick.text)
        for tick in drawn.ticks
    )
    names = (_word("faint", name.x, 38 + 15 * name.line, name.anchor, name.text) for name in tier.names)
    return _joined(['<line class="axis-line" x1="0" x2="100%" y1="1" y2="1"/>', *ticks, *names])


def _pin_line(pin: RulerPin | HistogramPin, top: int, bottom: int) -> str:
    return _upright(f"pin-line {pin.css}", pin.x, top, bottom)


def _pin_text(pin: RulerPin | HistogramPin) -> str:
    return (
        f'<text class="pin-text {pin.css} halo" x="{pin.text_x}" dx="{pin.dx}" y="{pin.baseline}"'
        f' text-anchor="{pin.anchor}">{escaped(pin.text)}</text>'
    )


# --- history --------------------------------------------------------------------------------------------


def history_picture(drawn: HistoryDrawing) -> Markup:
    """Return the inside of a history: guide lines and cuts behind, then lines, marks, figures, years and eras."""
    guides = (
        f'<line class="grid" x1="0" x2="100%" y1="{guide.y}" y2="{guide.y}"/>'
        + _word("faint", "100%", guide.text_y, "end", guide.text)
        for guide in drawn.guides
    )
    lines = (
        f'<line class="{line.css}" x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}"/>'
        for line in drawn.segments
    )
    marks = (
        _mark(mark.role.shape, f"hollow {mark.role}" if mark.hollow else mark.role, mark.x, mark.y)
        for mark in drawn.marks
    )
    labels = (
        f'<text class="{label.css} halo" x="{label.x}"{_aside(label.dx)} y="{label.y}" text-anchor="middle">'
        f"{escaped(label.text)}</text>"
        for label in drawn.labels
    )
    years = (
        _word("tick roomy" if one.is_crowded else "tick", one.x, drawn.years_at, "middle", one.text)
        for one in drawn.years
    )
    eras = (_word("faint", era.x, era.y, era.anchor, era.text) for era in drawn.eras)
    return _joined([*guides, *_cuts(drawn), *lines, *marks, *labels, *years, *eras])


def _aside(dx: int) -> str:
    return f' dx="{dx}"' if dx else ""


def _cuts(drawn: HistoryDrawing) -> Iterable[str]:
    """Yield the bands that part the instruments, each with its two edges."""
    top, bottom = drawn.top, drawn.top + drawn.plot_height
    for cut in drawn.cuts:
        yield (
            f'<rect class="break" x="{cut.x}" y="{top}" width="{cut.width}" height="{drawn.plot_height}"/>'
            + _upright("break-line", cut.x, top, bottom)
            + _upright("break-line", cut.end, top, bottom)
        )


# --- curve ----------------------------------------------------------------------------------------------


def curve_picture(drawn: CurveDrawing) -> Markup:
    """Return the inside of a curve: guide lines with their prices, the stairs, the chosen point, the values below."""
    guides = (
        f'<line class="grid" x1="0" x2="100%" y1="{guide.y}" y2="{guide.y}"/>'
        + _word("faint", "0", guide.text_y, "start", guide.text)
        for guide in drawn.guides
    )
    stairs = (
        f'<svg x="0" y="{drawn.top}" width="100%" height="{drawn.plot_height}" overflow="visible" '
        f'viewBox="0 0 {drawn.width} {drawn.plot_height}" preserveAspectRatio="none">'
        f'<path class="line-focus" vector-effect="non-scaling-stroke" d="{drawn.path}"/></svg>'
    )
    ticks = (_word("tick", tick.x, drawn.ticks_at, tick.anchor, tick.text) for tick in drawn.ticks)
    names = (
        _word("faint", "0", 12, "start", drawn.price_name),
        _word("faint", "100%", drawn.ticks_at + 18, "end", drawn.value_name),
    )
    return _joined([*guides, stairs, *ticks, *names, _chosen(drawn)])


def _chosen(drawn: CurveDrawing) -> str:
    mark = drawn.mark
    if mark is None:
        return ""
    return _mark("hexagon", "focus", mark.x, mark.y) + _word(
        "value-focus halo", mark.x, mark.text_y, mark.anchor, mark.text
    )


# --- rows -----------------------------------------------------------------------------------------------


def chart_rows(drawn: RowsDrawing) -> Markup:
    """Return the rows of a chart as list items: who, the picture, the value."""
    behind = grid_lines(drawn.grid, drawn.row_height)
    return _lines(_chart_row(row, behind, drawn.row_height) for row in drawn.rows)


def _chart_row(row: Row, behind: str, height: int) -> str:
    return (
        f'<li{_TOTAL if row.is_total else ""}><p class="who">{_who(row)}</p>\n'
        f'<svg class="chart picture" width="100%" height="{height}" aria-hidden="true">'
        f"{_row_picture(row, behind, height)}</svg>\n"
        f'<p class="value">{escaped(row.value)}{_small(row.aside)}</p></li>'
    )


def _who(row: Row | RankDrawing) -> str:
    name = escaped(row.name)
    return (f'<a href="{escaped(row.href)}">{name}</a>' if row.href else name) + _small(row.note)


def _small(text: str) -> str:
    return f"<small>{escaped(text)}</small>" if text else ""


def grid_lines(grid: tuple[str, ...], height: int) -> Markup:
    """Return the guide lines behind every row of a chart: the same for all, so written once."""
    return _joined(_upright("grid", x, 4, height - 4) for x in grid)


def row_picture(row: Row, behind: str, height: int) -> Markup:
    """Return the inside of one row: the guide lines `behind`, then bars, lines and marks, halfway down."""
    return Markup(_row_picture(row, behind, height))  # noqa: S704 -- classes are escaped, the rest is geometry


def _row_picture(row: Row, behind: str, height: int) -> str:
    middle = height // 2
    bars = (
        f'<rect class="{bar.css}" x="{bar.x}" y="{middle - 7}" width="{bar.width}" height="14"/>'
        for bar in row.bars
    )
    lines = (_row_line(line, middle, height) for line in row.lines)
    marks = (_mark(mark.shape, mark.css, mark.x, middle, small=mark.small) for mark in row.marks)
    return "".join([behind, *bars, *lines, *marks])


def _row_line(line: RowLine, middle: int, height: int) -> str:
    """Return a line along its row, or down to the next row where it has no length."""
    top, bottom = (middle - 7, height + 8) if line.x1 == line.x2 else (middle, middle)
    return f'<line class="{line.css}" x1="{line.x1}" x2="{line.x2}" y1="{top}" y2="{bottom}"/>'


# --- rankings -------------------------------------------------------------------------------------------


def rank_rows(drawn: RanksDrawing, *, no_result: Markup) -> Markup:
    """Return the rows of a ranking; `no_result` stands where there is no change to tell."""
    return _lines(_rank_row(row, no_result if drawn.change_label else None) for row in drawn.rows)


def _rank_row(row: RankDrawing, no_change: Markup | None) -> str:
    change = no_change if row.change is None else escaped(row.change)
    last = "" if no_change is None else f'<td class="num aside">{change}</td>'
    return (
        f'<tr{_CHOSEN if row.chosen else ""}><td class="aside">{row.rank}</td>'
        f'<th scope="row">{_who(row)}</th><td class="picture">'
        f'<svg class="chart" width="100%" height="16" aria-hidden="true">{rank_picture(row)}</svg></td>'
        f'<td class="num strong">{escaped(row.value)}</td>{last}</tr>'
    )


def rank_picture(row: RankDrawing) -> Markup:
    """Return the bars of a ranked row on their track, and the mark of its value the year before."""
    bars = (
        f'<rect class="{escaped(bar.css)}" x="{bar.x}" y="3" width="{bar.width}" height="10"/>'
        for bar in row.bars
    )
    track = '<rect class="track" x="0" y="6.5" width="100%" height="3"/>'
    return _joined([track, *bars, _year_before(row.previous_x)])


def _year_before(x: str | None) -> str:
    return "" if x is None else _upright("cut", x, 2, 14) + _upright("span", x, 0, 16)


#: what templates call by name
PICTURES: Final = {
    function.__name__: function
    for function in (
        placed_mark,
        ruler_picture,
        histogram_pins,
        histogram_stacks,
        histogram_axis,
        history_picture,
        curve_picture,
        chart_rows,
        grid_lines,
        row_picture,
        rank_picture,
    )
}
