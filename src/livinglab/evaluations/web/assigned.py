"""The regions an external assessor works on now."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries.assessors import is_home_known
from livinglab.evaluations.queries.notices import notices_for
from livinglab.evaluations.queries.participations import assignments_of
from livinglab.evaluations.web import words
from livinglab.evaluations.web.assessors import Problems, kept_profile, universities_offered
from livinglab.evaluations.web.frame import officer
from livinglab.evaluations.web.news import news
from livinglab.evaluations.web.stages_page import progress_of
from livinglab.kernel import clock
from livinglab.organizations.queries import Role, posts


@require_safe
@never_cache
@login_required
def assigned(request: HttpRequest) -> HttpResponse:
    """This function will list the regions somebody is assigned to, what waits first."""
    return _page(request, _assessor(request))


@require_POST
@never_cache
@login_required
def own_profile(request: HttpRequest) -> HttpResponse:
    """This function will keep where an assessor is at home and teaches, once; nobody is assigned before."""
    user = _assessor(request)
    problems = kept_profile(request, user, by=user)
    if problems:
        return _page(request, user, problems=problems)
    messages.success(request, _("Your home region is kept. The ministry can assign you now."))
    return redirect("evaluations:assigned")


def _assessor(request: HttpRequest) -> User:
    user = officer(request)
    if not any(post.role is Role.EXTERNAL_ASSESSOR for post in posts(user.id)):
        raise PermissionDenied(_("Only external assessors have regions to assess."))
    return user


def _page(request: HttpRequest, user: User, *, problems: Problems = ()) -> HttpResponse:
    mine = [one.participation for one in assignments_of(user.id)]
    mine.sort(key=lambda one: (not _is_waiting(one), _due(one), one.organization.name))
    rows = [_row(one) for one in mine]
    context = {
        "news": news(notices_for(user.id, now=clock.now())),
        "rows": rows,
        "waiting": sum(bool(row["is_waiting"]) for row in rows),
        "today": clock.today(),
        "is_home_known": is_home_known(user.id),
        "given": {key: request.POST.get(key, "") for key in ("home", "university")},
        "universities": universities_offered(_("none, or not from a university")),
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": ((_("My regions"), None),),
    }
    return render(request, "evaluations/assigned.html", context, status=422 if problems else 200)


def _row(one: Participation) -> dict[str, object]:
    state = State(one.state)
    is_sent = STAGE_OF[state] is not Stage.SELF
    return {
        "name": one.organization.name,
        "code": one.organization.code,
        "year": one.year,
        "title": one.round.title,
        "instrument": words.said(get_instrument(one.round.instrument).short),
        "state": str(words.STATES[state]),
        "is_waiting": _is_waiting(one),
        "is_sent": is_sent,
        "progress": progress_of(one),
        "objections": one.objections,
        "due": _due(one),
        "href": reverse("evaluations:stages", args=[one.organization.code, one.year]),
        "is_synthetic": one.round.is_synthetic,
    }


def _is_waiting(one: Participation) -> bool:
    return one.state in {State.DOCUMENT, State.INTERVIEW, State.VISIT}


def _due(one: Participation) -> date:
    """The last day of the stage under way."""
    state = State(one.state)
    if STAGE_OF[state] is Stage.SELF:
        return one.round.self_until
    if state is State.DOCUMENT:
        return one.round.document_until
    if state in (State.INTERVIEW, State.VISIT):
        return one.round.interview_until or one.round.ends_on
    return one.round.ends_on
