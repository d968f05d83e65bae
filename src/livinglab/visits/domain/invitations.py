"""The link by which a guest that is not on the platform signs: how long it holds, and what it looks like."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

#: so long a link can be used; our own choice: a letter goes round an office for weeks
DAYS_TO_SIGN: Final = 30


class LinkState(StrEnum):
    """How a link stands."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


def expiry_of(made_at: datetime) -> datetime:
    """This function will return until when a link holds that was made at a moment."""
    return made_at + timedelta(days=DAYS_TO_SIGN)


def state_of(
    *, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None, at: datetime
) -> LinkState:
    """This function will return how a link stands at a moment; the moment of its expiry is too late."""
    if used_at is not None:
        return LinkState.USED
    if revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.OPEN if at < expires_at else LinkState.EXPIRED
