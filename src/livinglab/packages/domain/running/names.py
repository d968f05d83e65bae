"""What expressions and templates can name: form, task, param, rule, case, booking, and what registers said."""

from collections.abc import Mapping

from livinglab.packages.domain.process import Register
from livinglab.packages.domain.registers import NAMES
from livinglab.packages.domain.running.days import Days
from livinglab.packages.domain.running.state import Case


def names_of(case: Case, days: Days) -> dict[str, object]:
    """This function will return the values that a case offers to expressions and templates."""
    return {
        "form": case.answers,
        "task": case.tasks,
        "param": case.parameters,
        "rule": {rule: decision.outputs for rule, decision in case.rules.items()},
        **{register.value: said_by(case, register) for register in Register},
        "booking": case.bookings,
        "publication": published_in(case),
        "case": {
            "number": case.number,
            "started": days.local(case.started).date().isoformat(),
            "today": days.local(case.now).date().isoformat(),
            "outcome": case.outcome.value if case.outcome else None,
        },
    }


def said_by(case: Case, register: Register) -> Mapping[str, object]:
    """This function will return what a register said in a case; every name is None before it was asked."""
    check = case.checks.get(register)
    return check.says if check else dict.fromkeys(NAMES[register])


def published_in(case: Case) -> Mapping[str, object]:
    """This function will return number and address of what a case published last; None before it published."""
    last = case.published[-1] if case.published else None
    return {"number": last.number if last else None, "address": last.address if last else None}


def names_before(parameters: Mapping[str, object], today: str) -> dict[str, object]:
    """This function will return the values that are known before there is a case."""
    return {
        "form": {},
        "task": {},
        "param": parameters,
        "rule": {},
        **{register.value: dict.fromkeys(NAMES[register]) for register in Register},
        "booking": {},
        "publication": {"number": None, "address": None},
        "case": {"number": None, "started": today, "today": today, "outcome": None},
    }
