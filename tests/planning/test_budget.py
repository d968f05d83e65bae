"""Plans within a budget in rupiah, whose costs may or may not follow effort, against the truth of small problems."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from livinglab.planning.domain import labels, milp, several_limits
from livinglab.planning.domain.budgets import BudgetTooSmall, CostsUnknown
from livinglab.planning.domain.conflicts import Conflict, problem
from livinglab.planning.domain.plans import Limit, Outcome, Status
from livinglab.planning.domain.problems import Goal, Problem, StepKey
from livinglab.planning.domain.solving import budget_curve, solve
from tests.planning.small import every_plan, ladder, problems, within
from tests.planning.test_optimum import COUNTS, FEW, FEWER, FEWEST, LIMITS, TARGETS, order, values

BUDGETS = st.integers(0, 60).map(lambda n: Fraction(n * 1_000_000))
COSTS = st.integers(0, 12).map(lambda n: Fraction(n * 1_000_000)) | st.just(Fraction(1_234_567))


def with_costs(one: Problem, costs: Iterable[Fraction]) -> Problem:
    """Return the problem with what each step costs, in the order of its steps."""
    told = iter(costs)
    ladders = (
        replace(each, steps=tuple(replace(step, cost=next(told)) for step in each.steps))
        for each in one.ladders
    )
    return replace(one, ladders=tuple(ladders))


@st.composite
def priced(draw: st.DrawFn, most: int = 4) -> Problem:
    """Draw a problem of which each step has a cost of its own."""
    one = draw(problems(most=most))
    count = sum(len(each.steps) for each in one.ladders)
    return with_costs(one, draw(st.lists(COSTS, min_size=count, max_size=count)))


def cost(one: Problem, keys: Iterable[StepKey]) -> Fraction:
    known = {step.key: step.cost or Fraction(0) for each in one.ladders for step in each.steps}
    return sum((known[key] for key in keys), Fraction(0))


def affordable(one: Problem, goal: Goal) -> list[tuple[Fraction, Fraction, int, frozenset[StepKey]]]:
    """Return every plan within all limits of a goal, found by trying all."""
    plans = within(goal, every_plan(one))
    return [plan for plan in plans if goal.budget is None or cost(one, plan[3]) <= goal.budget]


def answered(one: Problem, goal: Goal) -> Outcome:
    """Return the outcome; leaves out what contradicts itself, after a look that it does."""
    try:
        return solve(one, goal)
    except BudgetTooSmall as small:
        steps = [plan for plan in affordable(one, goal) if plan[3]]
        assert not any(cost(one, plan[3]) for plan in steps)
        enough = Goal(budget=Fraction(small.least))  # whatever else limits the plan
        again = [plan for plan in affordable(one, enough) if plan[3]]
        assert again
        assume(False)
        raise
    except Conflict:
        assert not affordable(one, goal)
        assume(False)
        raise


@FEW
@given(priced(), TARGETS, LIMITS, COUNTS, BUDGETS)
def test_the_plan_to_a_target_within_three_limits_is_the_best_of_all(
    one: Problem, target: Fraction, limit: Fraction | None, count: int | None, budget: Fraction
) -> None:
    goal = Goal(target, limit, count, budget=budget)
    outcome = answered(one, goal)
    possible = affordable(one, goal)
    reaching = sorted(order(goal, plan) for plan in possible if plan[1] >= target)
    assert outcome.highest_reachable == max(plan[1] for plan in possible)
    if not reaching:
        assert (outcome.status, outcome.best.index) == (Status.UNREACHABLE, outcome.highest_reachable)
        return
    assert outcome.status is Status.OPTIMAL
    plans = [outcome.best, *outcome.alternatives]
    wanted = reaching if outcome.best.steps else reaching[:1]
    assert [order(goal, values(plan)) for plan in plans] == wanted[: len(plans)]
    assert len(plans) == min(4, len(wanted))
    cheaper = [plan[1] for plan in possible if plan[0] < outcome.best.effort]
    assert outcome.certificate.exact
    assert outcome.certificate.index_below is None or max(cheaper) <= outcome.certificate.index_below < target


@FEW
@given(priced(), LIMITS, COUNTS, BUDGETS)
def test_the_highest_index_within_three_limits_is_the_best_of_all(
    one: Problem, limit: Fraction | None, count: int | None, budget: Fraction
) -> None:
    goal = Goal(None, limit, count, budget=budget)
    outcome = answered(one, goal)
    possible = affordable(one, goal)
    highest = max(plan[1] for plan in possible)
    assert outcome.best.index == outcome.highest_reachable == highest
    if one.price is None:
        cheapest = min((-plan[1], plan[0], plan[2]) for plan in possible)
        assert (-outcome.best.index, outcome.best.effort, len(outcome.best.steps)) == cheapest


@FEW
@given(priced(), st.none() | TARGETS, LIMITS, COUNTS, BUDGETS)
def test_a_limit_that_binds_beside_a_budget_is_worth_what_it_says(
    one: Problem, target: Fraction | None, limit: Fraction | None, count: int | None, budget: Fraction
) -> None:
    assume(one.price is None)
    goal = Goal(target, limit, count, budget=budget)
    outcome = answered(one, goal)
    freed = {"budget": replace(goal, budget=None), "steps": replace(goal, steps_limit=None)}
    freed["effort"] = replace(goal, effort_limit=None)
    for each in outcome.binding:
        kept = [
            n for n in one.requirements if (n.before[0], n.after[0]) != (each.before, (each.step or ("",))[0])
        ]
        left = replace(
            one,
            requirements=tuple(kept) if each.limit is Limit.PRECEDENCE else one.requirements,
            locked=one.locked - ({each.step} if each.limit is Limit.LOCKED else set()),
            promised=one.promised - ({each.step} if each.limit is Limit.PROMISED else set()),
            excluded=one.excluded - ({each.step} if each.limit is Limit.EXCLUDED else set()),
        )
        possible = affordable(left, freed.get(each.limit, goal))
        if each.effort is not None:
            assert each.effort == min(plan[0] for plan in possible if plan[1] >= (target or 0))
        else:
            assert each.index == max(plan[1] for plan in possible)
    free = affordable(one, freed["budget"])
    if target is None and max(plan[1] for plan in free) > outcome.best.index:
        assert Limit.BUDGET in {each.limit for each in outcome.binding}


@FEWEST
@given(priced(most=3), st.none() | TARGETS, LIMITS, BUDGETS)
def test_search_and_solver_agree_on_a_budget(
    one: Problem, target: Fraction | None, limit: Fraction | None, budget: Fraction
) -> None:
    goal = Goal(target, limit, budget=budget)
    outcome = answered(one, goal)
    assume(one.price is None)
    other = milp.answer(one, goal, alternatives=2, explain=False)
    assert other.status is outcome.status
    assert order(goal, values(other.best))[:2] == order(goal, values(outcome.best))[:2]
    assert other.highest_reachable == outcome.highest_reachable


@FEW
@given(priced(), st.none() | TARGETS, BUDGETS, BUDGETS)
def test_a_larger_budget_never_gives_a_lower_index(
    one: Problem, target: Fraction | None, first: Fraction, second: Fraction
) -> None:
    low, high = (answered(one, Goal(target, budget=each)) for each in sorted((first, second)))
    assert low.highest_reachable <= high.highest_reachable
    if target is None:
        assert low.best.index <= high.best.index
    elif low.status is Status.OPTIMAL:
        assert (high.status, high.best.effort <= low.best.effort) == (Status.OPTIMAL, True)


@FEW
@given(priced(), TARGETS, LIMITS, COUNTS)
def test_a_budget_that_pays_for_everything_is_none(
    one: Problem, target: Fraction, limit: Fraction | None, count: int | None
) -> None:
    everything = cost(one, (step.key for each in one.ladders for step in each.steps))
    plain = answered(one, Goal(target, limit, count))
    rich = answered(one, Goal(target, limit, count, budget=everything))
    assert order(Goal(target), values(rich.best)) == order(Goal(target), values(plain.best))
    assert (rich.status, rich.highest_reachable) == (plain.status, plain.highest_reachable)
    assert Limit.BUDGET not in {each.limit for each in rich.binding}


@FEW
@given(problems(), st.none() | TARGETS, LIMITS, COUNTS, st.integers(0, 40))
def test_costs_that_follow_effort_make_the_budget_a_limit_of_effort(
    one: Problem, target: Fraction | None, limit: Fraction | None, count: int | None, buys: int
) -> None:
    price = Fraction(25_000_000)
    told = with_costs(one, [step.effort * price for each in one.ladders for step in each.steps])
    goal = Goal(target, limit, count, budget=buys * price)
    outcome = answered(told, goal)
    bound = Fraction(buys) if limit is None else min(Fraction(buys), limit)
    same = solve(told, Goal(target, bound, count))
    assert (outcome.best, outcome.alternatives, outcome.highest_reachable) == (
        same.best,
        same.alternatives,
        same.highest_reachable,
    )
    searched = several_limits.answer(told, goal, alternatives=0, explain=False)
    assert searched.highest_reachable == outcome.highest_reachable
    assert searched.best.index == outcome.best.index


@FEWER
@given(priced())
def test_the_curve_in_rupiah_holds_every_best_price(one: Problem) -> None:
    plans = [(plan[1], cost(one, plan[3])) for plan in every_plan(one)]
    undominated = {
        (index, paid)
        for index, paid in plans
        if not any(p <= paid and i >= index and (i, p) != (index, paid) for i, p in plans)
    }
    assert budget_curve(one) == sorted(undominated)


def test_effort_and_money_run_short_independently() -> None:
    """The cheapest work is dear in rupiah: the budget takes the plan that costs more work, and is named."""
    found = [
        ladder("1", 3, Fraction(1, 10), [Fraction(1)]),
        ladder("2", 3, Fraction(1, 10), [Fraction(4)]),
        ladder("3", 3, Fraction(1, 10), [Fraction(6)]),
    ]
    one = with_costs(problem(Fraction(2), found), [Fraction(900), Fraction(100), Fraction(50)])
    outcome = solve(one, Goal(Fraction(21, 10), budget=Fraction(100)))
    assert [step.key for step in outcome.best.steps] == [("2", 4)]
    assert [set(plan.keys) for plan in outcome.alternatives] == [{("3", 4)}]
    assert [(each.limit, each.effort) for each in outcome.binding] == [(Limit.BUDGET, Fraction(1))]
    assert (outcome.best.cost, outcome.highest_reachable) == (Fraction(100), Fraction(21, 10))
    both = solve(one, Goal(None, effort_limit=Fraction(10), budget=Fraction(150)))
    assert sorted(both.best.keys) == [("2", 4), ("3", 4)]
    assert both.best.cost == 150


def test_a_budget_beyond_the_search_is_answered_by_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [ladder(str(n), 1, Fraction(n, 100), [Fraction(n + k) for k in range(3)]) for n in range(1, 6)]
    one = with_costs(problem(Fraction(1), found), [Fraction(7 * n % 5 + 1) for n in range(15)])
    goal = Goal(Fraction(115, 100), budget=Fraction(14))
    known = solve(one, goal)
    monkeypatch.setattr(labels, "MOST_LABELS", 0)
    other = solve(one, goal)
    assert (known.certificate.exact, other.certificate.exact) == (True, False)
    assert other.highest_reachable == known.highest_reachable
    plans = [
        [order(goal, values(plan)) for plan in (each.best, *each.alternatives)] for each in (known, other)
    ]
    assert plans[0] == plans[1]
    assert [(each.limit, each.effort) for each in other.binding] == [
        (each.limit, each.effort) for each in known.binding
    ]


def test_a_budget_that_does_not_add_up_names_the_nearest_that_does() -> None:
    found = [ladder("1", 3, Fraction(1, 10), [Fraction(1)]), ladder("2", 3, Fraction(1, 10), [Fraction(4)])]
    told = with_costs(problem(Fraction(2), found), [Fraction(900), Fraction(300)])
    with pytest.raises(
        BudgetTooSmall, match=r"indicator 2 to level 4, costs 300; the least .* is 1200"
    ) as small:
        solve(told, Goal(Fraction(22, 10), budget=Fraction(299)))
    assert small.value.least == 1200
    with pytest.raises(BudgetTooSmall, match=r"is 300$"):
        solve(told, Goal(None, budget=Fraction(0)))
    with pytest.raises(Conflict, match="the budget is below 0"):
        solve(told, Goal(None, budget=Fraction(-1)))
    forced = replace(told, locked=frozenset({("1", 4)}))
    with pytest.raises(BudgetTooSmall, match="cost 900 rupiah, more than the budget of 899; raise it to 900"):
        solve(forced, Goal(None, budget=Fraction(899)))
    with pytest.raises(CostsUnknown, match="of 2 open steps nobody said what they cost"):
        solve(problem(Fraction(2), found), Goal(None, budget=Fraction(899)))
