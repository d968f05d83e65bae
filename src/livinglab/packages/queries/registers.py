"""Which registers a case waits for, the stand-in that answers for them, and their answers in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from livinglab.kernel import clock
from livinglab.packages.domain.process import Node, Register
from livinglab.packages.domain.registers import person_of, stand_in
from livinglab.packages.domain.running.state import Check
from livinglab.packages.queries.case_words import register_name
from livinglab.packages.queries.cases import Case, Runner
from livinglab.ui import formats

#: who answered: our stand-in, or a register over its interface
STAND_IN: Final = "stand_in"
SILENT: Final = "silent"
NO_NIK: Final = "no_nik"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a register said, for who works on the case: its name, what it said, who answered and when."""

    register: str
    rows: tuple[tuple[str, str], ...]
    source: str
    at: str
    is_answered: bool


def waiting_for(runs: Runner, case: Case) -> tuple[Node, ...]:
    """This function will return the steps at which a case waits for a register, in no case twice."""
    return tuple(one.node for one in runs.waiting(case) if one.node.register is not None)


def imitated(runs: Runner, case: Case, *, at: datetime) -> Case:
    """This function will return a case that waits for no register any more: the stand-in answered each.

    A process cannot pass a register again without waiting for somebody (P335), so this comes to an end.
    """
    while waiting := waiting_for(runs, case):
        node = waiting[0]
        assert node.register is not None
        person = person_of(runs.package, case.answers)
        says = stand_in(node.register, person) if person else None
        asked = {key: value for key, value in (says or {}).items() if key not in ("answered", "matches")}
        case = runs.checked(
            case,
            task=node.id,
            says=asked if says is not None else None,
            source=STAND_IN,
            why=SILENT if person else NO_NIK,
            at=at,
        )
    return case


def shown(case: Case, *, language: str) -> tuple[Shown, ...]:
    """This function will return what registers said in a case, in words."""
    return tuple(
        Shown(
            register=register_name(Register(key)),
            rows=_rows(Register(key), check, language),
            source=_source(check),
            at=formats.moment(check.at, language=language, zone=clock.told_in()),
            is_answered=bool(check.says["answered"]),
        )
        for key, check in case.checks.items()
    )


def _source(check: Check) -> str:
    if not check.says["answered"]:
        return ""
    return {STAND_IN: _("stand-in, not the national system"), "scenario": _("as the scenario says")}.get(
        check.source, _("the national system")
    )


def _rows(register: Register, check: Check, language: str) -> tuple[tuple[str, str], ...]:
    says = check.says
    if not says["answered"]:
        return ((_("Result"), _("It could not be checked. Check it by hand.")),)
    if register is Register.WELFARE:
        if not says["registered"]:
            rows = [(_("Result"), _("not registered"))]
        else:
            tenth = _("%(decile)s of 10, 1 being the poorest") % {"decile": says["decile"]}
            rows = [(_("Result"), _("registered")), (_("Welfare decile"), tenth)]
        if says["as_of"]:
            day = formats.day(date.fromisoformat(str(says["as_of"])), language=language)
            rows.append((_("Data of"), day))
        return tuple(rows)
    if not says["found"]:
        return ((_("NIK"), _("not found")),)
    rows = [(_("NIK"), _("found and valid") if says["active"] else _("found, but no longer valid"))]
    for name, label in (("name_matches", _("Name")), ("birth_date_matches", _("Birth date"))):
        if says[name] is not None:
            rows.append((label, _("agrees") if says[name] else _("does not agree")))
    return tuple(rows)
