"""The working sheet: how far the region is, what the index is now, and what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.worksheet import overview_of
from livinglab.evaluations.web.frame import frame
from livinglab.evaluations.web.sheet_page import build, read_wanted
from livinglab.kernel import clock


@require_safe
@evaluation_page
def sheet(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show the working sheet of a region and year."""
    page = build(place, overview_of(place, day=clock.today()), read_wanted(request.GET))
    return render(request, "evaluations/sheet.html", {**frame(place), "page": page})
