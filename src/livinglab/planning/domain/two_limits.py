"""Answers a goal that a limit of effort (or the wish for the least) and a limit of steps bind at once: exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np

from livinglab.planning.domain.conflicts import beyond_the_limit
from livinglab.planning.domain.counted import Cells, CountedTables
from livinglab.planning.domain.exact import heights_of
from livinglab.planning.domain.groups import Choice, TooManyStates, groups_of, units_of, whole_of
from livinglab.planning.domain.plans import (
    Binding,
    Certificate,
    Limit,
    Method,
    Outcome,
    Plan,
    Status,
    keeps,
    plan_of,
)
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.relaxations import (
    Relaxation,
    group_of,
    highest_index,
    least_effort,
    most_helpful_first,
    new_choices,
    relaxations,
    tightest,
    weighed_limit,
)
from livinglab.planning.domain.tables import Tables, tables_of

SOLVER: Final = "exact dynamic programme over whole gains and steps"


def answer(problem: Problem, goal: Goal, *, alternatives: int, explain: bool) -> Outcome:
    """Return the outcome of a goal with a limit of steps. Raises TooManyStates or TooManyCells, or Conflict."""
    assert goal.steps_limit is not None, "one limit alone is answered without counting steps"
    units = units_of(problem)
    groups, whole = groups_of(problem, units), whole_of(problem, units)
    by_effort, by_steps = (tables_of(groups, units, whole, by_steps=each) for each in (False, True))
    return _Search(problem, goal, by_effort, by_steps, explain=explain).outcome(alternatives)


@dataclass(frozen=True)
class _Fresh:
    """What a plan may do in one group once a limit is dropped."""

    relaxation: Relaxation
    group: int
    choices: Sequence[Choice]


@dataclass(frozen=True)
class _Search:
    """One goal, with the tables that weigh each of its limits alone."""

    problem: Problem
    goal: Goal
    by_effort: Tables
    by_steps: Tables
    explain: bool

    def outcome(self, alternatives: int) -> Outcome:
        """Return the best plan, the next best, what binds and what was proven."""
        reached = self._need is None or self._need <= self._top
        by_effort = reached and self._need is not None
        plans = self._cheapest() if by_effort else self._highest()
        best = next(plans)
        others = tuple(islice(plans, alternatives)) if reached else ()
        top = self.problem.index + self._top * self.by_effort.units.gain
        below = self._index_below(best) if by_effort else None
        bound = best.effort if by_effort else top
        return Outcome(
            status=Status.OPTIMAL if reached else Status.UNREACHABLE,
            best=best,
            alternatives=others,
            binding=self._binding(best, by_effort=by_effort) if self.explain else (),
            highest_reachable=top,
            certificate=Certificate(Method.DYNAMIC_PROGRAMME, SOLVER, bound, below, exact=True),
        )

    # --- how high ---

    @cached_property
    def _need(self) -> int | None:
        if self.goal.target is None:
            return None
        return max(0, self.by_effort.units.gains(self.goal.target - self.problem.index))

    @cached_property
    def _alone(self) -> tuple[int, int]:
        """The most gain within the effort alone, and within the steps alone. Raises Conflict."""
        found = []
        for tables in (self.by_effort, self.by_steps):
            firsts = tables.firsts(tables.at_least[0])
            height = int(np.searchsorted(firsts, weighed_limit(self.goal, tables), side="right")) - 1
            if height < 0:
                least = int(firsts[0])
                effort = None if tables.by_steps else least * tables.units.effort
                raise beyond_the_limit(self.goal, effort, least)
            found.append(height)
        return found[0], found[1]

    @cached_property
    def _top(self) -> int:
        """The most gain within both limits."""
        if self.goal.effort_bound is None:
            return self._alone[1]
        efforts = self._tables.efforts(self._tables.onward[0])
        limit = weighed_limit(self.goal, self.by_effort)
        return int(np.searchsorted(efforts, limit, side="right")) - 1

    @cached_property
    def _tables(self) -> CountedTables:
        """The tables that count steps beside effort, as high as any plan looked at can rise."""
        assert self.goal.steps_limit is not None
        gain = min(self._alone)
        if self.goal.effort_bound is None and self._need is not None:
            gain = min(gain, self._need)
        index = max(self._ceilings.values(), default=self.problem.index)
        gain = max(gain, self.by_effort.units.gains(index - self.problem.index))
        return CountedTables(self.by_effort, self.goal.steps_limit, gain)

    # --- the plans ---

    def _cheapest(self) -> Iterator[Plan]:
        """Yield the plans to the target, the least effort first."""
        assert self._need is not None
        for picks in self._tables.plans(self._need):
            plan = self._plan(picks)
            if not keeps(self.goal, plan, with_target=True):
                return
            yield plan

    def _highest(self) -> Iterator[Plan]:
        """Yield the plans within the limits, the highest first, of each height the cheapest first."""
        for gain in range(self._top, -1, -1):
            index = self.problem.index + gain * self.by_effort.units.gain
            for picks in self._tables.plans(gain):
                plan = self._plan(picks)
                if not keeps(self.goal, plan, with_target=False):
                    break
                if plan.index == index:  # a higher one was yielded before
                    yield plan

    def _plan(self, picks: tuple[int, ...]) -> Plan:
        return plan_of(self.problem, heights_of(self.problem, self.by_effort.groups, picks))

    def _index_below(self, best: Plan) -> Fraction | None:
        if not best.effort:
            return None
        efforts, units = self._tables.efforts(self._tables.onward[0]), self.by_effort.units
        gain = int(np.searchsorted(efforts, units.efforts(best.effort) - 1, side="right")) - 1
        return self.problem.index + gain * units.gain if gain >= 0 else None

    # --- what binds ---

    @cached_property
    def _fresh(self) -> tuple[_Fresh, ...]:
        return tuple(self._each_fresh()) if self.explain else ()

    def _each_fresh(self) -> Iterator[_Fresh]:
        for each in relaxations(self.problem):
            group = group_of(self.problem, self.by_effort, each.step)
            try:
                choices = new_choices(each.problem, self.by_effort, group)
            except TooManyStates:
                continue
            if choices:
                yield _Fresh(each, group, choices)

    @cached_property
    def _ceilings(self) -> dict[int, Fraction]:
        """For each limit that could be dropped: the index that no plan without it passes, where that is asked for."""
        if self._is_sure:
            return {}
        found = {}
        for number, one in enumerate(self._fresh):
            alone = [
                highest_index(
                    self.problem, tables, one.group, list(one.choices), weighed_limit(self.goal, tables)
                )
                for tables in (self.by_effort, self.by_steps)
            ]
            found[number] = min((each for each in alone if each is not None), default=self.problem.index)
        return found

    @property
    def _is_sure(self) -> bool:
        """Whether the target is known to be reached before the tables are made: only the steps limit it."""
        return self.goal.effort_bound is None and self._need is not None and self._need <= self._alone[1]

    def _binding(self, best: Plan, *, by_effort: bool) -> tuple[Binding, ...]:
        found = []
        for number, one in enumerate(self._fresh):
            named = one.relaxation
            if by_effort:
                effort = self._effort_without(one, best)
                if effort is not None and effort < best.effort:
                    found.append(Binding(named.limit, named.step, named.before, effort=effort))
            elif self._ceilings.get(number, best.index) > best.index:
                index = self._index_without(one)
                if index > best.index:
                    found.append(Binding(named.limit, named.step, named.before, index=index))
        return (*self._whole(best, by_effort=by_effort), *most_helpful_first(found))

    def _effort_without(self, one: _Fresh, best: Plan) -> Fraction | None:
        assert self._need is not None
        free = least_effort(self.problem, self.goal, self.by_effort, one.group, list(one.choices))
        if free is None or free >= best.effort:
            return None
        efforts = self._tables.efforts(self._relaxed(one))
        units = int(efforts[self._need]) if self._need < len(efforts) else self.by_effort.never
        never = self.by_effort.first_of(self.by_effort.never // 2)
        return None if units >= never else units * self.by_effort.units.effort

    def _index_without(self, one: _Fresh) -> Fraction:
        efforts = self._tables.efforts(self._relaxed(one))
        gain = int(np.searchsorted(efforts, weighed_limit(self.goal, self.by_effort), side="right")) - 1
        return self.problem.index + gain * self.by_effort.units.gain

    def _relaxed(self, one: _Fresh) -> Cells:
        """Return the first table of the plans that make a fresh choice."""
        tables = self._tables
        size = tables.steps + 1, tables.gain + 1
        grown = tables.layer(tables.onward[one.group + 1], one.choices, size)
        for number in range(one.group - 1, -1, -1):
            grown = tables.layer(grown, tables.groups[number].choices, size)
        return grown

    def _whole(self, best: Plan, *, by_effort: bool) -> Iterator[Binding]:
        """Yield the limits of the plan as a whole: what it would cost, or reach, without each of them."""
        tables, index = self.by_effort, self.problem.index
        if by_effort:
            effort = int(tables.firsts(tables.at_least[0])[self._need]) * tables.units.effort
            if effort < best.effort:
                yield Binding(Limit.STEPS, effort=effort)
            return
        within_effort, within_steps = (index + gain * tables.units.gain for gain in self._alone)
        if within_effort > best.index:
            yield Binding(Limit.STEPS, index=within_effort)
        if within_steps > best.index:
            yield Binding(tightest(self.goal), index=within_steps)
