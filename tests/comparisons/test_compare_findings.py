"""Two regions are called both, more are called all, and neither word counts a region whose change is unknown."""

from decimal import Decimal

import pytest
from django.utils import translation

from livinglab.comparisons.web import compare_findings as findings

SUMEDANG, SIAK, DEMAK = "Sumedang", "Siak", "Demak"


@pytest.mark.parametrize(
    ("changes", "compared", "english", "indonesian"),
    [
        (
            {SUMEDANG: "0.11", SIAK: "0.53"},
            2,
            "Both rose from 2023 to 2024, Siak most, by 0.53",
            "Keduanya naik dari 2023 ke 2024, paling tinggi Siak, sebesar 0,53",
        ),
        (
            {SUMEDANG: "0.11", SIAK: "0.53", DEMAK: "0.2"},
            3,
            "All rose from 2023 to 2024, Siak most, by 0.53",
            "Semua naik dari 2023 ke 2024, paling tinggi Siak, sebesar 0,53",
        ),
        (
            {SUMEDANG: "0.11", SIAK: "0.53"},
            3,
            "From 2023 to 2024 Siak rose most, by 0.53",
            "Dari 2023 ke 2024, kenaikan tertinggi dicapai Siak, sebesar 0,53",
        ),
        (
            {SUMEDANG: "-0.11", SIAK: "0"},
            2,
            "Neither rose from 2023 to 2024",
            "Keduanya tidak naik dari 2023 ke 2024",
        ),
        (
            {SUMEDANG: "-0.11", SIAK: "0"},
            3,
            "None rose from 2023 to 2024",
            "Tidak ada yang naik dari 2023 ke 2024",
        ),
    ],
)
def test_a_rise_is_told_of_both_of_all_or_of_none(
    changes: dict[str, str], compared: int, english: str, indonesian: str
) -> None:
    values = {name: Decimal(change) for name, change in changes.items()}
    for language, expected in (("en", english), ("id", indonesian)):
        with translation.override(language):
            assert findings.history(values, 2024, compared=compared) == expected


def test_equal_indices_are_told_of_both_or_of_all() -> None:
    two = {SUMEDANG: Decimal("4.51"), SIAK: Decimal("4.51")}
    with translation.override("id"):
        assert findings.standing(two, ()) == "Keduanya berada di 4,51"
        assert findings.standing(two | {DEMAK: Decimal("4.51")}, ()) == "Semuanya berada di 4,51"
