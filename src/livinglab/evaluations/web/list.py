"""The rounds of one region: the way to each working sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.access import READERS
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries.notices import notices_for
from livinglab.evaluations.queries.participations import participations_of
from livinglab.evaluations.queries.shown import shown_index
from livinglab.evaluations.web import findings, words
from livinglab.evaluations.web.frame import officer, url_if_any
from livinglab.evaluations.web.news import news
from livinglab.kernel import clock
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, Role, roles_in


@require_safe
@never_cache
@member_page(READERS)
def evaluations(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show the rounds a region takes or took part in, newest first."""
    may_open = Role.COORDINATOR in roles_in(request.user, organization.id)
    context = {
        "region": organization,
        "news": news(notices_for(officer(request).id, now=clock.now(), organization_id=organization.id)),
        "rounds": [_round(one) for one in participations_of(organization.id)],
        "open_url": url_if_any("evaluations:open-own", organization.code) if may_open else None,
        "breadcrumbs": (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Evaluations"), None),
        ),
    }
    return render(request, "evaluations/list.html", context)


def _round(one: Participation) -> dict[str, object]:
    seen = shown_index(one)
    return {
        "year": one.year,
        "title": one.round.title,
        "instrument": words.said(get_instrument(one.round.instrument).short),
        "kind": words.KINDS[RoundKind(one.round.kind)],
        "state": words.STATES[State(one.state)],
        "finding": findings.sheet_heading(one, seen.index, seen.stage),
        "standing": words.standing(one),
        "until": one.round.self_until if one.state == State.SELF else None,
        "is_synthetic": one.round.is_synthetic,
    }
