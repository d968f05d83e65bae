"""Places in an hour, as a package sets them: which hours a day has, how many places each, and what a booking says.

A step of the kind `book` names a day, an hour and perhaps a counter of the citizen's form, and parameters for how many
places an hour has, from when to when it is open and how many days ahead one may book. docs/package-format.md section 4.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, Protocol

from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.manifest import Calendar, ParameterType
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind, ServiceKind
from livinglab.packages.domain.running.days import Days

#: what a booking says, by the name behind `booking.STEP.`
NAMES: Final[Mapping[str, type]] = {
    "free": bool,  # whether a place is held
    "why": str,  # why none is: a word of `Why`, "" where one is
    "day": str,
    "hour": str,  # when the hour begins, such as 09.00
    "other_hours": str,  # other hours of the same day with a place, such as "10.00, 13.00"; "" for none
    "next_day": str,  # the next day with a place, None for none within the days ahead
    "next_hours": str,
}
#: attribute of a step -> what it names: a field of the form or a parameter, of these types
FIELDS: Final[Mapping[str, frozenset[FieldType]]] = {
    "day": frozenset({FieldType.DATE}),
    "hour": frozenset({FieldType.CHOICE}),
    "counter": frozenset({FieldType.CHOICE, FieldType.PLACE}),
}
PARAMETERS: Final[Mapping[str, frozenset[ParameterType]]] = {
    "places": frozenset({ParameterType.INTEGER}),
    "opens": frozenset({ParameterType.INTEGER}),
    "closes": frozenset({ParameterType.INTEGER}),
    "ahead": frozenset({ParameterType.DAYS}),
}
NEEDED: Final = ("day", "hour", "places", "opens", "closes", "ahead")
#: the value of an option of the hour: a letter, and when it begins
_HOUR: Final = re.compile(r"[a-z](?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])", re.ASCII)
_LONGEST: Final = 60  # minutes of an hour where the form has but one
#: days that are looked through for another place; more would be no help
_FURTHEST: Final = 31


class Why(StrEnum):
    """Why no place is held."""

    FULL = "full"
    CLOSED = "closed"  # no working day, outside the opening hours, or no such hour
    PAST = "past"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """An hour of a day: `minute` is when it begins, counted from midnight of the place."""

    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a step that books says in a place: `hours` are those on offer, each with its value in the form."""

    step: str
    day_field: str
    hour_field: str
    counter_field: str
    hours: tuple[tuple[str, int], ...]
    places: int
    ahead: int


class Places(Protocol):
    """Counts who holds a place. All of it within the case's own transaction."""

    def held(self, counter: str, first: date, last: date) -> Mapping[Slot, int]:
        """This function will return how many places are held in each hour of these days that has any."""

    def take(self, step: str, counter: str, slot: Slot, *, most: int) -> bool:
        """This function will hold a place for a step of the case, and tell whether there was one.

        What the step held before is given back first.
        """

    def leave(self, step: str) -> None:
        """This function will give back what a step of the case held before."""

    def give_back(self) -> None:
        """This function will give back every place that the case holds."""


@dataclass(frozen=True, slots=True)
class InventedPlaces:
    """Stands in where nobody counts, in trials and scenarios: invented visitors hold all of the first hour of a day."""

    terms: Terms

    def held(self, counter: str, first: date, last: date) -> Mapping[Slot, int]:
        """This function will return that the first hour of each day is full."""
        if not self.terms.hours:
            return {}
        days = (first + timedelta(days=one) for one in range((last - first).days + 1))
        return {Slot(day, self.terms.hours[0][1]): self.terms.places for day in days}

    def take(self, step: str, counter: str, slot: Slot, *, most: int) -> bool:
        """This function will tell whether it is not the first hour of the day, and there are places at all."""
        return most > 0 and slot.minute != self.terms.hours[0][1]

    def leave(self, step: str) -> None:
        """This function will do nothing: nothing is held."""

    def give_back(self) -> None:
        """This function will do nothing: nothing is held."""


def is_booking(node: Node) -> bool:
    """This function will tell whether a step books a place."""
    return node.kind is NodeKind.SERVICE and node.said.get("kind") == ServiceKind.BOOK


def steps_of(package: Package) -> Iterator[Node]:
    """This function will yield the steps of a package that book a place, in the order of the file."""
    for process in (package.diagram.main, *package.diagram.called.values()):
        yield from (node for node in process.nodes.values() if is_booking(node))


def minute_of(value: object) -> int | None:
    """This function will return when an option of an hour begins (`s0830` is 510), None for what is no hour."""
    found = _HOUR.fullmatch(str(value))
    return int(found["hour"]) * 60 + int(found["minute"]) if found else None


def clock(minute: int) -> str:
    """This function will return a minute of the day as Indonesia writes it: 09.00."""
    return f"{minute // 60:02}.{minute % 60:02}"


