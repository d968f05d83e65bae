"""The ranking of all regions, the provinces, and their files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.comparisons import queries
from livinglab.comparisons.web.country_data import load_country
from livinglab.comparisons.web.files import figure_file
from livinglab.comparisons.web.province_page import (
    find_province,
    province_page,
    provinces_figure,
    provinces_page,
)
from livinglab.comparisons.web.ranking_page import ranking_file_figure, ranking_page
from livinglab.comparisons.web.ranking_wanted import read_ranking
from livinglab.comparisons.web.wanted import read_year
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue

TOPICS = (queries.TOPIC, "organizations")


@require_safe
@fresh_by(*TOPICS)
def regions(request: HttpRequest) -> HttpResponse:
    """This function will show the ranking of all regions, searched, filtered and sorted by the address."""
    years = queries.ranked_years()
    if not years:
        return render(request, "comparisons/nothing_yet.html")
    data = load_country(read_year(request.GET, years))
    page = ranking_page(data, read_ranking(request.GET, data, years[0]), years)
    return render(request, "comparisons/ranking.html", {"page": page})


@require_safe
@fresh_by(*TOPICS)
def ranking_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """This function will answer the ranking asked for as a file."""
    data = load_country(_asked_year(request))
    wanted = read_ranking(request.GET, data, queries.ranked_years()[0])
    figures = {"ranking": ranking_file_figure(data, wanted)}
    return figure_file(figures, "ranking", file_format, name=f"ranking-{data.year}")


@require_safe
@fresh_by(*TOPICS)
def provinces(request: HttpRequest) -> HttpResponse:
    """This function will show the provinces: the mean of their regions, from the lowest to the highest."""
    years = queries.ranked_years()
    if not years:
        return render(request, "comparisons/nothing_yet.html")
    data = load_country(read_year(request.GET, years))
    return render(request, "comparisons/provinces.html", {"page": provinces_page(data, years)})


@require_safe
@fresh_by(*TOPICS)
def provinces_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """This function will answer the figures of the provinces as a file."""
    data = load_country(_asked_year(request))
    figures = {"provinces": provinces_figure(data)}
    return figure_file(figures, "provinces", file_format, name=f"provinces-{data.year}")


@require_safe
@fresh_by(*TOPICS, "results")
def province(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show one province: its regions ranked, and its own government's result."""
    data = load_country(_asked_year(request))
    page = province_page(data, find_province(data, code), queries.ranked_years())
    return render(request, "comparisons/province.html", {"page": page})


def _asked_year(request: HttpRequest) -> int:
    years = queries.ranked_years()
    if not years:
        raise UnknownValue(_("year"), request.GET.get("year", ""), status=404)
    return read_year(request.GET, years)
