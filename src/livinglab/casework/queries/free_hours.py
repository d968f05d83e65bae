"""Which hours of a service still have a place, for the form and for what the office asks again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.bookings import held
from livinglab.packages.domain import bookings
from livinglab.packages.domain.bookings import Terms, Why

Hours = tuple[tuple[str, int, int], ...]  # value in the form, minute of the day, places left


@dataclass(frozen=True, slots=True)
class FreeHours:
    """The hours of a day that have a place, and the next day that has any.

    `field` asks for the hour, `day_field` for the day.
    """

    field: str
    day_field: str
    day: date
    hours: Hours
    next: tuple[date, Hours] | None
    chosen: str  # why the hour that was chosen cannot be had, "" where it can or none was chosen


def free_hours(found: Application, answers: Mapping[str, object]) -> tuple[FreeHours, ...]:
    """This function will return the free hours of each day that was chosen. One query for each step that books."""
    return tuple(
        _free(found, terms, answers, day)
        for terms in _terms(found)
        if (day := bookings.day_of(terms, answers))
    )


def fields_of(found: Application) -> frozenset[str]:
    """This function will return the questions that ask for an hour with places."""
    return frozenset(terms.hour_field for terms in _terms(found))


def _terms(found: Application) -> Iterator[Terms]:
    fields = found.package.form.fields
    for step in bookings.steps_of(found.package):
        yield bookings.terms_of(step, fields, found.parameters)


def _free(found: Application, terms: Terms, answers: Mapping[str, object], day: date) -> FreeHours:
    days, now = found.runs.days, found.at
    first, last = bookings.span_of(terms, days, now)
    own = found.case.id if found.case else None
    counts = held(_service(found), bookings.counter_of(terms, answers), first, last, but=own)
    hours = bookings.free_on(terms, day, counts, days, now)
    slot, chosen = bookings.slot_of(terms, answers), ""
    if slot is not None and answers.get(terms.hour_field) not in {value for value, _minute, _left in hours}:
        chosen = bookings.closed(terms, slot, days, now) or Why.FULL
    following = bookings.next_free(terms, day, counts, days, now)
    return FreeHours(terms.hour_field, terms.day_field, day, hours, following, chosen)


def _service(found: Application) -> UUID:
    row = found.draft or found.case
    assert row is not None, "an application is a form or a case"
    return row.service_id
