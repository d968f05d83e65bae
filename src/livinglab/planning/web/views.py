"""The plan of a region: the page, and its figures as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.documents.queries import PdfUnavailable, page_as_pdf
from livinglab.kernel import clock
from livinglab.kernel.unknown import Unprocessable
from livinglab.planning.queries.efforts import told_of
from livinglab.planning.queries.gaps import gap_of
from livinglab.planning.queries.made import made_plan
from livinglab.planning.queries.requests import read_asked
from livinglab.planning.queries.risk import rate_of
from livinglab.planning.queries.starts import Start
from livinglab.planning.remarks import no_start
from livinglab.planning.web.brief_page import Brief
from livinglab.planning.web.places import PlanPlace, place_of
from livinglab.planning.web.plan_page import PlanPage
from livinglab.ui.web.errors import error_page
from livinglab.ui.web.files import figure_file


@never_cache
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show the cheapest proven plan of a region for what the address asks.

    Everybody begins with published or made-up levels, the region's own people with its own.
    """
    place = place_of(request, code)
    if place.start is None:
        return render(request, "planning/no_start.html", no_start(place.organization))
    page = _page(request, place, place.start)
    return render(request, "planning/plan.html", {"page": page, "breadcrumbs": page.breadcrumbs})


@never_cache
@require_safe
def plan_figure(request: HttpRequest, code: str, key: str, file_format: str) -> HttpResponse:
    """This function will answer one figure of a plan as a file."""
    place = place_of(request, code)
    if place.start is None:
        said = no_start(place.organization)
        raise Unprocessable(said["title"], said["text"])
    return figure_file(
        _page(request, place, place.start).figures, key, file_format, name=f"{code}-plan-{key}"
    )


@never_cache
@require_safe
def plan_brief(request: HttpRequest, code: str) -> HttpResponse:
    """This function will answer the plan on one sheet as a PDF; 503 with the reason where PDFs are off."""
    place = place_of(request, code)
    if place.start is None:
        said = no_start(place.organization)
        raise Unprocessable(said["title"], said["text"])
    page = _page(request, place, place.start, with_costs=True)
    brief = Brief(page, request.build_absolute_uri(f"{page.path}?{page.query}"))
    context = {"brief": brief, "request": request, "navigation": (), "account": None}
    html = render_to_string("planning/brief.html", context, request)
    try:
        pdf = page_as_pdf(html)
    except PdfUnavailable as unavailable:
        return error_page(request, 503, _("PDFs are switched off here"), str(unavailable.explanation))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{_("plan-file")}.pdf"'
    return response


def _page(request: HttpRequest, place: PlanPlace, start: Start, *, with_costs: bool = False) -> PlanPage:
    today = clock.today(place.organization.zone)
    asked = read_asked(request.GET.dict(), start, today=today)
    own = place.is_member
    in_money = with_costs or asked.budget is not None or asked.rupiah is not None
    told = (
        told_of(place.organization.id, start.instrument, start.levels, with_actions=in_money) if own else None
    )
    efforts, costs = (told.efforts, told.costs) if told else (None, None)
    made = made_plan(start, asked, efforts, costs, today=today)
    gap = gap_of(place.organization, start, made.efforts)
    rate = rate_of(start.instrument, asked.acceptance)
    return PlanPage(place.organization, made, gap, rate, is_member=own, told_costs=costs or {})
