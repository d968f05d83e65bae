"""The catalogue's public pages: the search over every kind of entry, one practice, how much is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.catalogue import queries
from livinglab.catalogue.domain.shelf import Facet, Found
from livinglab.catalogue.web.entry_view import practice_view
from livinglab.catalogue.web.known_figure import known_figure
from livinglab.catalogue.web.shelf_address import query, read_page, read_search
from livinglab.catalogue.web.shelf_files import file_addresses, known_downloads
from livinglab.catalogue.web.shelf_view import MOST_CHOICES, shelf_view
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import names_by_code
from livinglab.ui.languages import language

TOPICS = (queries.SHELF, "organizations")


@require_safe
@fresh_by(*TOPICS)
def search(request: HttpRequest) -> HttpResponse:
    """This function will show what a search of the catalogue finds; all state is in the address."""
    wanted, page = read_search(request), read_page(request)
    shown = queries.Slice(offset=(page - 1) * queries.PAGE, language=language())
    found = queries.search_shelf(wanted, shown)
    view = shelf_view(wanted, found, page=page, regions=_region_names(found, wanted.region))
    downloads = tuple((label, f"{path}{query(wanted)}") for label, path in file_addresses())
    context = {"view": view, "wanted": wanted, "downloads": downloads}
    return render(request, "catalogue/search.html", context)


def _region_names(found: Found, chosen: str) -> dict[str, str]:
    codes = [one.value for one in found.facets[Facet.REGION][:MOST_CHOICES]]
    return names_by_code([code for code in {*codes, chosen} if code and code.isprintable()])


@require_safe
@fresh_by(*TOPICS)
def practice(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show one practice as its region published it."""
    found = queries.find_practice(key)
    if found is None:
        raise UnknownValue(_("practice"), key, status=404)
    about = queries.find_service(found.text.service) if found.text.service else None
    return render(request, "catalogue/practice.html", {"view": practice_view(found, about)})


@require_safe
@fresh_by(*TOPICS)
def known(request: HttpRequest) -> HttpResponse:
    """This function will show how many entries say something in each field."""
    figure = known_figure(queries.coverage_of_fields())
    return render(request, "catalogue/known.html", {"figure": figure, "downloads": known_downloads()})
