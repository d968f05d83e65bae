"""When somebody is reminded of a day, and of what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Occasion(StrEnum):
    """Why somebody is reminded; each comes once for a day that something is due."""

    TWO_WEEKS = "two_weeks"
    THREE_DAYS = "three_days"
    OVERDUE = "overdue"


#: days ahead that are looked at
HORIZON: Final = 14
#: days before the due day from which an occasion has come, the most pressing first
_FROM: Final = ((Occasion.OVERDUE, -1), (Occasion.THREE_DAYS, 3), (Occasion.TWO_WEEKS, HORIZON))


def occasion_on(day: date, due_on: date) -> Occasion | None:
    """This function will return the most pressing occasion that has come on a day, None when it is too early."""
    left = (due_on - day).days
    return next((occasion for occasion, days in _FROM if left <= days), None)


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told: an action by its number and step, or a milestone of it. No people, no free texts."""

    occasion: Occasion
    due_on: date
    number: int
    indicator: str
    to_level: int
    is_milestone: bool
    agency: str = ""
