"""The list of a day for a front desk: who has which hour, and what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final
from uuid import UUID

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import User
from livinglab.casework.access import office_page
from livinglab.casework.models import Booking, Seat, Task
from livinglab.casework.queries.appointments import (
    ON_A_PAGE,
    Counted,
    Office,
    counted,
    counter_names,
    listed,
    offices_of,
    waiting,
)
from livinglab.casework.queries.running import runner_of
from livinglab.casework.queries.seats import covers
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization
from livinglab.packages.domain import bookings
from livinglab.packages.domain.manifest import Calendar
from livinglab.packages.queries import case_words
from livinglab.packages.queries.calendars import days_of
from livinglab.ui import formats
from livinglab.ui.days import DayUnread, read_day

#: days around today that anybody can mean
_BACK: Final = timedelta(days=3_660)
_AHEAD: Final = timedelta(days=366)
_LONGEST: Final = 40
_MOST_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads the list, with the names that its lines need."""

    organization: Organization
    seats: tuple[Seat, ...]
    offices: Mapping[UUID, Office]
    names: Mapping[UUID, Mapping[str, str]]
    tasks: Mapping[UUID, list[Task]]
    at: datetime


@require_safe
@office_page
def day(
    request: HttpRequest, organization: Organization, _user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will list who has an hour of a day, in the services of the reader's offices, by hour."""
    today = clock.today(organization.zone)
    typed = storable(request.GET.get("day", ""))[:_LONGEST]
    chosen, problem = _chosen(typed, today)
    offices = offices_of(organization, seats)
    context = {} if problem else _listed(organization, seats, offices, chosen, request.GET.get("page", ""))
    here = reverse("casework:desk_day", args=[organization.code])
    return render(
        request,
        "casework/appointments.html",
        {
            "organization": organization,
            "has_seat": bool(seats),
            "services": [_name(one) for one in offices],
            "finding": "",
            "title": _("Appointments") if problem else _("Appointments on %(day)s") % {"day": _named(chosen)},
            "typed": typed if problem else chosen.isoformat(),
            "problem": problem,
            "is_past": chosen < today,
            "views": [] if problem else _views(organization, chosen, today),
            "here": here,
            "breadcrumbs": [
                (organization.name, None),
                (_("What waits"), reverse("casework:desk", args=[organization.code])),
                (_("Appointments"), None),
            ],
            **context,
        },
        status=422 if problem else 200,
    )


def _chosen(typed: str, today: date) -> tuple[date, str]:
    """Return the day that an address means, today for none, and what is wrong with it."""
    try:
        chosen = read_day(typed) or today
    except DayUnread as unread:
        return today, str(unread)
    first, last = today - _BACK, today + _AHEAD
    if first <= chosen <= last:
        return chosen, ""
    said = {one: formats.day(each, language=language()) for one, each in (("first", first), ("last", last))}
    return today, _("Choose a day between %(first)s and %(last)s.") % said


def _views(organization: Organization, chosen: date, today: date) -> list[dict[str, object]]:
    """Return the working day before, today, and the working day after, each a link."""
    days = days_of(organization.zone)
    before = chosen - timedelta(days=1)
    while not days.counts(before, Calendar.WORKING):
        before -= timedelta(days=1)
    after = days.add(chosen, 1, Calendar.WORKING)
    return [
        {"label": label, "url": f"?day={one.isoformat()}", "current": one == chosen}
        for label, one in (
            (_("Working day before: %(day)s") % {"day": _short(before)}, before),
            (_("Today"), today),
            (_("Working day after: %(day)s") % {"day": _short(after)}, after),
        )
    ]


def _listed(
    organization: Organization,
    seats: tuple[Seat, ...],
    offices: tuple[Office, ...],
    chosen: date,
    page_typed: str,
) -> dict[str, object]:
    """Return what the page shows of a day."""
    counts = counted(organization.id, offices, chosen)
    number = sum(one.shown for one in counts)
    pages = max(ceil(number / ON_A_PAGE), 1)
    page = min(_whole(page_typed), pages)
    rows: list[Booking] = []
    if number:
        rows = list(listed(organization.id, offices, chosen)[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    reader = _reader(organization, seats, offices, counts, rows)
    open_at = {one.service_id: one.places_on(chosen) for one in offices}
    return {
        "finding": words.appointments(number, sum(one.over for one in counts)) if number else "",
        "is_closed": not any(open_at.values()),
        "hours": _hours(reader, rows, counts, open_at, is_whole=pages == 1) if number else [],
        "page": page,
        "pages": pages,
        "rest": _("The list goes on: %(num)s appointments are on each page.") % {"num": ON_A_PAGE}
        if pages > 1
        else "",
        "link": lambda nth: f"?day={chosen.isoformat()}&page={nth}",
    }


def _whole(text: str) -> int:
    return max(int(text), 1) if text.isdecimal() and len(text) <= _MOST_DIGITS else 1


def _reader(
    organization: Organization,
    seats: tuple[Seat, ...],
    offices: tuple[Office, ...],
    counts: tuple[Counted, ...],
    rows: list[Booking],
) -> _Reader:
    used: dict[UUID, set[str]] = {one.service_id: set() for one in offices}
    for one in counts:
        used[one.service_id].add(one.counter)
    return _Reader(
        organization,
        seats,
        {one.service_id: one for one in offices},
        {
            one.service_id: counter_names(organization, one, used[one.service_id], language())
            for one in offices
        },
        waiting(organization.id, rows) if rows else {},
        clock.now(),
    )


def _hours(
    reader: _Reader,
    rows: Iterable[Booking],
    counts: Iterable[Counted],
    open_at: Mapping[UUID, Mapping[int, int]],
    *,
    is_whole: bool,
) -> list[dict[str, object]]:
    """Return the hours of a day in order, each with its lines; where all fit one page also those that nobody has."""
    lines: dict[int, list[dict[str, object]]] = {}
    for one in rows:
        lines.setdefault(one.minute, []).append(_line(reader, one))
    held: dict[int, list[str]] = {}
    for each in counts:
        if each.held:
            most = open_at[each.service_id].get(each.minute)
            held.setdefault(each.minute, []).append(_places(reader, each, most))
    offered = {minute for hours in open_at.values() for minute in hours} if is_whole else set()
    return [
        {
            "minute": minute,
            "clock": bookings.clock(minute),
            "places": held.get(minute, []),
            "rows": lines.get(minute, []),
        }
        for minute in sorted({*lines, *offered})
    ]


def _places(reader: _Reader, one: Counted, most: int | None) -> str:
    """Return how many places of an hour are taken in a field of service; `most` is None where none are on offer."""
    said = {"field": _field(reader, one.service_id, one.counter), "held": one.held, "most": most}
    if most is None:
        return _("%(field)s: %(held)s taken, outside the hours on offer") % said
    return _("%(field)s: %(held)s of %(most)s taken") % said


def _line(reader: _Reader, one: Booking) -> dict[str, object]:
    tasks = reader.tasks.get(one.case_id, [])
    mine = next((task for task in tasks if any(covers(seat, task) for seat in reader.seats)), None)
    code = reader.organization.code
    return {
        "number": one.case.number,
        "queue": getattr(one, "queue_number", None) or "",
        "field": _field(reader, one.service_id, one.counter),
        "service": _name(reader.offices[one.service_id]) if len(reader.offices) > 1 else "",
        "stands": _stands(reader, one, tasks),
        "is_late": one.case.asked_at is None and any(task.due < reader.at for task in tasks),
        "href": reverse("casework:task", args=[code, mine.id]) if mine else "",
    }


def _stands(reader: _Reader, one: Booking, tasks: Iterable[Task]) -> str:
    """Return what became of somebody's hour: the steps that wait, that they are asked, or how it ended."""
    if one.case.outcome:
        return words.appointment_ended(one.case.outcome)
    runs = runner_of(one.case.version, zone=reader.organization.zone)
    steps = [case_words.node_name(runs, task.node, language()) for task in tasks]
    if steps:
        return _("waits: %(steps)s") % {"steps": ", ".join(steps)}
    return _("the applicant is asked") if one.case.asked_at else words.outcome("")


def _field(reader: _Reader, service_id: UUID, counter: str) -> str:
    """Return what a field of service is called; the service itself where it has none, a code that is unknown so."""
    return reader.names[service_id].get(counter, counter) if counter else _name(reader.offices[service_id])


def _name(office: Office) -> str:
    return office.runs.package.manifest.name.in_language(language())


def _named(one: date) -> str:
    weekday = format_date(one, "EEEE", locale=formats.locale_of(language()))
    return f"{weekday}, {formats.day(one, language=language())}"


def _short(one: date) -> str:
    return format_date(one, "EEE d MMM", locale=formats.locale_of(language()))
