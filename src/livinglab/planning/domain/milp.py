"""Answers a goal with HiGHS where tables would grow too large.

The solver counts in floating point, so nothing it says is believed: its plan is rounded, tested with fractions, and
its optimum is proved by a second run that finds no plan one whole unit better. Same input, same plan: one thread, a
fixed seed, variables and rows in canonical order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from typing import Final

import highspy
import numpy as np

from livinglab.planning.domain.conflicts import Unanswered, broken_limit, gettext_noop
from livinglab.planning.domain.groups import Units, largest_unit, units_of
from livinglab.planning.domain.plans import (
    Binding,
    Certificate,
    Method,
    Outcome,
    Plan,
    Status,
    plan_of,
)
from livinglab.planning.domain.problems import Goal, Problem, Step
from livinglab.planning.domain.relaxations import compare_relaxed, without_each

_OPTIONS: Final[Mapping[str, bool | int | float]] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
_LARGEST: Final = 2**40  # a whole number that the tolerances above still tell from its neighbour


class TooFine(Unanswered):
    """Efforts with so many places that floating point could not tell two plans apart."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A bound on a sum over steps: coefficients by column, lowest and highest value."""

    columns: tuple[int, ...]
    factors: tuple[int, ...]
    low: float = -highspy.kHighsInf
    high: float = highspy.kHighsInf


@dataclass(frozen=True)
class _Model:
    """The steps as columns of zero or one, with what must always hold."""

    problem: Problem
    units: Units
    steps: tuple[Step, ...]
    gains: tuple[int, ...]
    efforts: tuple[int, ...]
    rows: tuple[_Row, ...]

    def sum_of(self, factors: Sequence[int], *, low: int | None = None, high: int | None = None) -> _Row:
        """Return a bound on the sum of `factors` over the steps taken."""
        return _Row(
            tuple(range(len(self.steps))),
            tuple(factors),
            -highspy.kHighsInf if low is None else low,
            highspy.kHighsInf if high is None else high,
        )

    def least(self, factors: Sequence[int], rows: Sequence[_Row]) -> tuple[int, ...] | None:
        """Return the steps taken (zero or one) with the least sum of `factors`; None if nothing is possible."""
        taken = _solve(factors, (*self.rows, *rows))
        if taken is not None and not all(_holds(row, taken) for row in (*self.rows, *rows)):
            raise TooFine(gettext_noop("the solver's plan breaks a limit when it is tested exactly"))
        return taken

    def plan(self, taken: Sequence[int]) -> Plan:
        """Return the plan of the steps taken."""
        chosen = {step.key for step, is_taken in zip(self.steps, taken, strict=True) if is_taken}
        heights = (sum(step.key in chosen for step in ladder.steps) for ladder in self.problem.ladders)
        return plan_of(self.problem, heights)


def answer(problem: Problem, goal: Goal, *, alternatives: int, explain: bool) -> Outcome:
    """Return the outcome of a goal. Raises TooFine where floating point could not be trusted, or Conflict."""
    model = _model(problem)
    limits = _limits(model, goal)
    highest = _proved(model, [-gain for gain in model.gains], limits)
    if highest is None:
        raise _conflict(model, goal)
    top = _dot(model.gains, highest)
    need = None if goal.target is None else max(0, model.units.gains(goal.target - problem.index))
    reached = need is None or need <= top
    ranked = _ranked(model, limits, need if reached else None)
    best = next(ranked)
    nothing_to_do = need is not None and not any(best)
    others = () if nothing_to_do or not reached else tuple(islice(ranked, alternatives))
    plan, index = model.plan(best), problem.index + top * model.units.gain
    by_effort = reached and need is not None
    return Outcome(
        status=Status.OPTIMAL if reached else Status.UNREACHABLE,
        best=plan,
        alternatives=tuple(model.plan(other) for other in others),
        binding=_binding(problem, goal, plan, by_effort=by_effort) if explain else (),
        highest_reachable=index,
        certificate=Certificate(
            Method.MIXED_INTEGER,
            f"HiGHS {highspy.Highs().version()}",
            plan.effort if by_effort else index,
            None,
            exact=False,
        ),
    )


