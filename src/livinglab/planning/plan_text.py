"""An outcome as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument
from livinglab.planning.queries import Binding, Goal, Limit, Method, Outcome, Problem, Status, years_of


def plan_text(instrument: Instrument, problem: Problem, goal: Goal, outcome: Outcome) -> str:
    """Return the plan as lines of plain text."""
    return "\n".join(_lines(instrument, problem, goal, outcome))


def _lines(instrument: Instrument, problem: Problem, goal: Goal, outcome: Outcome) -> Iterator[str]:
    best = outcome.best
    index = assessments.round_half_up(best.index, instrument.places)
    present = assessments.round_half_up(problem.index, instrument.places)
    if outcome.status is Status.UNREACHABLE:
        yield "The target cannot be reached. The cheapest way to the highest index that can:"
    elif not best.steps:
        yield f"Nothing to do: the index is {present} already."
        return
    paid = "" if best.cost is None else f", for {number(best.cost)} rupiah"
    yield (
        f"{instrument.code}: from {present} to {index} with {len(best.steps)} steps and effort "
        f"{number(best.effort)}{paid}"
    )
    names = {each.key: each.short.en for each in instrument.indicators()}
    years = years_of(best, goal.capacity)
    for place, step in enumerate(best.steps):
        year = f"year {years[place] + 1:<2} " if goal.capacity else ""
        name = names.get(step.indicator, "")
        yield (
            f"  {year}{step.indicator:>4} to level {step.to_level}  effort {number(step.effort):>8}  "
            f"+{float(step.gain):.4f}  {name}"
        )
    yield from _proof(outcome)
    for other in outcome.alternatives:
        rounded = assessments.round_half_up(other.index, instrument.places)
        yield f"Next best: effort {number(other.effort)}, index {rounded}, {len(other.steps)} steps"
    for each in outcome.binding:
        yield f"Binding: {_binding(each)}"
    highest = assessments.round_half_up(outcome.highest_reachable, instrument.places)
    yield f"Highest index that can be reached: {highest}"


def _proof(outcome: Outcome) -> Iterator[str]:
    proof = outcome.certificate
    how = (
        "exact"
        if proof.method is Method.DYNAMIC_PROGRAMME
        else "checked exactly, optimum proved in a second run"
    )
    below = (
        ""
        if proof.index_below is None
        else f"; with less effort the index is {float(proof.index_below):.4f} at most"
    )
    yield f"Proven best by {proof.solver} ({how}){below}"


def _binding(each: Binding) -> str:
    what = each.limit.value
    if each.step is not None:
        what += f", indicator {each.step[0]}"
        what += "" if each.limit is Limit.FIXED else f" to level {each.step[1]}"
    if each.before is not None:
        what += f" waits for indicator {each.before}"
    if each.cost is not None and each.index is not None:
        return f"{what}: index {float(each.index):.4f} would take {number(each.cost)} rupiah"
    if each.effort is not None and each.index is not None:
        return f"{what}: index {float(each.index):.4f} would take effort {number(each.effort)}"
    if each.effort is not None:
        return f"{what}: without it effort {number(each.effort)}"
    return what if each.index is None else f"{what}: without it index {float(each.index):.4f}"


def number(exact: Fraction) -> str:
    """Return a number for reading: whole, or with at most two places."""
    return str(exact) if exact.denominator == 1 else f"{float(exact):.2f}"
