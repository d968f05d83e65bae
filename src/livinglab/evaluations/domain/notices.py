"""What people are told of the work of others on one evaluation."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from livinglab.evaluations.domain.answers import AnswerStep


class NoticeKind(StrEnum):
    """What happened, as far as it concerns somebody else."""

    HANDED_IN = "handed_in"  # to the internal assessors
    ACCEPTED = "accepted"  # to the responsible officers
    RETURNED = "returned"  # to whoever writes the answer
    VALIDATED = "validated"  # to whoever writes the answer
    SCORED = "scored"  # to the other assessors of the region
    OBJECTED = "objected"  # to the assessors of the region
    SETTLED = "settled"  # to those of the region who object


OF_STEP: Final[Mapping[AnswerStep, NoticeKind]] = MappingProxyType(
    {
        AnswerStep.HAND_IN: NoticeKind.HANDED_IN,
        AnswerStep.ACCEPT: NoticeKind.ACCEPTED,
        AnswerStep.RETURN: NoticeKind.RETURNED,
        AnswerStep.VALIDATE: NoticeKind.VALIDATED,
    }
)
#: how long a notice is shown, and how long it is kept
SHOWN_FOR: Final = timedelta(days=14)
KEPT_FOR: Final = timedelta(days=90)
