"""Plans that limits of effort, rupiah and steps bind at once, against the truth of small problems and the solver."""

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from livinglab.assessments.queries import Level, get_instrument
from livinglab.planning.domain import boards, labels, milp, resources, several_limits
from livinglab.planning.domain.conflicts import Conflict, problem
from livinglab.planning.domain.plans import Limit, Status
from livinglab.planning.domain.problems import Goal, Ladder, Problem, StepKey
from livinglab.planning.domain.solving import solve
from livinglab.planning.queries import open_steps, problem_of
from tests.planning.small import every_plan, ladder, problems, within
from tests.planning.test_budget import BUDGETS, affordable, priced, with_costs
from tests.planning.test_budget import answered as answered_within
from tests.planning.test_optimum import COUNTS, FEW, FEWER, LIMITS, TARGETS, answered, order, values


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
        outcome = several_limits.answer(one, goal, alternatives=0, explain=True)
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


def test_a_limit_of_steps_beyond_the_search_is_answered_by_the_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [ladder(str(n), 1, Fraction(n, 100), [Fraction(n + k) for k in range(3)]) for n in range(1, 6)]
    one, goal = problem(Fraction(1), found), Goal(Fraction(115, 100), steps_limit=3)
    known = solve(one, goal)
    monkeypatch.setattr(labels, "MOST_LABELS", 0)
    other = solve(one, goal)
    assert (known.certificate.exact, other.certificate.exact) == (True, False)
    assert (other.best, other.alternatives) == (known.best, known.alternatives)


# --- the order of plans ---


def heights(one: Problem, keys: frozenset[StepKey]) -> tuple[int, ...]:
    """Return what orders plans that are otherwise equal: who goes further in the earlier indicator comes first."""
    return tuple(-sum(step.key in keys for step in each.steps) for each in one.ladders)


def loose(one: Problem) -> Problem:
    """Return the problem without precedence, under which indicators are chosen together."""
    return replace(one, requirements=())


@FEW
@given(priced(), st.none() | TARGETS, LIMITS, COUNTS, BUDGETS)
def test_plans_within_a_budget_come_in_their_order_to_the_last_tie(
    bound: Problem, target: Fraction | None, limit: Fraction | None, count: int | None, budget: Fraction
) -> None:
    one, goal = loose(bound), Goal(target, limit, count, budget=budget)
    assume(one.price is None)
    outcome = answered_within(one, goal)
    assume(outcome.status is Status.OPTIMAL and outcome.best.steps)
    possible = [plan for plan in affordable(one, goal) if target is None or plan[1] >= target]
    by_effort = Goal(target if target is not None else None, Fraction(0))
    wanted = sorted((*order(by_effort, plan), heights(one, plan[3])) for plan in possible)
    plans = [values(plan) for plan in (outcome.best, *outcome.alternatives)]
    found = [(*order(by_effort, plan), heights(one, plan[3])) for plan in plans]
    assert found == wanted[: len(found)]
    assert len(found) == min(4, len(wanted))


def test_among_steps_that_are_all_alike_the_earlier_indicators_come_first() -> None:
    found = [ladder(str(n), 1, Fraction(1, 100), [Fraction(1)] * 3) for n in range(1, 31)]
    one = with_costs(problem(Fraction(1), found), [Fraction(2)] * 89 + [Fraction(3)])
    outcome = solve(one, Goal(Fraction(145, 100), budget=Fraction(90)))
    taken = [heights(one, plan.keys) for plan in (outcome.best, *outcome.alternatives)]
    assert outcome.certificate.exact
    assert taken[0] == (-3,) * 15 + (0,) * 15
    assert taken[1] == (-3,) * 14 + (-2, -1) + (0,) * 14
    assert taken[2] == (-3,) * 14 + (-2, 0, -1) + (0,) * 13
    assert taken[3] == (-3,) * 14 + (-2, 0, 0, -1) + (0,) * 12


# --- nothing but the time depends on how it is looked for ---


