"""How long a case took as its standard counts, percentiles of whole numbers, and which counts may be shown."""

import statistics
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.casework.domain.durations import FEWEST, Counted, Taken, percentile, shown, taken
from livinglab.packages.domain.manifest import Calendar, Within
from livinglab.packages.domain.process import Outcome
from livinglab.packages.queries.calendars import days_of

#: a Monday, ten in the morning in western Indonesia; its three working days end with Thursday
MONDAY = datetime(2026, 11, 2, 3, tzinfo=UTC)
THREE = Within(3, Calendar.WORKING)
DUE = datetime(2026, 11, 5, 17, tzinfo=UTC)


def took(
    ended: datetime, *, due: datetime = DUE, asked: datetime | None = None, within: Within = THREE
) -> Taken:
    return taken(started=MONDAY, ended=ended, asked=asked, due=due, within=within, days=days_of("WIB"))


@pytest.mark.parametrize(
    ("ended", "days", "hours"),
    [
        (datetime(2026, 11, 2, 3, tzinfo=UTC), 0, 1),  # at once
        (datetime(2026, 11, 2, 5, 30, tzinfo=UTC), 0, 3),  # a begun hour counts
        (datetime(2026, 11, 3, 3, tzinfo=UTC), 1, 24),
        (datetime(2026, 11, 5, 3, tzinfo=UTC), 3, 72),
        (datetime(2026, 11, 8, 3, tzinfo=UTC), 4, 144),  # on Sunday four working days are over
        (datetime(2026, 11, 9, 3, tzinfo=UTC), 5, 168),
    ],
)
def test_days_are_those_of_the_standard_and_hours_those_of_the_clock(
    ended: datetime, days: int, hours: int
) -> None:
    assert took(ended) == Taken(days, hours)


def test_calendar_days_count_weekends() -> None:
    within = Within(3, Calendar.CALENDAR)
    assert took(datetime(2026, 11, 9, 3, tzinfo=UTC), within=within) == Taken(7, 168)


def test_days_on_which_the_applicant_was_asked_do_not_count() -> None:
    later = datetime(2026, 11, 9, 17, tzinfo=UTC)  # asked from Tuesday to Thursday: two working days later
    assert took(datetime(2026, 11, 6, 3, tzinfo=UTC), due=later) == Taken(2, 96)


def test_nothing_counts_after_an_applicant_was_asked_who_never_answered() -> None:
    asked = datetime(2026, 11, 3, 3, tzinfo=UTC)
    assert took(datetime(2026, 11, 16, 3, tzinfo=UTC), asked=asked) == Taken(1, 336)


def test_the_day_is_that_of_the_region() -> None:
    ended = datetime(2026, 11, 2, 16, 30, tzinfo=UTC)  # 23:30 in the west, half past one in the east
    east = taken(started=MONDAY, ended=ended, asked=None, due=DUE, within=THREE, days=days_of("WIT"))
    assert (took(ended).days, east.days) == (0, 1)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.integers(1, 100))
def test_a_percentile_is_the_nearest_rank(values: list[int], per_cent: int) -> None:
    rank = -(-per_cent * len(values) // 100)
    assert percentile(Counter(values), per_cent) == sorted(values)[rank - 1]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_half_is_the_lower_median(values: list[int]) -> None:
    assert percentile(Counter(values), 50) == statistics.median_low(values)


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing is counted"):
        percentile({}, 50)


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ((40, 12, 0, 7), (40, 12, 0, 7)),
        ((40, 12, 0, 3), (40, None, 0, None)),  # the total less the others would tell three
        ((40, 12, 5, 4), (40, None, None, None)),  # nine less at least five would leave too little to guess
        ((40, 4, 3, 4), (40, None, None, None)),
        ((0, 0, 0), (0, 0, 0)),
        ((4, 0, 0), (None, 0, 0)),
    ],
)
def test_small_counts_are_hidden_and_what_would_give_them_away(
    counts: tuple[int, ...], seen: tuple[int | None, ...]
) -> None:
    assert shown(counts) == seen


@given(st.lists(st.integers(0, 60), max_size=12))
def test_no_small_count_is_shown_nor_left_alone(counts: list[int]) -> None:
    seen = shown(counts)
    hidden = [count for count, one in zip(counts, seen, strict=True) if one is None]
    assert all(one is None or one == count for count, one in zip(counts, seen, strict=True))
    assert not [one for one in seen if one is not None and 0 < one < FEWEST]
    left = [one for one in seen if one]
    assert not hidden or not left or (len(hidden) > 1 and sum(hidden) >= 2 * FEWEST)


def test_counts_add_up() -> None:
    one = Counted(arrived=2, ended=Counter([Outcome.GRANTED]), kept=1, days=Counter([3]), hours=Counter([70]))
    two = Counted(ended=Counter([Outcome.REFUSED]), breached=1, days=Counter([3]), hours=Counter([99]))
    both = one + two
    assert (both.arrived, both.kept, both.breached, both.done, both.left) == (2, 1, 1, 2, 2)
    assert (both.days, both.hours) == ({3: 2}, {70: 1, 99: 1})
    assert both.ended == {Outcome.GRANTED: 1, Outcome.REFUSED: 1}
