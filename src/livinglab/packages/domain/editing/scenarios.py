"""A scenario edited: what it is called, what is given, and what is expected; the answers of a step are edited apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.editing.boxes import Box, Kind
from livinglab.packages.domain.editing.places import Place, put, standing_at, without

_OUTCOMES: Final = ("granted", "refused", "lapsed", "withdrawn", "handed_over")
_LISTED: Final = ("waiting", "breached", "messages", "documents", "refused")


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes of the scenario itself (`step` is -1) or of one of its steps; `does` is what somebody does in it."""

    step: int
    does: str
    role: str
    task: str
    has_answers: bool
    boxes: tuple[Box, ...]


def groups_of(data: object) -> tuple[Group, ...]:
    """This function will return the boxes of a scenario, step by step."""
    given = standing_at(data, ("parameters",))
    values = [
        Box(("parameters", name), Kind.VALUE)
        for name, value in (given.items() if isinstance(given, Mapping) else ())
        if not isinstance(value, Mapping | list)
    ]
    head = Group(-1, "", "", "", False, (Box(("title",), Kind.WORDS, is_owed=True), *values))
    steps = standing_at(data, ("steps",))
    return (head, *(_step(data, number) for number in range(len(steps) if isinstance(steps, list) else 0)))


def with_answers(data: object, step: int, answers: Mapping[str, object]) -> object:
    """This function will return a scenario with what was answered in a step; None takes an answer out.

    An answer that stays empty stays as it is.
    """
    place: Place = ("steps", step, "answers")
    for name, value in answers.items():
        before = standing_at(data, (*place, name))
        if value is None:
            data = data if before in (None, "", []) else without(data, (*place, name))
        elif value != before or isinstance(value, bool) != isinstance(before, bool):
            data = put(data, (*place, name), value)
    return data


def tidied(data: object) -> object:
    """This function will return a scenario without what is left empty of what was expected of decision tables.

    A step that only expected these, and expects nothing more, goes away.
    """
    steps = standing_at(data, ("steps",))
    for number in reversed(range(len(steps) if isinstance(steps, list) else 0)):
        place: Place = ("steps", number, "expect", "rules")
        rules = standing_at(data, place)
        if not isinstance(rules, Mapping) or all(rules.values()):
            continue
        left = {rule: outputs for rule, outputs in rules.items() if outputs}
        data = put(data, place, left) if left else without(data, place)
        if standing_at(data, place[:2]) == {"expect": {}}:
            data = without(data, place[:2])
    return data


def _step(data: object, number: int) -> Group:
    place = ("steps", number)
    does = str(standing_at(data, (*place, "do")) or "")
    boxes = [Box((*place, "for"), Kind.LINE, is_owed=True)] if does == "wait" else []
    for part in ((*place, "expect"), place):
        boxes += [
            Box((*part, key), Kind.NAMES) for key in _LISTED if standing_at(data, (*part, key)) is not None
        ]
    says = standing_at(data, (*place, "says"))
    boxes += [Box((*place, "says", name), Kind.VALUE) for name in (says if isinstance(says, Mapping) else ())]
    if not does:
        boxes.insert(0, Box((*place, "expect", "outcome"), Kind.CHOICE, _OUTCOMES))
    rules = standing_at(data, (*place, "expect", "rules"))
    for rule, outputs in rules.items() if isinstance(rules, Mapping) else ():
        boxes += [
            Box((*place, "expect", "rules", rule, output), Kind.VALUE)
            for output, value in (outputs.items() if isinstance(outputs, Mapping) else ())
            if not isinstance(value, list)
        ]
    return Group(
        step=number,
        does=does,
        role=str(standing_at(data, (*place, "as")) or ""),
        task=str(standing_at(data, (*place, "task")) or ""),
        has_answers=does in ("apply", "answer", "complete"),
        boxes=tuple(boxes),
    )
