"""The link by which an applicant answers: how long it holds, and what it asks about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

#: so long a link can be answered; our choice: who thinks of it later remembers less
DAYS_TO_ANSWER: Final = 30
LONGEST_COMMENT: Final = 1000


class LinkState(StrEnum):
    """How a link stands."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an applicant is asked about. The ids mean nothing here: whoever invites knows what they stand for.

    `package`: code and id as 32.11/sktm; `names`: the service's by language (id, en); `comment_until`: the last day on
    which a comment is kept, as the package's retention says.
    """

    service_id: UUID
    package: str
    version: str
    case_id: UUID
    step: str
    names: Mapping[str, str]
    comment_until: date
    is_synthetic: bool = False


def expiry_of(made_at: datetime) -> datetime:
    """This function will return until when a link holds that was made at a moment."""
    return made_at + timedelta(days=DAYS_TO_ANSWER)


def state_of(*, expires_at: datetime, answered_at: datetime | None, at: datetime) -> LinkState:
    """This function will return how a link stands at a moment; the moment of its expiry is too late."""
    if answered_at is not None:
        return LinkState.ANSWERED
    return LinkState.OPEN if at < expires_at else LinkState.EXPIRED
