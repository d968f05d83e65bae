"""The states of one answer inside a region, who moves it on, and which level its checklist allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from livinglab.evaluations.domain.opinions import Opinion


class AnswerState(StrEnum):
    """Where an answer is on its way through the region (PermenPANRB 59/2020, Lampiran Bab III)."""

    OPEN = "open"  # nobody has handed it in
    ANSWERED = "answered"  # handed in by the agency; the internal assessor looks
    RETURNED = "returned"  # by the internal assessor or the responsible officer, with a reason
    ACCEPTED = "accepted"  # by the internal assessor; the responsible officer looks
    VALIDATED = "validated"  # by the responsible officer


class AnswerStep(StrEnum):
    """What somebody does to an answer."""

    SAVE = "save"
    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    ACCEPT = "accept"
    RETURN = "return"
    VALIDATE = "validate"


class Duty(StrEnum):
    """What somebody is to an answer: a person may be several of these."""

    WRITER = "writer"  # the assigned agency or person, the data entry officer
    INTERNAL_ASSESSOR = "internal_assessor"
    RESPONSIBLE_OFFICER = "responsible_officer"


S, A = AnswerState, AnswerStep

#: (state, step) -> state; what is not here is not possible
STEPS: Final[Mapping[tuple[AnswerState, AnswerStep], AnswerState]] = MappingProxyType(
    {
        (S.OPEN, A.SAVE): S.OPEN,
        (S.RETURNED, A.SAVE): S.RETURNED,
        (S.OPEN, A.HAND_IN): S.ANSWERED,
        (S.RETURNED, A.HAND_IN): S.ANSWERED,
        (S.ANSWERED, A.TAKE_BACK): S.OPEN,
        (S.ANSWERED, A.ACCEPT): S.ACCEPTED,
        (S.ANSWERED, A.RETURN): S.RETURNED,
        (S.ACCEPTED, A.RETURN): S.RETURNED,
        (S.ACCEPTED, A.VALIDATE): S.VALIDATED,
        (S.VALIDATED, A.RETURN): S.RETURNED,
    }
)

#: step -> (state in which it is taken -> who takes it)
TAKEN_BY: Final[Mapping[AnswerStep, Mapping[AnswerState, frozenset[Duty]]]] = MappingProxyType(
    {
        A.SAVE: {S.OPEN: frozenset({Duty.WRITER}), S.RETURNED: frozenset({Duty.WRITER})},
        A.HAND_IN: {S.OPEN: frozenset({Duty.WRITER}), S.RETURNED: frozenset({Duty.WRITER})},
        A.TAKE_BACK: {S.ANSWERED: frozenset({Duty.WRITER})},
        A.ACCEPT: {S.ANSWERED: frozenset({Duty.INTERNAL_ASSESSOR})},
        A.RETURN: {
            S.ANSWERED: frozenset({Duty.INTERNAL_ASSESSOR}),
            S.ACCEPTED: frozenset({Duty.INTERNAL_ASSESSOR, Duty.RESPONSIBLE_OFFICER}),
            S.VALIDATED: frozenset({Duty.RESPONSIBLE_OFFICER}),
        },
        A.VALIDATE: {S.ACCEPTED: frozenset({Duty.RESPONSIBLE_OFFICER})},
    }
)


def next_state(state: AnswerState, step: AnswerStep) -> AnswerState | None:
    """This function will return the state after a step, None where the step is not possible."""
    return STEPS.get((state, step))


def highest_level(met: Iterable[int], *, lowest: int, highest: int) -> int:
    """This function will return the highest level that the checklist allows.

    Criteria are cumulative: a level counts only when every level below it is met (PermenPANRB 59/2020). The lowest
    level needs nothing.
    """
    ticked = set(met)
    level = lowest
    while level < highest and level + 1 in ticked:
        level += 1
    return level


def is_allowed(level: Decimal, met: Iterable[int], *, lowest: int, highest: int) -> bool:
    """This function will say whether the checklist allows a level; a decimal counts as the whole level below it."""
    whole = int(level.to_integral_value(ROUND_FLOOR))
    return lowest <= level <= highest and whole <= highest_level(met, lowest=lowest, highest=highest)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer types: kept whole, compared field by field when two people wrote at once."""

    level: Decimal | None = None
    met: frozenset[int] = frozenset()
    facts: str = ""
    analysis: str = ""
    external_source: str = ""


FIELDS: Final = ("level", "met", "facts", "analysis", "external_source")


Typed = TypeVar("Typed", Draft, Opinion)


@dataclass(frozen=True, slots=True)
class Merge(Generic[Typed]):
    """Two drafts of one base: what both agree on or only one changed, and the fields that both changed."""

    merged: Typed
    conflicts: tuple[str, ...]


def merge(base: Typed, ours: Typed, theirs: Typed) -> Merge[Typed]:
    """This function will merge two drafts of the same base field by field; a field both changed differently conflicts.

    In a conflict the merged draft holds theirs, which is stored already.
    """
    values: dict[str, Any] = {}
    conflicts = []
    for name in (one.name for one in fields(theirs)):
        was, mine, stored = getattr(base, name), getattr(ours, name), getattr(theirs, name)
        if mine in (was, stored):
            values[name] = stored
        elif stored == was:
            values[name] = mine
        else:
            values[name] = stored
            conflicts.append(name)
    return Merge(replace(theirs, **values), tuple(conflicts))
