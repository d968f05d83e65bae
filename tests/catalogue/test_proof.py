"""Proof comes from real cases: never below thirty, never higher for fewer, and what is missing is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.catalogue.domain.proof import (
    FEWEST_CASES,
    WEIGHTS,
    Evidence,
    Part,
    Proof,
    prove,
    prove_version,
    wilson_lower,
)

GOOD = Evidence(
    cases=100,
    kept=90,
    heard=100,
    complained=5,
    ratings=50,
    satisfied=45,
    steps_claimed=2,
    steps_confirmed=2,
)
counts = st.integers(0, 500)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    wholes = [draw(counts) for _part in range(3)]
    parts = [draw(st.integers(0, whole)) for whole in (wholes[0], wholes[0], wholes[1], wholes[2])]
    heard = parts[1]
    return Evidence(
        cases=wholes[0],
        kept=parts[0],
        heard=heard,
        complained=draw(st.integers(0, heard)),
        ratings=wholes[1],
        satisfied=parts[2],
        steps_claimed=wholes[2],
        steps_confirmed=parts[3],
    )


@pytest.mark.parametrize(
    ("successes", "trials", "lower"),
    [
        (0, 0, 0.0),
        (0, 10, 0.0),
        (10, 10, 0.7224672),
        (9, 10, 0.5958499),
        (900, 1000, 0.8798480),
        (1, 2, 0.0945312),
    ],
)
def test_the_lower_end_is_wilsons(successes: int, trials: int, lower: float) -> None:
    assert wilson_lower(successes, trials) == pytest.approx(lower, abs=1e-6)


def test_a_score_is_the_weighted_sum_of_what_is_surely_reached() -> None:
    parts = {
        Part.STANDARD: wilson_lower(90, 100),
        Part.SATISFACTION: wilson_lower(45, 50),
        Part.COMPLAINTS: wilson_lower(95, 100),
        Part.STEPS: wilson_lower(2, 2),
    }
    assert sum(WEIGHTS.values()) == 10
    assert prove(GOOD) == Proof(round(sum(WEIGHTS[one] * parts[one] for one in Part) / 10, 3), 0, ())


def test_below_thirty_real_cases_there_is_no_score_and_the_missing_ones_are_counted() -> None:
    assert prove(replace(GOOD, cases=29, kept=29, heard=29, complained=0)) == Proof(
        None, 1, (Part.STANDARD, Part.COMPLAINTS)
    )
    assert prove(Evidence()) == Proof(None, FEWEST_CASES, tuple(Part))


def test_a_part_without_enough_counts_adds_nothing_and_is_named() -> None:
    assert prove(replace(GOOD, ratings=29, satisfied=29)).missing == (Part.SATISFACTION,)
    assert (prove(replace(GOOD, ratings=29, satisfied=29)).score or 0) < (prove(GOOD).score or 0)


def test_many_cases_beat_few_with_the_same_share() -> None:
    few, many = Evidence(cases=30, kept=27), Evidence(cases=3000, kept=2700)
    assert (prove(few).score or 0) < (prove(many).score or 0)


def test_a_version_adds_its_adopters_up() -> None:
    halves = [Evidence(cases=20, kept=18), Evidence(cases=20, kept=18)]
    assert [prove(one).score for one in halves] == [None, None]
    assert prove_version(halves) == prove(Evidence(cases=40, kept=36))


@pytest.mark.parametrize(
    "wrong",
    [
        {"cases": -1},
        {"cases": 1, "kept": 2},
        {"ratings": 1, "satisfied": 2},
        {"heard": 1},
        {"cases": 1, "complained": 1},
        {"steps_confirmed": 1},
    ],
)
def test_impossible_counts_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"not negative|not larger than its whole"):
        Evidence(**wrong)


@given(evidence(), st.integers(1, 50))
def test_more_kept_cases_never_lower_the_score(before: Evidence, more: int) -> None:
    after = replace(before, cases=before.cases + more, kept=before.kept + more)
    assert (prove(before).score or 0) <= (prove(after).score or 0)


@given(evidence(), st.integers(1, 50))
def test_more_complaints_never_raise_the_score(before: Evidence, more: int) -> None:
    worse = replace(before, complained=min(before.heard, before.complained + more))
    assert (prove(worse).score or 0) <= (prove(before).score or 0)


@given(evidence())
def test_a_score_is_a_share_and_needs_thirty_cases(one: Evidence) -> None:
    score = prove(one).score
    assert (score is None) == (one.cases < FEWEST_CASES)
    assert score is None or 0 <= score <= 1


def test_complaints_that_nobody_could_make_add_nothing_and_are_named() -> None:
    unheard = replace(GOOD, heard=0, complained=0)
    assert Part.COMPLAINTS in prove(unheard).missing
    assert (prove(unheard).score or 0) < (prove(GOOD).score or 0)
    assert prove_version([GOOD, unheard]) == prove(GOOD + unheard)
    assert ((GOOD + unheard).heard, (GOOD + unheard).complained) == (100, 5)
