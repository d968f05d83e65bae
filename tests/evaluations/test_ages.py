"""Ages count by the calendar, and every limit is known to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.evaluations.domain.ages import (
    add_months,
    are_last_years,
    is_expired,
    is_in_future,
    is_in_time,
    is_younger,
    longest_gap,
    oldest_day,
)

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
MONTHS = st.integers(1, 120)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 3, 15), 24, date(2026, 3, 15)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 1, 15), -1, date(2024, 12, 15)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 3, 31), 0, date(2025, 3, 31)),
    ],
)
def test_months_count_by_the_calendar(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("on", "young"),
    [
        (date(2024, 3, 14), False),  # not issued yet
        (date(2024, 3, 15), True),
        (date(2026, 2, 13), True),  # 22 months and 29 days
        (date(2026, 3, 14), True),  # 23 months and 27 days: the day before
        (date(2026, 3, 15), False),  # exactly two years are not "<2 tahun"
        (date(2026, 3, 16), False),
    ],
)
def test_less_than_two_years_ends_the_day_before_two_years_are_full(on: date, young: bool) -> None:
    assert is_younger(date(2024, 3, 15), 24, on=on) is young


@pytest.mark.parametrize(
    ("follow_up", "in_time"),
    [
        (date(2024, 3, 14), False),  # before the review: it answers something else
        (date(2024, 3, 15), True),
        (date(2025, 3, 15), True),  # a year after the review, to the day
        (date(2025, 3, 16), False),
    ],
)
def test_a_follow_up_comes_within_a_year_of_its_review(follow_up: date, in_time: bool) -> None:
    assert is_in_time(follow_up, answers=date(2024, 3, 15), months=12) is in_time


@pytest.mark.parametrize(
    ("expires_on", "expired"),
    [(None, False), (date(2025, 8, 16), False), (date(2025, 8, 15), False), (date(2025, 8, 14), True)],
)
def test_a_document_counts_on_its_last_day(expires_on: date | None, expired: bool) -> None:
    assert is_expired(expires_on, on=date(2025, 8, 15)) is expired


@pytest.mark.parametrize(
    ("days", "gap"),
    [
        ([], None),
        ([date(2023, 5, 1)], None),
        ([date(2025, 5, 1), date(2023, 5, 1)], None),  # two years to the day is every two years
        ([date(2025, 5, 2), date(2023, 5, 1)], (date(2023, 5, 1), date(2025, 5, 2))),
        ([date(2025, 5, 2), date(2024, 1, 1), date(2023, 5, 1)], None),
        ([date(2020, 1, 1), date(2023, 5, 1), date(2025, 5, 1)], (date(2020, 1, 1), date(2023, 5, 1))),
    ],
)
def test_audits_recur_when_no_two_neighbours_lie_too_far_apart(
    days: list[date], gap: tuple[date, date] | None
) -> None:
    assert longest_gap(days, months=24) == gap


@pytest.mark.parametrize(
    ("years", "covered"),
    [
        ({2023, 2024, 2025}, True),
        ({2022, 2023, 2024}, True),
        ({2020, 2022, 2023, 2024}, True),
        ({2021, 2022, 2023}, False),
        ({2023, 2025}, False),
        ({2024, 2025, 2026}, False),
        (set(), False),
    ],
)
def test_the_last_three_years_end_with_the_year_or_the_one_before(years: set[int], covered: bool) -> None:
    assert are_last_years(years, 3, year=2025) is covered


@given(DAYS, MONTHS)
def test_the_oldest_day_is_young_enough_and_the_day_before_is_not(on: date, months: int) -> None:
    oldest = oldest_day(months, on=on)
    assert is_younger(oldest, months, on=on)
    assert not is_younger(oldest - ONE_DAY, months, on=on)


@given(DAYS, MONTHS, st.integers(0, 4000), st.integers(0, 4000))
def test_what_is_too_old_stays_too_old(issued_on: date, months: int, some: int, more: int) -> None:
    on, later = issued_on + timedelta(days=some), issued_on + timedelta(days=some + more)
    assert is_younger(issued_on, months, on=on) or not is_younger(issued_on, months, on=later)


@given(DAYS, MONTHS, st.integers(0, 400))
def test_more_months_never_make_a_document_too_old(issued_on: date, months: int, days: int) -> None:
    on = issued_on + timedelta(days=days)
    assert not is_younger(issued_on, months, on=on) or is_younger(issued_on, months + 1, on=on)


@given(DAYS, st.integers(-240, 240))
def test_adding_months_lands_in_that_month_and_never_later_in_it(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + ONE_DAY).day == 1


@given(DAYS, DAYS)
def test_a_document_is_of_the_future_until_its_day_comes(issued_on: date, on: date) -> None:
    assert is_in_future(issued_on, on=on) is (issued_on > on)


@given(st.lists(DAYS, max_size=6), MONTHS)
def test_one_more_audit_never_opens_a_gap_between_its_neighbours(days: list[date], months: int) -> None:
    gap = longest_gap(days, months=months)
    if gap is None and len(set(days)) > 1:
        middle = min(days) + (max(days) - min(days)) // 2
        assert longest_gap([*days, middle], months=months) is None
