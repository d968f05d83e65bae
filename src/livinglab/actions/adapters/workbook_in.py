"""Reads a plan's actions back from XLSX that a stranger may have made: bounded, without formulas, macros, entities."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import openpyxl
from django.core.signing import BadSignature, Signer
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from openpyxl.utils import get_column_letter

from livinglab.actions.adapters.workbook_layout import (
    ACTIONS_SHEETS,
    BASE_ROW,
    COLUMNS,
    FIRST_ROW,
    FORMAT,
    IDENTITY_SHEET,
    KEYS_ROW,
    LEVER_WORDS,
    SALT,
)
from livinglab.actions.domain import rupiah
from livinglab.actions.domain.drafts import ActionDraft
from livinglab.actions.domain.sheet import CellFault, ReadRow, WrongCell, draft_from_json, kept

MAXIMUM_BYTES: Final = 5_000_000
_UNPACKED: Final = 20_000_000
_PARTS: Final = 200
_PART: Final = 1_000_000
_DATA_PARTS: Final = ("xl/worksheets/", "xl/sharedStrings")
_ROWS, _COLUMNS = 2_000, 40
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old XLS, or an XLSX behind a password
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TYPED_DAY: Final = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})", re.ASCII)


class WorkbookRefused(Exception):
    """A file that is not taken as this plan's workbook; `message` says where and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Base:
    """An action as it was when the workbook was made."""

    version: int
    draft: ActionDraft


