"""Plans that a limit of effort and one of steps bind at once, against the truth of small problems."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from livinglab.planning.domain import counted, two_limits
from livinglab.planning.domain.conflicts import Conflict, problem
from livinglab.planning.domain.plans import Status
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.solving import solve
from tests.planning.small import every_plan, ladder, problems, within
from tests.planning.test_optimum import COUNTS, FEW, LIMITS, TARGETS, answered, order, values


@FEW
@given(problems(), st.none() | TARGETS, LIMITS, COUNTS)
def test_the_next_best_within_limits_are_truly_next(
    one: Problem, target: Fraction | None, limit: Fraction | None, count: int | None
) -> None:
    goal = Goal(target, limit, count)
    outcome = answered(one, goal)
    assume(outcome.status is Status.OPTIMAL and outcome.best.steps)
    possible = [plan for plan in within(goal, every_plan(one)) if target is None or plan[1] >= target]
    wanted = sorted(order(goal, plan) for plan in possible)
    plans = [outcome.best, *outcome.alternatives]
    assert [order(goal, values(plan)) for plan in plans] == wanted[: len(plans)]
    assert len(plans) == min(4, len(wanted))


@FEW
@given(problems(), st.none() | TARGETS, LIMITS, st.integers(0, 6))
def test_a_limit_that_binds_beside_another_is_worth_what_it_says(
    one: Problem, target: Fraction | None, limit: Fraction | None, count: int
) -> None:
    goal = Goal(target, limit, count)
    try:
        outcome = two_limits.answer(one, goal, alternatives=0, explain=True)
    except Conflict:
        assert not within(goal, every_plan(one))
        return
    for each in outcome.binding:
        goals = {"steps": replace(goal, steps_limit=None), "effort": replace(goal, effort_limit=None)}
        freed = goals.get(each.limit, goal)
        kept = [
            n for n in one.requirements if (n.before[0], n.after[0]) != (each.before, (each.step or ("",))[0])
        ]
        gone = {each.step}
        problem_left = Problem(
            one.index,
            one.ladders,
            tuple(kept) if each.limit == "precedence" else one.requirements,
            one.locked - gone if each.limit == "locked" else one.locked,
            one.promised - gone if each.limit == "promised" else one.promised,
            one.excluded - gone if each.limit == "excluded" else one.excluded,
        )
        possible = within(freed, every_plan(problem_left))
        if each.effort is not None:
            assert each.effort == min(plan[0] for plan in possible if plan[1] >= (target or 0))
        else:
            assert each.index == max(plan[1] for plan in possible)


def test_two_limits_at_once_are_weighed_together() -> None:
    """By effort alone two cheap steps are best, by number alone one dear step: both limits allow only the third."""
    found = [
        ladder("1", 3, Fraction(1, 10), [Fraction(1)]),
        ladder("2", 3, Fraction(1, 10), [Fraction(1)]),
        ladder("3", 3, Fraction(3, 10), [Fraction(9)]),
        ladder("4", 3, Fraction(15, 100), [Fraction(4)]),
    ]
    one = problem(Fraction(2), found)
    outcome = solve(one, Goal(effort_limit=Fraction(4), steps_limit=1))
    assert [step.key for step in outcome.best.steps] == [("4", 4)]
    assert [(each.limit, each.index) for each in outcome.binding] == [
        ("steps", Fraction(22, 10)),
        ("effort", Fraction(23, 10)),
    ]
    reach = solve(one, Goal(Fraction(22, 10), effort_limit=Fraction(9), steps_limit=1))
    assert ([step.key for step in reach.best.steps], reach.certificate.method) == (
        [("3", 4)],
        "dynamic-programme",
    )
    assert [(each.limit, each.effort) for each in reach.binding] == [("steps", Fraction(2))]


def test_two_limits_of_numbers_beyond_the_tables_are_answered_by_the_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [ladder(str(n), 1, Fraction(n, 100), [Fraction(n + k) for k in range(3)]) for n in range(1, 6)]
    one, goal = problem(Fraction(1), found), Goal(Fraction(115, 100), steps_limit=3)
    known = solve(one, goal)
    monkeypatch.setattr(counted, "MAXIMUM_CELLS", 1)
    other = solve(one, goal)
    assert (known.certificate.exact, other.certificate.exact) == (True, False)
    assert (other.best, other.alternatives) == (known.best, known.alternatives)
