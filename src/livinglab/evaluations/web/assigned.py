"""The regions an external assessor works on now."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries.participations import assignments_of
from livinglab.evaluations.web import words
from livinglab.evaluations.web.frame import officer
from livinglab.evaluations.web.stages_page import progress_of
from livinglab.kernel import clock
from livinglab.organizations.queries import Role, posts


@require_safe
@never_cache
@login_required
def assigned(request: HttpRequest) -> HttpResponse:
    """This function will list the regions somebody is assigned to, what waits first."""
    user = officer(request)
    if not any(post.role is Role.EXTERNAL_ASSESSOR for post in posts(user.id)):
        raise PermissionDenied(_("Only external assessors have regions to assess."))
    mine = [one.participation for one in assignments_of(user.id)]
    mine.sort(key=lambda one: (not _is_waiting(one), _due(one), one.organization.name))
    rows = [_row(one) for one in mine]
    context = {
        "rows": rows,
        "waiting": sum(bool(row["is_waiting"]) for row in rows),
        "today": clock.today(),
        "breadcrumbs": ((_("My regions"), None),),
    }
    return render(request, "evaluations/assigned.html", context)


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
