"""The hours that still have a place, on the pages of a form: only those are offered, and a full one says so."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.free_hours import FreeHours, fields_of, free_hours
from livinglab.packages.domain.bookings import Why, hours_in_words
from livinglab.packages.domain.running.answers import Mistake
from livinglab.packages.queries.answering import Question
from livinglab.ui import formats


def offered(
    found: Application, questions: tuple[Question, ...], answers: Mapping[str, object], *, language: str
) -> tuple[Question, ...]:
    """This function will return questions where those for an hour offer what has a place on the day, and say so.

    Where the day is asked on the same page it may still change: every hour is offered then.
    """
    names = {one.name for one in questions}
    if not names & fields_of(found):
        return questions
    free = {one.field: one for one in free_hours(found, answers)}
    return tuple(_offered(one, free.get(one.name), names, language) for one in questions)


def mistakes(
    found: Application, answers: Mapping[str, object], shown: Iterable[str], *, language: str
) -> tuple[Mistake, ...]:
    """This function will return what is wrong with the hours that were chosen on a page: they have no place left."""
    if not {*shown} & fields_of(found):
        return ()
    return tuple(
        Mistake(one.field, "said", {"sentence": _no_place(one, language)})
        for one in free_hours(found, answers)
        if one.chosen and one.field in {*shown}
    )


def _offered(one: Question, free: FreeHours | None, names: set[str], language: str) -> Question:
    if free is None:
        return one
    said = " ".join(part for part in (_on_that_day(free, language), _next(free, language)) if part)
    hint = f"{one.hint} {said}".strip()
    if free.day_field in names:
        return replace(one, hint=hint)
    left = {value: number for value, _minute, number in free.hours}
    options = tuple(
        (value, _("%(hour)s (%(number)s left)") % {"hour": text, "number": left[value]})
        for value, text in one.options
        if value in left
    )
    return replace(one, hint=hint, options=options)


def _no_place(free: FreeHours, language: str) -> str:
    said = {
        Why.FULL: _("That hour is full."),
        Why.PAST: _("That hour has passed."),
        Why.TOO_FAR: _("That day is too far ahead."),
    }.get(Why(free.chosen), _("No appointments are taken then."))
    parts = (said, _on_that_day(free, language) if free.hours else "", _next(free, language))
    return " ".join(part for part in parts if part)


def _on_that_day(free: FreeHours, language: str) -> str:
    said = {"day": _named(free.day, language), "hours": hours_in_words(free.hours)}
    if not free.hours:
        return _("No hour has a place on %(day)s. Choose another day.") % said
    return _("Places on %(day)s: %(hours)s.") % said


def _next(free: FreeHours, language: str) -> str:
    if free.next is None:
        return "" if free.hours else _("No other day has a place at the moment.")
    day, hours = free.next
    return _("Next: %(day)s, %(hours)s.") % {"day": _named(day, language), "hours": hours_in_words(hours)}


def _named(day: date, language: str) -> str:
    return f"{format_date(day, 'EEEE', locale=formats.locale_of(language))}, {formats.day(day, language=language)}"
