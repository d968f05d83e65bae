"""What of an inbox is shown: by application, service, step, place, deadline, person, and how its case stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from livinglab.casework.domain.numbers import case_number

_SUNDAY = 6


class Due(StrEnum):
    """By when a step is due."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"


class Who(StrEnum):
    """Whose a step is, besides that of somebody named."""

    MINE = "mine"
    NOBODY = "nobody"


class Standing(StrEnum):
    """What is special about a step or its case."""

    AGAIN = "again"  # its applicant had the case opened again
    ASKED = "asked"  # the applicant is being asked, beside this step
    ESCALATED = "escalated"  # its superior was told that it is late


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an inbox is narrowed to. `numbers` and `places` hold every one that is meant, None for any."""

    numbers: tuple[str, ...] | None = None
    service_id: UUID | None = None
    node: str = ""
    places: tuple[str, ...] | None = None
    due: Due | None = None
    who: Who | UUID | None = None
    standing: Standing | None = None

    @property
    def is_any(self) -> bool:
        """Whether nothing is narrowed."""
        return self == Filters()


def numbers_like(typed: str, packages: Iterable[str], *, year: int) -> tuple[str, ...]:
    """This function will return the numbers of cases that somebody means: a whole number, or its last digits.

    Digits alone are those of this year and the year before, in each of the packages.
    """
    text = typed.strip().upper()
    if not text.isdecimal():
        return (text,)
    nth = int(text[:9])
    return tuple(case_number(package, nth, each) for package in packages for each in (year, year - 1))


def span(due: Due, *, at: datetime, zone: str) -> tuple[datetime | None, datetime]:
    """This function will return from when (None: ever) until when steps are due: before `at`, today, or this week.

    Days are those of the zone, an IANA name; the week ends with Sunday.
    """
    today = at.astimezone(ZoneInfo(zone)).date()
    match due:
        case Due.LATE:
            return None, at
        case Due.TODAY:
            return _morning(today, zone), _morning(today + timedelta(days=1), zone)
        case Due.WEEK:
            return _morning(today, zone), _morning(
                today + timedelta(days=_SUNDAY + 1 - today.weekday()), zone
            )


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
