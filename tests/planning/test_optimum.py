"""Plans against the truth of small problems, in which every plan can be tried."""

import random
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from livinglab.assessments.queries import Level, get_instrument
from livinglab.planning.domain import exact, groups, milp, tables
from livinglab.planning.domain.conflicts import Conflict, problem
from livinglab.planning.domain.plans import Outcome, Plan, Status, check_plan
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.solving import price_curve, solve
from livinglab.planning.queries import open_steps, problem_of
from tests.planning.small import every_plan, ladder, problems, within

FEW = settings(max_examples=40, deadline=None)
FEWER = settings(max_examples=25, deadline=None)
FEWEST = settings(max_examples=12, deadline=None)  # the solver takes 10 ms a run
TARGETS = st.integers(0, 120).map(lambda n: Fraction(1) + Fraction(n, 40))
LIMITS = st.none() | st.integers(0, 40).map(Fraction)
COUNTS = st.none() | st.integers(0, 8)


def order(goal: Goal, plan: tuple[Fraction, Fraction, int, object]) -> tuple[Fraction | int, ...]:
    """Return what plans are ordered by: with a target the least effort, without one the highest index first."""
    effort, index, steps, _ = plan
    if goal.target is not None:
        return effort, -index, steps
    if goal.steps_limit is not None and goal.effort_bound is None:
        return -index, steps, effort
    return -index, effort, steps


def values(plan: Plan) -> tuple[Fraction, Fraction, int, object]:
    return plan.effort, plan.index, len(plan.steps), plan.keys


def answered(one: Problem, goal: Goal) -> Outcome:
    """Return the outcome, leaving out locks that no limit allows."""
    try:
        return solve(one, goal)
    except Conflict:
        assert not within(goal, every_plan(one))
        assume(False)
        raise


@FEW
@given(problems(), TARGETS, LIMITS, COUNTS)
def test_the_plan_to_a_target_is_the_best_of_all(
    one: Problem, target: Fraction, limit: Fraction | None, count: int | None
) -> None:
    goal = Goal(target, limit, count)
    outcome = answered(one, goal)
    possible = within(goal, every_plan(one))
    reaching = sorted((plan for plan in possible if plan[1] >= target), key=lambda plan: order(goal, plan))
    assert outcome.highest_reachable == max(plan[1] for plan in possible)
    if not reaching:
        assert (outcome.status, outcome.best.index) == (Status.UNREACHABLE, outcome.highest_reachable)
        return
    assert outcome.status is Status.OPTIMAL
    assert order(goal, values(outcome.best)) == order(goal, reaching[0])
    assert outcome.certificate.bound == outcome.best.effort


@FEW
@given(problems(), LIMITS, COUNTS)
def test_the_highest_index_within_limits_is_the_best_of_all(
    one: Problem, limit: Fraction | None, count: int | None
) -> None:
    goal = Goal(None, limit, count)
    outcome = answered(one, goal)
    best = min(within(goal, every_plan(one)), key=lambda plan: order(goal, plan))
    assert outcome.best.index == outcome.highest_reachable == best[1]
    assert order(goal, values(outcome.best)) == order(goal, best)
    assert outcome.certificate.exact


@FEW
@given(problems(), TARGETS)
def test_the_next_best_plans_are_distinct_and_truly_next(one: Problem, target: Fraction) -> None:
    goal = Goal(target)
    outcome = solve(one, goal)
    assume(outcome.status is Status.OPTIMAL and outcome.best.steps)
    reaching = sorted(order(goal, plan) for plan in every_plan(one) if plan[1] >= target)
    plans = [outcome.best, *outcome.alternatives]
    assert [order(goal, values(plan)) for plan in plans] == reaching[: len(plans)]
    assert len(plans) == min(4, len(reaching))
    assert len({plan.keys for plan in plans}) == len(plans)