@FEW
@given(priced(), st.none() | TARGETS, LIMITS, COUNTS, BUDGETS, st.sampled_from([0.0, 1e-9, 1.0, 1e9]))
def test_neither_prices_nor_the_width_of_a_look_change_an_answer(
    one: Problem,
    target: Fraction | None,
    limit: Fraction | None,
    count: int | None,
    budget: Fraction,
    price: float,
) -> None:
    goal = Goal(target, limit, count, budget=budget)
    assume(one.price is None)
    outcome = answered_within(one, goal)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(labels, "FIRST_LOOK", 1)
        patched.setattr(labels, "WIDER", 3)
        patched.setattr(labels, "AT_ONCE", 5)
        patched.setattr(boards, "best_prices", lambda trade: np.full(len(trade.limits), price))
        assert solve(one, goal) == outcome


@FEW
@given(priced(), st.none() | TARGETS, LIMITS, COUNTS, BUDGETS)
def test_numbers_of_any_size_are_weighed_alike(
    one: Problem, target: Fraction | None, limit: Fraction | None, count: int | None, budget: Fraction
) -> None:
    goal = Goal(target, limit, count, budget=budget)
    assume(one.price is None)
    outcome = answered_within(one, goal)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resources, "SAFE", 0)
        assert solve(one, goal) == outcome


@FEWER
@given(priced(), TARGETS, LIMITS, BUDGETS)
def test_greed_never_beats_the_plan_within_a_budget(
    one: Problem, target: Fraction, limit: Fraction | None, budget: Fraction
) -> None:
    goal = Goal(target, limit, budget=budget)
    outcome = answered_within(one, goal)
    plans = {plan[3]: plan for plan in affordable(one, goal)}
    effort, index, _, keys = min(plans.values(), key=lambda plan: plan[2])  # what is locked or promised
    while index < target:
        more = [plan for plan in plans.values() if keys < plan[3] and len(plan[3]) == len(keys) + 1]
        if not more:
            return
        gained = {plan[3]: (plan[1] - index) / (plan[0] - effort + Fraction(1, 99)) for plan in more}
        effort, index, _, keys = max(more, key=lambda plan: (gained[plan[3]], sorted(plan[3])))
    assert outcome.status is Status.OPTIMAL
    assert outcome.best.effort <= effort


# --- whole regions ---


def region(seed: int, code: str) -> Problem:
    """Return a whole region of seeded levels, efforts and costs of their own."""
    instrument, seeded = get_instrument(code), random.Random(seed)
    held: dict[str, Level] = {each.key: seeded.randint(1, 3) for each in instrument.indicators()}
    steps = open_steps(instrument, held)
    efforts = {step: Fraction(seeded.randint(1, 60), 4) for step in steps}
    costs = {step: Fraction(seeded.randint(0, 900) * 1_000_000) for step in steps}
    return problem_of(instrument, held, efforts, costs=costs)


@pytest.mark.parametrize(("seed", "code"), [(1, "spbe-2020"), (2, "spbe-2020"), (3, "pemdi-2026")])
def test_search_and_solver_agree_on_a_whole_region_within_a_budget(seed: int, code: str) -> None:
    one = region(seed, code)
    target = one.index + Fraction(1, 2)
    free = solve(one, Goal(target), explain=False, alternatives=0).best
    goal = Goal(target, steps_limit=len(free.steps) + 1, budget=(free.cost or Fraction(0)) * 4 / 5)
    known = solve(one, goal, alternatives=0, explain=False)
    other = milp.answer(one, goal, alternatives=0, explain=False)
    assert known.certificate.exact
    assert (known.status, known.highest_reachable) == (other.status, other.highest_reachable)
    assert values(known.best)[:3] == values(other.best)[:3]


def test_the_order_of_indicators_changes_nothing_within_a_budget() -> None:
    one = region(4, "spbe-2020")
    free = solve(one, Goal(one.index + Fraction(1, 2)), explain=False, alternatives=0).best
    goal = Goal(one.index + Fraction(1, 2), budget=(free.cost or Fraction(0)) * 9 / 10)
    shuffled: list[Ladder] = random.Random(5).sample(one.ladders, len(one.ladders))
    again = problem(one.index, shuffled, requirements=reversed(one.requirements))
    assert solve(again, goal) == solve(one, goal)
    assert Limit.BUDGET in {each.limit for each in solve(one, goal).binding}
