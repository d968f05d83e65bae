"""Levels moved by hand: steps taken, falls, and order that is skipped."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from livinglab.planning.domain.moves import Fall, falls, skipped, steps_taken
from livinglab.planning.domain.problems import Requirement

LEVELS = st.dictionaries(
    st.sampled_from(["1", "2", "11"]), st.integers(1, 5).map(Fraction), min_size=3, max_size=3
)
STEPS = [(key, level) for key in ("1", "2", "11") for level in range(2, 6)]
RULE_2, RULE_3 = Requirement(("1", 2), ("11", 2)), Requirement(("1", 3), ("11", 3))


def levels(one: int, two: int, eleven: int) -> dict[str, Fraction]:
    return {"1": Fraction(one), "2": Fraction(two), "11": Fraction(eleven)}


def test_a_rise_takes_each_step_up_to_its_level() -> None:
    assert steps_taken(STEPS, levels(1, 3, 2), levels(3, 3, 2)) == (("1", 2), ("1", 3))


def test_a_step_begun_between_two_levels_counts() -> None:
    start = {**levels(1, 3, 2), "1": Fraction(253, 100)}
    assert steps_taken(STEPS, start, {**start, "1": Fraction(3)}) == (("1", 3),)


@given(LEVELS, LEVELS)
def test_steps_and_falls_are_never_of_the_same_indicator(
    before: dict[str, Fraction], after: dict[str, Fraction]
) -> None:
    taken, fallen = steps_taken(STEPS, before, after), falls(before, after)
    assert {key for key, _level in taken} == {key for key in before if after[key] > before[key]}
    assert {one.indicator for one in fallen} == {key for key in before if after[key] < before[key]}


def test_a_fall_says_from_where_to_where() -> None:
    assert falls(levels(3, 3, 2), levels(3, 1, 2)) == (Fall("2", Fraction(3), Fraction(1)),)


def test_the_highest_step_that_skips_an_order_is_named() -> None:
    assert skipped([RULE_3, RULE_2], levels(1, 1, 1), levels(1, 1, 3)) == (RULE_3,)
    assert skipped([RULE_3, RULE_2], levels(1, 1, 1), levels(2, 1, 3)) == (RULE_3,)


def test_an_order_that_is_kept_or_was_skipped_before_is_no_warning() -> None:
    rules = [RULE_2, RULE_3]
    assert skipped(rules, levels(1, 1, 1), levels(3, 1, 3)) == ()
    assert skipped(rules, levels(1, 1, 3), levels(1, 1, 3)) == ()
    assert skipped(rules, levels(1, 1, 3), levels(1, 1, 4)) == ()
