"""Strengths and weaknesses by stated thresholds: ten regions, checked by hand on their results of 2024."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.portrait import (
    ROOM_FROM,
    STRONG_FROM,
    WEAK_BELOW,
    Against,
    Ground,
    Verdict,
    assess,
    compare_domains,
)
from tests.comparisons.portrait_values import CITY, DOMAINS, REGENCY, values

# name, domain values, kind means, strong (highest first), weak (lowest first), what can rise and by how much
TEN = [
    ("Sumedang", ("5.00", "4.30", "3.91", "4.69"), REGENCY, "D1 D4 D2 D3", "",
     "D3 0.17985, D2 0.175, D4 0.14105"),
    ("Siak", ("4.90", "2.60", "1.73", "4.32"), REGENCY, "D1 D4", "D3",
     "D2 0.6, D3 0.53955, D4 0.3094"),
    ("Banyuwangi", ("5.00", "4.60", "4.18", "5.00"), REGENCY, "D1 D4 D2 D3", "",
     "D3 0.1353, D2 0.1"),
    ("Banyuasin", ("3.10", "2.10", "1.00", "3.56"), REGENCY, "", "D3 D2",
     "D2 0.725, D3 0.66, D4 0.6552, D1 0.247"),
    ("Kota Denpasar", ("4.10", "3.90", "3.27", "4.20"), CITY, "D4 D2 D3", "",
     "D4 0.364, D3 0.28545, D2 0.275, D1 0.117"),
    ("Kota Bandung", ("5.00", "4.80", "4.18", "4.51"), CITY, "D1 D2 D4 D3", "",
     "D4 0.22295, D3 0.1353"),
    ("Kota Balikpapan", ("4.50", "3.90", "2.64", "4.32"), CITY, "D1 D4 D2 D3", "",
     "D3 0.3894, D4 0.3094, D2 0.275"),
    ("Pacitan", ("4.70", "3.00", "2.09", "3.94"), REGENCY, "D1 D2", "D3",
     "D2 0.5, D4 0.4823, D3 0.48015"),
    ("Luwu", ("1.20", "2.10", "1.27", "3.75"), REGENCY, "", "D1 D3 D2",
     "D2 0.725, D3 0.61545, D4 0.56875, D1 0.494"),
    ("Aceh Selatan", ("2.90", "2.10", "1.00", "3.69"), REGENCY, "", "D3 D2 D1",
     "D2 0.725, D3 0.66, D4 0.59605, D1 0.273"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "printed", "means", "strong", "weak", "risers"), TEN)
def test_ten_regions_are_judged_as_by_hand(
    name: str, printed: tuple[str, ...], means: dict[str, Fraction], strong: str, weak: str, risers: str
) -> None:
    found = assess(DOMAINS, values(*printed), means)
    assert " ".join(one.domain.code for one in found.strong) == strong
    assert " ".join(one.domain.code for one in found.weak) == weak
    assert ", ".join(f"{one.domain.code} {float(one.room):g}" for one in found.risers) == risers


def test_each_ground_is_named() -> None:
    found = assess(DOMAINS, values("2.90", "2.59", "2.60", "4.20"), REGENCY)
    assert [one.ground for one in found.domains] == [
        Ground.BEHIND_KIND,
        Ground.LOW_VALUE,
        Ground.AHEAD_OF_KIND,
        Ground.HIGHEST_BAND,
    ]
    assert [one.over_kind for one in found.domains] == [
        Decimal("-0.33"),
        Decimal("0.24"),
        Decimal("0.95"),
        Decimal("0.49"),
    ]


def test_a_margin_of_exactly_the_threshold_counts() -> None:
    means = {"D1": Fraction("3.25"), "D2": Fraction("3.00"), "D3": Fraction("3.26"), "D4": Fraction("2.99")}
    found = assess(DOMAINS, values("3.00", "3.50", "3.02", "3.48"), means)
    assert [one.verdict for one in found.domains] == [
        Verdict.WEAK,
        Verdict.STRONG,
        Verdict.BETWEEN,
        Verdict.BETWEEN,
    ]


def test_without_a_mean_only_the_value_judges() -> None:
    found = assess(DOMAINS, values("4.20", "3.90", "2.59", "2.60"), {})
    assert [one.verdict for one in found.domains] == [
        Verdict.STRONG,
        Verdict.BETWEEN,
        Verdict.WEAK,
        Verdict.BETWEEN,
    ]


def test_a_domain_that_was_not_printed_is_not_judged() -> None:
    found = assess(DOMAINS, {"D2": Decimal("4.00")}, REGENCY)
    assert [one.domain.code for one in found.domains] == ["D2"]


@given(st.integers(100, 500), st.integers(100, 500))
def test_no_domain_is_strong_and_weak_at_once(value: int, mean: int) -> None:
    (one,) = assess(DOMAINS[:1], {"D1": Decimal(value).scaleb(-2)}, {"D1": Fraction(mean, 100)}).domains
    assert (one.verdict is Verdict.STRONG) + (one.verdict is Verdict.WEAK) <= 1
    if one.value >= STRONG_FROM:
        assert one.verdict is Verdict.STRONG
    if one.value < WEAK_BELOW:
        assert one.verdict is Verdict.WEAK
    assert one.can_rise == (Decimal("0.13") * (5 - one.value) >= ROOM_FROM)


def test_sumedang_leads_in_all_four_domains_and_most_in_management() -> None:
    found = compare_domains(values("5.00", "4.30", "3.91", "4.69"), REGENCY)
    assert (found.against, found.lead, found.lag) == (Against.ALL_ABOVE, ("D3", Decimal("2.26")), None)


def test_luwu_trails_in_three_of_four_and_most_in_policy() -> None:
    found = compare_domains(values("1.20", "2.10", "1.27", "3.75"), REGENCY)
    assert (found.against, found.above, found.of) == (Against.MIXED, 1, 4)
    assert (found.lead, found.lag) == (("D4", Decimal("0.04")), ("D1", Decimal("-2.03")))


def test_below_everywhere_equal_everywhere_and_nothing_to_compare_are_three_findings() -> None:
    means = {"D1": Fraction(3), "D2": Fraction(3)}
    below = compare_domains({"D1": Decimal("2.00"), "D2": Decimal("2.99")}, means)
    equal = compare_domains({"D1": Decimal("3.00"), "D2": Decimal("3.00")}, means)
    assert (below.against, below.lag) == (Against.ALL_BELOW, ("D1", Decimal("-1.00")))
    assert (equal.against, equal.lead, equal.lag) == (Against.EQUAL, None, None)
    assert compare_domains({"D1": Decimal("3.00")}, {}).against is Against.UNKNOWN
