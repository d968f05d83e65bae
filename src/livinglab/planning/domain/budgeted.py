"""Answers a goal under a budget that no price ties to effort: exact, by a search that tables keep short.

Choices are made group by group. From any point on, tables say what a gain takes at least in effort, in rupiah, in
steps and in a mixture of effort and rupiah; the search follows what looks best and leaves what no limit allows (best
first, after Hart, Nilsson and Raphael 1968). So its plans come in their order, and effort, rupiah and gain are whole
numbers or fractions throughout. Beyond a number of points looked at, the mixed-integer programme takes over.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Final

from livinglab.planning.domain.conflicts import broken_limit
from livinglab.planning.domain.exact import heights_of
from livinglab.planning.domain.groups import Group, TooManyStates
from livinglab.planning.domain.mixtures import (
    Currencies,
    Measure,
    Mixture,
    lagrange,
    surrogate,
    tables_for,
)
from livinglab.planning.domain.plans import Binding, Certificate, Method, Outcome, Plan, Status, plan_of
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.relaxations import (
    Relaxation,
    group_of,
    highest_index,
    least_effort,
    most_helpful_first,
    new_choices,
    relaxations,
    weighed_limit,
    without_each,
)
from livinglab.planning.domain.tables import TooManyCells

SOLVER: Final = "exact best-first search under tables of effort and rupiah"
MOST_POINTS: Final = 40_000  # looked at, in one search; some seconds
Free = Callable[[Problem, Goal], Outcome]  # the answer to another goal, without alternatives and what binds


def answer(problem: Problem, goal: Goal, *, alternatives: int, explain: bool, free: Free) -> Outcome:
    """Return the outcome of a goal with a budget. Raises TooManyStates or TooManyCells, or Conflict."""
    search = _search(problem, goal)
    highest = next(search.highest(search.surrogate), None)
    if highest is None:
        raise broken_limit(problem, goal)
    need = (
        None if goal.target is None else max(0, search.effort.tables.units.gains(goal.target - problem.index))
    )
    reached = need is None or highest.index >= problem.index + need * search.effort.tables.units.gain
    by_effort = reached and need is not None
    if need is not None and reached:
        mixture = search.lagrange(need)
        plans = search.cheapest(need, mixture)
    else:
        mixture, plans = search.surrogate, search.highest(search.surrogate)
    best = next(plans)
    nothing_to_do = by_effort and not best.steps
    others = () if nothing_to_do or not reached else tuple(islice(plans, alternatives))
    below = search.index_below(best, mixture) if by_effort else None
    bound = best.effort if by_effort else highest.index
    return Outcome(
        status=Status.OPTIMAL if reached else Status.UNREACHABLE,
        best=best,
        alternatives=others,
        binding=_binding(search, best, mixture, free, by_effort=by_effort) if explain else (),
        highest_reachable=highest.index,
        certificate=Certificate(Method.DYNAMIC_PROGRAMME, SOLVER, bound, below, exact=True),
    )


def _search(problem: Problem, goal: Goal) -> _Search:
    tables = tables_for(problem)
    found = Currencies(problem, tables)
    assert goal.budget is not None, "without a budget there is nothing to weigh beside effort"
    bound = None if goal.effort_bound is None else weighed_limit(goal, tables)
    budget = (goal.budget / found.unit).__floor__()
    steps = None if goal.steps_limit is None else Measure(found.steps, goal.steps_limit)
    money = Measure(found.money, budget // found.coarse)
    return _Search(problem, goal, found, budget, Measure(tables, bound), money, steps)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one choice brings and takes, in the units of each table; rupiah exactly."""

    gain: int
    cost: int
    rupiah: int
    spent: tuple[int, ...]


