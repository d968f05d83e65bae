"""Where participants of a round wait, and since when that is too long.

The days are our own choice, not a regulation's: a week without a change is long when a round has two months.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from livinglab.evaluations.domain.process import State

#: days before the last day of the self-assessment from which an untouched one is a worry
NEAR_DAYS: Final = 14
#: days without any change after which something waits too long
QUIET_DAYS: Final = 7


class Wait(StrEnum):
    """What holds a participant up. One participant may wait for several things."""

    OVERDUE = "overdue"  # the last day of its present stage is over
    UNTOUCHED = "untouched"  # nothing was done for QUIET_DAYS, and the last day is within NEAR_DAYS
    UNACCEPTED = "unaccepted"  # answers handed in lie with the internal assessors for QUIET_DAYS
    UNSIGNED = "unsigned"  # approved; minutes and consent are not signed
    OBJECTIONS = "objections"  # objections are not settled


class Deadline(StrEnum):
    """Which last day of a round a participant has to keep; the names are those of the round's columns."""

    SELF = "self_until"
    DOCUMENT = "document_until"
    INTERVIEW = "interview_until"
    END = "ends_on"


#: the last day that counts in a state; who is decided keeps none any more
DEADLINE_OF: Final[Mapping[State, Deadline]] = MappingProxyType(
    {
        State.SELF: Deadline.SELF,
        State.APPROVED: Deadline.SELF,
        State.SIGNED: Deadline.SELF,
        State.DOCUMENT: Deadline.DOCUMENT,
        State.INTERVIEW: Deadline.INTERVIEW,
        State.VISIT: Deadline.INTERVIEW,
        State.CONSOLIDATED: Deadline.END,
    }
)
