"""Our own words beside published figures are said in the reader's language; titles and addresses stand as they are."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from livinglab.assessments.queries import in_words

FILES = ("results-2023-2024.csv", "results-other-years.csv", "averages.csv")
# what only an English sentence of ours would hold
ENGLISH = re.compile(
    r"\b(the|official table|agrees|disagrees|speech|article|press reports|says|year inferred|instrument)\b",
    re.I,
)


def _column(name: str, files: tuple[str, ...]) -> list[str]:
    said: dict[str, None] = {}
    for file in files:
        with (Path(settings.REFERENCE_DIR) / file).open(newline="", encoding="utf-8") as rows:
            said.update(dict.fromkeys(row[name] for row in csv.DictReader(rows) if row[name]))
    return list(said)


@pytest.mark.parametrize("note", _column("note", FILES[:2]))
def test_every_note_of_a_result_has_its_indonesian(note: str) -> None:
    with override("id"):
        said = in_words(note)
    assert said != note
    assert not ENGLISH.search(said)
    assert not re.search(r"\d\.\d", re.sub(r"\S+\.(com|id)\S*", "", said)), (
        "a decimal point on an Indonesian page"
    )


@pytest.mark.parametrize("source", _column("source", FILES))
def test_no_source_is_left_in_english(source: str) -> None:
    with override("id"):
        assert not ENGLISH.search(in_words(source))


def test_the_press_and_the_official_table_are_named_in_both_languages() -> None:
    with override("id"):
        assert in_words("Press reports, 2026") == "Pemberitaan pers, 2026"
        assert in_words("agrees with the official table (3.14)") == "sama dengan tabel resmi (3,14)"
        assert in_words("provisional; the official table says 3.89") == "sementara; tabel resmi memuat 3,89"
    with override("en"):
        assert in_words("Press reports, 2026") == "Press reports, 2026"
        assert in_words("agrees with the official table (3.14)") == "agrees with the official table (3.14)"


def test_a_title_and_what_somebody_else_imported_stand_unchanged() -> None:
    with override("id"):
        assert in_words("Laporan Pelaksanaan Evaluasi SPBE 2024") == "Laporan Pelaksanaan Evaluasi SPBE 2024"
        assert in_words("a remark nobody foresaw") == "a remark nobody foresaw"
        assert in_words("") == ""
