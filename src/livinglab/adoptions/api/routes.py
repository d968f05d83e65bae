"""Who runs which package, in the public API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from livinglab.adoptions.models import AdoptionFigure
from livinglab.adoptions.operations.records import TOPIC
from livinglab.adoptions.queries.public import adopters_of
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.releases.queries.open_data import find_package
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, PlainText, list_answer

router = Router(tags=["packages"])


class AdopterItem(Schema):
    """A region that took a package over, how far adapted, and since when; no texts and no people."""

    region_code: str
    region: str
    version: str
    state: Literal["preparing", "live", "paused"]
    manner: Literal["as_is", "adapted"] = Field(description="Measured from what differs, never declared.")
    changed: int = Field(description="Elements that differ from the version it stands on.")
    elements: int = Field(description="Elements of that version.")
    units: int = Field(description="Districts and villages it is handed down to.")
    started_at: str
    live_at: str | None
    cases: int | None = Field(description="Real cases handled; null before any.")
    satisfaction: float | None = Field(description="Of the survey, 25 to 100; null before any.")
    synthetic: bool = Field(description="True for what a demo person entered: invented.")


@router.get(
    "/packages/{code}/{package_id}/adopters",
    response=Listing[AdopterItem],
    openapi_extra=AS_CSV,
    summary="Who runs a package",
)
@decorate_view(fresh_by(TOPIC, "releases", "organizations"))
def list_adopters(
    request: HttpRequest,
    page: PageQuery,
    code: Annotated[PlainText, Path(description="Code of the publishing organisation.", examples=["32.11"])],
    package_id: Annotated[PlainText, Path(description="Identifier of the package.", examples=["sktm"])],
) -> Any:
    """Regions that took it over, those at work first."""
    listing = find_package(code, package_id)
    if listing is None:
        raise UnknownValue(_("package"), f"{code}/{package_id}", status=404)
    return list_answer(request, page, adopters_of(listing.id), _item, schema=AdopterItem, name="adopters")


def _item(row: AdoptionFigure) -> AdopterItem:
    return AdopterItem.model_validate(
        {
            "region_code": row.organization.code,
            "region": row.organization.name,
            "version": row.release.version,
            "state": row.state,
            "manner": row.manner,
            "changed": row.changed,
            "elements": row.elements,
            "units": row.units,
            "started_at": row.started_at.isoformat(),
            "live_at": row.live_at.isoformat() if row.live_at else None,
            "cases": row.cases,
            "satisfaction": row.satisfaction,
            "synthetic": row.is_synthetic,
        }
    )