def _binding(problem: Problem, goal: Goal, best: Plan, *, by_effort: bool) -> tuple[Binding, ...]:
    whole = []
    for limit, other in without_each(goal, by_effort=by_effort):
        value = _value(problem, other, by_effort)
        if value is not None and by_effort and value < best.effort:
            whole.append(Binding(limit, effort=value))
        elif value is not None and not by_effort and value > best.index:
            whole.append(Binding(limit, index=value))
    steps = compare_relaxed(problem, best, lambda each: _value(each, goal, by_effort), by_effort=by_effort)
    return (*whole, *steps)


def _value(problem: Problem, goal: Goal, by_effort: bool) -> Fraction | None:
    """Return the least effort to the target, or the highest index within the limits; None if there is no plan."""
    model = _model(problem)
    need = model.units.gains(goal.target - problem.index) if by_effort and goal.target is not None else None
    found = _best(model, _limits(model, goal), need)
    if found is None:
        return None
    return model.plan(found).effort if by_effort else model.plan(found).index


def _model(problem: Problem) -> _Model:
    units = units_of(problem)
    steps = tuple(step for ladder in problem.ladders for step in ladder.steps)
    pairs = [(low, high) for sums in units.sums for low, high in pairwise(sums)]
    gains = tuple(high[0] - low[0] for low, high in pairs)
    efforts = tuple(high[1] - low[1] for low, high in pairs)
    if max(sum(gains), sum(efforts)) > _LARGEST:
        raise TooFine(
            gettext_noop("the efforts have too many places for this many limits at once; round them")
        )
    return _Model(problem, units, steps, gains, efforts, tuple(_always(problem, steps)))


def _always(problem: Problem, steps: tuple[Step, ...]) -> Iterator[_Row]:
    """Yield what holds in every plan: levels in order, precedence, locks and exclusions."""
    columns = {step.key: n for n, step in enumerate(steps)}
    for ladder, (least, most) in zip(problem.ladders, problem.bounds, strict=True):
        for lower, upper in pairwise(ladder.steps):
            yield _Row((columns[lower.key], columns[upper.key]), (1, -1), low=0)
        for n, step in enumerate(ladder.steps):
            yield _Row((columns[step.key],), (1,), low=int(n < least), high=int(n < most))
    for each in problem.requirements:
        if each.before in columns:
            yield _Row((columns[each.before], columns[each.after]), (1, -1), low=0)
        else:
            yield _Row((columns[each.after],), (1,), high=0)


def _limits(model: _Model, goal: Goal) -> tuple[_Row, ...]:
    bound = goal.effort_bound
    rows = []
    if bound is not None:
        rows.append(model.sum_of(model.efforts, high=min(model.units.efforts(bound), _LARGEST)))
    if goal.steps_limit is not None:
        rows.append(model.sum_of([1] * len(model.steps), high=goal.steps_limit))
    if goal.budget is not None and goal.buys is None:
        rows.append(_paid(model, goal.budget))
    return tuple(rows)


def _paid(model: _Model, budget: Fraction) -> _Row:
    """Return the bound that a budget sets, in the largest rupiah units in which every cost is whole."""
    unit = largest_unit(step.cost or Fraction(0) for step in model.steps)
    costs = [int((step.cost or 0) / unit) for step in model.steps]
    if sum(costs) > _LARGEST:
        raise TooFine(gettext_noop("the costs have too many places for this many limits at once; round them"))
    return model.sum_of(costs, high=min((budget / unit).__floor__(), _LARGEST))


def _ranked(model: _Model, limits: tuple[_Row, ...], need: int | None) -> Iterator[tuple[int, ...]]:
    """Yield plans best first; each found one is cut off before the next is looked for."""
    cuts: list[_Row] = []
    while (found := _best(model, (*limits, *cuts), need)) is not None:
        yield found
        factors = tuple(-1 if taken else 1 for taken in found)
        cuts.append(model.sum_of(factors, low=1 - sum(found)))


