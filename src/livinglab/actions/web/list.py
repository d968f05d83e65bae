"""The action plans of a region: those in force, and those that a newer one took the place of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.actions import policies
from livinglab.actions.access import actions_page
from livinglab.actions.queries import records
from livinglab.actions.queries.places import Place
from livinglab.actions.web import findings
from livinglab.actions.web.frame import frame, url_if_any
from livinglab.assessments.queries import get_instrument
from livinglab.ui.languages import language


@require_safe
@actions_page
def plans(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show the plans of a region, those in force first."""
    found = list(records.plans(place.organization.id))
    counts = records.counts_by_plan(place.organization.id)
    may_accept = policies.may_accept(place.actor) is None
    context = {
        **frame(place),
        "heading": findings.list_heading(place.organization.short_name, found),
        "plans": [
            {
                "plan": plan,
                "instrument": get_instrument(plan.instrument).short.in_language(language()),
                "counts": counts.get(plan.id, records.PlanCounts()),
            }
            for plan in found
        ],
        "make_url": url_if_any("planning:plan", place.organization.code),
        "may_accept": may_accept,
    }
    return render(request, "actions/list.html", context)
