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


def spread(loads: Sequence[Load], *, first: date, last: date, years: int = 1) -> tuple[Span, ...]:
    """This function will return a span for each step, one after the other between two days, both included.

    Where the plan has years, its time is cut into that many equal parts and each step stays in its own; the order of
    the steps is kept. Within a part each takes the share of days that it has of the effort; steps without effort take
    equal shares. Errors: ValueError when `last` is before `first`, or a step's year is none of the plan's.
    """
    if last < first:
        raise ValueError(f"{last} is before {first}")
    days = (last - first).days + 1  # a step without effort after the last one still lies on the last day
    spans: list[Span] = []
    for year, group in groupby(loads, key=lambda load: load.year or 1):
        if not 1 <= year <= years:
            raise ValueError(f"year {year} of a plan of {years}")
        begin, end = Fraction(days * (year - 1), years), Fraction(days * year, years)
        spans.extend(_share(list(group), first, last, begin, end))
    return tuple(spans)


def _share(loads: Sequence[Load], first: date, last: date, begin: Fraction, end: Fraction) -> list[Span]:
    whole = sum((load.effort for load in loads), Fraction(0))
    shares = [load.effort / whole if whole else Fraction(1, len(loads)) for load in loads]
    done, spans = Fraction(0), []
    for share in shares:
        start = begin + (end - begin) * done
        done += share
        stop = begin + (end - begin) * done
        opened = int(start)
        closed = max(opened, -(-stop.numerator // stop.denominator) - 1)  # the last day that it touches
        spans.append(
            Span(min(last, first + timedelta(days=opened)), min(last, first + timedelta(days=closed)))
        )
    return spans