def read_workbook(content: bytes, *, plan_id: UUID, agencies: Mapping[str, UUID]) -> tuple[ReadRow, ...]:
    """Return what a workbook of a plan says; `agencies` are those that cells may name.

    A single cell that cannot be read does not refuse the file: its row carries it. Errors: `WorkbookRefused` with the
    sheet and cell where there is one.
    """
    _refuse_other_files(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        bases = _bases(sheets.get(IDENTITY_SHEET), plan_id)
        named = {_folded(name): key for name, key in agencies.items()}
        return tuple(_rows(_actions_sheet(sheets), bases, named))
    except WorkbookRefused:
        raise
    except (
        Exception
    ) as error:  # openpyxl raises many kinds for a broken file; all mean the same to the sender
        words = _("The file cannot be read as an Excel workbook. Save it again as .xlsx.")
        raise WorkbookRefused(words) from error


def _refuse_other_files(content: bytes) -> None:
    if len(content) > MAXIMUM_BYTES:
        raise WorkbookRefused(_("The file is larger than 5 MB. A plan is far smaller."))
    if content.startswith(_OLE):
        words = _("The file has a password or is an old .xls. Remove the password and save it as .xlsx.")
        raise WorkbookRefused(words)
    if not content.startswith(_ZIP):
        raise WorkbookRefused(_("The file is no Excel workbook (.xlsx)."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise WorkbookRefused(_("The file is broken. Download the workbook again.")) from error
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise WorkbookRefused(_("The workbook holds macros. Save it as .xlsx without macros."))
    if not _is_small(parts):
        raise WorkbookRefused(_("The workbook unpacks to far more than a plan holds."))


def _is_small(parts: list[zipfile.ZipInfo]) -> bool:
    return (
        len(parts) <= _PARTS
        and sum(part.file_size for part in parts) <= _UNPACKED
        and all(part.file_size <= _PART or part.filename.startswith(_DATA_PARTS) for part in parts)
    )


def _bases(sheet: Any, plan_id: UUID) -> dict[int, Base]:
    """Return what each action was, by number; a row whose signature does not fit is left out."""
    if sheet is None:
        raise WorkbookRefused(
            _("This workbook is no action plan of this platform. Download it here, then fill it.")
        )
    sheet.reset_dimensions()
    rows = [(*row, None, None) for row in sheet.iter_rows(max_row=_ROWS, max_col=2, values_only=True)]
    named = {str(row[0]): str(row[1]) for row in rows[: BASE_ROW - 1]}
    if named.get("format") != FORMAT:
        raise WorkbookRefused(_("This workbook is of another version. Download it again."))
    if named.get("plan") != str(plan_id):
        raise WorkbookRefused(_("This workbook is of another plan. Download the workbook of this plan."))
    found = {}
    for text, signature, *_rest in rows[BASE_ROW - 1 :]:
        if (
            text is not None
            and (base := _base(_unescaped(str(text)), _unescaped(str(signature)), plan_id)) is not None
        ):
            found[base[0]] = base[1]
    return found


def _base(text: str, signature: str, plan_id: UUID) -> tuple[int, Base] | None:
    signer = Signer(salt=SALT)
    try:
        signer.unsign(f"{text}{signer.sep}{signature}")
    except BadSignature:
        return None
    value = json.loads(text)
    if value["plan"] != str(plan_id):
        return None
    return int(value["number"]), Base(int(value["version"]), draft_from_json(value["draft"]))


def _actions_sheet(sheets: Mapping[str, Any]) -> Any:
    for title in ACTIONS_SHEETS.values():
        if title in sheets:
            return sheets[title]
    words = _("The sheet “%(title)s” is missing. Download the workbook again.")
    raise WorkbookRefused(words % {"title": ACTIONS_SHEETS["id"]})


def _rows(sheet: Any, bases: Mapping[int, Base], agencies: Mapping[str, UUID]) -> Iterator[ReadRow]:
    sheet.reset_dimensions()  # what the file claims of its size is not to be trusted
    where: dict[str, int] = {}
    seen: set[int] = set()
    for number, cells in enumerate(sheet.iter_rows(max_col=_COLUMNS), start=1):
        if number > _ROWS:
            words = _("Sheet “%(sheet)s”: more than %(rows)s rows.")
            raise WorkbookRefused(words % {"sheet": sheet.title, "rows": _ROWS})
        _refuse_formulas(sheet.title, number, cells)
        if number == KEYS_ROW:
            where = _places(sheet.title, cells)
        elif number >= FIRST_ROW and (row := _row(_Cells(number, cells, where), bases, agencies)) is not None:
            if row.number in seen:
                words = _("Sheet “%(sheet)s”, row %(row)s: action %(number)s comes twice.")
                raise WorkbookRefused(words % {"sheet": sheet.title, "row": number, "number": row.number})
            seen.add(row.number)
            yield row


def _refuse_formulas(title: str, number: int, cells: tuple[Any, ...]) -> None:
    for position, cell in enumerate(cells, start=1):
        if cell.data_type == "f":
            words = _("Sheet “%(sheet)s”, cell %(cell)s holds a formula. Write its value instead.")
            raise WorkbookRefused(words % {"sheet": title, "cell": f"{get_column_letter(position)}{number}"})


def _places(title: str, cells: tuple[Any, ...]) -> dict[str, int]:
    found = {str(cell.value): position for position, cell in enumerate(cells) if cell.value is not None}
    if {column.key for column in COLUMNS} - found.keys():
        words = _(
            "Sheet “%(sheet)s”, row %(row)s: the hidden row with the names of the columns was changed. "
            "Download the workbook again."
        )
        raise WorkbookRefused(words % {"sheet": title, "row": KEYS_ROW})
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

    def text(self, key: str) -> str:
        value = self.value(key)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, bool | date):
            self.fault(key, CellFault.NOT_A_TEXT)
            return ""
        return kept(_unescaped(str(value))).strip()

    def fault(self, key: str, fault: CellFault) -> None:
        self.wrong.append(WrongCell(f"{get_column_letter(self.where[key] + 1)}{self.number}", fault))


def _row(cells: _Cells, bases: Mapping[int, Base], agencies: Mapping[str, UUID]) -> ReadRow | None:
    number = cells.text("number")
    if not number:
        return None
    key = int(number) if number.isascii() and number.isdigit() and len(number) <= 5 else -1
    base = bases.get(key)
    if base is None:
        cells.fault("number", CellFault.BASE_CHANGED)
        base = Base(0, ActionDraft(due_on=date.min))
    due_on = _day(cells, "due_on")
    if cells.value("due_on") in (None, ""):
        cells.fault("due_on", CellFault.DAY_MISSING)
    draft = ActionDraft(
        due_on=due_on or base.draft.due_on,
        title=cells.text("title"),
        agency_id=_agency(cells, base, agencies),
        starts_on=_day(cells, "starts_on"),
        lever=_lever(cells),
        evidence_wanted=cells.text("evidence_wanted"),
        sub_activity=cells.text("sub_activity"),
        planning_year=_year(cells),
        cost=_cost(cells),
    )
    return ReadRow(key, cells.number, base.version, base.draft, draft, tuple(cells.wrong))


def _day(cells: _Cells, key: str) -> date | None:
    value = cells.value(key)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = cells.text(key)
    if not text:
        return None
    try:
        if typed := _TYPED_DAY.fullmatch(text):
            return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
        return date.fromisoformat(text)
    except ValueError:
        cells.fault(key, CellFault.NOT_A_DAY)
        return None


def _agency(cells: _Cells, base: Base, agencies: Mapping[str, UUID]) -> UUID | None:
    name = _folded(cells.text("agency_id"))
    if not name:
        return None
    if name not in agencies:
        cells.fault("agency_id", CellFault.NO_SUCH_AGENCY)
        return base.draft.agency_id
    return agencies[name]


def _lever(cells: _Cells) -> str:
    written = _folded(cells.text("lever"))
    if not written:
        return ""
    for language in ACTIONS_SHEETS:
        with override(language):
            for lever, words in LEVER_WORDS.items():
                if written in (_folded(str(words)), lever.value):
                    return lever.value
    cells.fault("lever", CellFault.NOT_A_LEVER)
    return ""


def _year(cells: _Cells) -> int | None:
    text = cells.text("planning_year")
    if text and not re.fullmatch(r"\d{4}", text, re.ASCII):
        cells.fault("planning_year", CellFault.NOT_A_YEAR)
        return None
    return int(text) if text else None


def _cost(cells: _Cells) -> int | None:
    text = cells.text("cost")
    if not text:
        return None
    try:
        return rupiah.read(text)
    except rupiah.RupiahUnread:
        cells.fault("cost", CellFault.NOT_RUPIAH)
        return None


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _unescaped(text: str) -> str:
    """Return text with `_x000D_` as the character it names, as spreadsheets store some (ECMA-376, ST_Xstring)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
