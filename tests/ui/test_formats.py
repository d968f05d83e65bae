"""Numbers, dates and lists as readers of either language write them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from livinglab.ui import formats

D = Decimal
CASES: list[tuple[str, Any, str, str]] = [
    ("decimal2", D("4.51"), "4,51", "4.51"),
    ("decimal2", D("2.595"), "2,60", "2.60"),  # half-up, where half-even would give the same
    ("decimal2", D("2.585"), "2,59", "2.59"),  # half-up, where half-even gives 2.58
    ("decimal2", D("1234.5"), "1.234,50", "1,234.50"),
    ("decimal1", D("1.8"), "1,8", "1.8"),
    ("decimal1", D(1), "1,0", "1.0"),
    ("change", D("0.37"), "+0,37", "+0.37"),
    ("change", D("-0.79"), "−0,79", "−0.79"),
    ("change", D("-0.001"), "0,00", "0.00"),
    ("count", 1226660, "1.226.660", "1,226,660"),
    ("count", 0, "0", "0"),
    ("signed_count", 11, "+11", "+11"),
    ("signed_count", -3, "−3", "−3"),
    ("signed_count", 0, "0", "0"),
    ("percent", D("0.455"), "45,5%", "45.5%"),
    ("percent", D("0.13"), "13%", "13%"),
    ("percent", D("0.12345"), "12,3%", "12.3%"),
    ("ordinal", 1, "ke-1", "1st"),
    ("ordinal", 2, "ke-2", "2nd"),
    ("ordinal", 6, "ke-6", "6th"),
    ("ordinal", 11, "ke-11", "11th"),
    ("ordinal", 113, "ke-113", "113th"),
    ("ordinal", 123, "ke-123", "123rd"),
    ("day", date(2026, 6, 24), "24 Juni 2026", "24 June 2026"),
    ("short_day", date(2026, 8, 2), "2 Agu 2026", "2 Aug 2026"),
    ("square_kilometres", D("1566.2"), "1.566 km²", "1,566 km²"),
    ("square_kilometres", D("18.05"), "18,1 km²", "18.1 km²"),
    ("square_kilometres", D("39"), "39 km²", "39 km²"),
    ("listing", ["a", "b", "c"], "a, b, dan c", "a, b and c"),
    ("listing", ["a", "b"], "a dan b", "a and b"),
    ("listing", ["a"], "a", "a"),
    ("listing", [], "", ""),
]


@pytest.mark.parametrize(("name", "value", "indonesian", "english"), CASES)
def test_each_format_writes_both_languages(name: str, value: Any, indonesian: str, english: str) -> None:
    write = getattr(formats, name)
    assert write(value, language="id") == indonesian
    assert write(value, language="en") == english


@pytest.mark.parametrize(
    ("zone", "indonesian"),
    [
        ("Asia/Jakarta", "25 Juni 2026 pukul 00.30 WIB"),
        ("Asia/Makassar", "25 Juni 2026 pukul 01.30 WITA"),
        ("Asia/Jayapura", "25 Juni 2026 pukul 02.30 WIT"),
    ],
)
def test_a_moment_is_told_on_the_clock_of_its_zone(zone: str, indonesian: str) -> None:
    moment = datetime(2026, 6, 24, 17, 30, tzinfo=UTC)
    assert formats.moment(moment, language="id", zone=zone) == indonesian


def test_a_moment_in_english_names_the_zone_too() -> None:
    assert formats.moment(datetime(2026, 6, 24, 1, 5, tzinfo=UTC), language="en") == "24 June 2026, 08:05 WIB"


@pytest.mark.parametrize(
    ("hour", "minute", "language", "said"),
    [
        (17, 0, "id", "24 Juni 2026 pukul 24.00 WIB"),
        (17, 0, "en", "24 June 2026, 24:00 WIB"),
        (17, 1, "id", "25 Juni 2026 pukul 00.01 WIB"),
        (16, 59, "id", "24 Juni 2026 pukul 23.59 WIB"),
    ],
)
def test_the_end_of_a_day_is_told_as_of_that_day(hour: int, minute: int, language: str, said: str) -> None:
    end = datetime(2026, 6, 24, hour, minute, tzinfo=UTC)
    assert formats.moment(end, language=language, is_end=True) == said


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        formats.moment(datetime(2026, 6, 24), language="id")  # noqa: DTZ001


def test_a_language_we_do_not_write_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        formats.count(1, language="fr")


@given(st.decimals(min_value=-9_999_999, max_value=9_999_999, places=2), st.sampled_from(["id", "en"]))
def test_our_numbers_are_babels_numbers_with_the_true_minus(value: Decimal, language: str) -> None:
    theirs = format_decimal(value, format="#,##0.00", locale=formats.locale_of(language)).replace("-", "−")
    ours = formats.decimal2(value, language=language)
    assert ours == (theirs if value else theirs.replace("−", ""))


@given(st.decimals(min_value=-5, max_value=5, places=4))
def test_a_change_and_its_opposite_differ_only_in_the_sign(value: Decimal) -> None:
    plus, minus = formats.change(abs(value), language="id"), formats.change(-abs(value), language="id")
    assert plus.replace("+", "−") == minus


def test_machines_get_a_point_and_no_exponent() -> None:
    assert [formats.exact(D(text)) for text in ("4.51", "-0.79", "1E+3", "0.00")] == [
        "4.51",
        "-0.79",
        "1000",
        "0.00",
    ]