@FEWEST
@given(problems(most=3), TARGETS, LIMITS)
def test_both_methods_agree(one: Problem, target: Fraction, limit: Fraction | None) -> None:
    goal = Goal(target, limit)
    outcome = answered(one, goal)
    other = milp.answer(one, goal, alternatives=2, explain=True)
    assert other.status is outcome.status
    assert order(goal, values(other.best)) == order(goal, values(outcome.best))
    assert other.highest_reachable == outcome.highest_reachable
    assert [order(goal, values(plan)) for plan in other.alternatives] == [
        order(goal, values(plan)) for plan in outcome.alternatives[:2]
    ]
    if outcome.status is Status.OPTIMAL:
        assert {(b.limit, b.step, b.effort) for b in other.binding} == {
            (b.limit, b.step, b.effort) for b in outcome.binding
        }


@FEW
@given(problems(), TARGETS)
def test_greed_never_beats_the_plan(one: Problem, target: Fraction) -> None:
    outcome = solve(one, Goal(target), explain=False)
    assume(outcome.status is Status.OPTIMAL and not one.locked and not one.promised)
    effort, index, taken = Fraction(0), one.index, set[object]()
    while index < target:
        open_steps = [
            step
            for each in one.ladders
            for step in each.steps
            if step.key not in taken and any(plan[3] == taken | {step.key} for plan in every_plan(one))
        ]
        assume(open_steps)
        step = min(open_steps, key=lambda step: step.effort / step.gain)
        effort, index, taken = effort + step.effort, index + step.gain, taken | {step.key}
    assert outcome.best.effort <= effort


@FEW
@given(problems(), TARGETS, TARGETS)
def test_a_higher_target_never_costs_less(one: Problem, one_target: Fraction, other: Fraction) -> None:
    low, high = sorted((one_target, other))
    cheap, dear = solve(one, Goal(low), explain=False), solve(one, Goal(high), explain=False)
    assume(dear.status is Status.OPTIMAL)
    assert cheap.best.effort <= dear.best.effort


@FEW
@given(problems(), TARGETS, st.randoms(use_true_random=False))
def test_the_order_in_which_indicators_are_given_changes_nothing(
    one: Problem, target: Fraction, shuffle: random.Random
) -> None:
    given_ladders, needed = list(one.ladders), list(one.requirements)
    shuffle.shuffle(given_ladders)
    shuffle.shuffle(needed)
    again = problem(
        one.index,
        given_ladders,
        requirements=needed,
        locked=one.locked,
        promised=one.promised,
        excluded=one.excluded,
    )
    assert solve(again, Goal(target)) == solve(one, Goal(target))


@FEW
@given(problems())
def test_the_price_curve_holds_every_best_price(one: Problem) -> None:
    plans = list(every_plan(one))
    curve = price_curve(one)
    undominated = {
        (index, effort)
        for effort, index, _, _ in plans
        if not any(e <= effort and i >= index and (e, i) != (effort, index) for e, i, _, _ in plans)
    }
    assert curve == sorted(undominated)


@FEW
@given(problems(), TARGETS)
def test_a_binding_limit_is_worth_what_it_says(one: Problem, target: Fraction) -> None:
    outcome = solve(one, Goal(target))
    assume(outcome.status is Status.OPTIMAL)
    for each in outcome.binding:
        assert each.step is not None
        kept = [n for n in one.requirements if (n.before[0], n.after[0]) != (each.before, each.step[0])]
        freed = Problem(
            one.index,
            one.ladders,
            tuple(kept),
            one.locked - ({each.step} if each.limit == "locked" else set()),
            one.promised - ({each.step} if each.limit == "promised" else set()),
            one.excluded - ({each.step} if each.limit == "excluded" else set()),
        )
        assert each.effort == min(plan[0] for plan in every_plan(freed) if plan[1] >= target)
        assert each.effort < outcome.best.effort


@FEW
@given(problems(), TARGETS)
def test_with_less_effort_no_plan_reaches_the_target(one: Problem, target: Fraction) -> None:
    outcome = solve(one, Goal(target), explain=False)
    assume(outcome.status is Status.OPTIMAL)
    cheaper = [plan[1] for plan in every_plan(one) if plan[0] < outcome.best.effort]
    assert outcome.certificate.index_below == max(cheaper, default=None)
    assert not cheaper or max(cheaper) < target


