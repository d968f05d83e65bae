"""Reads of this context: the problem of a region, its plan, the price of every index, default efforts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument, Level
from livinglab.planning.adapters.history_files import load_step_history
from livinglab.planning.adapters.step_files import Wishes
from livinglab.planning.domain.budgets import BudgetTooSmall, CostsUnknown
from livinglab.planning.domain.conflicts import Conflict, problem
from livinglab.planning.domain.efforts import WHOLE, Basis, EffortRange, StepHistory
from livinglab.planning.domain.efforts import default_efforts as compute_efforts
from livinglab.planning.domain.milp import TooFine
from livinglab.planning.domain.plan_document import JsonObject, plan_document
from livinglab.planning.domain.plans import (
    Binding,
    Certificate,
    Limit,
    Method,
    Outcome,
    Plan,
    Status,
    years_of,
)
from livinglab.planning.domain.problems import Goal, Ladder, Problem, Requirement, Step, StepKey
from livinglab.planning.domain.solving import budget_curve, price_curve, solve

__all__ = [
    "Basis",
    "Binding",
    "BudgetTooSmall",
    "Certificate",
    "Conflict",
    "CostsUnknown",
    "EffortRange",
    "Goal",
    "JsonObject",
    "Limit",
    "Method",
    "Outcome",
    "Plan",
    "Problem",
    "Status",
    "Step",
    "StepKey",
    "TooFine",
    "Wishes",
    "budget_curve",
    "costs_of_steps",
    "default_efforts",
    "document",
    "fixed_inputs",
    "likely_efforts",
    "open_steps",
    "parts_of",
    "price_curve",
    "problem_of",
    "solve",
    "step_history",
    "years_of",
]

HISTORY_INSTRUMENT = "spbe-2020"  # the only one with published results of two years under the same weights


def open_steps(instrument: Instrument, levels: Mapping[str, Level]) -> tuple[StepKey, ...]:
    """Return every step that is still to take, in the order of the instrument; fixed inputs have none."""
    fixed = fixed_inputs(instrument)
    return tuple(
        (key, level)
        for key, held in levels.items()
        if key not in fixed
        for level in instrument.scale.levels
        if level > held
    )


def fixed_inputs(instrument: Instrument) -> frozenset[str]:
    """Return the indicators whose value is another agency's index: a plan cannot raise them."""
    return frozenset(each.key for each in instrument.indicators() if each.external_index is not None)


def problem_of(
    instrument: Instrument,
    levels: Mapping[str, Level],
    efforts: Mapping[StepKey, Fraction],
    *,
    costs: Mapping[StepKey, Fraction] | None = None,
    wishes: Wishes | None = None,
    with_precedence: bool = True,
) -> Problem:
    """Return what a plan for these levels is made from. `efforts` holds every open step. Raises Conflict.

    `costs` are rupiah, of the steps whose cost is known.
    """
    gains = assessments.gains(instrument, levels)
    fixed = fixed_inputs(instrument)
    ladders = [
        Ladder(
            key,
            Fraction(held),
            () if key in fixed else _steps(instrument, key, held, efforts, gains[key], costs or {}),
        )
        for key, held in levels.items()
    ]
    kept = wishes or Wishes()
    return problem(
        assessments.score(instrument, levels).index_exact,
        ladders,
        requirements=_requirements(instrument) if with_precedence else (),
        locked=kept.locked,
        promised=kept.promised,
        excluded=kept.excluded,
    )


def _steps(
    instrument: Instrument,
    key: str,
    held: Level,
    efforts: Mapping[StepKey, Fraction],
    gain: Fraction,
    costs: Mapping[StepKey, Fraction],
) -> tuple[Step, ...]:
    """Return the open steps of one indicator; the first of a decimal level gains less than a whole one."""
    levels = [level for level in instrument.scale.levels if level > held]
    below = [Fraction(held), *map(Fraction, levels)]
    return tuple(
        Step(key, level, efforts[key, level], gain * (level - low), costs.get((key, level)))
        for level, low in zip(levels, below, strict=False)
    )


def costs_of_steps(
    efforts: Mapping[StepKey, Fraction], own: Mapping[StepKey, Fraction], price: Fraction | None
) -> dict[StepKey, Fraction]:
    """Return what steps cost in rupiah: as told, else the effort at `price` a unit; without both a step is left out."""
    priced = {} if price is None else {key: effort * price for key, effort in efforts.items()}
    return priced | {key: cost for key, cost in own.items() if key in efforts}


def _requirements(instrument: Instrument) -> list[Requirement]:
    declared = assessments.precedence(instrument.code)
    return [
        Requirement(before=(str(rule.before), before), after=(str(rule.after), after))
        for rule in (declared.rules if declared else ())
        for after, before in rule.levels.items()
    ]


def document(instrument: Instrument, found: Problem, goal: Goal, outcome: Outcome) -> JsonObject:
    """Return an outcome as the command line and the API print it."""
    return plan_document(
        found, goal, outcome, lambda exact: assessments.round_half_up(exact, instrument.places)
    )


def likely_efforts(instrument: Instrument, levels: Mapping[str, Level]) -> dict[StepKey, Fraction]:
    """Return the default effort of every open step, as a number to plan with."""
    ranges = default_efforts(instrument)
    return {
        key: Fraction(ranges[key[0].split("-")[0], key[1]].likely) for key in open_steps(instrument, levels)
    }


def default_efforts(instrument: Instrument) -> dict[StepKey, EffortRange]:
    """Return the default effort of every step of an instrument as a range, with what it rests on."""
    return _default_efforts(Path(settings.REFERENCE_DIR) / "step-history.csv", instrument)


@lru_cache(maxsize=16)
def _default_efforts(path: Path, instrument: Instrument) -> dict[StepKey, EffortRange]:
    parts = {each.key: parts_of(instrument, each) for each in instrument.indicators()}
    return compute_efforts(instrument.scale.levels[1:], parts, _history(path))


def step_history() -> tuple[StepHistory, ...]:
    """Return how many regions took each step of each part between two published years."""
    return _history(Path(settings.REFERENCE_DIR) / "step-history.csv")


@lru_cache(maxsize=4)
def _history(path: Path) -> tuple[StepHistory, ...]:
    return load_step_history(path)


def parts_of(instrument: Instrument, indicator: assessments.Indicator) -> tuple[tuple[str, ...], Basis]:
    """Return the parts of the published results whose mean stands for an indicator."""
    if instrument.code == HISTORY_INSTRUMENT:
        return (_domain_of(instrument, indicator),), Basis.DOMAIN
    crosswalk, origin = instrument.crosswalk, indicator.origin
    if crosswalk is not None and crosswalk.instrument == HISTORY_INSTRUMENT and origin and origin.indicators:
        older = assessments.get_instrument(HISTORY_INSTRUMENT)
        found = [each for each in older.indicators() if each.number in origin.indicators]
        return tuple(_domain_of(older, each) for each in found), Basis.CROSSWALK
    return (WHOLE,), Basis.INDEX


def _domain_of(instrument: Instrument, indicator: assessments.Indicator) -> str:
    domain = instrument.domain_of(instrument.aspect_of(indicator))
    return domain.code if domain else WHOLE
