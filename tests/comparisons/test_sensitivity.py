"""A rank says how much it owes to the weights."""

from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.sensitivity import (
    Sensitivity,
    Weighted,
    sensitivities,
    shifted_weights,
)
from livinglab.comparisons.domain.standings import positions
from tests.comparisons.published import results

SPBE = MappingProxyType(
    {"D1": Fraction(13), "D2": Fraction(25), "D3": Fraction(33, 2), "D4": Fraction(91, 2)}
)
HALVES = MappingProxyType({"D1": Fraction(50), "D2": Fraction(50)})
WEIGHTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), st.integers(1, 60).map(Fraction), min_size=2
)
VALUES = st.integers(100, 500).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
TWO_DOMAINS = st.tuples(VALUES, VALUES).map(
    lambda pair: Weighted((pair[0] + pair[1]) / 2, {"D1": pair[0], "D2": pair[1]})
)


def weighted(index: str, **domains: str) -> Weighted:
    return Weighted(Decimal(index), {domain: Decimal(value) for domain, value in domains.items()})


@given(WEIGHTS)
def test_shifted_weights_keep_their_sum_and_the_others_keep_their_proportion(
    weights: dict[str, Fraction],
) -> None:
    whole = sum(weights.values())
    if any(weight * Fraction(11, 10) >= whole for weight in weights.values()):
        return
    scenarios = list(shifted_weights(weights))
    assert len(scenarios) == 2 * len(weights)
    for number, scenario in enumerate(scenarios):
        assert sum(scenario.values()) == whole
        shifted = list(weights)[number // 2]
        assert scenario[shifted] == weights[shifted] * Fraction(9 if number % 2 == 0 else 11, 10)
        factors = {scenario[domain] / weights[domain] for domain in weights if domain != shifted}
        assert len(factors) == 1


def test_the_weights_of_spbe_shifted() -> None:
    lower, higher = list(shifted_weights(SPBE))[:2]
    assert lower["D1"] == Fraction(117, 10)
    assert higher["D1"] == Fraction(143, 10)
    assert higher["D4"] == Fraction(91, 2) * Fraction(857, 870)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"D1": Fraction(0), "D2": Fraction(100)}, "every weight must be above 0"),
        ({"D1": Fraction(95), "D2": Fraction(5)}, "D1 shifted to 209/2 leaves nothing of 100"),
    ],
)
def test_weights_that_cannot_be_shifted_are_refused(weights: dict[str, Fraction], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list(shifted_weights(weights))


def test_two_regions_that_owe_their_order_to_the_weights() -> None:
    # at 55:45 the first has 3.05 against 3.00, at 45:55 it has 2.95
    found = sensitivities(
        {
            "11.01": weighted("3.00", D1="3.50", D2="2.50"),
            "11.02": weighted("3.00", D1="3.00", D2="3.00"),
            "11.03": weighted("2.00", D1="2.00", D2="2.00"),
        },
        HALVES,
    )
    assert found == {
        "11.01": Sensitivity(best_rank=1, worst_rank=2, flips=1),
        "11.02": Sensitivity(best_rank=1, worst_rank=2, flips=1),
        "11.03": Sensitivity(best_rank=3, worst_rank=3, flips=0),
    }


def test_a_region_whose_domains_are_unknown_says_nothing_of_its_sensitivity() -> None:
    found = sensitivities(
        {"11.01": weighted("3.00"), "11.02": weighted("2.98", D1="3.96", D2="2.00")}, HALVES
    )
    assert found["11.01"] is None
    assert found["11.02"] == Sensitivity(best_rank=1, worst_rank=2, flips=1)


def test_one_domain_cannot_be_shifted_against_others() -> None:
    found = sensitivities({"11.01": weighted("3.00", D1="3.00")}, {"D1": Fraction(100)})
    assert found == {"11.01": Sensitivity(best_rank=1, worst_rank=1, flips=0)}


@given(st.dictionaries(st.integers(1, 99).map(lambda n: f"11.{n:02}"), TWO_DOMAINS, max_size=8))
def test_the_present_rank_lies_between_the_best_and_the_worst(regions: dict[str, Weighted]) -> None:
    now = positions({code: region.index for code, region in regions.items()})
    found = sensitivities(regions, HALVES)
    for code, sensitivity in found.items():
        assert sensitivity is not None
        assert sensitivity.best_rank <= now[code].rank <= sensitivity.worst_rank
        assert 0 <= sensitivity.flips < len(regions)
    assert sum(one.flips for one in found.values() if one) % 2 == 0  # a pair turns for both


def test_sensitivity_of_2024() -> None:
    regions = {one.code: Weighted(one.index, one.domains) for one in results(2024)}
    found = sensitivities(regions, SPBE)
    assert found["35.10"] == Sensitivity(best_rank=1, worst_rank=1, flips=0)  # Banyuwangi
    assert found["32.11"] == Sensitivity(best_rank=6, worst_rank=6, flips=0)  # Sumedang
    assert found["15.71"] == Sensitivity(best_rank=10, worst_rank=12, flips=3)  # Kota Jambi, shares rank 10
    assert found["14.08"] == Sensitivity(best_rank=129, worst_rank=142, flips=11)  # Siak
    assert sum(one.flips for one in found.values() if one) == 2 * 1678  # of 117,370 pairs
