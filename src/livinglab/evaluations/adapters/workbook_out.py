"""Writes the working sheet as XLSX: filled offline with drop-downs, read back by `workbook_in`.

Protection has no password: it keeps a hand from slipping, it hides nothing. Texts are stored as texts, whatever
they begin with, and marked so that a spreadsheet does not make a formula of them when somebody edits the cell.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from livinglab.assessments.queries import Aspect, Indicator, Instrument
from livinglab.evaluations.adapters.words import ANSWER_STATES, EXEMPT, KINDS, NOT_OFFICIAL, SYNTHETIC
from livinglab.evaluations.adapters.workbook_layout import (
    ANSWERS_SHEETS,
    FIRST_ROW,
    FORMAT,
    IDENTITY_SHEET,
    KEYS_ROW,
    MARK,
    MET,
    NAMES_ROW,
    SheetColumn,
    columns,
)
from livinglab.evaluations.domain.sheet import AnswerLine, EvidenceItem, Sheet
from livinglab.evaluations.domain.workbook import Identity, kept
from livinglab.ui import formats

_INK, _PALE, _FILL, _LINE = "26262E", "EDEBE4", "FFF8E1", "D9D7D0"
_HEAD: Final = PatternFill("solid", fgColor=_INK)
_READ_ONLY: Final = PatternFill("solid", fgColor=_PALE)
_TO_FILL: Final = PatternFill("solid", fgColor=_FILL)
_THIN: Final = Border(*(Side(style="thin", color=_LINE),) * 4)
_TOP: Final = Alignment(wrap_text=True, vertical="top")
_OPEN: Final = Protection(locked=False)
_LONGEST_CELL: Final = 32_767  # Excel's own limit, above ours for a text


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """What a workbook is made of. `editable` are the indicators that whoever asked may write now."""

    identity: Identity
    round_title: str
    sheet: Sheet
    instrument: Instrument
    versions: Mapping[str, int]
    editable: frozenset[str]
    made_at: datetime
    zone: str
    is_official: bool
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """An indicator's answer beside what the instrument says of it."""

    key: str
    indicator: Indicator
    aspect: Aspect
    answer: AnswerLine


def write_workbook(content: WorkbookContent, *, language: str) -> bytes:
    """Return the working sheet as an XLSX workbook in a language."""
    with override(language):
        book = Workbook()
        cover = book.active
        assert isinstance(cover, Worksheet), "a new workbook has a worksheet"
        _write_cover(cover, content, language)
        _write_answers(book.create_sheet(ANSWERS_SHEETS[language]), content, language)
        _write_criteria(book.create_sheet(_("Criteria")), content.instrument, language)
        _write_evidence(book.create_sheet(_("Evidence")), content)
        _write_identity(book.create_sheet(IDENTITY_SHEET), content)
        book.active = 1
        book.security.lockStructure = True
        book.properties.title = f"{_title(content)}"
        book.properties.language = language
        book.properties.creator = "Living Lab"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(content: WorkbookContent) -> str:
    named = {"region": content.sheet.region_name, "year": content.sheet.year}
    return _("Working sheet of %(region)s, %(year)s") % named


def _lines(content: WorkbookContent) -> Iterator[_Line]:
    aspects = {one.number: aspect for aspect in content.instrument.aspects for one in aspect.indicators}
    indicators = {one.number: one for one in content.instrument.indicators()}
    for key, answer in content.sheet.answers.items():
        number = int(key.partition("-")[0])
        yield _Line(key, indicators[number], aspects[number], answer)


def _write_cover(sheet: Worksheet, content: WorkbookContent, language: str) -> None:
    sheet.title = _("Cover")
    moment = formats.moment(content.made_at, language=language, zone=content.zone)
    rows: list[tuple[str, str]] = [
        (_("Region"), f"{content.sheet.region_name} ({content.sheet.region_code})"),
        (_("Round"), content.round_title),
        (_("Kind"), str(KINDS[content.sheet.kind])),
        (_("Year"), str(content.sheet.year)),
        (_("Instrument"), content.instrument.title.in_language(language)),
        (_("Regulation"), content.instrument.regulation.name),
        (_("Made on"), moment),
        (_("Round id"), content.identity.round_id),
    ]
    if not content.is_official:
        rows.insert(0, (_("Status"), str(NOT_OFFICIAL)))
    if content.is_synthetic:
        rows.insert(0, (_("Attention"), str(SYNTHETIC)))
    _put(sheet, 1, 1, _title(content)).font = Font(bold=True, size=16)
    for number, (label, value) in enumerate(rows, start=3):
        _put(sheet, number, 1, label).font = Font(bold=True)
        _put(sheet, number, 2, value).alignment = _TOP
    for number, text in enumerate(_guidance(content), start=len(rows) + 4):
        _put(sheet, number, 1, text).alignment = _TOP
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
        sheet.row_dimensions[number].height = 32
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 76
    _finish(sheet, content, language, landscape=False)


