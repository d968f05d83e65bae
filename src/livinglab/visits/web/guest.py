"""A guest that is not on the platform: invited by its host to sign, and signing by the link, without an account."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.accounts.operations import is_try_within_limit
from livinglab.accounts.queries import User
from livinglab.assessments.queries import get_instrument
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.visits.access import Sight, person_visit_page
from livinglab.visits.domain.invitations import DAYS_TO_SIGN
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.models import Visit
from livinglab.visits.operations import guests as operations
from livinglab.visits.queries.invitations import find_invitation
from livinglab.visits.queries.visits import find_visit
from livinglab.visits.web import words
from livinglab.visits.web.frame import Problems, breadcrumbs, visit_title
from livinglab.visits.web.paper_form import entered, form_context

#: tries of links from one address, forged or not, in so many seconds; an office behind one address signs slower
MOST_TRIES: Final = 60
SECONDS: Final = 3600


@require_POST
@person_visit_page
def invite(request: HttpRequest, visit: Visit, sight: Sight, user: User) -> HttpResponse:
    """This function will make the link by which the guest signs, and show it: only this once."""
    try:
        token = operations.invite(visit_id=visit.id, by=user, at=clock.now())
    except Refused as refused:
        raise PermissionDenied(refused.refusal.reason) from refused
    context = {
        "visit": visit,
        "title": visit_title(visit),
        "link": request.build_absolute_uri(reverse("visits:guest-commit", args=[token])),
        "days": DAYS_TO_SIGN,
        "breadcrumbs": breadcrumbs(
            (visit_title(visit), reverse("visits:visit", args=[visit.id])), (_("Link to sign"), None)
        ),
    }
    return render(request, "visits/invitation.html", context)


@require_POST
@person_visit_page
def revoke(request: HttpRequest, visit: Visit, sight: Sight, user: User) -> HttpResponse:
    """This function will end the link by which the guest could sign."""
    try:
        ended = operations.revoke(visit_id=visit.id, by=user, at=clock.now())
    except Refused as refused:
        raise PermissionDenied(refused.refusal.reason) from refused
    if ended:
        messages.success(request, _("The link no longer works."))
    return redirect("visits:visit", visit.id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def guest_commit(request: HttpRequest, token: str) -> HttpResponse:
    """This function will let whoever holds a link sign for the guest, once; 404 for every other token alike.

    Too many tries from one address: 429. Refusals are answers, not exceptions: a raised one would take its try back.
    """
    at = clock.now()
    if not is_try_within_limit(
        request=request, what="visits.guest_link", most=MOST_TRIES, seconds=SECONDS, at=at
    ):
        return render(request, "429.html", status=429)
    invitation = find_invitation(token, at=at)
    visit = find_visit(invitation.visit_id) if invitation is not None else None
    if visit is None:
        return _gone(request)
    steps = list(visit.steps.all())
    instrument = get_instrument(steps[0].instrument)
    problems: Problems = ()
    if request.method == "POST":
        try:
            signed, problems = entered(
                request,
                instrument,
                lambda paper: operations.sign_as_guest(
                    token=token, paper=paper, function=request.POST.get("function", ""), at=at
                ),
            )
        except operations.UnknownInvitation:
            return _gone(request)
        if signed is not None:
            messages.success(request, _("The commitment is entered. The link no longer works."))
            return redirect("visits:commitment", signed.id)
    context = {
        **form_context(
            request, instrument, [StepKey(one.indicator, one.to_level) for one in steps], problems
        ),
        "visit": visit,
        "token": token,
        "steps": [words.step_name(one) for one in steps],
    }
    return render(request, "visits/guest_commit.html", context, status=422 if problems else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "visits/guest_gone.html", status=404)
