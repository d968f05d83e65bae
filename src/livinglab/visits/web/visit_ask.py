"""Asking a host for a visit, and entering a guest that is not on the platform."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.assessments.queries import Instrument
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language
from livinglab.visits import policies
from livinglab.visits.access import host_page
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.operations import visits as operations
from livinglab.visits.queries.parties import acting_organizations, actor_of
from livinglab.visits.web import words
from livinglab.visits.web.asked import instrument_of, proposed_steps
from livinglab.visits.web.frame import Problems, breadcrumbs, problem_of, to_count
from livinglab.visits.web.step_rows import (
    indicator_options,
    key_of,
    level_options,
    rows_of,
    typed_rows,
)

_FIELDS = {
    "steps_missing": "indicator-1",
    "indicator_unknown": "indicator-1",
    "level_unknown": "level-1",
    "asked_already": "indicator-1",
    "purpose_missing": "purpose",
    "purpose_too_long": "purpose",
    "people_wrong": "people",
    "days_missing": "wished_from",
    "first_day_past": "wished_from",
    "days_out_of_order": "wished_until",
    "own_region": "visitor",
    "not_for_the_visitor": "visitor",
    "guest_missing": "guest",
    "guest_too_long": "guest",
    "guest_on_platform": "kind",
    "day_missing": "day",
}


@require_http_methods(["GET", "HEAD", "POST"])
@host_page
def ask(request: HttpRequest, host: Organization, user: User) -> HttpResponse:
    """This function will ask a host for a visit in the name of the organisation for which the person acts."""
    own = acting_organizations(actor_of(user))
    if not own:
        raise PermissionDenied(
            _(
                "Only those who act for a region or a ministry ask for a visit: its head, coordinator or officer."
            )
        )
    chosen = request.POST.get("visitor") or request.GET.get("visitor", "")
    visitor = next((one for one in own if one.code == chosen), None)
    visitor = visitor or next((one for one in own if one.id != host.id), own[0])
    instrument = instrument_of(request, visitor)
    problems: Problems = ()
    if request.method == "POST":
        try:
            visit = operations.ask(
                host=host, visitor=visitor, wanted=_wanted(request, instrument), by=user, at=clock.now()
            )
        except Refused as refused:
            problems = problem_of(refused.refusal, _FIELDS)
        except DayUnread as unread:
            problems = (("wished_from", str(unread)),)
        else:
            messages.success(request, _("The request is on its way. %(host)s answers.") % {"host": host.name})
            return redirect("visits:visit", visit.id)
    context = {
        **_form(request, host, instrument, problems),
        "visitor": visitor,
        "visitors": [(one.code, one.name) for one in own],
        "is_own": visitor.id == host.id,
        "breadcrumbs": breadcrumbs((_("Ask %(host)s") % {"host": host.short_name}, None)),
    }
    return render(request, "visits/ask.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@host_page
def receive(request: HttpRequest, host: Organization, user: User) -> HttpResponse:
    """This function will enter the visit of a guest that is not on the platform, by its host."""
    refusal = policies.may_receive(actor_of(user), host_id=host.id)
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    instrument = instrument_of(request, host)
    problems: Problems = ()
    if request.method == "POST":
        try:
            visit = operations.receive(
                host=host,
                name=request.POST.get("guest", ""),
                kind=_kind(request.POST.get("kind", "")),
                wanted=_wanted(request, instrument),
                day=read_day(request.POST.get("day", "")),
                by=user,
                at=clock.now(),
            )
        except Refused as refused:
            problems = problem_of(refused.refusal, _FIELDS)
        except DayUnread as unread:
            problems = (("day", str(unread)),)
        else:
            messages.success(request, _("The visit is entered."))
            return redirect("visits:visit", visit.id)
    context = {
        **_form(request, host, instrument, problems),
        "kinds": [(one.value, str(words.KINDS[one])) for one in operations.GUESTS],
        "breadcrumbs": (
            (host.short_name, url_if_any("comparisons:portrait", host.code)),
            (_("Study visits"), url_if_any("visits:own", host.code)),
            (_("A guest"), None),
        ),
    }
    return render(request, "visits/receive.html", context, status=422 if problems else 200)


def _kind(text: str) -> VisitorKind:
    """What no guest is (a region) is refused by the operation; so is anything else."""
    return VisitorKind(text) if text in operations.GUESTS else VisitorKind.REGION


def _wanted(request: HttpRequest, instrument: Instrument) -> operations.Wanted:
    given = request.POST
    steps = [key_of(row) for row in typed_rows(given.dict())]
    return operations.Wanted(
        instrument=instrument.code,
        steps=tuple(dict.fromkeys(one for one in steps if one is not None)),
        purpose=given.get("purpose", ""),
        wished_from=read_day(given.get("wished_from", "")),
        wished_until=read_day(given.get("wished_until", "")),
        people=to_count(given.get("people", "")),
    )


def _form(
    request: HttpRequest, host: Organization, instrument: Instrument, problems: Problems
) -> dict[str, object]:
    given = request.POST if request.method == "POST" else request.GET
    is_sent = request.method == "POST"
    return {
        "host": host,
        "instrument": instrument,
        "instrument_name": instrument.short.in_language(language()),
        "rows": typed_rows(given.dict()) if is_sent else rows_of(proposed_steps(request)),
        "indicators": indicator_options(instrument),
        "levels": level_options(instrument),
        "given": {key: given.get(key, "") for key in _GIVEN},
        "problems": problems,
        "errors": dict(reversed(problems)),
    }


_GIVEN = ("purpose", "wished_from", "wished_until", "people", "guest", "kind", "day")
