"""Service packages in the public API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.decorators import decorate_view
from pydantic import Field

from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.releases.api.schemas import (
    PackageDetail,
    PackageItem,
    VersionDetail,
    advisory_fields,
    package_fields,
    provenance_fields,
    version_fields,
)
from livinglab.releases.models import Listing, Release
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries.open_data import (
    PackageFilter,
    find_package,
    matching_packages,
    public_releases,
)
from livinglab.releases.queries.releases import advisories_in_force, advisories_of
from livinglab.ui.api.lists import AS_CSV, PageQuery, PlainText, list_answer
from livinglab.ui.api.lists import Listing as ListPage

router = Router(tags=["packages"])
#: a moment as this platform writes it to others; text, since a number would also be taken for one
Moment = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]
Code = Annotated[PlainText, Path(description="Code of the publishing organisation.", examples=["32.11"])]
PackageId = Annotated[PlainText, Path(description="Identifier of the package.", examples=["sktm"])]


@router.get("/packages", response=ListPage[PackageItem], openapi_extra=AS_CSV, summary="Service packages")
@decorate_view(fresh_by(TOPIC, "organizations"))
def list_packages(
    request: HttpRequest,
    page: PageQuery,
    publisher: Annotated[
        PlainText | None, Query(description="Code of the publishing organisation.", examples=["32.11"])
    ] = None,
    sector: Annotated[PlainText | None, Query(description="Sector of public service.")] = None,
    function: Annotated[PlainText | None, Query(description="Code of a function.")] = None,
    offered: Annotated[
        bool | None, Query(description="Only those that can be taken over now, or only others.")
    ] = None,
    updated_since: Annotated[
        Moment | None,
        Query(description="Changed at or after this moment, in UTC.", examples=["2026-11-01T00:00:00Z"]),
    ] = None,
) -> Any:
    """Packages that are offered or once were, by publisher."""
    wanted = PackageFilter(
        publisher=publisher or "",
        sector=sector or "",
        function=function or "",
        offered=offered,
        since=_moment(updated_since) if updated_since else None,
    )
    return list_answer(request, page, matching_packages(wanted), _item, schema=PackageItem, name="packages")


@router.get("/packages/{code}/{package_id}", response=PackageDetail, summary="One service package")
@decorate_view(fresh_by(TOPIC, "organizations"))
def get_package(request: HttpRequest, code: Code, package_id: PackageId) -> Any:
    """A package with every version that everybody may read and the warnings about them."""
    listing = _found(code, package_id)
    return {
        **package_fields(listing),
        "versions": [version_fields(listing, one) for one in public_releases(listing)],
        "advisories": [advisory_fields(one) for one in advisories_of(listing.id)],
    }


@router.get(
    "/packages/{code}/{package_id}/versions/{version}",
    response=VersionDetail,
    summary="One version of a package",
)
@decorate_view(fresh_by(TOPIC, "organizations"))
def get_package_version(
    request: HttpRequest,
    code: Code,
    package_id: PackageId,
    version: Annotated[PlainText, Path(description="Semantic version.", examples=["1.0.0"])],
) -> Any:
    """A version with its digest, signature and provenance, and the address of its signed zip."""
    listing = _found(code, package_id)
    releases = public_releases(listing)
    found: Release | None = next((one for one in releases if one.version == version), None)
    if found is None:
        raise UnknownValue(_("version"), version, [one.version for one in releases], status=404)
    return {
        **version_fields(listing, found),
        "provenance": provenance_fields(listing, found),
        "advisories": [advisory_fields(one) for one in advisories_in_force(listing.id, version)],
    }


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # such as a thirteenth month
        raise UnknownValue("updated_since", text, ["2026-11-01T00:00:00Z"]) from None


def _found(code: str, package_id: str) -> Listing:
    found = find_package(code, package_id)
    if found is None:
        raise UnknownValue(_("package"), f"{code}/{package_id}", status=404)
    return found


def _item(row: Listing) -> PackageItem:
    return PackageItem.model_validate(package_fields(row))
