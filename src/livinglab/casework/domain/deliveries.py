"""A message on its way: how often it is tried, how long the waits are, and what can be in its way."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from livinglab.casework.domain.contacts import Way


class DeliveryState(StrEnum):
    """How a message by one way stands."""

    WAITING = "waiting"
    TOLD = "told"  # the other side took it
    FAILED = "failed"  # nobody tries any more, until an official does


class Obstacle(StrEnum):
    """Why a message did not leave."""

    SILENT = "silent"  # no connection, or no answer in time
    BUSY = "busy"  # too much at once
    BROKEN = "broken"  # the other side fails
    SIGNED_OUT = "signed_out"  # the other side does not take our sign-in
    REFUSED = "refused"  # the address is none, or takes nothing
    NOT_SET = "not_set"  # this installation has no such way any more


#: the wait after each try; our choice, so that a gateway that is down for an hour loses nothing
WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=16),
)
#: the longest that the other side may ask us to wait
LONGEST_WAIT: Final = timedelta(days=1)

#: how long somebody is tried to be told that their data was deleted. It is promised that the address is gone within a
#: day; what is left of the day is for the job that looks each hour for what is over
FAREWELL_FOR: Final = timedelta(hours=23)
#: its last try comes so long before its end, even where the other side asked us to wait longer
_FAREWELL_LAST: Final = timedelta(minutes=30)


def wait_after(tries: int) -> timedelta:
    """This function will return how long to wait after so many tries, 1 or more."""
    return WAITS[min(tries, len(WAITS)) - 1]


def is_given_up(tries: int, obstacle: Obstacle) -> bool:
    """This function will tell whether a message is tried no more: after the last wait, or where none can help."""
    return obstacle is Obstacle.REFUSED or tries > len(WAITS)


def next_farewell(*, at: datetime, wait: timedelta, ends_at: datetime) -> datetime | None:
    """This function will return when a farewell that failed now is tried next, None when there is no time left."""
    last = ends_at - _FAREWELL_LAST
    return min(at + wait, last) if at < last else None


def key_of(case_id: UUID, nth: int, way: Way) -> str:
    """This function will return what the other side knows a repeat by: the same for every try of a message."""
    return f"{case_id}/{nth}/{way}"
