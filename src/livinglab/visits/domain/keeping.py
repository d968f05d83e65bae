"""Whether a promised step was kept, by its last day and the action that stands for it."""

from datetime import date
from enum import StrEnum
from typing import Final

#: states of an action in which its step is done; `confirmed` is an assessor's word
DONE: Final = frozenset({"done", "confirmed"})
_BEGUN: Final = frozenset({"started", "blocked"})


class Keeping(StrEnum):
    """How a promise stands."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    UNDER_WAY = "under_way"
    OPEN = "open"  # nobody began, and there is time
    MISSED = "missed"  # past its day, and not done
    UNSEEN = "unseen"  # of a guest that is not on the platform: what it does is not seen here


def keeping(
    *, due_on: date, state: str | None, done_on: date | None, today: date, is_adopted: bool = False
) -> Keeping:
    """This function will return how a promise stands today; `state` is its action's, None where there is none.

    `is_adopted`: a package for its indicator is taken over, which is work begun but never the step done.
    """
    if state in DONE:
        return Keeping.KEPT_LATE if done_on is not None and done_on > due_on else Keeping.KEPT
    if due_on < today:
        return Keeping.MISSED
    return Keeping.UNDER_WAY if is_adopted or state in _BEGUN else Keeping.OPEN
