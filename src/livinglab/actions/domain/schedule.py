"""When each step of an accepted plan is worked on: the steps in order, each as long as its share of the effort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Load:
    """One step of a plan: its effort, and the year of the plan (from 1) that it ends in, where the plan has years."""

    effort: Fraction
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of one piece of work, both included."""

    starts_on: date
    due_on: date


def parts_of(first: date, last: date, first_year: int | None = None) -> tuple[Span, ...]:
    """This function will cut the days of a plan into its years; without `first_year` it is one part.

    The plan's first year begins on its first day and ends with `first_year`, each later one is a calendar year, the
    last ends with the plan. Errors: ValueError when `last` is before `first`.
    """
    if last < first:
        raise ValueError(f"{last} is before {first}")
    if first_year is None:
        return (Span(first, last),)
    years = range(min(first_year, last.year), last.year + 1)
    return tuple(
        Span(first if year == years[0] else date(year, 1, 1), min(date(year, 12, 31), last)) for year in years
    )


def spread(loads: Sequence[Load], parts: Sequence[Span]) -> tuple[Span, ...]:
    """This function will return a span for each step, one after the other, each within the part of its year.

    Within a part each step takes the share of days that it has of the effort; where none has any, equal shares. Steps
    may share the day on which one hands over to the next. Errors: ValueError for a year that has no part.
    """
    spans: list[Span] = []
    for year, group in groupby(loads, key=lambda load: load.year or 1):
        if not 1 <= year <= len(parts):
            raise ValueError(f"year {year} of a plan of {len(parts)}")
        spans.extend(_share([load.effort for load in group], parts[year - 1]))
    return tuple(spans)


def _share(efforts: Sequence[Fraction], part: Span) -> list[Span]:
    days = (part.due_on - part.starts_on).days + 1
    whole = sum(efforts, Fraction(0))
    done, spans = Fraction(0), []
    for effort in efforts:
        opened = min(days - 1, int(done * days))
        done += effort / whole if whole else Fraction(1, len(efforts))
        closed = max(opened, -(-(done * days).numerator // (done * days).denominator) - 1)
        spans.append(Span(part.starts_on + timedelta(days=opened), part.starts_on + timedelta(days=closed)))
    return spans
