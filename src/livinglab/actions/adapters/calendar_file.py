"""Writes due days as a calendar (iCalendar, RFC 5545) that any calendar programme subscribes to."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Alarm, Calendar, Event

from livinglab.actions.domain.calendar import CalendarDay
from livinglab.assessments.queries import get_instrument

#: at eight in the morning, so many days before
_ALARMS: Final = (timedelta(days=-14, hours=8), timedelta(days=-3, hours=8))
_REFRESH: Final = timedelta(hours=12)


def write_calendar(days: Iterable[CalendarDay], *, region: str, origin: str, language: str) -> bytes:
    """Return the calendar: an all-day event for each day, with alarms 14 and 3 days before.

    `origin` is scheme and host for the links, such as https://livinglab.example. The same days give the same bytes.
    """
    with override(language):
        calendar = Calendar()
        calendar.add("prodid", "-//Living Lab//Action plans//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Action plan of %(region)s") % {"region": region})
        calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        for one in days:
            calendar.add_component(_event(one, origin, language))
        return bytes(calendar.to_ical())


def _event(one: CalendarDay, origin: str, language: str) -> Event:
    event, summary = Event(), _summary(one, language)
    event.add("uid", f"{one.id}@livinglab")
    event.add("sequence", one.version)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{origin}{one.path}")
    event.add("description", _description(one, language))
    for trigger in _ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", trigger)
        event.add_component(alarm)
    return event


def _step(one: CalendarDay, language: str) -> str:
    indicator = get_instrument(one.instrument).indicator(int(one.indicator.split("-")[0]))
    words = {
        "indicator": f"{one.indicator} {indicator.short.in_language(language)}"
        if indicator
        else one.indicator,
        "level": one.to_level,
    }
    return _("Indicator %(indicator)s to level %(level)s") % words


def _summary(one: CalendarDay, language: str) -> str:
    if one.milestone:
        return f"{one.number}. {one.milestone}"
    return f"{one.number}. {one.title or _step(one, language)}"


def _description(one: CalendarDay, language: str) -> str:
    lines = [_step(one, language)]
    if one.agency:
        lines.append(one.agency)
    if one.is_synthetic:
        lines.append(_("Made-up data: for demonstration only."))
    return "\n".join(lines)
