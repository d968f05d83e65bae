"""A plan as it is shown, printed and handed on: the proven outcome, its steps with their day, and its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Final

from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument, Level
from livinglab.kernel.unknown import Known, Unprocessable
from livinglab.planning import queries
from livinglab.planning.adapters.step_files import Wishes
from livinglab.planning.domain.plan_document import JsonObject
from livinglab.planning.queries import (
    BudgetTooSmall,
    Conflict,
    CostsUnknown,
    EffortRange,
    Goal,
    Outcome,
    Problem,
    Status,
    Step,
    StepKey,
    TooFine,
)
from livinglab.planning.queries.requests import Asked, number_text
from livinglab.planning.queries.risk import CERTAINTIES, Rate, SafeTarget, rate_of, safe_targets
from livinglab.planning.queries.starts import Start
from livinglab.planning.remarks import in_words, rupiah

_ASSUMED: Final = (90, 80, 70)  # shares of accepted steps, in percent, offered where none was measured


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of a plan: from which level, until which day, and the steps of the plan that must come before it."""

    step: Step
    from_level: Level
    due: date
    after: tuple[StepKey, ...]
    range: EffortRange | None  # of the default effort; None where a region gave its own

    @property
    def key(self) -> StepKey:
        """What names this step."""
        return self.step.key


