"""The portrait of a region, a province or a central institution, its figures as files, and its PDF."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import instrument_in_force
from livinglab.comparisons import portrait_queries, portrait_reads
from livinglab.comparisons.web.portrait_page import PortraitPage
from livinglab.comparisons.web.portrait_request import asked_other, asked_year, place_of, unknown_year
from livinglab.comparisons.web.portrait_words import portrait_url
from livinglab.documents.queries import PdfUnavailable, page_as_pdf
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by, versions_shown
from livinglab.ui.web.errors import error_page
from livinglab.ui.web.files import figure_file

TOPICS: Final = portrait_reads.TOPICS


@require_safe
@fresh_by(*TOPICS)
def portrait(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show one organisation in a year, beside another one."""
    page = _page(request, code)
    if request.path != page.path:
        return redirect(page.path)  # a province under /institutions/, an institution under /regions/
    return render(request, "comparisons/portrait.html", {"page": page, "breadcrumbs": page.breadcrumbs})


@require_safe
@fresh_by(*TOPICS)
def portrait_figure(request: HttpRequest, code: str, key: str, file_format: str) -> HttpResponse:
    """This function will answer one figure of a portrait as a file."""
    page = _page(request, code)
    name = f"{code}-{page.portrait.year}-{key}"
    return figure_file(page.figures, key, file_format, name=name)


@require_safe
@fresh_by(*TOPICS)
def portrait_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """This function will answer the whole portrait as a PDF; 503 with the reason where PDFs are off."""
    page = _page(request, code)
    html = render_to_string(
        "comparisons/portrait_print.html", {"page": page, "request": request, "navigation": ()}, request
    )
    try:
        pdf = page_as_pdf(html)
    except PdfUnavailable as unavailable:
        return error_page(request, 503, _("PDFs are switched off here"), str(unavailable.explanation))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{page.portrait.year}.pdf"'
    return response


def _page(request: HttpRequest, code: str) -> PortraitPage:
    """Return the page that an address asks for. Raises UnknownValue for what it names and we do not know."""
    state = versions_shown(request)
    place = place_of(code, state)
    other = asked_other(request.GET, place)
    try:
        found = portrait_queries.portrait(place, state, year=asked_year(request.GET), other=other)
    except portrait_queries.UnknownYear as unknown:
        raise unknown_year(request.GET, unknown.known, portrait_url(place)) from unknown
    return PortraitPage(
        found,
        in_force=instrument_in_force(clock.today()),
        asked_with=other.code if other else "",
    )