def _best(model: _Model, rows: Sequence[_Row], need: int | None) -> tuple[int, ...] | None:
    """Return the steps of the best plan: least effort to `need` gain, or without it the highest gain first.

    Then the other of the two, then the fewest steps: each criterion is proved before the next is weighed.
    """
    ones, losses = [1] * len(model.steps), [-gain for gain in model.gains]
    criteria: list[Sequence[int]] = [losses, model.efforts, ones]
    held = list(rows)
    if need is not None:
        criteria = [model.efforts, losses, ones]
        held.append(model.sum_of(model.gains, low=need))
    found: tuple[int, ...] | None = None
    for factors in criteria:
        found = _proved(model, factors, held)
        if found is None:
            return None
        held.append(model.sum_of(factors, high=_dot(factors, found)))
    return found


def _proved(model: _Model, factors: Sequence[int], rows: Sequence[_Row]) -> tuple[int, ...] | None:
    """Return steps with the least sum of `factors`, after a run that finds none with one unit less."""
    found = model.least(factors, rows)
    while found is not None:
        better = model.least(factors, (*rows, model.sum_of(factors, high=_dot(factors, found) - 1)))
        if better is None:
            return found
        found = better
    return None


def _conflict(model: _Model, goal: Goal) -> Exception:
    return broken_limit(model.problem, goal)


def _dot(factors: Sequence[int], taken: Sequence[int]) -> int:
    return sum(factor for factor, is_taken in zip(factors, taken, strict=True) if is_taken)


def _holds(row: _Row, taken: Sequence[int]) -> bool:
    total = sum(factor * taken[column] for column, factor in zip(row.columns, row.factors, strict=True))
    return row.low <= total <= row.high


def _solve(factors: Sequence[int], rows: Sequence[_Row]) -> tuple[int, ...] | None:
    if not factors:
        return () if all(_holds(row, ()) for row in rows) else None
    solver = highspy.Highs()
    for name, value in _OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(_program(factors, rows))
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise TooFine(
            gettext_noop("the solver ended with %(status)s"),
            status=solver.modelStatusToString(solver.getModelStatus()),
        )
    return tuple(round(value) for value in solver.getSolution().col_value)


def _program(factors: Sequence[int], rows: Sequence[_Row]) -> highspy.HighsLp:
    size = len(factors)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = size, len(rows)
    program.col_cost_ = np.array(factors, dtype=np.float64)
    program.col_lower_, program.col_upper_ = np.zeros(size), np.ones(size)
    program.integrality_ = [highspy.HighsVarType.kInteger] * size
    program.row_lower_ = np.array([row.low for row in rows], dtype=np.float64)
    program.row_upper_ = np.array([row.high for row in rows], dtype=np.float64)
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = size, len(rows)
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in rows)])
    matrix.index_ = np.array([column for row in rows for column in row.columns], dtype=np.int32)
    matrix.value_ = np.array([factor for row in rows for factor in row.factors], dtype=np.float64)
    return program


def highest(problem: Problem) -> Fraction:
    """Return the highest index without any limit on effort."""
    model = _model(problem)
    found = _best(model, (), None)
    assert found is not None, "a problem without contradictions has a plan"
    return model.plan(found).index


def cheapest(problem: Problem, target: Fraction) -> Plan:
    """Return a plan that reaches `target`, which must be reachable, with the least effort, then the highest index.

    One run for each criterion: tested exactly, but without the second run that proves it.
    """
    model = _model(problem)
    need = model.sum_of(model.gains, low=max(0, model.units.gains(target - problem.index)))
    found = model.least(model.efforts, (need,))
    assert found is not None, "the target is reachable"
    price = model.sum_of(model.efforts, high=_dot(model.efforts, found))
    return model.plan(model.least([-gain for gain in model.gains], (need, price)) or found)
