"""Answers a goal under several limits at once: effort, a budget that no price ties to it, a number of steps. Exact.

What is limited together is weighed together: prices of rupiah and of a step make one sum of all, whose table bounds
what the limits allow (Everett 1963; Geoffrion 1974), beside a table for each limit alone. A search over beginnings of
plans (`labels`) keeps what no table rules out. Whole numbers throughout; only the prices are rounded, which no answer
depends on. Beyond a number of beginnings the mixed-integer programme takes over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from livinglab.planning.domain.boards import Board, Within, board_of
from livinglab.planning.domain.conflicts import broken_limit
from livinglab.planning.domain.exact import heights_of
from livinglab.planning.domain.groups import TooManyStates
from livinglab.planning.domain.labels import Found
from livinglab.planning.domain.plans import Binding, Certificate, Method, Outcome, Plan, Status, plan_of
from livinglab.planning.domain.problems import Goal, Problem
from livinglab.planning.domain.relaxations import (
    Relaxation,
    group_of,
    most_helpful_first,
    new_choices,
    relaxations,
    without_each,
)
from livinglab.planning.domain.resources import Column

SOLVER: Final = "exact search over beginnings of plans under tables of effort, rupiah and steps"


def answer(problem: Problem, goal: Goal, *, alternatives: int, explain: bool) -> Outcome:
    """Return the outcome of a goal. Raises TooManyStates or TooManyCells, or Conflict."""
    return _Case(problem, goal, board_of(problem)).outcome(alternatives, explain=explain)


@dataclass(frozen=True)
class _Case:
    """One goal on the board of its problem."""

    problem: Problem
    goal: Goal
    board: Board

    def outcome(self, alternatives: int, *, explain: bool) -> Outcome:
        """Return the best plan, the next best, what binds and what was proven."""
        if self.height is None:
            raise broken_limit(self.problem, self.goal)
        need, top = self.need, self._index(self.height)
        reached = need is None or need <= self.height
        count = alternatives + 1 if reached else 1
        by_effort = reached and need is not None
        found = self.within.cheapest(need or 0, count) if by_effort else self._highest(count)
        nothing_to_do = by_effort and not found[0][Column.STEPS]
        plans = [self._plan(one) for one in (found[:1] if nothing_to_do else found)]
        best = found[0]
        return Outcome(
            status=Status.OPTIMAL if reached else Status.UNREACHABLE,
            best=plans[0],
            alternatives=tuple(plans[1:]),
            binding=self._binding(best, by_effort=by_effort) if explain else (),
            highest_reachable=top,
            certificate=Certificate(
                Method.DYNAMIC_PROGRAMME,
                SOLVER,
                plans[0].effort if by_effort else top,
                self._index_below(best) if by_effort else None,
                exact=True,
            ),
        )

    @cached_property
    def within(self) -> Within:
        """The board with the limits of the goal."""
        return self.board.within(self.goal)

    @property
    def need(self) -> int | None:
        """The gain that the target asks for."""
        if self.goal.target is None:
            return None
        return max(0, self.board.tables.units.gains(self.goal.target - self.problem.index))

    @cached_property
    def height(self) -> int | None:
        """The most gain within the limits; None where not even what must be taken keeps to them."""
        return self.within.highest(-1)

    def _highest(self, count: int) -> list[Found]:
        """Return the first plans within the limits: highest index, then cost, then as who goes further earlier."""
        assert self.height is not None
        return self.within.from_above(self.height, count)

    def _index(self, gain: int) -> Fraction:
        return self.problem.index + gain * self.board.tables.units.gain

    def _plan(self, one: Found) -> Plan:
        return plan_of(self.problem, heights_of(self.problem, self.board.tables.groups, one.picks))

    def _index_below(self, best: Found) -> Fraction | None:
        """Return the highest index within the limits of a plan that takes less effort than the best."""
        if not best[Column.EFFORT]:
            return None
        gain = self.within.highest_below(best[Column.EFFORT] - 1, self.need or 0)
        return None if gain is None else self._index(gain)

    # --- what binds ---

    def _binding(self, best: Found, *, by_effort: bool) -> tuple[Binding, ...]:
        found = [
            self._told(Binding(each.limit, each.step, each.before), value, by_effort=by_effort)
            for each in relaxations(self.problem)
            if (value := self._without(each, best, by_effort=by_effort)) is not None
        ]
        return (*self._whole(best, by_effort=by_effort), *most_helpful_first(found))

    def _told(self, binding: Binding, value: int, *, by_effort: bool) -> Binding:
        """Return the limit with the effort or the index that is possible without it."""
        if by_effort:
            return replace(binding, effort=value * self.board.tables.units.effort)
        return replace(binding, index=self._index(value))

    def _whole(self, best: Found, *, by_effort: bool) -> Iterator[Binding]:
        """Yield the limits of the plan as a whole: what it would cost, or reach, without each of them."""
        for limit, goal in without_each(self.goal, by_effort=by_effort):
            freed = replace(self, goal=goal).within
            if by_effort:
                value = freed.least_effort(self.need or 0, best[Column.EFFORT] - 1)
            else:
                value = freed.highest(best[Column.GAIN])
            if value is not None:
                yield self._told(Binding(limit), value, by_effort=by_effort)

    def _without(self, each: Relaxation, best: Found, *, by_effort: bool) -> int | None:
        """Return the effort, or the gain, of the best plan without one limit; None where it is no better."""
        group = group_of(self.problem, self.board.tables, each.step)
        try:
            fresh = new_choices(each.problem, self.board.tables, group)
        except TooManyStates:
            return None
        if not fresh:
            return None
        choices = self.board.resources.of(group, fresh)
        if by_effort:
            less = best[Column.EFFORT] - 1
            return self.within.least_effort_with(group, choices, self.need or 0, less)
        return self.within.highest_with(group, choices, best[Column.GAIN])
