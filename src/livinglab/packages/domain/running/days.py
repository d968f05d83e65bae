"""When something is due: working days with the national holidays, calendar days, hours of the clock or of offices."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from livinglab.packages.domain.manifest import Calendar

_DURATION: Final = re.compile(
    r"P(?:(?P<days>\d{1,4})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?)?"
)
_SATURDAY: Final = 5
#: between which moments of a working day hours of offices count: a guess of ours, read in no regulation
OFFICE_OPENS: Final = time(8)
OFFICE_CLOSES: Final = time(16)


class DurationUnread(ValueError):
    """A text is not a duration of days, hours or minutes."""


@dataclass(frozen=True, slots=True)
class Duration:
    """Whole days, counted as working or calendar days, and then hours and minutes."""

    days: int = 0
    clock: timedelta = timedelta(0)


def read_duration(text: str) -> Duration:
    """This function will return an ISO 8601 duration of days, hours or minutes (`P3D`, `PT4H`).

    Errors: `DurationUnread`, also for nothing at all (`P`).
    """
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        raise DurationUnread(text)
    days, hours, minutes = (int(found[name] or 0) for name in ("days", "hours", "minutes"))
    return Duration(days, timedelta(hours=hours, minutes=minutes))


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of a place: its zone, and the days on which offices are closed besides weekends."""

    zone: tzinfo
    holidays: frozenset[date] = frozenset()

    def local(self, at: datetime) -> datetime:
        """This function will return a moment as the place's clocks show it."""
        return at.astimezone(self.zone)

    def counts(self, day: date, how: Calendar) -> bool:
        """This function will tell whether a day counts: each, or only Monday to Friday without holidays."""
        return how is Calendar.CALENDAR or (day.weekday() < _SATURDAY and day not in self.holidays)

    def add(self, day: date, days: int, how: Calendar) -> date:
        """This function will return the day that is so many counted days after a day, which itself is not counted."""
        while days > 0:
            day += timedelta(days=1)
            days -= self.counts(day, how)
        return day

    def between(self, first: date, last: date, how: Calendar) -> int:
        """This function will return how many counted days lie after the first day up to and with the last."""
        return sum(self.counts(first + timedelta(days=one), how) for one in range(1, (last - first).days + 1))

    def end_of(self, day: date) -> datetime:
        """This function will return the moment at which a day of the place is over."""
        return datetime.combine(day + timedelta(days=1), time.min, self.zone)

    def due(self, start: datetime, duration: Duration, how: Calendar, *, in_office: bool = False) -> datetime:
        """This function will return when a duration is over that begins at a moment.

        Days run to the end of the last one, as offices count them: the day on which it begins is not counted.
        Hours and minutes run by the clock or, where `in_office`, only while offices are open.
        """
        if duration.days:
            start = self.end_of(self.add(self.local(start).date(), duration.days, how))
        return self.office(start, duration.clock) if in_office and duration.clock else start + duration.clock

    def office(self, start: datetime, length: timedelta) -> datetime:
        """This function will return when so much time of offices has passed; while they are closed none does."""
        day = self.local(start).date()
        while True:
            opens, closes = self._office_of(day)
            begins = max(start, opens)
            if self.counts(day, Calendar.WORKING) and begins < closes:
                if length <= closes - begins:
                    return begins + length
                length -= closes - begins
            day += timedelta(days=1)

    def office_between(self, first: datetime, last: datetime) -> timedelta:
        """This function will return how much time of offices lies between two moments."""
        found, day = timedelta(0), self.local(first).date()
        while day <= self.local(last).date():
            opens, closes = self._office_of(day)
            if self.counts(day, Calendar.WORKING):
                found += max(min(last, closes) - max(first, opens), timedelta(0))
            day += timedelta(days=1)
        return found

    def _office_of(self, day: date) -> tuple[datetime, datetime]:
        return (
            datetime.combine(day, OFFICE_OPENS, self.zone),
            datetime.combine(day, OFFICE_CLOSES, self.zone),
        )

    def later(
        self,
        due: datetime,
        paused: datetime,
        resumed: datetime,
        how: Calendar,
        *,
        in_office: bool = False,
    ) -> datetime:
        """This function will return a due moment moved by the counted days that a pause took.

        A due moment within a day (of a standard in hours) moves by the length of the pause itself, where `in_office` by
        as much of it as offices were open.
        """
        local = self.local(due)
        if local.time() != time.min:
            if in_office:
                return self.office(due, self.office_between(paused, resumed))
            return due + (resumed - paused)
        lost = self.between(self.local(paused).date(), self.local(resumed).date(), how)
        return self.end_of(self.add(local.date() - timedelta(days=1), lost, how)) if lost else due