def _guidance(content: WorkbookContent) -> Iterator[str]:
    yield _("How to fill it:")
    yield _("1. Write only in the yellow cells of the working sheet. Everything else is there to read.")
    yield _(
        "2. Put an x under each level whose criterion is met. Levels are cumulative: a level counts only when "
        "every level below it is met."
    )
    if content.instrument.scale.decimals:
        yield _("3. Enter the level with at most two decimals.")
    else:
        yield _("3. Choose the level from the list.")
    yield _(
        "4. Upload the file on the page it came from. You see every change before anything is stored; where "
        "somebody else changed the same field meanwhile, you choose."
    )
    yield _("Write values, not formulas. Evidence is added on the platform, not in this file.")


def _write_answers(sheet: Worksheet, content: WorkbookContent, language: str) -> None:
    layout = list(columns(content.instrument.scale.levels))
    _write_head(sheet, layout)
    for number, line in enumerate(_lines(content), start=FIRST_ROW):
        _write_line(sheet, number, layout, line, content, language)
    last = FIRST_ROW + len(content.sheet.answers) - 1
    _validate(sheet, layout, content.instrument, last)
    sheet.row_dimensions[KEYS_ROW].hidden = True
    sheet.freeze_panes = f"C{FIRST_ROW}"
    sheet.print_title_rows = f"{NAMES_ROW}:{NAMES_ROW}"
    sheet.print_title_cols = "A:B"
    sheet.auto_filter.ref = f"A{NAMES_ROW}:{get_column_letter(len(layout))}{last}"
    _finish(sheet, content, language, landscape=True)


def _write_head(sheet: Worksheet, layout: list[SheetColumn]) -> None:
    for position, column in enumerate(layout, start=1):
        sheet.cell(KEYS_ROW, position, column.key)
        name = str(column.name)
        if column.key.startswith(MET):
            name = _("%(level)s met") % {"level": name}
        head = _put(sheet, NAMES_ROW, position, name)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width, dimension.hidden = column.width, column.is_hidden
    sheet.row_dimensions[NAMES_ROW].height = 44


def _write_line(
    sheet: Worksheet,
    number: int,
    layout: list[SheetColumn],
    line: _Line,
    content: WorkbookContent,
    language: str,
) -> None:
    values = _values(line, content, language)
    may_write = line.key in content.editable
    for position, column in enumerate(layout, start=1):
        cell = _put(sheet, number, position, values[column.key])
        cell.alignment, cell.border = _TOP, _THIN
        is_open = column.is_filled and may_write
        cell.fill = _TO_FILL if is_open else _READ_ONLY
        if is_open:
            cell.protection = _OPEN


def _values(line: _Line, content: WorkbookContent, language: str) -> dict[str, str | int | Decimal | None]:
    answer, weight = line.answer, line.indicator.weight
    marks = {
        f"{MET}{level}": MARK if level in answer.met else None for level in content.instrument.scale.levels
    }
    return {
        "indicator": line.key,
        "name": line.indicator.name.in_language(language),
        "aspect": f"{line.aspect.code} {line.aspect.name.in_language(language)}",
        "weight": Decimal(weight.numerator) / Decimal(weight.denominator),
        "agency": answer.agency or answer.assignee,
        "state": str(ANSWER_STATES[answer.state]),
        "level": _number(answer.level),
        **marks,
        "facts": answer.facts,
        "analysis": answer.analysis,
        "external_source": answer.external_source,
        "evidence": "\n".join(_evidence_line(item) for item in answer.evidence),
        "remarks": answer.returned_reason,
        "version": content.versions.get(line.key, 0),
    }


def _number(level: Decimal | None) -> int | Decimal | None:
    if level is None:
        return None
    return int(level) if level == level.to_integral_value() else level


def _evidence_line(item: EvidenceItem) -> str:
    if item.is_exempt:
        return f"{item.letter}. {EXEMPT}"
    return f"{item.letter}. {item.title}" + (f" ({item.reference})" if item.reference else "")


