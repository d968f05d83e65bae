"""What the next predicate needs, checked by hand on printed rows of 2024 and by property on any levels."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livinglab.assessments.domain.scoring import score
from livinglab.comparisons.domain.next_band import Highest, Limits, NextBand, Printed, next_band
from tests.comparisons.portrait_values import CODES, DOMAINS, ROUNDED, UNROUNDED, exact, spbe_2020, values

CUKUP, BAIK, SANGAT_BAIK, MEMUASKAN = 1, 2, 3, 4


def _next(index: str, band: int, *printed: str, limits: Limits = UNROUNDED) -> NextBand:
    found = next_band(Printed(Decimal(index), band, values(*printed)), DOMAINS, limits, exact())
    assert isinstance(found, NextBand)
    return found


def test_siak_needs_more_than_any_domain_can_give_alone() -> None:
    # 4.90, 2.60, 19/11 and 786/182 or 787/182 give 3.5370 or 3.5395; the lower one is taken
    found = _next("3.54", SANGAT_BAIK, "4.90", "2.60", "1.73", "4.32")
    assert (found.band, found.limit, found.gap) == (MEMUASKAN, Decimal("4.20"), Fraction("0.663"))
    assert found.reachable == ()
    assert found.together == ("D2", "D3")  # 0.6 is not enough, 0.6 + 0.54 is
    assert (found.is_certain, found.fits) == (False, True)


def test_siak_in_proportion_closes_the_same_share_of_every_distance() -> None:
    # rooms 0.013 + 0.6 + 0.54 + 0.31 = 1.463; 0.663 of it is 45.3 %
    found = _next("3.54", SANGAT_BAIK, "4.90", "2.60", "1.73", "4.32")
    assert found.in_proportion == (
        ("D1", Decimal("4.95")),  # 4.90 + 0.1 × 0.453 = 4.9453
        ("D2", Decimal("3.69")),  # 2.60 + 2.4 × 0.453 = 3.6876
        ("D3", Decimal("3.22")),  # 19/11 + 36/11 × 0.453 = 3.2104
        ("D4", Decimal("4.63")),  # 786/182 + 124/182 × 0.453 = 4.6274
    )


def test_denpasar_can_do_it_in_three_domains() -> None:
    found = _next("3.96", SANGAT_BAIK, "4.10", "3.90", "3.27", "4.20")
    assert found.gap == Fraction("0.242")
    assert {one.domain.code: (one.value, one.steps) for one in found.alone} == {
        "D1": (None, None),
        "D2": (Decimal("4.87"), (10, 10)),  # 3.90 + 0.242 / 0.25 = 4.868
        "D3": (Decimal("4.74"), (17, 17)),  # 36/11 + 0.242 / 0.165 = 4.7394; 0.242 / 0.015 = 16.1
        "D4": (Decimal("4.73"), (9, 9)),  # 764/182 + 0.242 / 0.455 = 4.7297; 0.242 / 0.0275 = 8.8
    }
    assert [one.domain.code for one in found.reachable] == ["D4", "D2", "D3"]


def test_luwu_is_printed_at_the_limit_but_below_it() -> None:
    # 2.5960 or 2.5985: printed 2.60 and Cukup, since 2024 does not round before the band
    found = _next("2.60", CUKUP, "1.20", "2.10", "1.27", "3.75")
    assert (found.band, found.gap) == (BAIK, Fraction("0.004"))
    assert [one.steps for one in found.alone] == [(1, 1)] * 4
    assert found.alone[0].value == Decimal("1.24")  # 1.20 + 0.004 / 0.13 = 1.2308


def test_pacitan_has_one_exact_index() -> None:
    found = _next("3.50", BAIK, "4.70", "3.00", "2.09", "3.94")
    assert (found.gap, found.is_certain) == (Fraction("0.0015"), True)


def test_a_year_that_rounds_first_asks_half_a_hundredth_less() -> None:
    rounded = _next("3.96", SANGAT_BAIK, "4.10", "3.90", "3.27", "4.20", limits=ROUNDED)
    assert rounded.gap == Fraction("0.242") - Fraction("0.005")


def test_sumedang_is_at_the_top_and_is_told_what_remains() -> None:
    found = next_band(
        Printed(Decimal("4.51"), MEMUASKAN, values("5.00", "4.30", "3.91", "4.69")),
        DOMAINS,
        UNROUNDED,
        exact(),
    )
    assert found == Highest(
        Decimal("0.49"),
        (
            ("D1", Fraction(0)),
            ("D2", Fraction("0.175")),
            ("D3", Fraction("0.17985")),
            ("D4", Fraction("0.14105")),
        ),
    )


def test_a_row_that_no_levels_give_is_reckoned_as_printed_and_says_so() -> None:
    found = _next("1.05", 0, "1.00", "1.00", "0.00", "1.75")  # Banyuasin 2023: 0.00 is below the scale
    assert (found.fits, found.is_certain) == (False, False)
    assert found.gap == Fraction("0.75")


def test_without_domain_values_only_the_gap_is_known() -> None:
    found = next_band(Printed(Decimal("3.84"), SANGAT_BAIK, {}), DOMAINS, ROUNDED, exact())
    assert isinstance(found, NextBand)
    assert (found.gap, found.alone, found.together) == (Fraction("0.355"), (), ())


_EDGES = {"D1": (1, 11), "D2": (11, 21), "D3": (21, 32), "D4": (32, 48)}


@pytest.mark.parametrize("year", [2023, 2024])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=47, max_size=47))
def test_what_the_page_asks_of_one_domain_is_enough_and_a_hundredth_less_is_never_asked(
    year: int, levels: list[int]
) -> None:
    instrument = spbe_2020()
    by_key = {str(number): level for number, level in enumerate(levels, start=1)}
    result = score(instrument, by_key, year)
    names = [band.code for band in instrument.bands]
    limits = ROUNDED if year == 2023 else UNROUNDED
    printed = Printed(
        result.index,
        names.index(result.predicate.code),
        {code: result.domains[code].rounded for code in CODES},
    )
    found = next_band(printed, DOMAINS, limits, exact())
    if isinstance(found, Highest):
        assert result.predicate.code == "memuaskan"
        return
    assert found.fits
    assert 0 <= found.gap - max(limits.exact(found.band) - result.index_exact, Fraction(0)) < Fraction(1, 100)
    for one in found.alone:
        true = result.domains[one.domain.code].exact
        if one.value is not None:
            lifted = result.index_exact + one.domain.weight * (Fraction(one.value) - true)
            assert limits.band_of(lifted) >= found.band
    lifted = sum(d.weight * Fraction(dict(found.in_proportion)[d.code]) for d in DOMAINS)
    assert limits.band_of(lifted) >= found.band
    if found.together:
        lifted = result.index_exact + sum(
            d.weight * (5 - result.domains[d.code].exact) for d in DOMAINS if d.code in found.together
        )
        assert limits.band_of(lifted) >= found.band
