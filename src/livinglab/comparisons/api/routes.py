"""Regions in the public API: places, standings, and every published claim."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.decorators import decorate_view

from livinglab.assessments import queries as assessments
from livinglab.comparisons import queries
from livinglab.comparisons.api.region_table import regions_as_csv
from livinglab.comparisons.api.schemas import RegionAnswer, RegionItem, region_answer, region_item
from livinglab.comparisons.queries import RegionStanding
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import codes_like, find_organization
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, PlainText, list_answer

router = Router(tags=["regions"])

Island = Literal["sumatra", "java", "kalimantan", "bali-nusa-tenggara", "sulawesi", "maluku", "papua"]


@router.get(
    "/regions",
    response=Listing[RegionItem],
    openapi_extra=AS_CSV,
    summary="Regencies and cities with results",
)
@decorate_view(fresh_by(queries.TOPIC, "organizations"))
def list_regions(
    request: HttpRequest,
    page: PageQuery,
    year: Annotated[int | None, Query(description="A ranked year; the newest by default.")] = None,
    kind: Annotated[Literal["regency", "city"] | None, Query(description="Kind of region.")] = None,
    province: Annotated[PlainText | None, Query(description="Code of a province.", examples=["32"])] = None,
    island_group: Annotated[Island | None, Query(description="Island group.")] = None,
    q: Annotated[PlainText | None, Query(description="Words that begin words of the name.")] = None,
) -> Any:
    """All 514 by code, each with its result, ranks and sensitivity of one year; null where there is no result."""
    everybody = queries.region_standings(_ranked(year))
    provinces = sorted({row.province_code for row in everybody})
    if province and province not in provinces:
        raise UnknownValue(_("province"), province, provinces)
    rows = [
        row
        for row in everybody
        if kind in (None, row.kind)
        and province in (None, row.province_code)
        and island_group in (None, row.island_group)
        and _is_called(row, q or "")
    ]
    if page.format == "csv":
        return regions_as_csv(rows)
    return list_answer(request, page, rows, region_item, schema=RegionItem, name="regions")


@router.get("/regions/{code}", response=RegionAnswer, summary="One region with every published claim")
@decorate_view(fresh_by(queries.TOPIC, "results", "organizations"))
def get_region(request: HttpRequest, code: Annotated[PlainText, Path(examples=["32.11"])]) -> Any:
    """One regency or city: its standings of all ranked years, and what each source printed about it."""
    organization = find_organization(code)
    rows = queries.standings_of(organization.id) if organization and organization.is_regional else []
    if organization is None or not rows:
        known = [Known(one.code, one.name) for one in codes_like(code) if one.is_regional]
        raise UnknownValue(_("region"), code, known, status=404)
    return region_answer(rows, assessments.results_of(organization.id))


def _ranked(year: int | None) -> int:
    years = queries.ranked_years()
    if year is None and years:
        return years[0]
    if year is None or year not in years:
        raise UnknownValue(_("year"), "" if year is None else year, years)
    return year


def _is_called(row: RegionStanding, text: str) -> bool:
    words = f"{row.name} {row.code}".casefold().split()
    return all(any(word.startswith(part) for word in words) for part in text.casefold().split())
