"""Writes a plan's actions as XLSX: filled offline with drop-downs, read back by `workbook_in`.

Protection has no password: it keeps a hand from slipping. Texts are stored as texts, whatever they begin with.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.signing import Signer
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from livinglab.actions.adapters.workbook_layout import (
    ACTIONS_SHEETS,
    BASE_ROW,
    COLUMNS,
    FIRST_ROW,
    FORMAT,
    IDENTITY_SHEET,
    KEYS_ROW,
    LEVER_WORDS,
    NAMES_ROW,
    SALT,
)
from livinglab.actions.domain.drafts import ActionDraft
from livinglab.actions.domain.kinds import Lever
from livinglab.actions.domain.sheet import draft_to_json, kept

_HEAD: Final = PatternFill("solid", fgColor="26262E")
_READ_ONLY: Final = PatternFill("solid", fgColor="EDEBE4")
_TO_FILL: Final = PatternFill("solid", fgColor="FFF8E1")
_TOP: Final = Alignment(wrap_text=True, vertical="top")
_FORMATS: Final = {"starts_on": "yyyy-mm-dd", "due_on": "yyyy-mm-dd", "cost": "#,##0"}
_AGENCIES_COLUMN: Final = 5


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as the workbook shows it: `step` and `state` in the language of the workbook."""

    number: int
    version: int
    step: str
    state: str
    draft: ActionDraft


@dataclass(frozen=True, slots=True)
class PlanContent:
    """What a workbook is made of; `agencies` are those that an action can be given to, by id."""

    plan_id: UUID
    region: str
    title: str
    lines: Sequence[ActionLine]
    agencies: Mapping[UUID, str]
    is_synthetic: bool


def write_workbook(content: PlanContent, *, language: str) -> bytes:
    """Return the actions as an XLSX workbook in a language."""
    with override(language):
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet), "a new workbook has a worksheet"
        sheet.title = ACTIONS_SHEETS[language]
        _write_head(sheet)
        for row, line in enumerate(content.lines, start=FIRST_ROW):
            _write_line(sheet, row, line, content.agencies)
        _finish(sheet, content)
        _write_identity(book.create_sheet(IDENTITY_SHEET), content)
        book.properties.title = content.title
        book.properties.creator = "Living Lab"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_head(sheet: Worksheet) -> None:
    for position, column in enumerate(COLUMNS, start=1):
        sheet.cell(KEYS_ROW, position, column.key)
        head = _put(sheet, NAMES_ROW, position, str(column.name))
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    sheet.row_dimensions[KEYS_ROW].hidden = True
    sheet.freeze_panes = f"C{FIRST_ROW}"


def _write_line(sheet: Worksheet, row: int, line: ActionLine, agencies: Mapping[UUID, str]) -> None:
    values = _values(line, agencies)
    for position, column in enumerate(COLUMNS, start=1):
        cell = _put(sheet, row, position, values[column.key])
        cell.alignment = _TOP
        cell.fill = _TO_FILL if column.is_filled else _READ_ONLY
        cell.number_format = _FORMATS.get(column.key, cell.number_format)
        if column.is_filled:
            cell.protection = Protection(locked=False)


def _values(line: ActionLine, agencies: Mapping[UUID, str]) -> dict[str, str | int | date | None]:
    draft = line.draft
    return {
        "number": line.number,
        "step": line.step,
        "state": line.state,
        "title": draft.title,
        "agency_id": agencies.get(draft.agency_id, "") if draft.agency_id else "",
        "starts_on": draft.starts_on,
        "due_on": draft.due_on,
        "lever": str(LEVER_WORDS[Lever(draft.lever)]) if draft.lever else "",
        "evidence_wanted": draft.evidence_wanted,
        "sub_activity": draft.sub_activity,
        "planning_year": draft.planning_year,
        "cost": draft.cost,
    }


def _finish(sheet: Worksheet, content: PlanContent) -> None:
    last = FIRST_ROW + len(content.lines) - 1
    lists = {
        "lever": f'"{",".join(str(words) for words in LEVER_WORDS.values())}"',
        "agency_id": f"{IDENTITY_SHEET}!$E${BASE_ROW}:$E${BASE_ROW + max(len(content.agencies), 1) - 1}",
    }
    for position, column in enumerate(COLUMNS, start=1):
        if column.key in lists and content.lines:
            rule = DataValidation("list", formula1=lists[column.key], allow_blank=True)
            rule.add(f"{get_column_letter(position)}{FIRST_ROW}:{get_column_letter(position)}{last}")
            sheet.add_data_validation(rule)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_title_rows = f"{NAMES_ROW}:{NAMES_ROW}"
    footer = sheet.oddFooter
    assert footer is not None
    left = footer.left
    assert left is not None
    marks = [
        content.region,
        content.title,
        *([_("Made-up data: for demonstration only.")] if content.is_synthetic else []),
    ]
    left.text = " · ".join(marks).replace("&", "&&")
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: still allowed


def _write_identity(sheet: Worksheet, content: PlanContent) -> None:
    sheet.cell(1, 1, "format")
    sheet.cell(1, 2, FORMAT)
    sheet.cell(2, 1, "plan")
    sheet.cell(2, 2, str(content.plan_id))
    signer = Signer(salt=SALT)
    for row, line in enumerate(content.lines, start=BASE_ROW):
        base = {"number": line.number, "version": line.version, "draft": draft_to_json(line.draft)}
        text = kept(json.dumps({"plan": str(content.plan_id), **base}, sort_keys=True, ensure_ascii=False))
        _put(sheet, row, 1, text)
        _put(sheet, row, 2, signer.signature(text))
    for row, name in enumerate(content.agencies.values(), start=BASE_ROW):
        _put(sheet, row, _AGENCIES_COLUMN, name)
    sheet.sheet_state = "veryHidden"


def _put(sheet: Worksheet, row: int, column: int, value: str | int | date | None) -> Cell:
    """Fill a cell; a text stays a text whatever it begins with, also after somebody edits it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "nothing is written into merged cells"
    if not isinstance(value, str):
        cell.value = value
    elif text := kept(value):
        cell.value = text.replace("_x", "_x005F_x")  # ECMA-376, ST_Xstring
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@'"
    return cell
