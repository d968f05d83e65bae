"""The index is exact: ninths as fractions, halves upwards, the band of the rounded index."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.surveys.domain.elements import ELEMENTS, Answers, Element, WrongAnswers, checked
from livinglab.surveys.domain.scoring import (
    NOTHING,
    STARTS,
    WEIGHT,
    Band,
    NoAnswers,
    band_of,
    half_up,
    own_band,
    score,
    tally,
)

people = st.lists(st.tuples(*[st.integers(1, 4)] * 9), min_size=1, max_size=60)


def alike(total: int, n: int) -> list[Answers]:
    """`n` people whose answers sum up to `total` over all elements."""
    cells = [total // (9 * n) + (place < total % (9 * n)) for place in range(9 * n)]
    return [tuple(cells[9 * row : 9 * row + 9]) for row in range(n)]


def test_the_elements_are_nine_and_weigh_a_ninth_each() -> None:
    assert [element.value for element in ELEMENTS] == [f"U{number}" for number in range(1, 10)]
    assert WEIGHT * len(ELEMENTS) == 1


def test_a_worked_example() -> None:
    found = score(
        tally([(4, 3, 3, 4, 3, 4, 4, 3, 3), (3, 3, 2, 4, 4, 4, 4, 2, 3), (3, 4, 3, 4, 4, 3, 4, 3, 2)])
    )
    means = [str(found.means[element]) for element in ELEMENTS]
    assert means == ["3.33", "3.33", "2.67", "4.00", "3.67", "3.67", "4.00", "2.67", "2.67"]
    # 90 points of 27 answers: 90 / 27 × 25 = 83.333…; from the rounded means it would be 83.36
    assert (found.n, found.index, found.band) == (3, Decimal("83.33"), Band.B)


@pytest.mark.parametrize(("answer", "index", "band"), [(4, "100.00", Band.A), (1, "25.00", Band.D)])
def test_the_best_and_the_worst_are_reached_exactly(answer: int, index: str, band: Band) -> None:
    found = score(tally([(answer,) * 9] * 7))
    assert (str(found.index), found.band) == (index, band)


def test_a_mean_of_exactly_half_a_hundredth_goes_up() -> None:
    found = score(tally([(4, *[3] * 8)] + [(3,) * 9] * 7))  # 25 / 8 = 3.125
    assert found.means[Element.REQUIREMENTS] == Decimal("3.13")


def test_an_index_of_exactly_half_a_hundredth_goes_up() -> None:
    found = score(tally(alike(1251, 40)))  # 1251 / 360 × 25 = 86.875
    assert found.index == Decimal("86.88")


@pytest.mark.parametrize(
    ("total", "index", "band"),
    [(3179, "88.31", Band.A), (3178, "88.28", Band.B), (2758, "76.61", Band.B), (2757, "76.58", Band.C)],
)
def test_the_band_is_that_of_the_rounded_index(total: int, index: str, band: Band) -> None:
    """3179 of 3600 is 88.3055…: below the start of A before it is rounded, in it afterwards."""
    found = score(tally(alike(total, 100)))
    assert (str(found.index), found.band) == (index, band)


@pytest.mark.parametrize(
    ("index", "band"),
    [
        ("100", "A"),
        ("88.31", "A"),
        ("88.30", "B"),
        ("76.61", "B"),
        ("76.60", "C"),
        ("65.00", "C"),
        ("64.99", "D"),
        ("25.00", "D"),
    ],
)
def test_the_edges_of_the_bands(index: str, band: str) -> None:
    assert band_of(Decimal(index)).value == band


@pytest.mark.parametrize("index", ["24.99", "100.01"])
def test_beyond_the_scale_there_is_no_band(index: str) -> None:
    with pytest.raises(ValueError, match="is no index of satisfaction"):
        band_of(Decimal(index))


def test_the_bands_are_in_order_and_leave_nothing_out() -> None:
    assert list(STARTS) == [Band.A, Band.B, Band.C, Band.D]
    assert sorted(STARTS.values(), reverse=True) == list(STARTS.values())


def test_nobody_gives_no_index() -> None:
    with pytest.raises(NoAnswers):
        score(NOTHING)


@pytest.mark.parametrize(
    ("answers", "said"),
    [((1,) * 8, "8 answers"), ((1,) * 10, "10 answers"), ((4, 0, *[4] * 7), "U2: 0"), ((5,) * 9, "U1: 5")],
)
def test_answers_beyond_the_scale_are_refused(answers: Answers, said: str) -> None:
    with pytest.raises(WrongAnswers, match=said):
        checked(answers)


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(answers: list[Answers], chance: object) -> None:
    mixed = list(answers)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert score(tally(mixed)) == score(tally(answers))


@given(people, st.data())
def test_a_better_answer_never_lowers_anything(answers: list[Answers], data: st.DataObject) -> None:
    row, place = data.draw(st.integers(0, len(answers) - 1)), data.draw(st.integers(0, 8))
    better = list(answers)
    raised = min(4, answers[row][place] + 1)
    better[row] = (*answers[row][:place], raised, *answers[row][place + 1 :])
    before, after = score(tally(answers)), score(tally(better))
    assert after.index >= before.index
    assert after.band.value <= before.band.value
    assert all(after.means[element] >= before.means[element] for element in ELEMENTS)


@given(people)
def test_the_index_is_the_exact_one_rounded_once(answers: list[Answers]) -> None:
    exact = Fraction(25 * sum(map(sum, answers)), 9 * len(answers))
    assert abs(Fraction(score(tally(answers)).index) - exact) <= Fraction(1, 200)


@given(people, people)
def test_tallies_add_up(some: list[Answers], others: list[Answers]) -> None:
    assert tally(some) + tally(others) == tally([*some, *others])


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_half_up_is_never_further_than_half_a_hundredth(up: int, down: int) -> None:
    off = Fraction(half_up(Fraction(up, down))) - Fraction(up, down)
    assert -Fraction(1, 200) < off <= Fraction(1, 200)


def test_one_persons_band_is_that_of_their_answers_alone() -> None:
    assert own_band((3, 3, 3, 3, 3, 3, 3, 3, 4)) is Band.B  # 28 / 36: 77.78
    assert own_band((3,) * 9) is Band.C  # 75.00


def test_a_wrong_answer_among_thousands_is_found() -> None:
    with pytest.raises(WrongAnswers, match="U9: 5"):
        tally([*[(4,) * 9] * 5000, (4, 4, 4, 4, 4, 4, 4, 4, 5)])
    with pytest.raises(WrongAnswers, match="8 answers"):
        tally([(4,) * 9, (4,) * 8])
    with pytest.raises(WrongAnswers, match="10 answers"):
        tally([(4,) * 9, (4,) * 10])
