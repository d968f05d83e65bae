"""How an action goes from planned to confirmed. The diagram in docs/ is generated from here."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ActionState(StrEnum):
    """Where one action stands."""

    PLANNED = "planned"
    STARTED = "started"
    BLOCKED = "blocked"  # something outside holds it up; the blocker is named
    DONE = "done"  # the region says so, with the evidence it produced
    CONFIRMED = "confirmed"  # an assessor found the level in a decided evaluation
    DROPPED = "dropped"  # given up, with a reason


class ActionStep(StrEnum):
    """What somebody does with an action."""

    START = "start"
    BLOCK = "block"
    UNBLOCK = "unblock"
    FINISH = "finish"
    REOPEN = "reopen"
    DROP = "drop"
    TAKE_UP = "take_up"  # a dropped one again
    CONFIRM = "confirm"  # only by a decided evaluation, never by hand


S, T = ActionState, ActionStep

#: (state, step) -> state
STEPS: Final[Mapping[tuple[ActionState, ActionStep], ActionState]] = MappingProxyType(
    {
        (S.PLANNED, T.START): S.STARTED,
        (S.PLANNED, T.FINISH): S.DONE,
        (S.PLANNED, T.DROP): S.DROPPED,
        (S.STARTED, T.BLOCK): S.BLOCKED,
        (S.STARTED, T.FINISH): S.DONE,
        (S.STARTED, T.DROP): S.DROPPED,
        (S.BLOCKED, T.UNBLOCK): S.STARTED,
        (S.BLOCKED, T.DROP): S.DROPPED,
        (S.DONE, T.REOPEN): S.STARTED,
        (S.DONE, T.CONFIRM): S.CONFIRMED,
        (S.DROPPED, T.TAKE_UP): S.PLANNED,
        (S.PLANNED, T.CONFIRM): S.CONFIRMED,
        (S.STARTED, T.CONFIRM): S.CONFIRMED,
        (S.BLOCKED, T.CONFIRM): S.CONFIRMED,
    }
)

#: these need words: why it is blocked, dropped or opened again
NEEDS_REASON: Final = frozenset({T.BLOCK, T.DROP, T.REOPEN})
#: nothing more is to be done
ENDED: Final = frozenset({S.DONE, S.CONFIRMED, S.DROPPED})


def next_state(state: ActionState, step: ActionStep) -> ActionState | None:
    """This function will return the state after a step, None where it is not possible."""
    return STEPS.get((state, step))


def steps_from(state: ActionState) -> tuple[ActionStep, ...]:
    """This function will return the steps that people may take from a state, in the order of the table."""
    return tuple(step for (start, step) in STEPS if start is state and step is not ActionStep.CONFIRM)