def terms_of(node: Node, fields: Mapping[str, Field], parameters: Mapping[str, object]) -> Terms:
    """This function will return what a step that books says with the values of a place.

    An hour lasts as long as the shortest time between two hours of the form; it is on offer where all of it lies within
    the opening hours. A value that is missing offers nothing.
    """
    said = node.said
    field = fields.get(said.get("hour", ""))
    known = {one.value: minute_of(one.value) for one in (field.options if field else ())}
    begins = sorted(minute for minute in known.values() if minute is not None)
    length = min((b - a for a, b in pairwise(begins) if b > a), default=_LONGEST)
    opens, closes = (_whole(parameters.get(said.get(one, ""))) * 60 for one in ("opens", "closes"))
    hours = sorted(
        (minute, value)
        for value, minute in known.items()
        if minute is not None and opens <= minute and minute + length <= closes
    )
    return Terms(
        step=node.id,
        day_field=said.get("day", ""),
        hour_field=said.get("hour", ""),
        counter_field=said.get("counter", ""),
        hours=tuple((value, minute) for minute, value in hours),
        places=_whole(parameters.get(said.get("places", ""))),
        ahead=min(_whole(parameters.get(said.get("ahead", ""))), _FURTHEST),
    )


def slot_of(terms: Terms, answers: Mapping[str, object]) -> Slot | None:
    """This function will return the hour that somebody chose, None where day or hour is missing or none."""
    minute = minute_of(answers.get(terms.hour_field))
    day = day_of(terms, answers)
    return None if minute is None or day is None else Slot(day, minute)


def day_of(terms: Terms, answers: Mapping[str, object]) -> date | None:
    """This function will return the day that somebody chose, None for none."""
    try:
        return date.fromisoformat(str(answers.get(terms.day_field)))
    except ValueError:
        return None


def counter_of(terms: Terms, answers: Mapping[str, object]) -> str:
    """This function will return the counter whose places are counted, "" where all are one."""
    return str(answers.get(terms.counter_field) or "") if terms.counter_field else ""


def closed(terms: Terms, slot: Slot, days: Days, now: datetime) -> Why | None:
    """This function will return why nobody can book an hour, None where it is open."""
    local = days.local(now)
    if slot < Slot(local.date(), local.hour * 60 + local.minute):
        return Why.PAST
    if not days.counts(slot.day, Calendar.WORKING) or slot.minute not in {one for _value, one in terms.hours}:
        return Why.CLOSED
    return Why.TOO_FAR if (slot.day - local.date()).days > terms.ahead else None


def span_of(terms: Terms, days: Days, now: datetime) -> tuple[date, date]:
    """This function will return the first and the last day that can be booked at a moment."""
    today = days.local(now).date()
    return today, today + timedelta(days=terms.ahead)


def free_on(
    terms: Terms, day: date, held: Mapping[Slot, int], days: Days, now: datetime
) -> tuple[tuple[str, int, int], ...]:
    """This function will return the hours of a day that have a place: value, minute, and how many are left."""
    return tuple(
        (value, minute, left)
        for value, minute in terms.hours
        if (left := terms.places - held.get(Slot(day, minute), 0)) > 0
        and closed(terms, Slot(day, minute), days, now) is None
    )


def next_free(
    terms: Terms, after: date, held: Mapping[Slot, int], days: Days, now: datetime
) -> tuple[date, tuple[tuple[str, int, int], ...]] | None:
    """This function will return the next day that has a place, after a day if possible, else the first; or None."""
    first, last = span_of(terms, days, now)
    bookable = [first + timedelta(days=one) for one in range((last - first).days + 1)]
    in_order = [*(day for day in bookable if day > after), *(day for day in bookable if day < after)]
    for day in in_order:
        if found := free_on(terms, day, held, days, now):
            return day, found
    return None


def book(
    terms: Terms, answers: Mapping[str, object], places: Places, *, days: Days, now: datetime
) -> dict[str, object]:
    """This function will hold a place in the hour that was chosen, and return what that says, by `NAMES`."""
    slot, counter = slot_of(terms, answers), counter_of(terms, answers)
    why = Why.CLOSED if slot is None else closed(terms, slot, days, now)
    if slot is None or why is not None:
        places.leave(terms.step)
    elif not places.take(terms.step, counter, slot, most=terms.places):
        why = Why.FULL
    said: dict[str, object] = {
        **dict.fromkeys(NAMES, ""),
        "free": why is None,
        "why": why or "",
        "day": slot.day.isoformat() if slot else None,
        "hour": clock(slot.minute) if slot else "",
        "next_day": None,
    }
    if why is None:
        return said
    first, last = span_of(terms, days, now)
    held = places.held(counter, first, last)
    day = slot.day if slot else first
    said["other_hours"] = hours_in_words(free_on(terms, day, held, days, now))
    if found := next_free(terms, day, held, days, now):
        said["next_day"], said["next_hours"] = found[0].isoformat(), hours_in_words(found[1])
    return said


def hours_in_words(found: tuple[tuple[str, int, int], ...]) -> str:
    """This function will return hours as a line that reads alike in every language: 09.00, 13.00."""
    return ", ".join(clock(minute) for _value, minute, _left in found)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
