"""Pictures of charts as SVG files of their own, in day colours: for a page that sets the words itself."""

from typing import Final

from livinglab.ui.charts.history import HistoryDrawing
from livinglab.ui.charts.rows import RowsDrawing
from livinglab.ui.charts.scale import Role
from livinglab.ui.exports import day_style
from livinglab.ui.pictures import grid_lines, history_picture, placed_mark, row_picture

_TICKS_HEIGHT: Final = 18
_MARK_WIDTH: Final = 16
_MARK_HEIGHT: Final = 18
#: px left and right of a row's picture: a mark or a number at the end of the scale reaches beyond it
MARGIN: Final = 11


def history_file(drawn: HistoryDrawing, *, width: int) -> str:
    """Return a chart of years, `width` px wide, without its key."""
    return _file(width, drawn.height, history_picture(drawn))


def row_files(drawn: RowsDrawing, *, width: int) -> tuple[str, ...]:
    """Return the picture of each row, its scale `width` px wide, without its name and its value."""
    behind = grid_lines(drawn.grid, drawn.row_height)
    return tuple(
        _scale_file(width, drawn.row_height, row_picture(row, behind, drawn.row_height)) for row in drawn.rows
    )


def ticks_file(drawn: RowsDrawing, *, width: int) -> str:
    """Return the numbers below the rows, their scale `width` px wide."""
    texts = "".join(
        f'<text class="tick" x="{x}" y="13" text-anchor="middle">{text}</text>' for x, text in drawn.ticks
    )
    return _scale_file(width, _TICKS_HEIGHT, texts)


def mark_file(role: Role, *, is_hollow: bool = False) -> str:
    """Return the mark that stands before a name in the key of a chart."""
    css = f"hollow {role}" if is_hollow else str(role)
    return _file(_MARK_WIDTH, _MARK_HEIGHT, placed_mark(role.shape, css, _MARK_WIDTH // 2, _MARK_HEIGHT // 2))


def _scale_file(width: int, height: int, inside: str) -> str:
    placed = f'<svg x="{MARGIN}" width="{width}" height="{height}" overflow="visible">{inside}</svg>'
    return _file(width + 2 * MARGIN, height, placed)


def _file(width: int, height: int, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{width}" height="{height}">'
        f"<style>{day_style()}</style>{inside}</svg>"
    )
