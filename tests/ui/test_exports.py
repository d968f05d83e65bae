"""A figure as a file says the same as on the page, names its sources, and runs no formula."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from livinglab.ui import exports
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.web import samples

D = Decimal


def _figure(*rows: tuple[Any, ...], synthetic: bool = False) -> Figure:
    columns = (
        Column(key="region", label="Daerah"),
        Column(key="index", label="Indeks", kind=ColumnKind.INDEX),
        Column(key="change", label="Ubah", kind=ColumnKind.CHANGE),
        Column(key="people", label="Penduduk", kind=ColumnKind.COUNT),
    )
    return Figure(
        key="rank",
        heading="Sumedang keenam",
        table=Table(caption="Peringkat", columns=columns, rows=rows),
        sources=(
            SourceNote(text="KepmenPANRB 663/2024", url="https://example.go.id/663"),
            SourceNote(text="Kemendagri"),
        ),
        notes=("Catatan",),
        synthetic=synthetic,
    )


FULL = _figure(("Sumedang", D("4.51"), D("-0.37"), 1226660), ("Nduga", None, None, None))


def _csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_has_a_byte_order_mark_machine_keys_and_points() -> None:
    content = exports.table_as_csv(FULL)
    assert content.startswith(b"\xef\xbb\xbfregion,index,change,people,source,synthetic\r\n")
    source = "KepmenPANRB 663/2024 (https://example.go.id/663); Kemendagri"
    rest = {"source": source, "synthetic": "false"}
    assert _csv_rows(content) == [
        {"region": "Sumedang", "index": "4.51", "change": "-0.37", "people": "1226660"} | rest,
        {"region": "Nduga", "index": "", "change": "", "people": ""} | rest,
    ]


@given(st.text(max_size=12))
def test_no_text_of_a_csv_begins_like_a_formula(text: str) -> None:
    (row,) = _csv_rows(exports.table_as_csv(_figure((text, None, None, None))))
    assert not row["region"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_in_a_name_becomes_text(text: str) -> None:
    figure = _figure((text, D("-1.00"), D("-0.50"), -3))
    (row,) = _csv_rows(exports.table_as_csv(figure))
    assert row["region"] == "'" + text
    assert (row["index"], row["change"], row["people"]) == ("-1.00", "-0.50", "-3")


def test_xlsx_holds_numbers_as_numbers_and_text_never_as_formula() -> None:
    figure = _figure(("=1+1", D("4.51"), D("-0.37"), 12), ("Nduga", None, None, None), synthetic=True)
    with translation.override("en"):
        book = load_workbook(io.BytesIO(exports.table_as_xlsx(figure)))
    sheet = book["Figures"]
    assert [cell.value for cell in sheet[1]] == ["Daerah", "Indeks", "Ubah", "Penduduk"]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("'=1+1", "s"),
        (4.51, "n"),
        (-0.37, "n"),
        (12, "n"),
    ]
    assert [cell.value for cell in sheet[3]] == ["Nduga", None, None, None]
    words = [cell.value for row in book["Sources"] for cell in row if cell.value]
    assert words == [
        "Sumedang keenam",
        "Invented for demonstration; not a real result.",
        "Catatan",
        "KepmenPANRB 663/2024",
        "https://example.go.id/663",
        "Kemendagri",
    ]


def test_xlsx_survives_control_characters() -> None:
    book = load_workbook(io.BytesIO(exports.table_as_xlsx(_figure(("Su\x00me\x0bdang", None, None, None)))))
    assert book.worksheets[0]["A2"].value == "Sumedang"


def test_json_writes_decimals_as_strings_and_absent_as_null() -> None:
    content = json.loads(exports.table_as_json(replace(FULL, synthetic=True)))
    assert content["rows"] == [
        {"region": "Sumedang", "index": "4.51", "change": "-0.37", "people": 1226660},
        {"region": "Nduga", "index": None, "change": None, "people": None},
    ]
    assert content["synthetic"] is True
    assert content["sources"][0] == {"text": "KepmenPANRB 663/2024", "url": "https://example.go.id/663"}
    assert content["columns"][1] == {"key": "index", "label": "Indeks", "kind": "index"}


def test_a_file_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    for export in (exports.table_as_csv, exports.table_as_xlsx):
        with pytest.raises(ValueError, match="'rank' has 2 rows; a file holds 1"):
            export(FULL)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("number", range(8))
def test_each_chart_is_one_svg_file_with_its_finding_sources_and_mark(number: int, language: str) -> None:
    with translation.override(language):
        figure = samples.figures()[number]
        content = exports.chart_as_svg(figure).decode()
    root = ElementTree.fromstring(content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = " ".join("".join(node.itertext()) for node in root)
    assert figure.heading in texts
    assert figure.sources[0].text in texts
    mark = {"id": "bukan hasil sebenarnya", "en": "not a real result"}[language]
    assert mark in texts
    assert "var(" not in content
    assert re.findall(r'(?:href|src)="(?!#)', content) == []


def test_a_figure_without_a_chart_has_no_svg() -> None:
    with pytest.raises(ValueError, match="'rank' has no chart"):
        exports.chart_as_svg(FULL)
