"""Reads a working sheet back from XLSX that a stranger may have made: bounded, without formulas, macros, entities."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import openpyxl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from livinglab.evaluations.adapters.workbook_layout import (
    ANSWERS_SHEETS,
    FIRST_ROW,
    FORMAT,
    IDENTITY_SHEET,
    KEYS_ROW,
    MET,
    columns,
)
from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.domain.workbook import CellFault, Identity, ReadRow, ReadWorkbook, WrongCell, kept

MAXIMUM_BYTES: Final = 5_000_000
_UNPACKED: Final = 20_000_000
_PARTS: Final = 200
_PART: Final = 1_000_000
_DATA_PARTS: Final = ("xl/worksheets/", "xl/sharedStrings")
_ROWS, _COLUMNS = 200, 60
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old XLS, or an XLSX behind a password
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_YES: Final = frozenset({"x", "v", "✓", "✔", "1", "ya", "y", "yes", "true", "benar"})
_NO: Final = frozenset({"", "-", "–", "0", "tidak", "no", "n", "false", "salah"})


class WorkbookRefused(Exception):
    """A file that is not taken as a working sheet; `message` says where and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


def read_workbook(content: bytes) -> ReadWorkbook:
    """Return what a workbook says. Errors: `WorkbookRefused` with the sheet and cell where there is one.

    A single cell that cannot be read does not refuse the file: its row carries it.
    """
    _refuse_other_files(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        identity = _identity(sheets.get(IDENTITY_SHEET))
        rows = tuple(_rows(_answers_sheet(sheets)))
    except WorkbookRefused:
        raise
    except (
        Exception
    ) as error:  # openpyxl raises many kinds for a broken file; all mean the same to the sender
        raise WorkbookRefused(
            _("The file cannot be read as an Excel workbook. Save it again as .xlsx.")
        ) from error
    return ReadWorkbook(identity, rows)


def _refuse_other_files(content: bytes) -> None:
    if len(content) > MAXIMUM_BYTES:
        raise WorkbookRefused(_("The file is larger than 5 MB. A working sheet is far smaller."))
    if content.startswith(_OLE):
        words = _("The file has a password or is an old .xls. Remove the password and save it as .xlsx.")
        raise WorkbookRefused(words)
    if not content.startswith(_ZIP):
        raise WorkbookRefused(_("The file is no Excel workbook (.xlsx)."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise WorkbookRefused(_("The file is broken. Download the working sheet again.")) from error
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise WorkbookRefused(_("The workbook holds macros. Save it as .xlsx without macros."))
    if not _is_small(parts):
        raise WorkbookRefused(_("The workbook unpacks to far more than a working sheet holds."))


def _is_small(parts: list[zipfile.ZipInfo]) -> bool:
    """Styles take a thousand times their size to read, and a working sheet needs few."""
    return (
        len(parts) <= _PARTS
        and sum(part.file_size for part in parts) <= _UNPACKED
        and all(part.file_size <= _PART or part.filename.startswith(_DATA_PARTS) for part in parts)
    )


def _identity(sheet: Any) -> Identity:
    if sheet is None:
        raise WorkbookRefused(
            _("This workbook is not a working sheet of this platform. Download it here, then fill it.")
        )
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=20, max_col=2, values_only=True)
    values = {str(row[0]): str(row[1]) for row in rows if len(row) == 2}
    if values.get("format") != FORMAT:
        raise WorkbookRefused(_("This workbook is of another version. Download the working sheet again."))
    year = values.get("year", "")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise WorkbookRefused(_("The workbook does not say of which year it is. Download it again."))
    return Identity(
        values.get("round", ""), values.get("region", ""), values.get("instrument", ""), int(year)
    )


def _answers_sheet(sheets: Mapping[str, Any]) -> Any:
    for title in ANSWERS_SHEETS.values():
        if title in sheets:
            return sheets[title]
    raise WorkbookRefused(
        _("The sheet “%(title)s” is missing. Download the working sheet again.")
        % {"title": ANSWERS_SHEETS["id"]}
    )


def _rows(sheet: Any) -> Iterator[ReadRow]:
    sheet.reset_dimensions()  # what the file claims of its size is not to be trusted
    where: dict[str, int] = {}
    seen: set[str] = set()
    for number, cells in enumerate(sheet.iter_rows(max_col=_COLUMNS), start=1):
        if number > _ROWS:
            raise WorkbookRefused(
                _("Sheet “%(sheet)s”: more than %(rows)s rows.") % {"sheet": sheet.title, "rows": _ROWS}
            )
        _refuse_formulas(sheet.title, number, cells)
        if number == KEYS_ROW:
            where = _places(sheet.title, cells)
        elif number >= FIRST_ROW and (row := _row(_Cells(number, cells, where))) is not None:
            if row.indicator in seen:
                raise WorkbookRefused(
                    _("Sheet “%(sheet)s”, row %(row)s: indicator %(indicator)s comes twice.")
                    % {"sheet": sheet.title, "row": number, "indicator": row.indicator[:20]}
                )
            seen.add(row.indicator)
            yield row


def _refuse_formulas(title: str, number: int, cells: tuple[Any, ...]) -> None:
    for position, cell in enumerate(cells, start=1):
        if cell.data_type == "f":
            raise WorkbookRefused(
                _("Sheet “%(sheet)s”, cell %(cell)s holds a formula. Write its value instead.")
                % {"sheet": title, "cell": f"{get_column_letter(position)}{number}"}
            )


def _places(title: str, cells: tuple[Any, ...]) -> dict[str, int]:
    found = {str(cell.value): position for position, cell in enumerate(cells) if cell.value is not None}
    wanted = {column.key for column in columns(range(1, 2))} - {f"{MET}1"}
    missing = sorted(wanted - found.keys())
    if missing:
        raise WorkbookRefused(
            _(
                "Sheet “%(sheet)s”, row %(row)s: the hidden row with the names of the columns was changed. "
                "Download the working sheet again."
            )
            % {"sheet": title, "row": KEYS_ROW}
        )
    return found


class _Cells:
    """The cells of one row by the key of their column."""

    def __init__(self, number: int, cells: tuple[Any, ...], where: Mapping[str, int]) -> None:
        self.number, self.where = number, where
        self._cells = cells
        self.wrong: list[WrongCell] = []

    def value(self, key: str) -> object:
        position = self.where[key]
        return self._cells[position].value if position < len(self._cells) else None

    def fault(self, key: str, fault: CellFault) -> None:
        self.wrong.append(WrongCell(f"{get_column_letter(self.where[key] + 1)}{self.number}", fault))


def _row(cells: _Cells) -> ReadRow | None:
    indicator = _plain(cells.value("indicator"))
    if not indicator:
        return None
    draft = Draft(
        level=_level(cells),
        met=frozenset(_met(cells)),
        facts=_text(cells, "facts"),
        analysis=_text(cells, "analysis"),
        external_source=_text(cells, "external_source"),
    )
    version = _plain(cells.value("version"))
    if not (version.isascii() and version.isdigit() and len(version) <= 9):
        cells.fault("version", CellFault.NOT_A_VERSION)
        version = "0"
    return ReadRow(indicator[:20], cells.number, int(version), draft, tuple(cells.wrong))


def _plain(value: object) -> str:
    """Return a number or text as it reads: Excel keeps whole numbers as 3.0."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return kept(_unescaped(str(value))).strip()


def _level(cells: _Cells) -> Decimal | None:
    value = cells.value("level")
    text = _plain(value).replace(",", ".")
    if not text:
        return None
    if isinstance(value, str | int | float | Decimal) and not isinstance(value, bool) and len(text) <= 20:
        try:
            level = Decimal(text)
        except InvalidOperation:
            level = Decimal("NaN")
        if level.is_finite() and abs(level) < 1000 and level.as_tuple().exponent >= -9:  # type: ignore[operator]
            return level
    cells.fault("level", CellFault.NOT_A_LEVEL)
    return None


def _met(cells: _Cells) -> Iterator[int]:
    for key in cells.where:
        number = key.removeprefix(MET)
        if not key.startswith(MET) or not (number.isascii() and number.isdigit() and len(number) <= 2):
            continue
        text = _plain(cells.value(key)).casefold()
        if text in _YES:
            yield int(number)
        elif text not in _NO:
            cells.fault(key, CellFault.NOT_A_MARK)


def _text(cells: _Cells, key: str) -> str:
    value = cells.value(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return kept(_unescaped(value))
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _plain(value)
    cells.fault(key, CellFault.NOT_A_TEXT)
    return ""


def _unescaped(text: str) -> str:
    """Return text with `_x000D_` as the character it names, as spreadsheets store some (ECMA-376, ST_Xstring)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
