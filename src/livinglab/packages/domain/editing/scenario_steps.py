"""Steps of a scenario put in and taken out: time that goes by, what somebody does, what is expected then."""

from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.editing.places import put, standing_at, without
from livinglab.packages.domain.process import NodeKind, Process, Register

_APPLICANT: Final = ("answer", "pay", "withdraw")
_BETWEEN: Final = "|"
#: what a register says at first: yes, as far as it is asked
_SAYS: Final[Mapping[Register, Mapping[str, object]]] = {
    Register.IDENTITY: {"found": True, "active": True, "name_matches": True},
    Register.WELFARE: {"registered": True, "decile": 1},
}
#: what may be expected of a case as a list of names; how it ended is a box of every such step
EXPECTED: Final = ("waiting", "breached", "messages", "documents")


def choices(process: Process, applicant: str) -> tuple[tuple[str, str, str], ...]:
    """This function will return what a new step may be: its value in a form, what is done, and the task it is about.

    `applicant` is the role of the citizen; what is expected has "expect" and the name of the list.
    """
    found = [("wait", "wait", "")]
    found += [(_BETWEEN.join(("expect", key)), "expect", key) for key in EXPECTED]
    found += [
        (_BETWEEN.join(("complete", one.id, one.lane)), "complete", one.id)
        for one in process.nodes.values()
        if one.kind is NodeKind.USER
    ]
    asks = [one for one in process.nodes.values() if one.register is not None]
    found += [(_BETWEEN.join(("check", one.id, one.register or "")), "check", one.id) for one in asks]
    return (*found, *((_BETWEEN.join((does, applicant)), does, "") for does in _APPLICANT))


def new_step(choice: str) -> dict[str, object]:
    """This function will return a step as chosen in a form, with the least that such a step says."""
    does, *rest = choice.split(_BETWEEN)
    match does:
        case "wait":
            return {"do": "wait", "for": "P1D"}
        case "expect":
            return {"expect": {rest[0]: []}}
        case "complete":
            return {"as": rest[1], "do": "complete", "task": rest[0], "answers": {}}
        case "check":
            return {"do": "check", "task": rest[0], "says": dict(_SAYS[Register(rest[1])])}
        case "answer":
            return {"as": rest[0], "do": does, "answers": {}}
        case _:
            return {"as": rest[0], "do": does}


def with_step(scenario: object, behind: int, step: Mapping[str, object]) -> object:
    """This function will return a scenario with a step behind the one of this number, counted from 0."""
    steps = standing_at(scenario, ("steps",))
    known = steps if isinstance(steps, list) else []
    return put(scenario, ("steps",), [*known[: behind + 1], dict(step), *known[behind + 1 :]])


def without_step(scenario: object, number: int) -> object:
    """This function will return a scenario without the step of this number, counted from 0."""
    return without(scenario, ("steps", number))


def copied(scenario: object, title: Mapping[str, str], kind: str) -> object:
    """This function will return a scenario with the steps of another one, under a title and of a kind of its own."""
    return put(put(scenario, ("title",), dict(title)), ("kind",), kind)
