"""How many must answer, by the printed table, and how far off figures may be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.surveys.domain.samples import FEWEST, margin, required


@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (10, 10),
        (15, 14),
        (30, 28),
        (100, 80),
        (110, 86),
        (1_000, 278),
        (2_000, 322),
        (10_000, 370),
        (50_000, 381),
        (1_000_000, 384),
    ],
)
def test_the_sample_is_that_of_krejcie_and_morgan(population: int, sample: int) -> None:
    assert required(population) == sample


@pytest.mark.parametrize("population", [0, 1, 9])
def test_fewer_than_ten_people_are_never_enough(population: int) -> None:
    assert required(population) == FEWEST > population


def test_a_negative_population_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        required(-1)


@given(st.integers(0, 10**7))
def test_more_people_never_need_fewer_answers(population: int) -> None:
    assert required(population) <= required(population + 1) <= 384


def test_nothing_is_uncertain_when_everybody_answered() -> None:
    assert margin(n=4, population=4, total=100, squares=9**2 + 36**2 + 27**2 + 28**2) == 0


def test_the_margin_by_hand() -> None:
    # sums 18 and 36, ten of each: variance 85.26…; of the mean, of 100 people: 85.263 / 20 × 80 / 99 = 3.445
    found = margin(n=20, population=100, total=540, squares=10 * 18**2 + 10 * 36**2)
    assert found == Decimal("10.11")  # 1.96 × √3.445 × 25 / 9


@pytest.mark.parametrize(("n", "population"), [(1, 10), (0, 10), (11, 10)])
def test_too_few_answers_and_more_than_people_have_no_margin(n: int, population: int) -> None:
    with pytest.raises(ValueError, match="no margin"):
        margin(n=n, population=population, total=9 * n, squares=81 * n)
