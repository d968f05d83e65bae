"""The public pages: the register, one service, and the comparison of regions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.catalogue import queries
from livinglab.catalogue.policies import may_record
from livinglab.catalogue.web.comparison import Wanted, comparison_view, read_wanted
from livinglab.catalogue.web.files import downloads
from livinglab.catalogue.web.register import (
    coverage_view,
    filter_options,
    read_filter,
    search_view,
    service_view,
)
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue, Unprocessable
from livinglab.organizations.queries import Organization, affiliations

TOPICS = (queries.TOPIC, queries.SHELF, "organizations")


@require_safe
@fresh_by(*TOPICS)
def services(request: HttpRequest) -> HttpResponse:
    """This function will show the register of digital services, searched and filtered by the address."""
    wanted, page = read_filter(request)
    view = search_view(wanted, queries.search_services(wanted, page=page), queries.regions_with_services())
    context = {"view": view, "options": filter_options(wanted), "own": _spoken_for(request)}
    return render(request, "catalogue/services.html", context)


@require_safe
@fresh_by(*TOPICS)
def service(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show one service with its source and its namesakes."""
    found = queries.find_service(key)
    if found is None:
        raise UnknownValue(_("service"), key, status=404)
    view = service_view(found, queries.namesakes(found), queries.alike(found), queries.practices_about(key))
    return render(request, "catalogue/service.html", {"view": view})


@require_safe
@fresh_by(*TOPICS)
def compare(request: HttpRequest) -> HttpResponse:
    """This function will show regions side by side, one row per service function; all state is in the address."""
    wanted = read_wanted(request)
    added = request.GET.get("add", "").strip()
    if added:
        return redirect(wanted.with_region(_region_code(added, wanted)).url())
    if not wanted.codes:
        queries.refuse_unknown_filters(side=wanted.side, sector=wanted.sector, function=wanted.function)
        start = coverage_view(queries.regions_with_services())
        return render(request, "catalogue/compare_start.html", {"view": start})
    compared = queries.service_matrix(
        wanted.codes, side=wanted.side, sector=wanted.sector, function=wanted.function
    )
    view = comparison_view(compared, wanted, own=frozenset(one.code for one in _spoken_for(request)))
    context = {
        "view": view,
        "wanted": wanted,
        "options": filter_options(wanted),
        "downloads": downloads(wanted),
    }
    return render(request, "catalogue/compare.html", context)


def _region_code(text: str, wanted: Wanted) -> str:
    """The one region a reader means; else a page with those that may be meant."""
    found = queries.find_regions(text)
    if len(found) == 1:
        return found[0].code
    choices = [Known(one.code, one.name, wanted.with_region(one.code).url()) for one in found]
    if not choices:
        raise UnknownValue(_("region"), text)
    title = _("Which region do you mean by “%(text)s”?") % {"text": text[:80]}
    raise Unprocessable(title, _("Several regions are called like this. Choose one."), choices)


def _spoken_for(request: HttpRequest) -> tuple[Organization, ...]:
    """The regions whose own services the reader records."""
    return tuple(one.organization for one in affiliations(request.user) if may_record(one.roles) is None)
