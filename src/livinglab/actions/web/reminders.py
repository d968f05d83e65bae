"""What somebody was reminded of, and what of it is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from livinglab.actions.access import actions_page
from livinglab.actions.domain.due import Occasion
from livinglab.actions.models import Reminder
from livinglab.actions.queries.due import reminders_of
from livinglab.actions.queries.places import Place
from livinglab.actions.web import words
from livinglab.actions.web.frame import frame
from livinglab.assessments.queries import get_instrument
from livinglab.kernel.clock import ZONES

_OCCASIONS: Final[Mapping[Occasion, Promise]] = {
    Occasion.OVERDUE: gettext_lazy("past its day"),
    Occasion.THREE_DAYS: gettext_lazy("due within three days"),
    Occasion.TWO_WEEKS: gettext_lazy("due within two weeks"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder in words."""

    name: str
    url: str
    occasion: str
    due_on: date
    at: datetime
    is_mailed: bool
    is_open: bool


@require_safe
@actions_page
def reminders(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show what this person was reminded of, what is still open first."""
    found = [
        _told(place, one, is_open)
        for one, is_open in reminders_of(place.organization.id, place.actor.user_id)
    ]
    context = {
        **frame(place, (_("Reminders"), None)),
        "heading": _heading(sum(one.is_open for one in found)),
        "waiting": [one for one in found if one.is_open],
        "past": [one for one in found if not one.is_open],
        "zone": ZONES[place.organization.zone],
    }
    return render(request, "actions/reminders.html", context)


def _heading(number: int) -> str:
    if not number:
        return _("Nothing waits for you")
    return ngettext("%(num)s matter waits for you", "%(num)s matters wait for you", number) % {"num": number}


def _told(place: Place, one: Reminder, is_open: bool) -> Told:
    action = one.action
    name = words.name(get_instrument(action.plan.instrument), action)
    if one.subject_id != action.id:
        name = _("A milestone of: %(name)s") % {"name": name}
    return Told(
        name=f"{action.number}. {name}",
        url=reverse("actions:action", args=[place.organization.code, action.plan_id, action.id]),
        occasion=str(_OCCASIONS[Occasion(one.occasion)]),
        due_on=one.due_on,
        at=one.at,
        is_mailed=one.mailed_at is not None,
        is_open=is_open,
    )
