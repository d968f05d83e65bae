"""The ranking of all regions, the provinces, and their files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.comparisons import queries
from livinglab.comparisons.web.country_data import load_country
from livinglab.comparisons.web.kept import kept_ranking
from livinglab.comparisons.web.province_page import (
    find_province,
    province_page,
    provinces_figure,
    provinces_page,
)
from livinglab.comparisons.web.ranking_page import ranking_file_figure
from livinglab.comparisons.web.ranking_wanted import read_ranking
from livinglab.comparisons.web.wanted import read_ranked_year
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.web.files import figure_file

TOPICS = (queries.TOPIC, "organizations")


@require_safe
@fresh_by(*TOPICS)
def regions(request: HttpRequest) -> HttpResponse:
    """This function will show the ranking of all regions, searched, filtered and sorted by the address."""
    years = queries.stamped_years()
    if not years:
        return render(request, "comparisons/nothing_yet.html")
    ranked = read_ranked_year(request.GET, years)
    numbers = tuple(one.year for one in years)
    wanted = read_ranking(request.GET, load_country(ranked), numbers[0])
    kept = kept_ranking(ranked, wanted, numbers)
    return render(request, "comparisons/ranking.html", {"page": kept.page, "main": kept.main})


@require_safe
@fresh_by(*TOPICS)
def ranking_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """This function will answer the ranking asked for as a file."""
    years = _years()
    data = load_country(read_ranked_year(request.GET, years))
    wanted = read_ranking(request.GET, data, years[0].year)
    figures = {"ranking": ranking_file_figure(data, wanted)}
    return figure_file(figures, "ranking", file_format, name=f"ranking-{data.year}")


@require_safe
@fresh_by(*TOPICS)
def provinces(request: HttpRequest) -> HttpResponse:
    """This function will show the provinces: the mean of their regions, from the lowest to the highest."""
    years = queries.stamped_years()
    if not years:
        return render(request, "comparisons/nothing_yet.html")
    data = load_country(read_ranked_year(request.GET, years))
    page = provinces_page(data, [one.year for one in years])
    return render(request, "comparisons/provinces.html", {"page": page})


@require_safe
@fresh_by(*TOPICS)
def provinces_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """This function will answer the figures of the provinces as a file."""
    data = load_country(read_ranked_year(request.GET, _years()))
    figures = {"provinces": provinces_figure(data)}
    return figure_file(figures, "provinces", file_format, name=f"provinces-{data.year}")


@require_safe
@fresh_by(*TOPICS, "results")
def province(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show one province: its regions ranked, and its own government's result."""
    years = _years()
    data = load_country(read_ranked_year(request.GET, years))
    page = province_page(data, find_province(data, code), [one.year for one in years])
    return render(request, "comparisons/province.html", {"page": page})


def _years() -> tuple[queries.RankedYear, ...]:
    """The ranked years; without any there is nothing at this address."""
    years = queries.stamped_years()
    if not years:
        raise UnknownValue(_("year"), _("any year"), status=404)
    return years
