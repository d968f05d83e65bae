"""How a study visit goes from asked to followed up. The diagram in docs/ is generated from here."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class VisitState(StrEnum):
    """Where a study visit stands. One that ends without a commitment is shown as what it is."""

    REQUESTED = "requested"
    AGREED = "agreed"  # the host takes it, on a day
    HELD = "held"
    MINUTED = "minuted"  # what was shown and said is written down
    COMMITTED = "committed"  # the visitor signed a commitment
    NO_FOLLOW_UP = "no_follow_up"  # it ended without one, by word of the visitor or by time
    DECLINED = "declined"  # by the host
    WITHDRAWN = "withdrawn"  # by the visitor, or by a host that cannot after all


class VisitStepTaken(StrEnum):
    """What moves a visit on."""

    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    MINUTE = "minute"
    COMMIT = "commit"
    CLOSE = "close"  # without a commitment


class Side(StrEnum):
    """Who takes a step."""

    HOST = "host"
    VISITOR = "visitor"
    TIME = "time"  # the platform: `DAYS_TO_COMMIT` are over


S, T = VisitState, VisitStepTaken

#: (state, step) -> state
STEPS: Final[Mapping[tuple[VisitState, VisitStepTaken], VisitState]] = MappingProxyType(
    {
        (S.REQUESTED, T.AGREE): S.AGREED,
        (S.REQUESTED, T.DECLINE): S.DECLINED,
        (S.REQUESTED, T.WITHDRAW): S.WITHDRAWN,
        (S.AGREED, T.WITHDRAW): S.WITHDRAWN,
        (S.AGREED, T.HOLD): S.HELD,
        (S.HELD, T.MINUTE): S.MINUTED,
        (S.MINUTED, T.COMMIT): S.COMMITTED,
        (S.MINUTED, T.CLOSE): S.NO_FOLLOW_UP,
        (S.HELD, T.CLOSE): S.NO_FOLLOW_UP,
        (S.NO_FOLLOW_UP, T.MINUTE): S.NO_FOLLOW_UP,  # late minutes: a commitment rests on some
        (S.NO_FOLLOW_UP, T.COMMIT): S.COMMITTED,
    }
)

TAKEN_BY: Final[Mapping[VisitStepTaken, frozenset[Side]]] = MappingProxyType(
    {
        T.AGREE: frozenset({Side.HOST}),
        T.DECLINE: frozenset({Side.HOST}),
        T.WITHDRAW: frozenset({Side.HOST, Side.VISITOR}),
        T.HOLD: frozenset({Side.HOST, Side.VISITOR}),
        T.MINUTE: frozenset({Side.HOST, Side.VISITOR}),
        T.COMMIT: frozenset({Side.VISITOR}),
        T.CLOSE: frozenset({Side.VISITOR, Side.TIME}),
    }
)

#: our own choice: so many days after a visit was held it counts as not followed up, until a commitment comes
DAYS_TO_COMMIT: Final = 90


#: these need words: why a host says no, or why somebody cannot come or host after all
NEEDS_REASON: Final = frozenset({T.DECLINE, T.WITHDRAW})
#: visits that took place: from here on everybody sees who visited whom, when and how it ended
TOOK_PLACE: Final = frozenset({S.HELD, S.MINUTED, S.COMMITTED, S.NO_FOLLOW_UP})
#: held, and neither followed up nor closed
WAITING: Final = frozenset({S.HELD, S.MINUTED})


def next_state(state: VisitState, step: VisitStepTaken) -> VisitState | None:
    """This function will return the state after a step, None where it is not possible."""
    return STEPS.get((state, step))


def steps_from(state: VisitState, side: Side) -> tuple[VisitStepTaken, ...]:
    """This function will return the steps that a side may take from a state, in the order of the table."""
    return tuple(step for (start, step) in STEPS if start is state and side in TAKEN_BY[step])
