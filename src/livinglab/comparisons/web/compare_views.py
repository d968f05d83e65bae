"""Regions side by side, and the figures of the comparison as files."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.assessments import queries as assessments
from livinglab.comparisons import queries
from livinglab.comparisons.domain.peers import Peer
from livinglab.comparisons.web.compare_page import ComparePage
from livinglab.comparisons.web.compare_request import MOST, CompareWanted, added, read_compare, regions_of
from livinglab.comparisons.web.labels import instrument_of
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.models import DataVersion
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import REGIONAL, organizations
from livinglab.ui.web.files import figure_file

TOPICS: Final = (queries.TOPIC, "results", "organizations")


@require_safe
@fresh_by(*TOPICS)
def compare(request: HttpRequest) -> HttpResponse:
    """This function will show up to twelve regions side by side; a region added by the form joins the address."""
    years = queries.ranked_years()
    if not years:
        return render(request, "comparisons/nothing_yet.html")
    wanted = read_compare(request.GET, years)
    if (place := added(request.GET)) is not None:
        return redirect(wanted.url(codes=tuple(dict.fromkeys([*wanted.codes, place.code]))))
    return render(request, "comparisons/compare.html", {"page": _page(wanted)})


@require_safe
@fresh_by(*TOPICS)
def compare_figure(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    """This function will answer one figure of a comparison as a file."""
    years = queries.ranked_years()
    if not years:
        raise UnknownValue(_("figure"), key, status=404)
    page = _page(read_compare(request.GET, years))
    return figure_file(page.figures, key, file_format, name=f"comparison-{page.wanted.year}-{key}")


def _page(wanted: CompareWanted) -> ComparePage:
    """Return the comparison that is wanted, in at most eight queries."""
    regions_of(wanted.codes)
    peers = _peers(wanted)
    codes = [*wanted.codes, *(peer.code for peer in peers)]
    found = {row.code: row for row in queries.region_standings(wanted.year, codes=codes)} if codes else {}
    rows = tuple(found[code] for code in codes if code in found)
    return ComparePage(
        wanted,
        instrument=instrument_of(wanted.year),
        rows=rows,
        peers=peers,
        claims=_claims(row.organization_id for row in rows),
        everybody=queries.summaries(wanted.year, scopes=[queries.EVERYBODY])[queries.EVERYBODY],
        names=_names(
            DataVersion.objects.filter(topic="organizations").values_list("number", flat=True).first()
        ),
    )


def _peers(wanted: CompareWanted) -> tuple[Peer, ...]:
    """Return the peers of the first region that are not there already, as many as there is room for."""
    if wanted.strategy is None or not wanted.codes:
        return ()
    found = queries.peers_of(wanted.codes[0], wanted.strategy, year=wanted.year)
    return tuple(peer for peer in found if peer.code not in wanted.codes)[: MOST - len(wanted.codes)]


def _claims(ids: Iterable[UUID]) -> dict[str, tuple[assessments.Result, ...]]:
    wanted = list(ids)
    claims: dict[str, list[assessments.Result]] = {}
    for claim in assessments.leading_results(organization_ids=wanted) if wanted else ():
        claims.setdefault(claim.organization_code, []).append(claim)
    return {code: tuple(found) for code, found in claims.items()}


@lru_cache(maxsize=2)
def _names(version: int | None) -> tuple[tuple[str, str], ...]:
    """Return code and name of every region, for the form's suggestions; read once per version of the places."""
    del version
    listed = organizations().filter(kind__in=REGIONAL, is_synthetic=False).order_by("code")
    return tuple(listed.values_list("code", "name"))
