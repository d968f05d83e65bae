"""The districts and villages of a region, page by page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations import queries
from livinglab.organizations.domain.kinds import AreaKind
from livinglab.organizations.models import Organization
from livinglab.organizations.web.labels import AREA_KINDS

AREAS_PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One district or village as people read it."""

    code: str
    name: str
    kind: str
    is_district: bool


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Some of a region's areas in the order of codes, and how many there are in all."""

    rows: tuple[AreaLine, ...]
    districts: int
    villages: int
    number: int
    pages: int
    link: Callable[[int], str]


@require_safe
@fresh_by("organizations")
def areas(request: HttpRequest, code: str) -> HttpResponse:
    """This function will list a region's districts and villages."""
    region = queries.find_organization(code)
    if region is None or not region.is_regional:
        near = [Known(one.code, one.name) for one in queries.codes_like(code) if one.is_regional]
        raise UnknownValue(_("region"), code, near, status=404)
    page = _page(region, request.GET.get("page", "1"))
    context = {"organization": region, "page": page, "portrait": _portrait(region)}
    return render(request, "organizations/areas.html", context)


def _page(region: Organization, given: str) -> AreaPage:
    found = queries.areas(region.code)
    count = found.count()
    districts = found.filter(kind=AreaKind.DISTRICT).count()
    pages = max(1, -(-count // AREAS_PER_PAGE))
    if not given.isdecimal() or len(given) > 6 or not 1 <= int(given) <= pages:
        raise UnknownValue(_("page"), given, [1] if pages == 1 else [1, pages])
    number = int(given)
    shown = found.order_by("code")[(number - 1) * AREAS_PER_PAGE : number * AREAS_PER_PAGE]
    rows = tuple(
        AreaLine(one.code, one.name, str(AREA_KINDS[AreaKind(one.kind)]), one.kind == AreaKind.DISTRICT)
        for one in shown
    )
    return AreaPage(rows, districts, count - districts, number, pages, "?page={}".format)


def _portrait(region: Organization) -> str | None:
    try:
        return reverse("comparisons:portrait", args=[region.code])
    except NoReverseMatch:
        return None
