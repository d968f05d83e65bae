"""The country's figures agree with those that the ministry's report and the decrees give."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.country import (
    Moves,
    Result,
    Summary,
    distribution,
    moves,
    summaries_by,
    summarize,
    weakest_domains,
)
from livinglab.comparisons.domain.numbers import half_up, median
from tests.comparisons.published import results

GOOD = 2
DOMAINS = ("D1", "D2", "D3", "D4")
INDEXES = st.integers(100, 500).map(lambda hundredths: Decimal(hundredths).scaleb(-2))


def summary(year: int) -> Summary:
    return summarize(results(year), bands=5, domains=DOMAINS)


def result(code: str, index: str, band: int = 0, **domains: str) -> Result:
    values = {domain: Decimal(value) for domain, value in domains.items()}
    return Result(code, "regency", code[:2], "java", Decimal(index), band, values)


@pytest.mark.parametrize(
    ("year", "count", "mean", "bands", "good"),
    [
        (2023, 491, "2.70", (42, 172, 210, 53, 14), 277),
        (2024, 485, "3.05", (16, 119, 205, 122, 23), 350),
    ],
)
def test_counts_and_means_are_those_of_the_report(
    year: int, count: int, mean: str, bands: tuple[int, ...], good: int
) -> None:
    found = summary(year)
    assert found.count == count
    assert found.index_mean is not None
    assert half_up(found.index_mean) == Decimal(mean)
    assert found.band_counts == bands
    assert found.reaching(GOOD) == good


def test_management_is_the_weakest_domain_of_2024() -> None:
    means = summary(2024).domain_means
    assert {domain: str(half_up(value)) for domain, value in means.items()} == {
        "D1": "3.31",
        "D2": "2.46",
        "D3": "1.72",
        "D4": "3.77",
    }
    assert weakest_domains(means) == ("D3",)


def test_moves_from_2023_to_2024() -> None:
    found = moves(results(2023), results(2024))
    assert (found.count, found.risen, found.unchanged, found.fallen) == (479, 441, 14, 24)
    assert found.median == Fraction(3, 10)
    assert [(move.code, str(move.change)) for move in found.rises(3)] == [
        ("16.07", "1.66"),  # Banyuasin
        ("35.14", "1.41"),  # Pasuruan
        ("15.06", "1.21"),  # Tanjung Jabung Barat
    ]
    last = found.ranked[-1]
    assert (last.code, str(last.change)) == ("71.01", "-0.79")  # Bolaang Mongondow


def test_a_rise_from_an_impossible_row_is_marked() -> None:
    found = moves(results(2023), results(2024))
    assert [move.code for move in found.ranked if move.is_doubtful] == ["16.07"]


def test_island_groups_in_2024() -> None:
    groups = summaries_by(results(2024), lambda one: one.group, bands=5, domains=DOMAINS)
    figures = {
        group: (found.count, str(half_up(found.index_mean or 0)), found.reaching(GOOD))
        for group, found in groups.items()
    }
    assert figures == {
        "sumatra": (152, "2.95", 116),
        "java": (113, "3.83", 112),
        "kalimantan": (56, "3.05", 47),
        "sulawesi": (81, "2.81", 49),
        "bali-nusa-tenggara": (40, "2.84", 23),
        "maluku": (20, "2.13", 2),
        "papua": (23, "1.84", 1),
    }


def test_the_distribution_counts_every_region_once_and_in_its_band() -> None:
    columns = distribution(results(2024), start=Decimal(1), end=Decimal(5), bands=5)
    assert len(columns) == 80
    assert columns[0].start == Decimal("1.00")
    assert columns[-1].start == Decimal("4.95")
    assert tuple(sum(column.band_counts[band] for column in columns) for band in range(5)) == (
        16,
        119,
        205,
        122,
        23,
    )


@given(st.lists(INDEXES, max_size=40))
def test_a_column_holds_what_lies_from_its_start_up_to_the_next(indexes: list[Decimal]) -> None:
    rows = [result(f"11.{number:02}", str(index)) for number, index in enumerate(indexes)]
    for column in distribution(rows, start=Decimal(1), end=Decimal(5), bands=1):
        ends = column.start + Decimal("0.05")
        last = ends == Decimal(5)
        assert column.count == sum(column.start <= i < ends or (last and i == ends) for i in indexes)


def test_the_ends_of_the_scale_and_of_a_band_have_their_columns() -> None:
    rows = [result(f"11.0{number}", index) for number, index in enumerate(("1.00", "2.59", "2.60", "5.00"))]
    columns = distribution(rows, start=Decimal(1), end=Decimal(5), bands=5)
    filled = [str(column.start) for column in columns for _ in range(column.count)]
    assert filled == ["1.00", "2.55", "2.60", "4.95"]


def test_an_index_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match=r"11\.01: index 0\.30 is outside 1 to 5"):
        distribution([result("11.01", "0.30")], start=Decimal(1), end=Decimal(5), bands=5)


def test_without_results_nothing_is_claimed() -> None:
    nothing = summarize([], bands=5, domains=DOMAINS)
    assert nothing == Summary(0, None, None, (0, 0, 0, 0, 0), {})
    assert weakest_domains(nothing.domain_means) == ()
    assert moves([], results(2024)) == Moves(())
    assert Moves(()).median is None
    assert Moves(()).rises(8) == ()


def test_an_absent_domain_is_left_out_of_the_mean_and_never_counted_as_zero() -> None:
    found = summarize([result("11.01", "2.00", D1="2.00"), result("11.02", "3.00")], bands=5, domains=DOMAINS)
    assert found.domain_means == {"D1": Fraction(2)}


def test_domains_that_are_equally_weak_are_all_named() -> None:
    assert weakest_domains({"D1": Fraction(2), "D2": Fraction(1), "D3": Fraction(1)}) == ("D2", "D3")


def test_when_all_fell_nobody_rose_most() -> None:
    before = [result("11.01", "3.00"), result("11.02", "2.00")]
    found = moves(before, [replace(one, index=one.index - Decimal("0.10")) for one in before])
    assert (found.risen, found.fallen) == (0, 2)
    assert found.rises(8) == ()


def test_equal_rises_are_ordered_by_code() -> None:
    before = [result("11.02", "2.00"), result("11.01", "2.50")]
    found = moves(before, [result("11.02", "3.00"), result("11.01", "3.50")])
    assert [move.code for move in found.ranked] == ["11.01", "11.02"]


@given(st.lists(INDEXES, min_size=1, max_size=30))
def test_the_mean_and_the_median_do_not_depend_on_order(indexes: list[Decimal]) -> None:
    rows = [result(f"11.{number:02}", str(index)) for number, index in enumerate(indexes)]
    one = summarize(rows, bands=1, domains=())
    other = summarize(reversed(rows), bands=1, domains=())
    assert one == other
    assert one.index_mean is not None
    assert min(indexes) <= one.index_mean <= max(indexes)


@given(st.lists(INDEXES, min_size=1, max_size=31))
def test_as_many_lie_below_the_median_as_above(indexes: list[Decimal]) -> None:
    middle = median(indexes)
    assert middle is not None
    assert sum(index < middle for index in indexes) <= len(indexes) / 2
    assert sum(index > middle for index in indexes) <= len(indexes) / 2


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(2695, 1000), "2.70"),
        (Fraction(-2695, 1000), "-2.70"),
        (Fraction(1, 3), "0.33"),
        (Decimal("3.4949"), "3.49"),
        (2, "2.00"),
        (0, "0.00"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(10**30 + 1), f"{10**30 + 1}.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Fraction | Decimal | int, rounded: str) -> None:
    assert str(half_up(value)) == rounded


@given(st.fractions())
def test_rounding_is_never_off_by_more_than_half_a_hundredth(value: Fraction) -> None:
    assert abs(Fraction(half_up(value)) - value) <= Fraction(1, 200)
