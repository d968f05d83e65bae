"""The country page and the files of its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.comparisons import queries
from livinglab.comparisons.web.country_data import load_country
from livinglab.comparisons.web.country_page import country_figures
from livinglab.comparisons.web.kept import kept_country
from livinglab.comparisons.web.wanted import read_country
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.web.files import figure_file

TOPICS = (queries.TOPIC, "organizations")


@require_safe
@fresh_by(*TOPICS)
def country(request: HttpRequest) -> HttpResponse:
    """This function will show Indonesia: every region on the map, who leads, who rose, what is weak."""
    years = queries.stamped_years()
    if not years:
        return render(request, "comparisons/nothing_yet.html")
    wanted = read_country(request.GET, years)
    kept = kept_country(wanted)
    return render(request, "comparisons/country.html", {"page": kept.page, "main": kept.main})


@require_safe
@fresh_by(*TOPICS)
def country_figure(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    """This function will answer one figure of the country page as a file."""
    years = queries.stamped_years()
    if not years:
        raise UnknownValue(_("figure"), key, status=404)
    wanted = read_country(request.GET, years)
    figures = country_figures(load_country(wanted.ranked), wanted)
    return figure_file(figures, key, file_format, name=f"indonesia-{wanted.year}-{key}")
