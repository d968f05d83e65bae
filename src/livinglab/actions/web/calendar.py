"""Due days in people's own calendars: a file for now, a secret address that a programme asks again."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.actions.access import READERS, actions_page, actor_before
from livinglab.actions.adapters.calendar_file import write_calendar
from livinglab.actions.domain.actors import Actor
from livinglab.actions.operations.calendar import make_address, revoke_address
from livinglab.actions.queries.calendar import PathOf, calendar_days, feed_by_token, feed_of
from livinglab.actions.queries.places import Place
from livinglab.actions.web.frame import frame
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, find_organization
from livinglab.ui.languages import language

_TYPE: Final = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
@actions_page
def calendar(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will offer the calendar as a file and a secret address, and make or revoke that address."""
    code, intent = place.organization.code, request.POST.get("intent", "")
    if intent == "make":
        token = make_address(place=place, language=language(), at=clock.now())
        address = request.build_absolute_uri(reverse("actions:calendar-feed", args=[code, token]))
        return _page(request, place, address)
    if intent == "revoke":
        if revoke_address(place=place, at=clock.now()):
            messages.success(request, _("The address no longer works."))
        return redirect("actions:calendar", code)
    return _page(request, place)


def _page(request: HttpRequest, place: Place, address: str = "") -> HttpResponse:
    context = {
        **frame(place, (_("Calendar"), None)),
        "address": address,
        "feed": feed_of(place.organization.id, place.actor.user_id),
        "number": len(calendar_days(place.organization.id, place.actor, _path(place.organization.code))),
    }
    return render(request, "actions/calendar.html", context)


@require_safe
@actions_page
def calendar_file(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will answer what this person has to do as a calendar file."""
    return _calendar(request, place.organization, place.actor, language())


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """This function will answer the calendar of whoever holds the secret; 404 for everything else alike.

    No sign-in: calendar programmes cannot. Whoever lost their role, or is no active user any more, gets 404 too.
    """
    organization = find_organization(code)
    if organization is None:
        raise Http404
    with tenancy(organization.id):
        feed = feed_by_token(organization.id, token)
        person = User.objects.filter(id=feed.person_id, is_active=True).first() if feed else None
        actor = actor_before(person, organization.id) if person else None
        if feed is None or actor is None or not actor.roles & {role.value for role in READERS}:
            raise Http404
        return _calendar(request, organization, actor, feed.language)


def _calendar(
    request: HttpRequest, organization: Organization, actor: Actor, written_in: str
) -> HttpResponse:
    with override(written_in):
        days = calendar_days(organization.id, actor, _path(organization.code))
    content = write_calendar(
        days,
        region=organization.name,
        origin=f"{request.scheme}://{request.get_host()}",
        language=written_in,
    )
    response = HttpResponse(content, content_type=_TYPE)
    response["Content-Disposition"] = f'attachment; filename="rencana-aksi-{organization.code}.ics"'
    return response


def _path(code: str) -> PathOf:
    """Return what gives the address of an action's page."""
    return lambda action: reverse("actions:action", args=[code, action.plan_id, action.id])