@dataclass(frozen=True)
class _Search:
    """One problem with the measures that its goal limits."""

    problem: Problem
    goal: Goal
    found: Currencies
    budget: int  # in the exact units of `found`
    effort: Measure
    money: Measure
    steps: Measure | None

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the problem."""
        return self.effort.tables.groups

    @cached_property
    def surrogate(self) -> Mixture | None:
        """The mixture that bounds how high effort and budget together allow to rise."""
        return None if self.effort.limit is None else surrogate(self.found, self.effort, self.money)

    def lagrange(self, need: int) -> Mixture | None:
        """Return the mixture that bounds what `need` takes."""
        return lagrange(self.found, self.effort, self.money, need)

    def measures(self, mixture: Mixture | None) -> tuple[Measure, ...]:
        """Return what is measured, effort and rupiah first, the mixture last."""
        steps = () if self.steps is None else (self.steps,)
        return (self.effort, self.money, *steps, *(() if mixture is None else (mixture.measure,)))

    # --- plans in their order ---

    def cheapest(self, need: int, mixture: Mixture | None) -> Iterator[Plan]:
        """Yield the plans that gain at least `need` within the limits: least effort, then as the tables order them."""
        measures, costs = self.measures(mixture), self.effort.tables.at_least

        def bound(group: int, gain: int, cost: int, spent: tuple[int, ...]) -> tuple[int, int] | None:
            left = need - gain
            rest = [measure.needed(group, left) for measure in measures]
            whole = [one + more for one, more in zip(spent, rest, strict=True) if more is not None]
            if len(whole) < len(rest) or not _fits(whole, measures):
                return None
            effort = whole[0]
            if mixture is not None and self.money.limit is not None:
                effort = max(effort, mixture.effort(whole[-1], self.money.limit))
                if self.effort.limit is not None and effort > self.effort.limit:
                    return None
            return effort, cost + int(costs[group][max(left, 0)])

        return self._plans(measures, bound)

    def highest(self, mixture: Mixture | None) -> Iterator[Plan]:
        """Yield the plans within the limits: highest index, then least effort, then fewest steps."""
        measures, costs = self.measures(mixture), self.effort.tables.at_least

        def bound(group: int, gain: int, cost: int, spent: tuple[int, ...]) -> tuple[int, int] | None:
            further = min(measure.highest(group, one) for measure, one in zip(measures, spent, strict=True))
            return None if further < 0 else (-(gain + further), cost + int(costs[group][further]))

        return self._plans(measures, bound)

    def _plans(self, measures: tuple[Measure, ...], bound: _Bound) -> Iterator[Plan]:
        """Yield plans in the order of what `bound` says of them; among equals who goes further earlier comes first."""
        shares = self._shares(measures)
        first = (0, 0, 0, (0,) * len(measures))
        key = bound(0, 0, 0, first[3])
        heap: list[_Point] = [] if key is None else [(key, (), first)]
        looked_at = 0
        while heap:
            _, picks, (gain, cost, rupiah, spent) = heapq.heappop(heap)
            if len(picks) == len(self.groups):
                yield plan_of(self.problem, heights_of(self.problem, self.groups, picks))
                continue
            looked_at += 1
            if looked_at > MOST_POINTS:
                raise TooManyCells
            for pick, share in enumerate(shares[len(picks)]):
                sums = tuple(map(int.__add__, spent, share.spent))
                paid = rupiah + share.rupiah
                if paid > self.budget:
                    continue
                reached = gain + share.gain, cost + share.cost, paid, sums
                key = bound(len(picks) + 1, reached[0], reached[1], sums)
                if key is not None:
                    heapq.heappush(heap, (key, (*picks, pick), reached))

    def _shares(self, measures: tuple[Measure, ...]) -> list[list[_Share]]:
        """Return what each choice of each group takes by each measure."""
        tables = self.effort.tables
        found = []
        for number, group in enumerate(tables.groups):
            by_measure = [measure.tables.groups[number].choices for measure in measures]
            sums = [self.found.rupiah[position] for position in group.members]
            found.append(
                [
                    _Share(
                        choice.gain,
                        tables.cost(choice),
                        sum(part[height] for part, height in zip(sums, choice.heights, strict=True)),
                        tuple(choices[pick].effort for choices in by_measure),
                    )
                    for pick, choice in enumerate(group.choices)
                ]
            )
        return found

    def index_below(self, best: Plan, mixture: Mixture | None) -> Fraction | None:
        """Return the highest index within the limits of a plan that takes less effort than `best`."""
        if not best.effort:
            return None
        limit = self.effort.tables.units.efforts(best.effort) - 1
        less = replace(self, effort=Measure(self.effort.tables, limit))
        capped = None
        if mixture is not None and self.money.limit is not None:
            weight = mixture.effort_weight * limit + mixture.money_weight * self.money.limit
            capped = replace(mixture, measure=replace(mixture.measure, limit=weight))
        found = next(less.highest(capped), None)
        return None if found is None else found.index


_Bound = Callable[[int, int, int, tuple[int, ...]], tuple[int, int] | None]
#: what the plans from here on are at best, the choices made, and their gain, cost, rupiah and measures
_Point = tuple[tuple[int, int], tuple[int, ...], tuple[int, int, int, tuple[int, ...]]]


def _fits(whole: list[int], measures: tuple[Measure, ...]) -> bool:
    return all(
        measure.limit is None or one <= measure.limit for one, measure in zip(whole, measures, strict=True)
    )


# --- what binds ---


def _binding(
    search: _Search, best: Plan, mixture: Mixture | None, free: Free, *, by_effort: bool
) -> tuple[Binding, ...]:
    found = [
        Binding(
            each.limit,
            each.step,
            each.before,
            effort=value if by_effort else None,
            index=None if by_effort else value,
        )
        for each in relaxations(search.problem)
        if _may_help(search, each, best, mixture, by_effort=by_effort)
        and (value := _without(search, each, best, mixture, by_effort=by_effort)) is not None
    ]
    return (*_whole(search, best, free, by_effort=by_effort), *most_helpful_first(found))


def _whole(search: _Search, best: Plan, free: Free, *, by_effort: bool) -> Iterator[Binding]:
    """Yield the limits of the plan as a whole: what it would cost, or reach, without each of them."""
    for limit, other in without_each(search.goal, by_effort=by_effort):
        value = _value(free(search.problem, other), best, by_effort=by_effort)
        if value is not None and by_effort:
            yield Binding(limit, effort=value)
        elif value is not None:
            yield Binding(limit, index=value)


def _value(outcome: Outcome, best: Plan, *, by_effort: bool) -> Fraction | None:
    """Return what another outcome is better by: its effort, or its index; None where it is not."""
    if by_effort:
        is_better = outcome.status is Status.OPTIMAL and outcome.best.effort < best.effort
        return outcome.best.effort if is_better else None
    return outcome.highest_reachable if outcome.highest_reachable > best.index else None


def _without(
    search: _Search, each: Relaxation, best: Plan, mixture: Mixture | None, *, by_effort: bool
) -> Fraction | None:
    """Return the effort, or the index, of the best plan without one limit; None where it is no better."""
    relaxed = _search(each.problem, search.goal)
    again = None
    if mixture is not None:
        tables = relaxed.found.with_weights(mixture.effort_weight, mixture.money_weight)
        again = replace(mixture, measure=Measure(tables, mixture.measure.limit))
    if not by_effort:
        higher = next(relaxed.highest(again), None)
        return higher.index if higher is not None and higher.index > best.index else None
    need = relaxed.effort.tables.units.gains((search.goal.target or best.index) - search.problem.index)
    cheaper = next(relaxed.cheapest(need, again), None)
    return cheaper.effort if cheaper is not None and cheaper.effort < best.effort else None


def _may_help(
    search: _Search, each: Relaxation, best: Plan, mixture: Mixture | None, *, by_effort: bool
) -> bool:
    """Say whether the tables leave it open that dropping one limit helps; most are known not to without a search."""
    tables = search.effort.tables
    group = group_of(search.problem, tables, each.step)
    try:
        fresh = new_choices(each.problem, tables, group)
        if by_effort:
            value = least_effort(search.problem, search.goal, tables, group, fresh)
            return (
                value is not None and value < best.effort and _is_payable(search, each, best, mixture, group)
            )
        dear = new_choices(each.problem, search.money.tables, group)
    except TooManyStates:
        return False
    limits = [(tables, fresh, weighed_limit(search.goal, tables))]
    if search.money.limit is not None:
        limits.append((search.money.tables, dear, search.money.limit))
    tops = [highest_index(search.problem, one, group, choices, limit) for one, choices, limit in limits]
    return all(top is not None and top > best.index for top in tops)


def _is_payable(search: _Search, each: Relaxation, best: Plan, mixture: Mixture | None, group: int) -> bool:
    """Say whether the mixture leaves it open that a plan without one limit takes less effort within the budget."""
    if mixture is None or search.money.limit is None:
        return True
    tables = mixture.measure.tables
    fresh = new_choices(each.problem, tables, group)
    spent = least_effort(search.problem, search.goal, tables, group, fresh)
    if spent is None:
        return False
    least = mixture.effort(int(spent), search.money.limit)
    return least * search.effort.tables.units.effort < best.effort
