"""Ranks are competition ranks, shares are exact, and a region without a result is absent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.standings import (
    Position,
    Ranked,
    Scope,
    change,
    movement,
    positions,
    standings,
)
from tests.comparisons.published import results

VALUES = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.integers(100, 130), max_size=40)


def ranked(year: int) -> dict[str, Ranked]:
    return {one.code: Ranked(one.kind, one.province_code, one.index) for one in results(year)}


def test_equal_values_share_a_rank_and_the_next_is_skipped() -> None:
    found = positions({"a": 30, "b": 20, "c": 20, "d": 10})
    assert [found[key].rank for key in "abcd"] == [1, 2, 2, 4]
    assert [found[key].below for key in "abcd"] == [3, 1, 1, 0]
    assert [found[key].is_shared for key in "abcd"] == [False, True, True, False]
    assert found["a"].percentile == Fraction(3, 4)


def test_nobody_has_no_position() -> None:
    assert positions({}) == {}
    assert positions({"a": 1}) == {"a": Position(rank=1, of=1, below=0)}


@given(VALUES)
def test_a_rank_is_one_more_than_the_number_above(values: dict[str, int]) -> None:
    for key, position in positions(values).items():
        assert position.rank == 1 + sum(other > values[key] for other in values.values())
        assert position.below == sum(other < values[key] for other in values.values())
        assert position.of == len(values)
        assert position.is_shared == (sum(other == values[key] for other in values.values()) > 1)
        assert 0 <= position.percentile < 1


@given(VALUES, st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_rows(values: dict[str, int], random: object) -> None:
    keys = sorted(values)
    random.shuffle(keys)  # type: ignore[attr-defined]
    assert positions({key: values[key] for key in keys}) == positions(values)


@pytest.mark.parametrize(
    ("year", "code", "expected"),
    [
        (2024, "32.11", {Scope.ALL: (6, 485), Scope.KIND: (3, 392), Scope.PROVINCE: (2, 27)}),
        (2023, "32.11", {Scope.ALL: (17, 491), Scope.KIND: (13, 398), Scope.PROVINCE: (2, 27)}),
        (2024, "35.10", {Scope.ALL: (1, 485), Scope.KIND: (1, 392), Scope.PROVINCE: (1, 38)}),
        (2024, "15.71", {Scope.ALL: (10, 485), Scope.KIND: (4, 93), Scope.PROVINCE: (1, 11)}),
    ],
)
def test_known_regions_stand_where_the_decrees_put_them(
    year: int, code: str, expected: dict[Scope, tuple[int, int]]
) -> None:
    found = standings(ranked(year))[code]
    assert {scope: (position.rank, position.of) for scope, position in found.items()} == expected


def test_sumedang_rose_eleven_ranks() -> None:
    before, now = standings(ranked(2023))["32.11"], standings(ranked(2024))["32.11"]
    assert {scope: movement(before[scope], now[scope]) for scope in Scope} == {
        Scope.ALL: 11,
        Scope.KIND: 10,
        Scope.PROVINCE: 0,
    }


def test_a_region_without_a_result_has_no_standing() -> None:
    assert "31.01" not in standings(ranked(2024))  # Kepulauan Seribu is not assessed apart
    position = Position(rank=1, of=1, below=0)
    assert movement(None, position) is None
    assert movement(position, None) is None
    assert change(None, Decimal("3.00")) is None
    assert change(Decimal("3.00"), None) is None
    assert change(Decimal("3.00"), Decimal("2.90")) == Decimal("-0.10")
