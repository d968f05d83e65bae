"""Levels moved by hand: the page that says at once what they are worth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.planning.queries import likely_efforts
from livinglab.planning.queries.efforts import efforts_of
from livinglab.planning.queries.risk import rate_of
from livinglab.planning.queries.simulated import rank_of, simulated
from livinglab.planning.remarks import no_start
from livinglab.planning.web.places import PlanPlace, place_of
from livinglab.planning.web.simulate_page import SimulatePage
from livinglab.planning.web.simulate_request import Moved, is_form, read_moved


@never_cache
@require_safe
def simulate(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show what a region's levels would be worth if some of them were others.

    The form's long address becomes the short one that can be shared; with htmx the same page says so in a header.
    """
    place = place_of(request, code)
    if place.start is None:
        return render(request, "planning/no_start.html", no_start(place.organization))
    given = request.GET.dict()
    page = _page(place, read_moved(given, place.start))
    is_swapped = "HX-Request" in request.headers
    if is_form(given) and not is_swapped:
        return redirect(page.address)
    response = render(request, "planning/simulate.html", {"page": page, "breadcrumbs": page.breadcrumbs})
    if is_swapped:
        response["HX-Replace-Url"] = page.address
    return response


def _page(place: PlanPlace, moved: Moved) -> SimulatePage:
    assert place.start is not None, "the caller answers regions without a start"
    start, organization = place.start, place.organization
    efforts = (
        efforts_of(organization.id, start.instrument, start.levels)
        if place.is_member
        else likely_efforts(start.instrument, start.levels)
    )
    found = simulated(start, moved.levels, efforts)
    return SimulatePage(
        region=organization,
        moved=moved,
        found=found,
        efforts=efforts,
        rank=rank_of(found, organization.id),
        rate=rate_of(start.instrument, moved.acceptance),
        is_member=place.is_member,
    )