@FEWER
@given(problems(), TARGETS)
def test_numbers_beyond_64_bits_change_nothing(one: Problem, target: Fraction) -> None:
    huge = 10**30
    scaled = [
        ladder(
            each.indicator, int(each.level), each.steps[0].gain, [step.effort * huge for step in each.steps]
        )
        if each.steps
        else each
        for each in one.ladders
    ]
    far = problem(
        one.index,
        scaled,
        requirements=one.requirements,
        locked=one.locked,
        promised=one.promised,
        excluded=one.excluded,
    )
    near, distant = solve(one, Goal(target)), solve(far, Goal(target))
    assert distant.best.keys == near.best.keys
    assert distant.best.effort == near.best.effort * huge


def test_a_knapsack_that_greed_gets_wrong() -> None:
    """Greed takes the step that gains most per effort (0.6 for 3) and then needs the dear one as well."""
    found = [
        ladder("1", 3, Fraction(6, 10), [Fraction(3)]),
        ladder("2", 3, Fraction(5, 10), [Fraction(4)]),
        ladder("3", 3, Fraction(5, 10), [Fraction(4)]),
        ladder("4", 3, Fraction(1), [Fraction(7)]),
    ]
    outcome = solve(problem(Fraction(2), found), Goal(Fraction(3)))
    assert (outcome.best.effort, [step.key for step in outcome.best.steps]) == (
        Fraction(7),
        [("1", 4), ("2", 4)],
    )
    assert [plan.effort for plan in outcome.alternatives] == [7, 7, 8]
    assert outcome.certificate.index_below == Fraction(26, 10)


def test_a_group_too_large_for_tables_is_answered_by_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [ladder(str(n), 1, Fraction(n, 100), [Fraction(n + k) for k in range(3)]) for n in range(1, 6)]
    one = problem(Fraction(1), found)
    known = solve(one, Goal(Fraction(13, 10)))
    curve = price_curve(one)
    monkeypatch.setattr(groups, "MAXIMUM_STATES", 1)
    outcome = solve(one, Goal(Fraction(13, 10)))
    assert (outcome.certificate.exact, known.certificate.exact) == (False, True)
    assert values(outcome.best)[:3] == values(known.best)[:3]
    assert set(price_curve(one)) <= set(curve)
    monkeypatch.undo()
    monkeypatch.setattr(tables, "MAXIMUM_CELLS", 1)
    assert solve(one, Goal(Fraction(13, 10))).best == outcome.best


def test_both_methods_agree_on_a_whole_region() -> None:
    instrument, seeded = get_instrument("spbe-2020"), random.Random(47)
    levels: dict[str, Level] = {each.key: seeded.randint(1, 4) for each in instrument.indicators()}
    efforts = {step: Fraction(seeded.randint(1, 60), 4) for step in open_steps(instrument, levels)}
    one = problem_of(instrument, levels, efforts)
    goal = Goal(one.index + Fraction(1, 2))
    known = solve(one, goal, explain=False, alternatives=0)
    other = milp.answer(one, goal, explain=False, alternatives=0)
    assert values(other.best)[:3] == values(known.best)[:3]
    assert (known.certificate.method, other.certificate.method) == (
        "dynamic-programme",
        "mixed-integer-programme",
    )


def test_a_plan_that_breaks_its_problem_is_caught() -> None:
    one = problem(Fraction(1), [ladder("1", 1, Fraction(1, 10), [Fraction(1)] * 3)])
    second = one.ladders[0].steps[1]
    with pytest.raises(AssertionError, match="too early"):
        check_plan(one, Goal(), Plan((second,), second.effort, one.index + second.gain), reaches=False)
    honest = exact.answer(one, Goal(Fraction(11, 10)), alternatives=0, explain=False).best
    with pytest.raises(AssertionError, match="misses its goal"):
        check_plan(one, Goal(Fraction(12, 10)), honest, reaches=True)
    with pytest.raises(AssertionError, match="add up"):
        check_plan(one, Goal(), Plan(honest.steps, honest.effort, one.index), reaches=True)
