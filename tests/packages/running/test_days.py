"""When something is due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.packages.domain.manifest import Calendar
from livinglab.packages.domain.running.days import Days, Duration, DurationUnread, read_duration
from livinglab.packages.queries.calendars import days_of

JAKARTA = ZoneInfo("Asia/Jakarta")
PLACE = Days(JAKARTA, frozenset({date(2026, 12, 25)}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P3D", Duration(3)),
        ("PT4H", Duration(0, timedelta(hours=4))),
        ("PT30M", Duration(0, timedelta(minutes=30))),
        ("P1DT2H", Duration(1, timedelta(hours=2))),
    ],
)
def test_durations_are_days_hours_and_minutes(text: str, expected: Duration) -> None:
    assert read_duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1M", "P1Y", "3", "P-1D", "P1.5D", "R3/P1D", "P99999D", "P1D\n"]
)
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(DurationUnread):
        read_duration(text)


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """Return a moment on the clocks of Jakarta."""
    return datetime(year, month, day, hour, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("start", "duration", "how", "expected"),
    [
        # Monday 08:00, one working day: the end of Tuesday
        (at(2026, 11, 2, 8), Duration(1), Calendar.WORKING, at(2026, 11, 4)),
        # Friday, one working day: the end of Monday
        (at(2026, 11, 6, 8), Duration(1), Calendar.WORKING, at(2026, 11, 10)),
        (at(2026, 11, 6, 8), Duration(1), Calendar.CALENDAR, at(2026, 11, 8)),
        # Thursday before a holiday on Friday
        (at(2026, 12, 24, 15), Duration(1), Calendar.WORKING, at(2026, 12, 29)),
        (
            at(2026, 11, 6, 22),
            Duration(0, timedelta(hours=4)),
            Calendar.WORKING,
            at(2026, 11, 7, 2),
        ),
        (
            at(2026, 11, 2, 8),
            Duration(1, timedelta(hours=2)),
            Calendar.WORKING,
            at(2026, 11, 4, 2),
        ),
    ],
)
def test_days_end_at_midnight_of_the_place(
    start: datetime, duration: Duration, how: Calendar, expected: datetime
) -> None:
    assert PLACE.due(start, duration, how) == expected


def test_the_day_is_that_of_the_place_and_not_of_the_server() -> None:
    late_on_monday_in_utc = datetime(2026, 11, 2, 18, tzinfo=UTC)  # Tuesday 01:00 in Jakarta
    due = PLACE.due(late_on_monday_in_utc, Duration(1), Calendar.WORKING)
    assert due == datetime(2026, 11, 5, tzinfo=JAKARTA)


def test_a_pause_moves_a_deadline_by_the_counted_days_that_passed() -> None:
    due = datetime(2026, 11, 6, tzinfo=JAKARTA)  # the end of Thursday
    asked, answered = datetime(2026, 11, 3, 9, tzinfo=JAKARTA), datetime(2026, 11, 9, 9, tzinfo=JAKARTA)
    # Wednesday, Thursday, Friday and Monday passed: Thursday becomes Wednesday
    assert PLACE.later(due, asked, answered, Calendar.WORKING) == datetime(2026, 11, 12, tzinfo=JAKARTA)
    assert PLACE.later(due, asked, asked + timedelta(hours=2), Calendar.WORKING) == due


def test_a_standard_in_hours_moves_by_the_hours_of_the_pause() -> None:
    due = datetime(2026, 11, 3, 12, tzinfo=JAKARTA)
    asked = datetime(2026, 11, 3, 9, tzinfo=JAKARTA)
    assert PLACE.later(due, asked, asked + timedelta(hours=5), Calendar.WORKING) == due + timedelta(hours=5)


HOURS = timedelta(hours=4)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (at(2026, 11, 2, 8), HOURS, at(2026, 11, 2, 12)),
        (at(2026, 11, 2, 12), HOURS, at(2026, 11, 2, 16)),  # until the doors close, not beyond
        (at(2026, 11, 2, 14), HOURS, at(2026, 11, 3, 10)),  # not through the night
        (at(2026, 11, 2, 3), HOURS, at(2026, 11, 2, 12)),  # before the doors open
        (at(2026, 11, 2, 22), HOURS, at(2026, 11, 3, 12)),
        (at(2026, 11, 6, 15), HOURS, at(2026, 11, 9, 11)),  # over a weekend
        (at(2026, 11, 7, 10), HOURS, at(2026, 11, 9, 12)),  # on a Saturday
        (at(2026, 12, 24, 14), HOURS, at(2026, 12, 28, 10)),  # over a holiday and a weekend
        (at(2026, 11, 2, 8), timedelta(hours=20), at(2026, 11, 4, 12)),
        (at(2026, 11, 2, 14), timedelta(minutes=30), at(2026, 11, 2, 14) + timedelta(minutes=30)),
    ],
)
def test_hours_of_offices_stand_still_while_offices_are_closed(
    start: datetime, length: timedelta, expected: datetime
) -> None:
    found = PLACE.due(start, Duration(0, length), Calendar.WORKING, in_office=True)
    assert (found, PLACE.local(found).hour) == (expected, expected.hour)


def test_days_and_then_hours_of_offices_end_in_the_morning_after() -> None:
    due = PLACE.due(at(2026, 11, 5, 15), Duration(1, timedelta(hours=2)), Calendar.WORKING, in_office=True)
    assert due == at(2026, 11, 9, 10), "the end of Friday, and two hours of Monday"


def test_a_standard_in_hours_of_offices_moves_by_what_they_were_open() -> None:
    due, asked = at(2026, 11, 6, 15), at(2026, 11, 6, 12)
    # of the pause, four hours of Friday and one of Monday were hours of offices
    moved = PLACE.later(due, asked, at(2026, 11, 9, 9), Calendar.WORKING, in_office=True)
    assert moved == at(2026, 11, 9, 12)
    night = PLACE.later(due, at(2026, 11, 5, 20), at(2026, 11, 6, 6), Calendar.WORKING, in_office=True)
    assert night == due


@given(st.integers(0, 600 * 24 * 60), st.integers(1, 60 * 60))
def test_as_much_of_offices_lies_between_as_was_asked(later: int, minutes: int) -> None:
    begun, length = at(2026, 1, 1) + timedelta(minutes=later), timedelta(minutes=minutes)
    assert PLACE.office_between(begun, PLACE.office(begun, length)) == length


def test_the_national_holidays_of_2026_do_not_count() -> None:
    days = days_of()
    # Wednesday 18 March is joint leave, Thursday Nyepi, Friday and the next Monday and Tuesday leave for Idulfitri
    assert days.add(date(2026, 3, 17), 1, Calendar.WORKING) == date(2026, 3, 25)
    assert days.add(date(2026, 12, 23), 1, Calendar.WORKING) == date(2026, 12, 28)
    # of a year whose decree is not listed, the fixed ones are known
    assert not days.counts(date(2027, 6, 1), Calendar.WORKING)


DAY = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAY, st.integers(0, 60), st.sampled_from(Calendar))
def test_counting_forward_and_between_agree(day: date, days: int, how: Calendar) -> None:
    last = PLACE.add(day, days, how)
    assert PLACE.between(day, last, how) == days
    assert days == 0 or PLACE.counts(last, how)
