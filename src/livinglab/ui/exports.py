"""A figure as a file: CSV, XLSX, JSON and SVG, each with its sources and, if invented, the mark that says so.

CSV is UTF-8 with a byte order mark, because Excel reads it as Windows-1252 without one; the sources and the mark
are columns of their own, so that the file stays one rectangular table. Text that a spreadsheet would run as a
formula gets a leading apostrophe; negative numbers stay numbers.
"""

import csv
import io
import json
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.template import engines
from django.utils.translation import gettext as _
from markupsafe import Markup
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from livinglab.ui import formats
from livinglab.ui.charts.bars import RanksDrawing
from livinglab.ui.charts.curve import CurveDrawing
from livinglab.ui.charts.drawing import Drawing, draw
from livinglab.ui.charts.histogram import HistogramDrawing
from livinglab.ui.charts.history import HistoryDrawing
from livinglab.ui.charts.rows import RowsDrawing
from livinglab.ui.charts.ruler import RulerDrawing
from livinglab.ui.charts.text import wrapped
from livinglab.ui.charts.tilemap import TileMapDrawing
from livinglab.ui.figures import Cell, ColumnKind, Figure
from livinglab.ui.languages import language

MOST_ROWS: Final = 100_000

# What Excel, LibreOffice and Google Sheets take for the start of a formula or strip before looking for one.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

_NUMBER_FORMATS: Final = {
    ColumnKind.YEAR: "0",
    ColumnKind.COUNT: "#,##0",
    ColumnKind.RANK: "0",
    ColumnKind.INDEX: "0.00",
    ColumnKind.CHANGE: "+0.00;-0.00;0.00",
    ColumnKind.SHARE: "0.0%",
}

SVG_WIDTH: Final = 960


def neutral(text: str) -> str:
    """Return text that no spreadsheet runs: control characters removed, an apostrophe before a formula's start."""
    clean = _CONTROLS.sub("", text)
    return f"'{clean}" if clean.startswith(_FORMULA_STARTS) else clean


def _source_text(figure: Figure) -> str:
    return "; ".join(
        f"{source.text} ({source.url})" if source.url else source.text for source in figure.sources
    )


def _check_size(figure: Figure) -> None:
    if len(figure.table.rows) > MOST_ROWS:
        raise ValueError(f"figure {figure.key!r} has {len(figure.table.rows)} rows; a file holds {MOST_ROWS}")


def table_as_csv(figure: Figure) -> bytes:
    """Return the table as CSV: keys as header, decimals with a point, empty for no result.

    The last columns are `source` and `synthetic` (true for invented figures).
    Raises ValueError for more than MOST_ROWS rows.
    """
    _check_size(figure)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(column.key for column in figure.table.columns), "source", "synthetic"])
    tail = [neutral(_source_text(figure)), "true" if figure.synthetic else "false"]
    for row in figure.table.rows:
        writer.writerow([*(_csv_cell(value) for value in row), *tail])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return formats.exact(value)
        case int():
            return str(value)
        case str():
            return neutral(value)


