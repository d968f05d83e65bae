"""An outcome as the command line and the API print it: decimals as text, fractions in lowest terms."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from livinglab.planning.domain.plans import Binding, Limit, Outcome, Plan, years_of
from livinglab.planning.domain.problems import Goal, Problem, Step

JsonObject = dict[str, object]
Rounding = Callable[[Fraction], Decimal]


def plan_document(problem: Problem, goal: Goal, outcome: Outcome, rounded: Rounding) -> JsonObject:
    """Return an outcome in JSON types; `rounded` is how the instrument rounds its index.

    What costs rupiah (`budget`, `cost`) is told only where it is known.
    """
    proof = outcome.certificate
    budget = {} if goal.budget is None else {"budget": str(goal.budget)}
    return {
        "status": outcome.status.value,
        "target": None if goal.target is None else str(goal.target),
        **budget,
        "present": str(rounded(problem.index)),
        "present_exact": str(problem.index),
        **_plan(outcome.best, rounded, goal),
        "binding": [_binding(each) for each in outcome.binding],
        "alternatives": [_plan(each, rounded, goal) for each in outcome.alternatives],
        "highest_reachable": str(rounded(outcome.highest_reachable)),
        "highest_reachable_exact": str(outcome.highest_reachable),
        "certificate": {
            "method": proof.method.value,
            "solver": proof.solver,
            "bound": str(proof.bound),
            "index_below_exact": None if proof.index_below is None else str(proof.index_below),
            "exact": proof.exact,
            "checked": proof.checked,
        },
    }


def _plan(plan: Plan, rounded: Rounding, goal: Goal) -> JsonObject:
    years = years_of(plan, goal.capacity) if goal.capacity else None
    steps = [_step(step) for step in plan.steps]
    if years is not None:
        steps = [{**step, "year": year + 1} for step, year in zip(steps, years, strict=True)]
    return {
        "index": str(rounded(plan.index)),
        "index_exact": str(plan.index),
        "effort": str(plan.effort),
        **({"cost": str(plan.cost)} if plan.steps and plan.cost is not None else {}),
        "steps": steps,
    }


def _step(step: Step) -> JsonObject:
    return {
        "indicator": _number(step.indicator),
        "from": step.to_level - 1,
        "to": step.to_level,
        "effort": str(step.effort),
        "gain_exact": str(step.gain),
        **({} if step.cost is None else {"cost": str(step.cost)}),
    }


def _binding(binding: Binding) -> JsonObject:
    found: JsonObject = {"limit": binding.limit.value}
    if binding.step is not None:
        found["indicator"] = _number(binding.step[0])
        if binding.limit is not Limit.FIXED:
            found["to"] = binding.step[1]
    if binding.before is not None:
        found["before"] = _number(binding.before)
    if binding.effort is not None:
        found["effort_without"] = str(binding.effort)
    if binding.index is not None:
        found["index_without_exact"] = str(binding.index)
    if binding.cost is not None:
        found["budget_without"] = str(binding.cost)
    return found


def _number(indicator: str) -> int | str:
    return int(indicator) if indicator.isdigit() else indicator
