"""The chance that a target is confirmed: exact against trying everything, and never safer than it is."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.planning.domain.exact import cheapest_plans
from livinglab.planning.domain.problems import Problem, Step
from livinglab.planning.domain.risk import CERTAINTIES, Claim, chance, claims_of, safe_targets
from tests.planning.small import problems

GAINS = st.sampled_from([Fraction(13, 1000), Fraction(1, 40), Fraction(1, 3), Fraction(3, 100)])
CLAIMS = st.lists(st.lists(GAINS, min_size=1, max_size=3).map(lambda gains: Claim(tuple(gains))), max_size=4)
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=20)
MISSING = st.fractions(min_value=-1, max_value=3, max_denominator=50)
HELD = Fraction(5, 2)


def verdicts(claims: list[Claim], acceptance: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield (points confirmed, chance) of every list of verdicts, one verdict for each claimed step."""
    steps = [(claim, n) for claim in claims for n in range(len(claim.gains))]
    for accepted in product((True, False), repeat=len(steps)):
        by_step = dict(zip(((id(claim), n) for claim, n in steps), accepted, strict=True))
        points = sum(
            (
                claim.gains[n]
                for claim, n in steps
                if all(by_step[id(claim), lower] for lower in range(n + 1))
            ),
            Fraction(0),
        )
        yield points, prod((acceptance if one else 1 - acceptance for one in accepted), start=Fraction(1))


@given(CLAIMS, SHARES, MISSING)
def test_the_chance_is_that_of_trying_every_verdict(
    claims: list[Claim], acceptance: Fraction, missing: Fraction
) -> None:
    separate = [Claim(tuple(claim.gains)) for claim in claims]
    counted = sum((part for points, part in verdicts(separate, acceptance) if points >= missing), Fraction(0))
    assert chance(HELD, separate, acceptance, HELD + missing) == counted


def test_a_claim_with_a_share_of_its_own_counts_with_it() -> None:
    first, second = Claim((Fraction(1, 10),), Fraction(1, 2)), Claim((Fraction(2, 10),))
    target = HELD + Fraction(3, 10)
    assert chance(HELD, [first, second], Fraction(4, 5), target) == Fraction(2, 5)
    assert chance(HELD, [second, replace(first, acceptance=None)], Fraction(4, 5), target) == Fraction(16, 25)
    with pytest.raises(ValueError, match="0 to 1"):
        chance(HELD, [Claim((Fraction(1),), Fraction(3, 2))], Fraction(4, 5), target)


@given(CLAIMS, SHARES, SHARES, MISSING)
def test_more_acceptance_never_lowers_the_chance(
    claims: list[Claim], one: Fraction, other: Fraction, missing: Fraction
) -> None:
    low, high = sorted((one, other))
    assert 0 <= chance(HELD, claims, low, HELD + missing) <= chance(HELD, claims, high, HELD + missing) <= 1


@given(CLAIMS, GAINS, SHARES, MISSING)
def test_one_more_claim_never_lowers_the_chance(
    claims: list[Claim], gain: Fraction, acceptance: Fraction, missing: Fraction
) -> None:
    more = [*claims, Claim((gain,))]
    assert chance(HELD, claims, acceptance, HELD + missing) <= chance(HELD, more, acceptance, HELD + missing)


@given(CLAIMS, MISSING)
def test_where_all_or_nothing_is_accepted_there_is_no_chance_in_it(
    claims: list[Claim], missing: Fraction
) -> None:
    whole = sum((sum(claim.gains, Fraction(0)) for claim in claims), Fraction(0))
    assert chance(HELD, claims, Fraction(1), HELD + missing) == (whole >= missing)
    assert chance(HELD, claims, Fraction(0), HELD + missing) == (missing <= 0)


def test_a_chance_by_hand() -> None:
    """Two steps of one indicator and one of another, four in five accepted; two points of three are enough."""
    claims = [Claim((Fraction(1), Fraction(1))), Claim((Fraction(1),))]
    both = Fraction(16, 25)  # the first indicator in full, whatever becomes of the other
    one_each = Fraction(4, 5) * Fraction(1, 5) * Fraction(4, 5)
    assert chance(Fraction(2), claims, Fraction(4, 5), Fraction(4)) == both + one_each


def test_a_share_is_a_share() -> None:
    for wrong in (Fraction(-1, 100), Fraction(101, 100)):
        with pytest.raises(ValueError, match="0 to 1"):
            chance(HELD, [Claim((Fraction(1),))], wrong, HELD)


def test_claims_are_taken_by_indicator_and_in_order() -> None:
    steps = [Step("2", 3, Fraction(1), Fraction(1, 4)), Step("1", 2, Fraction(1), Fraction(1, 3))]
    steps.append(Step("2", 2, Fraction(1), Fraction(1, 5)))
    assert claims_of(steps) == (Claim((Fraction(1, 3),)), Claim((Fraction(1, 5), Fraction(1, 4))))


@given(problems(), st.fractions(min_value=0, max_value=1, max_denominator=20), st.integers(0, 200))
def test_the_safe_targets_rise_and_keep_what_they_promise(
    problem: Problem, acceptance: Fraction, hundredths: int
) -> None:
    target = problem.index + Fraction(hundredths, 100)
    cheapest = cheapest_plans(problem)
    found = safe_targets(cheapest, problem.index, target, acceptance)
    assert [one.certainty for one in found] == list(CERTAINTIES[: len(found)])
    assert [one.target for one in found] == sorted(one.target for one in found)
    for one in found:
        plan = cheapest(one.target)
        assert plan is not None
        assert plan.index >= one.target >= target
        assert one.effort == plan.effort
        assert one.chance == chance(problem.index, claims_of(plan.steps), acceptance, target) >= one.certainty


@given(problems(bound=False), st.fractions(min_value=0, max_value=1, max_denominator=20))
def test_no_lower_target_of_the_grid_is_safe_enough(problem: Problem, acceptance: Fraction) -> None:
    target = problem.index + Fraction(1, 10)
    cheapest = cheapest_plans(problem)
    for one in safe_targets(cheapest, problem.index, target, acceptance):
        lower = target
        while lower < one.target:
            plan = cheapest(lower)
            assert plan is not None
            assert chance(problem.index, claims_of(plan.steps), acceptance, target) < one.certainty
            lower += Fraction(1, 100)
