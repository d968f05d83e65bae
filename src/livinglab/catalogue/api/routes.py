"""Digital services in the public API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.decorators import decorate_view

from livinglab.catalogue import queries
from livinglab.catalogue.api import shelf
from livinglab.catalogue.api.schemas import FunctionItem, ServiceItem, function_item, service_item
from livinglab.catalogue.models import Service
from livinglab.catalogue.queries import ServiceFilter
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import find_organization
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, PlainText, list_answer

router = Router(tags=["services"])
router.add_router("", shelf.router)


@router.get("/service-functions", response=list[FunctionItem], summary="Service functions")
@decorate_view(fresh_by(queries.TOPIC))
def list_functions(request: HttpRequest) -> Any:
    """What services do and for whom: the rows of the comparison of regions."""
    return [function_item(one) for one in queries.functions()]


@router.get(
    "/services",
    response=Listing[ServiceItem],
    openapi_extra=AS_CSV,
    summary="Digital services on record",
)
@decorate_view(fresh_by(queries.TOPIC, "organizations"))
def list_services(
    request: HttpRequest,
    page: PageQuery,
    region: Annotated[PlainText | None, Query(description="Code of a region.", examples=["32.11"])] = None,
    function: Annotated[
        PlainText | None, Query(description="Code of a function.", examples=["complaints"])
    ] = None,
    sector: Annotated[PlainText | None, Query(description="Sector of public service.")] = None,
    side: Annotated[
        Literal["administration", "public"] | None, Query(description="Perpres 95/2018 article 42.")
    ] = None,
    status: Annotated[
        Literal["active", "inactive", "unknown"] | None, Query(description="What the source says of it.")
    ] = None,
    q: Annotated[PlainText | None, Query(description="Words of name, description, agency or region.")] = None,
) -> Any:
    """What is on record, by name. Most of it comes from one city's register: absence is seldom proof of absence."""
    if region and find_organization(region) is None:
        known = [Known(one.code, one.name) for one, _number in queries.regions_with_services()]
        raise UnknownValue(_("region"), region, known)
    wanted = ServiceFilter(
        text=q or "",
        region=region or "",
        function=function or "",
        side=side or "",
        sector=sector or "",
        status=status or "",
    )
    return list_answer(
        request, page, queries.matching_services(wanted), _item, schema=ServiceItem, name="services"
    )


@router.get("/services/{key}", response=ServiceItem, summary="One digital service")
@decorate_view(fresh_by(queries.TOPIC))
def get_service(
    request: HttpRequest,
    key: Annotated[PlainText, Path(examples=["kota-denpasar-atcs-denpasar"])],
) -> Any:
    """One service with its source."""
    found = queries.find_service(key)
    if found is None:
        raise UnknownValue(_("service"), key, status=404)
    return service_item(found)


def _item(row: Service) -> ServiceItem:
    return service_item(queries.listed(row))