@dataclass(frozen=True, slots=True)
class Key:
    """What a problem is made from: pure and frozen, so that a plan is looked for once."""

    instrument: Instrument
    levels: tuple[tuple[str, Level], ...]
    efforts: tuple[tuple[StepKey, Fraction], ...]
    costs: tuple[tuple[StepKey, Fraction], ...]  # in rupiah, of the steps whose cost is known
    wishes: Wishes
    with_precedence: bool


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A plan of one start and wish, in the order in which to take its steps."""

    start: Start
    asked: Asked
    problem: Problem
    goal: Goal
    outcome: Outcome
    steps: tuple[PlannedStep, ...]
    has_own_efforts: bool
    key: Key  # what the problem was made from

    @property
    def efforts(self) -> dict[StepKey, Fraction]:
        """The effort of every open step that the plan was made with."""
        return dict(self.key.efforts)

    @property
    def is_reached(self) -> bool:
        """Whether the plan does what was asked."""
        return self.outcome.status is Status.OPTIMAL

    @property
    def document(self) -> JsonObject:
        """The plan in JSON types, as the command prints it."""
        found = queries.document(self.start.instrument, self.problem, self.goal, self.outcome)
        source = "own" if self.has_own_efforts else "default"
        return {"instrument": self.start.instrument.code, "effort_from": source, **found}

    def safe_targets(self, rate: Rate) -> tuple[SafeTarget, ...]:
        """What to plan for so that the index asked for is confirmed, by certainty; none without such an index."""
        if self.asked.target is None:
            return ()
        return _safe_targets(self.key, self.asked.target, rate, CERTAINTIES)

    @property
    def least_budget(self) -> int | None:
        """The least whole rupiah with which the target is reached; None where it cannot be, or other limits bind."""
        asked, target = self.asked, self.goal.target
        limits = (asked.effort, asked.steps, asked.capacity)
        if target is None or any(limit is not None for limit in limits):
            return None
        return next((ceil(paid) for index, paid in self.budget_curve if index >= target), None)

    @property
    def budget_curve(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Every index worth paying for with its least rupiah; empty where somebody has yet to say what a step costs."""
        return _budget_curve(self.key)

    @property
    def price_curve(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Every index worth paying for with its least effort, from the present one up."""
        return _curve(self.key)


def made_plan(
    start: Start,
    asked: Asked,
    efforts: Mapping[StepKey, Fraction] | None = None,
    costs: Mapping[StepKey, Fraction] | None = None,
    *,
    today: date,
) -> MadePlan:
    """Return the best plan for what is asked, proven. `efforts` holds every open step; by default the documented ones.

    `costs` are the rupiah that steps are known to cost; others cost their effort at the price that is asked with.

    Raises Unprocessable naming the wishes that exclude each other and the nearest that can be had.
    """
    likely = queries.likely_efforts(start.instrument, start.levels)
    held = likely if efforts is None else efforts
    goal = asked.goal(today)
    if asked.capacity == 0:
        raise _without_capacity(start, asked, held, costs, today)
    try:
        key = _key(start, asked, held, costs or {})
        goal = _surer(start, asked, key, goal)
        problem, outcome = _solved(key, goal)
    except CostsUnknown as unknown:
        free = replace(asked, budget=None)
        raise Unprocessable(
            _("A budget needs what steps cost in rupiah"),
            in_words(unknown),
            [Known(_("without a budget"), "", f"?{free.query()}")],
        ) from unknown
    except BudgetTooSmall as small:
        enough = replace(asked, budget=small.least)
        raise Unprocessable(
            _("This budget does not add up"),
            in_words(small),
            [Known(rupiah(small.least), "", f"?{enough.query()}"), *_ways_out(asked)],
        ) from small
    except Conflict as conflict:
        raise Unprocessable(
            _("These wishes exclude each other"), in_words(conflict), _ways_out(asked)
        ) from conflict
    except TooFine as fine:
        raise Unprocessable(_("No plan can be proven for these numbers"), in_words(fine)) from fine
    has_own = any(held[key] != likely[key] for key in likely)
    steps = _steps(start, asked, problem, outcome, likely, today)
    return MadePlan(start, asked, problem, goal, outcome, steps, has_own, key)


def _key(
    start: Start, asked: Asked, efforts: Mapping[StepKey, Fraction], costs: Mapping[StepKey, Fraction]
) -> Key:
    price = None if asked.rupiah is None else Fraction(asked.rupiah)
    return Key(
        start.instrument,
        tuple(start.levels.items()),
        tuple(sorted(efforts.items())),
        tuple(sorted(queries.costs_of_steps(efforts, costs, price).items())),
        asked.wishes,
        asked.with_precedence,
    )


def _problem(key: Key) -> Problem:
    return queries.problem_of(
        key.instrument,
        dict(key.levels),
        dict(key.efforts),
        costs=dict(key.costs),
        wishes=key.wishes,
        with_precedence=key.with_precedence,
    )


@lru_cache(maxsize=256)
def _solved(key: Key, goal: Goal) -> tuple[Problem, Outcome]:
    problem = _problem(key)
    return problem, queries.solve(problem, goal)


@lru_cache(maxsize=256)
def _curve(key: Key) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple(queries.price_curve(_problem(key)))


@lru_cache(maxsize=256)
def _budget_curve(key: Key) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple(queries.budget_curve(_problem(key)))


@lru_cache(maxsize=256)
def _safe_targets(
    key: Key, target: Fraction, rate: Rate, certainties: tuple[Fraction, ...]
) -> tuple[SafeTarget, ...]:
    return safe_targets(_problem(key), target, rate.share, certainties, shares=rate.shares)


def _surer(start: Start, asked: Asked, key: Key, goal: Goal) -> Goal:
    """Return the goal with the target to plan for, so that the one asked for is confirmed with the asked certainty.

    Raises Unprocessable without an index to reach, without a known share of accepted steps, and where no plan is so
    sure. One query, only where a certainty is asked for.
    """
    if asked.certainty is None:
        return goal
    if asked.target is None:
        raise Unprocessable(
            _("A certainty needs an index to reach"),
            _("Say which index is to be confirmed, or leave the certainty out."),
            [Known(_("without certainty"), "", f"?{replace(asked, certainty=None).query()}")],
        )
    rate = rate_of(start.instrument, asked.acceptance)
    if rate is None:
        raise Unprocessable(
            _("How much assessors accept was not measured yet"),
            _("Choose a share of claimed steps to reckon with, in percent; it is an assumption."),
            [Known(str(one), "", f"?{replace(asked, acceptance=one).query()}") for one in _ASSUMED],
        )
    found = _safe_targets(key, asked.target, rate, (asked.certainty,))
    if not found:
        known = _safe_targets(key, asked.target, rate, CERTAINTIES)
        raise Unprocessable(
            _("No plan is confirmed with this certainty"),
            _("Of what can be planned for, these are the certainties that can be had."),
            [
                Known(number_text(one.certainty), "", f"?{replace(asked, certainty=one.certainty).query()}")
                for one in known
            ],
        )
    return replace(goal, target=found[0].target)


def _steps(
    start: Start,
    asked: Asked,
    problem: Problem,
    outcome: Outcome,
    likely: Mapping[StepKey, Fraction],
    today: date,
) -> tuple[PlannedStep, ...]:
    plan = outcome.best
    ranges = queries.default_efforts(start.instrument)
    days = _days(asked, outcome, today)
    held = dict(start.levels)
    found = []
    for step, due in zip(plan.steps, days, strict=True):
        after = tuple(
            each.before
            for each in problem.requirements
            if each.after == step.key and each.before in plan.keys
        )
        default = (
            ranges[step.indicator.split("-")[0], step.to_level] if step.effort == likely[step.key] else None
        )
        found.append(PlannedStep(step, held[step.indicator], due, after, default))
        held[step.indicator] = step.to_level
    return tuple(found)


def _days(asked: Asked, outcome: Outcome, today: date) -> list[date]:
    """Return until when each step is to be done.

    With a yearly capacity the end of the year that carries it; else the days up to the last are shared out by effort.
    """
    goal, plan = asked.goal(today), outcome.best
    if goal.capacity:
        years = asked.years(today)
        return [min(date(years[at], 12, 31), asked.by) for at in queries.years_of(plan, goal.capacity)]
    spent, found = Fraction(0), []
    for step in plan.steps:
        spent += step.effort
        share = spent / plan.effort if plan.effort else Fraction(1)
        found.append(today + timedelta(days=ceil(share * (asked.by - today).days)))
    return found


def _without_capacity(
    start: Start,
    asked: Asked,
    efforts: Mapping[StepKey, Fraction],
    costs: Mapping[StepKey, Fraction] | None,
    today: date,
) -> Unprocessable:
    """Return the answer to years that carry nothing: the least capacity with which the target is reached."""
    free = replace(asked, capacity=None)
    best = made_plan(start, free, efforts, costs, today=today).outcome.best
    least = ceil(best.effort / len(asked.years(today)) * 100)
    nearest = replace(asked, capacity=Fraction(least, 100))
    return Unprocessable(
        _("A capacity of 0 lets no step be taken"),
        _("The least capacity a year for this target by this day is given below."),
        [Known(number_text(Fraction(least, 100)), "", f"?{nearest.query()}")],
    )


def _ways_out(asked: Asked) -> list[Known]:
    found = []
    if any(limit is not None for limit in (asked.effort, asked.steps, asked.capacity, asked.budget)):
        free = replace(asked, effort=None, steps=None, capacity=None, budget=None)
        found.append(Known(_("without limits"), "", f"?{free.query()}"))
    if asked.wishes != Wishes():
        free = replace(asked, wishes=Wishes())
        found.append(
            Known(
                _("without locked, promised and excluded steps"),
                "",
                f"?{replace(asked, wishes=Wishes()).query()}",
            )
        )
    return found
