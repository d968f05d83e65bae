"""How old evidence may be, counted by the calendar.

Source: Pedoman Menteri PANRB 3/2024. It asks for a review "<2 tahun" and for audits of the last two years, hence
strictly less: a document of 15 March 2024 is young enough until 14 March 2026 and too old on 15 March 2026. A
follow-up comes "1 tahun setelah reviu" and an audit "setiap 2 tahun": a term, whose last day still counts.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import pairwise


def add_months(day: date, months: int) -> date:
    """This function will return the same day of the month so many months later (or earlier, if negative).

    Where that month is shorter, its last day: 29 February 2024 and 24 months give 28 February 2026.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_in_future(issued_on: date, *, on: date) -> bool:
    """This function will say whether a document bears a day that has not come yet."""
    return issued_on > on


def is_younger(issued_on: date, months: int, *, on: date) -> bool:
    """This function will say whether a document is less than so many months old on a day, and not of the future."""
    return not is_in_future(issued_on, on=on) and on < add_months(issued_on, months)


def oldest_day(months: int, *, on: date) -> date:
    """This function will return the earliest day on which a document that `is_younger` on a day may be issued."""
    day = add_months(on, -months)
    while not is_younger(day, months, on=on):
        day = date.fromordinal(day.toordinal() + 1)
    return day


def is_expired(expires_on: date | None, *, on: date) -> bool:
    """This function will say whether a document has lapsed; its last day still counts."""
    return expires_on is not None and on > expires_on


def is_in_time(follow_up_on: date, *, answers: date, months: int) -> bool:
    """This function will say whether a follow-up came within so many months of what it answers, not before it."""
    return answers <= follow_up_on <= add_months(answers, months)


def longest_gap(days: Iterable[date], *, months: int) -> tuple[date, date] | None:
    """This function will return the first two neighbouring days that lie more than so many months apart, if any."""
    for earlier, later in pairwise(sorted(set(days))):
        if later > add_months(earlier, months):
            return earlier, later
    return None


def are_last_years(years: Iterable[int], count: int, *, year: int) -> bool:
    """This function will say whether some years hold the last `count` ones, up to a year or the one before it.

    The documents of the running year may not be adopted yet when an evaluation begins.
    """
    known = set(years)
    return any(all(last - back in known for back in range(count)) for last in (year, year - 1))
