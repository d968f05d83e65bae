"""A working sheet as a workbook: what goes out comes back unchanged, and what is no working sheet is refused."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.adapters.workbook_in import WorkbookRefused, read_workbook
from livinglab.evaluations.adapters.workbook_out import WorkbookContent, write_workbook
from livinglab.evaluations.domain.answers import Draft, highest_level
from livinglab.evaluations.domain.sheet import AnswerLine, Sheet
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.domain.workbook import (
    CellFault,
    Identity,
    compare,
    row_from_json,
    row_to_json,
)
from tests.evaluations.kit import AT

IDENTITY = Identity("01930000-0000-7000-8000-000000000001", "14.08", "spbe-2020", 2025)
SHEET = "Lembar kerja"


def written(drafts: dict[str, Draft], *, instrument: str = "spbe-2020", language: str = "id") -> bytes:
    """This function will return a workbook with these answers, outside any database."""
    lines = {
        key: AnswerLine(
            key,
            level=one.level,
            met=one.met,
            facts=one.facts,
            analysis=one.analysis,
            external_source=one.external_source,
        )
        for key, one in drafts.items()
    }
    content = WorkbookContent(
        identity=replace(IDENTITY, instrument=instrument),
        round_title="Evaluasi 2025",
        sheet=Sheet("14.08", "Kabupaten Siak", instrument, 2025, RoundKind.EVALUATION, AT.date(), lines),
        instrument=get_instrument(instrument),
        versions=dict.fromkeys(drafts, 7),
        editable=frozenset(drafts),
        made_at=AT,
        zone="Asia/Jakarta",
        is_official=False,
        is_synthetic=True,
    )
    return write_workbook(content, language=language)


TEXT = st.text(max_size=60) | st.sampled_from(
    ["=1+1", "+62", "-", "@x", "'a", "_x000D_", "_x_x0041_", " a ", "a\r\nb", "\ufffe", "\x0b", "\ttab"]
)


@st.composite
def drafts(draw: Any, *, decimals: int) -> Draft:
    met = draw(st.frozensets(st.integers(1, 5)))
    top = highest_level(met, lowest=1, highest=5)
    level = draw(st.none() | st.decimals(1, top, places=decimals))
    return Draft(level, met, draw(TEXT), draw(TEXT), draw(TEXT))


@pytest.mark.parametrize(("instrument", "decimals"), [("spbe-2020", 0), ("pemdi-2026", 2)])
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_workbook_that_nobody_touched_changes_nothing(instrument: str, decimals: int, data: Any) -> None:
    stored = {key: data.draw(drafts(decimals=decimals)) for key in ("1", "7", "20")}
    language = data.draw(st.sampled_from(["id", "en"]))
    read = read_workbook(written(stored, instrument=instrument, language=language))
    assert read.identity == replace(IDENTITY, instrument=instrument)
    assert [row.indicator for row in read.rows] == ["1", "7", "20"]
    for row in read.rows:
        assert (row.base_version, row.wrong) == (7, ())
        assert row_from_json(row_to_json(row)) == row
        one = stored[row.indicator]
        found = compare(row, base=one, stored=one, version=7)
        assert not found.is_touched, found.changes


def edited(content: bytes, **cells: object) -> bytes:
    """This function will fill cells, as F3=4, and save as a spreadsheet program does."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    for name, value in cells.items():
        sheet[name].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def where(content: bytes, indicator: str, column: str) -> str:
    """This function will return the cell of an indicator and column."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    keys = [cell.value for cell in next(sheet.iter_rows(max_row=1))]
    rows = [str(row[0].value) for row in sheet.iter_rows(max_col=1)]
    return str(sheet.cell(rows.index(indicator) + 1, keys.index(column) + 1).coordinate)


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("level", "tiga", CellFault.NOT_A_LEVEL),
        ("level", AT.date(), CellFault.NOT_A_LEVEL),  # 3/5 typed into Excel becomes a date
        ("level", True, CellFault.NOT_A_LEVEL),
        ("level", "1e999999", CellFault.NOT_A_LEVEL),
        ("met_3", "mungkin", CellFault.NOT_A_MARK),
        ("facts", AT.date(), CellFault.NOT_A_TEXT),
        ("version", "lama", CellFault.NOT_A_VERSION),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(column: str, value: object, fault: CellFault) -> None:
    content = written({"20": Draft()})
    cell = where(content, "20", column)
    (row,) = read_workbook(edited(content, **{cell: value})).rows
    assert [(one.cell, one.fault) for one in row.wrong] == [(cell, fault)]


@pytest.mark.parametrize(
    ("typed", "level"),
    [("3,5", "3.5"), ("3.5", "3.5"), (3.0, "3"), (3, "3"), (" 4 ", "4"), (3.25, "3.25")],
)
def test_a_level_is_read_as_people_type_it(typed: object, level: str) -> None:
    content = written({"20": Draft()}, instrument="pemdi-2026")
    (row,) = read_workbook(edited(content, **{where(content, "20", "level"): typed})).rows
    assert row.draft.level == Decimal(level)


def _renamed(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[SHEET].title = "Sheet1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _with_part(content: bytes, name: str, body: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


def _of_anybody() -> bytes:
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WHOLE = written({"20": Draft(Decimal(2), frozenset({1, 2}), "F", "A")})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"indicator,level\n1,3\n", "bukan buku kerja Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kata sandi"),
        (WHOLE[:2000], "rusak"),
        (_with_part(WHOLE, "xl/vbaProject.bin", b"x"), "makro"),
        (_with_part(WHOLE, "xl/worksheets/sheet9.xml", b"\0" * 21_000_000), "jauh lebih banyak"),
        (_with_part(WHOLE, "xl/styles2.xml", b"\0" * 1_100_000), "jauh lebih banyak"),
        (b"PK\x03\x04" + b"\0" * 5_000_000, "5 MB"),
        (_of_anybody(), "bukan lembar kerja platform ini"),
        (_renamed(WHOLE), "“Lembar kerja” tidak ada"),
        (edited(WHOLE, A1="nomor"), "baris 1"),
        (edited(WHOLE, M3="=HYPERLINK(1)"), "sel M3 berisi rumus"),
        (edited(WHOLE, A4="20"), "baris 4: indikator 20 muncul dua kali"),
    ],
)
def test_a_file_that_is_no_working_sheet_is_refused_saying_where(content: bytes, words: str) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(content)
    assert words in str(refused.value.message)


def test_the_workbook_opens_only_what_this_person_may_fill() -> None:
    content = WorkbookContent(
        identity=IDENTITY,
        round_title="Evaluasi 2025",
        sheet=Sheet(
            "14.08",
            "Kabupaten Siak",
            "spbe-2020",
            2025,
            RoundKind.EVALUATION,
            AT.date(),
            {"1": AnswerLine("1"), "2": AnswerLine("2")},
        ),
        instrument=get_instrument("spbe-2020"),
        versions={},
        editable=frozenset({"2"}),
        made_at=AT,
        zone="Asia/Jakarta",
        is_official=False,
        is_synthetic=False,
    )
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(content, language="id")))
    sheet = book[SHEET]
    assert sheet.protection.sheet
    unlocked = [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert unlocked == ["G4", "H4", "I4", "J4", "K4", "L4", "M4", "N4", "O4"]
    kinds = {(one.type, str(one.sqref)) for one in sheet.data_validations.dataValidation}
    assert kinds == {("list", "G3:G4"), ("list", "H3:H4 I3:I4 J3:J4 K3:K4 L3:L4")}
    assert sheet.freeze_panes == "C3"
    assert sheet.column_dimensions["R"].hidden
    assert book["livinglab"].sheet_state == "veryHidden"
    assert "Pra-penilaian, bukan hasil resmi." in [cell.value for cell in book["Sampul"]["B"]]