def _validate(sheet: Worksheet, layout: list[SheetColumn], instrument: Instrument, last: int) -> None:
    scale = instrument.scale
    if scale.decimals:
        rule = DataValidation(
            "decimal", operator="between", formula1=str(scale.minimum), formula2=str(scale.maximum)
        )
    else:
        rule = DataValidation("list", formula1=f'"{",".join(str(level) for level in scale.levels)}"')
    rule.error = _("This instrument has the levels %(low)s to %(high)s.") % {
        "low": scale.minimum,
        "high": scale.maximum,
    }
    marks = DataValidation("list", formula1=f'"{MARK}"')
    marks.error = _("Put an x, or leave the cell empty.")
    for one in (rule, marks):
        one.allow_blank, one.showErrorMessage = True, True
        sheet.add_data_validation(one)
    for position, column in enumerate(layout, start=1):
        letter = get_column_letter(position)
        cells = f"{letter}{FIRST_ROW}:{letter}{last}"
        if column.key == "level":
            rule.add(cells)
        elif column.key.startswith(MET):
            marks.add(cells)


def _write_criteria(sheet: Worksheet, instrument: Instrument, language: str) -> None:
    heads = [(_("No."), 6), (_("Indicator"), 40), (_("Level"), 8), (_("Criterion, in our own words"), 110)]
    _write_plain_head(sheet, heads)
    number = 2
    for indicator in instrument.indicators():
        for criterion in indicator.criteria:
            text = criterion.text.in_language(language) if criterion.text else _("not published")
            name = indicator.name.in_language(language)
            row: tuple[str | int, ...] = (indicator.key, name, criterion.level, text)
            for position, value in enumerate(row, start=1):
                _put(sheet, number, position, value).alignment = _TOP
            number += 1
    _finish_plain(sheet)


def _write_evidence(sheet: Worksheet, content: WorkbookContent) -> None:
    heads = [
        (_("No."), 6),
        (_("Letter"), 8),
        (_("Level"), 8),
        (_("Title"), 60),
        (_("Number"), 26),
        (_("Article or page"), 30),
        (_("Dated"), 14),
        (_("Link"), 50),
    ]
    _write_plain_head(sheet, heads)
    number = 2
    for key, answer in content.sheet.answers.items():
        for item in answer.evidence:
            for position, value in enumerate(_evidence_row(key, item), start=1):
                _put(sheet, number, position, value).alignment = _TOP
            number += 1
    _finish_plain(sheet)


def _evidence_row(key: str, item: EvidenceItem) -> tuple[str | int, ...]:
    if item.is_exempt:
        return (key, item.letter, item.level, str(EXEMPT), "", "", "", "")
    dated = item.issued_on.isoformat() if item.issued_on else ""
    return (key, item.letter, item.level, item.title, item.document_number, item.reference, dated, item.url)


def _write_plain_head(sheet: Worksheet, heads: list[tuple[str, int]]) -> None:
    for position, (name, width) in enumerate(heads, start=1):
        head = _put(sheet, 1, position, name)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[get_column_letter(position)].width = width


def _finish_plain(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True  # type: ignore[union-attr]
    sheet.protection.sheet = True


def _write_identity(sheet: Worksheet, content: WorkbookContent) -> None:
    one = content.identity
    values = {
        "format": FORMAT,
        "round": one.round_id,
        "region": one.region,
        "instrument": one.instrument,
        "year": str(one.year),
        "made_at": content.made_at.isoformat(),
    }
    for number, (key, value) in enumerate(values.items(), start=1):
        sheet.cell(number, 1, key)
        _put(sheet, number, 2, value)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _finish(sheet: Worksheet, content: WorkbookContent, language: str, *, landscape: bool) -> None:
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    marks = [_title(content)]
    marks += [] if content.is_official else [str(NOT_OFFICIAL)]
    marks += [str(SYNTHETIC)] if content.is_synthetic else []
    footer = sheet.oddFooter
    assert footer is not None
    left, right = footer.left, footer.right
    assert left is not None
    assert right is not None
    left.text, right.text = " · ".join(marks).replace("&", "&&"), "&P / &N"
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = False  # False: still allowed


def _put(sheet: Worksheet, row: int, column: int, value: str | int | Decimal | None) -> Cell:
    """Fill a cell; a text stays a text whatever it begins with, also after somebody edits it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "nothing is written into merged cells"
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = kept(value)[:_LONGEST_CELL]
    if not text:
        return cell
    cell.value = _escaped(text)
    cell.data_type = "s"
    if text[0] in "=+-@'":
        cell.quotePrefix = True
    return cell


def _escaped(text: str) -> str:
    """Return text in which no `_x0041_` is taken for the character it would name (ECMA-376, ST_Xstring)."""
    return text.replace("_x", "_x005F_x")
