"""What the head of region signed, entered: at the end of a visit, or without one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.assessments.queries import get_instrument
from livinglab.kernel import clock
from livinglab.organizations.queries import Organization
from livinglab.visits import policies
from livinglab.visits.access import Sight, host_page, person_visit_page
from livinglab.visits.domain.kinds import Occasion
from livinglab.visits.domain.process import VisitState
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.models import Visit
from livinglab.visits.operations import commitments as operations
from livinglab.visits.queries.parties import actor_of
from livinglab.visits.web import words
from livinglab.visits.web.asked import instrument_of, proposed_steps
from livinglab.visits.web.frame import Problems, breadcrumbs, visit_title
from livinglab.visits.web.paper_form import entered, form_context


@require_http_methods(["GET", "HEAD", "POST"])
@person_visit_page
def commit(request: HttpRequest, visit: Visit, sight: Sight, user: User) -> HttpResponse:
    """This function will show the form with the visit's steps, and enter the commitment."""
    assert sight.actor is not None, "the door lets nobody in who is not signed in"
    refusal = policies.may_commit(
        sight.actor, sight.parties, state=VisitState(visit.state), has_minutes=bool(visit.minutes)
    )
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    steps = list(visit.steps.all())
    instrument = get_instrument(steps[0].instrument)
    problems: Problems = ()
    if request.method == "POST":
        signed, problems = entered(
            request,
            instrument,
            lambda paper: operations.sign(visit_id=visit.id, paper=paper, by=user, at=clock.now()),
        )
        if signed is not None:
            messages.success(request, _("The commitment is entered."))
            return redirect("visits:commitment", signed.id)
    context = {
        **form_context(
            request, instrument, [StepKey(one.indicator, one.to_level) for one in steps], problems
        ),
        "visit": visit,
        "title": visit_title(visit),
        "breadcrumbs": breadcrumbs(
            (visit_title(visit), reverse("visits:visit", args=[visit.id])), (_("Commitment"), None)
        ),
    }
    return render(request, "visits/commit.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@host_page
def commit_alone(request: HttpRequest, organization: Organization, user: User) -> HttpResponse:
    """This function will show the form for a commitment without a visit, and enter it."""
    refusal = policies.may_commit_alone(actor_of(user), organization_id=organization.id)
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    instrument = instrument_of(request, organization)
    problems: Problems = ()
    if request.method == "POST":
        occasion = _occasion(request)
        if occasion is None:
            problems = (("occasion", _("Choose what the commitment came from.")),)
        else:
            signed, problems = entered(
                request,
                instrument,
                lambda paper: operations.sign_alone(
                    organization=organization, occasion=occasion, paper=paper, by=user, at=clock.now()
                ),
            )
            if signed is not None:
                messages.success(request, _("The commitment is entered."))
                return redirect("visits:commitment", signed.id)
    context = {
        **form_context(request, instrument, proposed_steps(request), problems),
        "organization": organization,
        "occasions": [
            ("", _("Choose what the commitment came from.")),
            *((one.value, str(words.OCCASIONS[one])) for one in Occasion if one is not Occasion.VISIT),
        ],
        "breadcrumbs": breadcrumbs(
            (organization.short_name, reverse("visits:own", args=[organization.code])),
            (_("Commitment"), None),
        ),
    }
    return render(request, "visits/commit_alone.html", context, status=422 if problems else 200)


def _occasion(request: HttpRequest) -> Occasion | None:
    given = request.POST.get("occasion", "")
    known = [one for one in Occasion if one is not Occasion.VISIT]
    return Occasion(given) if given in known else None
