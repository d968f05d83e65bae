"""What expressions and templates can name: form, task, param, rule, case."""

from collections.abc import Mapping

from livinglab.packages.domain.running.days import Days
from livinglab.packages.domain.running.state import Case


def names_of(case: Case, days: Days) -> dict[str, object]:
    """This function will return the values that a case offers to expressions and templates."""
    return {
        "form": case.answers,
        "task": case.tasks,
        "param": case.parameters,
        "rule": {rule: decision.outputs for rule, decision in case.rules.items()},
        "case": {
            "number": case.number,
            "started": days.local(case.started).date().isoformat(),
            "today": days.local(case.now).date().isoformat(),
            "outcome": case.outcome.value if case.outcome else None,
        },
    }


def names_before(parameters: Mapping[str, object], today: str) -> dict[str, object]:
    """This function will return the values that are known before there is a case."""
    return {
        "form": {},
        "task": {},
        "param": parameters,
        "rule": {},
        "case": {"number": None, "started": today, "today": today, "outcome": None},
    }
