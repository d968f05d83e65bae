"""Reads a table from CSV or XLSX that a stranger made: bounded, UTF-8, without formulas or entities."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from livinglab.assessments.domain.result_rows import Row

MAXIMUM_BYTES = 5_000_000
MAXIMUM_UNPACKED_BYTES = 20_000_000
MAXIMUM_PARTS = 200
MAXIMUM_PART_BYTES = 1_000_000
MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 40
MAXIMUM_CELL = 2_000
_ZIP = b"PK\x03\x04"
_DATA_PARTS = ("xl/worksheets/", "xl/sharedStrings")


class TableRefused(ValueError):
    """A file that is not taken; the message names the line where there is one."""


def read_table(content: bytes) -> list[Row]:
    """Return the rows of a CSV or XLSX file under its header, each with its line. Raises TableRefused."""
    if len(content) > MAXIMUM_BYTES:
        raise TableRefused(f"the file has more than {MAXIMUM_BYTES} bytes")
    lines = _xlsx_lines(content) if content.startswith(_ZIP) else _csv_lines(content)
    return list(_rows(lines))


def _rows(lines: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    first, header = next(lines, (1, []))
    columns = [name.strip() for name in header]
    if not any(columns):
        raise TableRefused("line 1: expected a header with the names of the columns")
    doubled = sorted({name for name in columns if columns.count(name) > 1})
    if doubled or "" in columns:
        raise TableRefused(
            f"line {first}: each column needs a name of its own; doubled: {', '.join(doubled)}"
        )
    if len(columns) > MAXIMUM_COLUMNS:
        raise TableRefused(f"line {first}: more than {MAXIMUM_COLUMNS} columns")
    for count, (line, cells) in enumerate(lines):
        if count >= MAXIMUM_ROWS:
            raise TableRefused(f"line {line}: more than {MAXIMUM_ROWS} rows")
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise TableRefused(f"line {line}: {len(cells)} cells under {len(columns)} columns")
        _refuse_cells(line, cells)
        yield Row(line, dict(zip(columns, cells, strict=True)))


def _refuse_cells(line: int, cells: list[str]) -> None:
    for cell in cells:
        if len(cell) > MAXIMUM_CELL:
            raise TableRefused(f"line {line}: a cell has more than {MAXIMUM_CELL} characters")
        if cell.lstrip().startswith(("=", "@", "+", "\t")):
            raise TableRefused(
                f"line {line}: a cell holds a formula ({cell.strip()[:20]!r}); write its value"
            )


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TableRefused(f"line {line}: not UTF-8; save the file as CSV UTF-8") from error
    if "\0" in text:
        raise TableRefused(f"line {text[: text.index(chr(0))].count(chr(10)) + 1}: holds a null character")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise TableRefused(f"line {reader.line_num}: not CSV: {error}") from error


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _refuse_zip_bomb(content)
    try:
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=False, keep_links=False
        )
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # what the file claims of its size is not to be trusted
        rows = enumerate(sheet.iter_rows(max_col=MAXIMUM_COLUMNS + 1, values_only=True), start=1)
        yield from _padded((line, [_xlsx_cell(value) for value in values]) for line, values in rows)
    except TableRefused:
        raise
    except (
        Exception
    ) as error:  # openpyxl raises many kinds for a broken file; all mean the same to the sender
        raise TableRefused("not a readable XLSX workbook") from error


def _padded(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows without trailing empty cells, then as wide as the header: a sheet leaves empty cells out."""
    width = 0
    for line, cells in lines:
        while cells and not cells[-1]:
            cells.pop()
        width = width or len(cells)
        yield line, cells + [""] * (width - len(cells))


def _xlsx_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, ArrayFormula | DataTableFormula):  # the other formulas come as text
        return "=" + str(getattr(value, "text", None) or "").lstrip("=")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _refuse_zip_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise TableRefused("not a readable XLSX workbook") from error
    if len(parts) > MAXIMUM_PARTS:
        raise TableRefused(f"the workbook has more than {MAXIMUM_PARTS} parts")
    if sum(part.file_size for part in parts) > MAXIMUM_UNPACKED_BYTES:
        raise TableRefused(f"the workbook unpacks to more than {MAXIMUM_UNPACKED_BYTES} bytes")
    for part in parts:  # styles take a thousand times their size and time to read, and a table needs few
        if part.file_size > MAXIMUM_PART_BYTES and not part.filename.startswith(_DATA_PARTS):
            raise TableRefused(f"{part.filename[:40]!r} unpacks to more than {MAXIMUM_PART_BYTES} bytes")
