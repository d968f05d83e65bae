"""The words of the checks: documented, in Indonesian, and filled in as the reader writes numbers and days."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from livinglab.evaluations import remarks
from livinglab.evaluations.domain.checks import BY_ID, CHECKS, Check, Remark, check_sheet
from livinglab.evaluations.domain.checks.document import page
from tests.evaluations.sound import rules_of, sound_sheet
from tests.evaluations.test_checks import FAULTS, Fault

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src/livinglab/evaluations/locale/id/LC_MESSAGES/django.po"
PLACE = re.compile(r"%\((\w+)\)s")


def indonesian() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


WORDS = indonesian()


def test_the_documented_checks_are_those_there_are() -> None:
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_speaks_indonesian_with_the_same_places(check: Check) -> None:
    for words in (check.title, check.message, check.source):
        assert WORDS.get(words), words
    assert set(PLACE.findall(WORDS[check.message])) == set(PLACE.findall(check.message))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check}-{fault.at or 'sheet'}")
def test_a_remark_fills_every_place_of_its_message(fault: Fault) -> None:
    sheet = fault.change(sound_sheet(fault.instrument, fault.level))
    for remark in check_sheet(sheet, rules_of(sheet.instrument)):
        if remark.check.id == fault.check:
            assert set(PLACE.findall(remark.check.message)) <= set(remark.params)
            assert "%(" not in remarks.message(remark)


def test_numbers_days_and_stages_stand_as_the_reader_writes_them() -> None:
    remark = Remark(BY_ID["A012"], "21", 4, {"level": 4, "after": date(2023, 8, 16), "months": 24})
    score = Remark(BY_ID["A074"], "1", 2, {"level": Decimal("2.50"), "stage": "document"})
    with translation.override("en"):
        assert remarks.message(remark).startswith("Level 4 without a review dated 16 August 2023 or later.")
        assert remarks.message(score).startswith("Score 2.5 (stage: document assessment) has no Justifikasi.")
    with translation.override("id"):
        assert "16 Agustus 2023" in remarks.message(remark)
        assert "2,5" in remarks.message(score)
        assert "penilaian dokumen" in remarks.message(score)
        assert remarks.severity(BY_ID["A012"]) == "Kesalahan"


def test_missing_functions_are_named_in_words() -> None:
    remark = Remark(BY_ID["A062"], None, None, {"count": 2, "functions": "ict, records"})
    with translation.override("en"):
        assert remarks.message(remark).endswith(": information technology, records.")