def table_as_json(figure: Figure) -> bytes:
    """Return the table as JSON: decimals as strings with a point, null for no result."""
    keys = [column.key for column in figure.table.columns]
    content = {
        "key": figure.key,
        "heading": figure.heading,
        "caption": figure.table.caption,
        "synthetic": figure.synthetic,
        "sources": [{"text": source.text, "url": source.url} for source in figure.sources],
        "notes": list(figure.notes),
        "columns": [
            {"key": column.key, "label": column.label, "kind": column.kind.value}
            for column in figure.table.columns
        ],
        "rows": [
            {
                key: formats.exact(value) if isinstance(value, Decimal) else value
                for key, value in zip(keys, row, strict=True)
            }
            for row in figure.table.rows
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def table_as_xlsx(figure: Figure) -> bytes:
    """Return the table as XLSX: one sheet of figures, one of sources. Text is never a formula.

    Raises ValueError for more than MOST_ROWS rows.
    """
    _check_size(figure)
    book = Workbook(write_only=True)
    _write_figures(book.create_sheet(_("Figures")), figure)
    _write_sources(book.create_sheet(_("Sources")), figure)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_figures(sheet: WriteOnlyWorksheet, figure: Figure) -> None:
    sheet.freeze_panes = "A2"
    sheet.append([_text_cell(sheet, column.label, bold=True) for column in figure.table.columns])
    for row in figure.table.rows:
        sheet.append(
            [
                _xlsx_cell(sheet, value, column.kind)
                for value, column in zip(row, figure.table.columns, strict=True)
            ]
        )


def _write_sources(sheet: WriteOnlyWorksheet, figure: Figure) -> None:
    sheet.append([_text_cell(sheet, figure.heading, bold=True)])
    if figure.synthetic:
        sheet.append([_text_cell(sheet, _("Invented for demonstration; not a real result."), bold=True)])
    for note in figure.notes:
        sheet.append([_text_cell(sheet, note)])
    for source in figure.sources:
        sheet.append([_text_cell(sheet, source.text), _text_cell(sheet, source.url or "")])


def _text_cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> SheetCell:
    """Return a cell that holds text whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=neutral(text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: Cell, kind: ColumnKind) -> SheetCell:
    if isinstance(value, str):
        return _text_cell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = _NUMBER_FORMATS.get(kind, "General")
    return cell


def chart_as_svg(figure: Figure) -> bytes:
    """Return the chart as one SVG file: day colours inside, heading, sources, the font by name.

    It is written in the language of the request. Raises ValueError for a figure without a chart.
    """
    if figure.chart is None:
        raise ValueError(f"figure {figure.key!r} has no chart")
    drawn = draw(figure.chart, language=language())
    heading = wrapped(figure.heading, 20, SVG_WIDTH - 48)
    foot = [*figure.notes, _("Source:") + " " + _source_text(figure)]
    if figure.synthetic:
        foot.insert(0, _("Invented for demonstration; not a real result."))
    return (
        engines["jinja2"]
        .get_template("ui/charts/standalone.svg")
        .render(
            {
                "drawn": drawn,
                "kind": figure.chart.kind,
                "heading": heading,
                "foot": [line for text in foot for line in wrapped(text, 12, SVG_WIDTH - 48)],
                "style": Markup(day_style()),  # noqa: S704 -- our own style sheet
                "width": SVG_WIDTH,
                "head": 38 + 26 * len(heading),
                "height": _height(drawn),
            }
        )
        .strip()
        .encode()
    )


def _height(drawn: Drawing) -> int:
    """Return the px that a drawing takes at the width of a file, with its key."""
    inner = SVG_WIDTH - 48
    match drawn:
        case RulerDrawing():
            return drawn.tiers[0].height
        case HistoryDrawing():
            return drawn.height + 28
        case CurveDrawing():
            return drawn.height
        case RowsDrawing():
            return len(drawn.rows) * drawn.row_height + 48
        case RanksDrawing():
            return len(drawn.rows) * 32
        case HistogramDrawing():
            return drawn.tiers[0].height + int(Decimal(drawn.height) * inner / drawn.width) + 44
        case TileMapDrawing():
            _left, _top, width, height = (int(number) for number in drawn.view.split())
            return height * inner // width + 32
        case _:
            return 112


@lru_cache(maxsize=1)
def day_style() -> str:
    """Return the rules of charts.css with the day's colours in place of its custom properties."""
    folder = Path(__file__).parent / "static" / "ui"
    tokens = (folder / "tokens.css").read_text()
    day = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", tokens.split("@media", 1)[0]))
    rules = (folder / "charts.css").read_text().split("@layer charts {", 1)[1].rsplit("}", 1)[0]
    resolved = re.sub(r"var\((--[\w-]+)\)", lambda found: day[found.group(1)], rules)
    return f"{' '.join(resolved.split())} .page {{ fill: {day['--paper']}; }} .narrow {{ display: none; }}"
