"""The services that a region runs, for programs: which there are, what one asks, and a form that begins."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.decorators import decorate_view

from livinglab.accounts.operations import is_try_within_limit
from livinglab.casework.api import schemas
from livinglab.casework.api.doors import region_of
from livinglab.casework.api.saying import both, page_address
from livinglab.casework.domain.states import Channel, ServiceState
from livinglab.casework.models import OfferedService
from livinglab.casework.operations import drafts
from livinglab.casework.operations.services import TOPIC
from livinglab.casework.queries.applications import places_for
from livinglab.casework.queries.offered import event_named, find_offered, offered
from livinglab.casework.queries.running import package_of
from livinglab.casework.queries.services import find_service, version_at_work
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api import errors
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, PlainText, list_answer

router = Router(tags=["applications"])
Code = Annotated[PlainText, Path(examples=["32.11"])]
Package = Annotated[PlainText, Path(description="Identifier of the package.", examples=["sktm"])]
#: forms that one address begins in an hour: many phones of one network share an address
MOST_BEGUN: Final = 300
_HOUR: Final = 3600


@router.get(
    "/regions/{code}/offered-services",
    response=Listing[schemas.OfferedItem],
    openapi_extra=AS_CSV,
    summary="Services of a region that can be applied for",
)
@decorate_view(fresh_by(TOPIC, "organizations"))
def list_offered_services(
    request: HttpRequest,
    code: Code,
    page: PageQuery,
    q: Annotated[
        PlainText | None, Query(description="A word of its name; a typing error is passed over.")
    ] = None,
    event: Annotated[PlainText | None, Query(description="Event in a life or a business.")] = None,
) -> Any:
    """With a word the best fit stands first, else by name. Services that closed are left out."""
    region = region_of(code)
    rows = offered(region=region.code, text=q or "", event=event_named(event or ""))
    return list_answer(request, page, rows, _item, schema=schemas.OfferedItem, name="offered-services")


@router.get(
    "/regions/{code}/offered-services/{package}",
    response=schemas.OfferedDetail,
    summary="What a service promises and asks",
)
@decorate_view(fresh_by(TOPIC, "organizations"))
def get_offered_service(request: HttpRequest, code: Code, package: Package) -> Any:
    """Its standard, its form, and the places that offer it."""
    one = _find(code, package)
    enter(one.organization_id)
    service = find_service(one.organization_id, one.package, publisher=one.publisher)
    version = version_at_work(service) if service else None
    assert service is not None and version is not None, "what is offered has a version at work"  # noqa: PT018
    found = package_of(version)
    manifest = found.manifest
    return schemas.OfferedDetail(
        **_item(one).dict(),
        version=manifest.version,
        reason=service.reason,
        standard={part: both(words) for part, words in manifest.standard.components.items()},
        purpose=both(manifest.data.purpose),
        keep_months=manifest.data.keep_months,
        form=dict(found.form.schema),
        places=[
            schemas.OfferedPlace.model_validate({"code": code, "name": name, "level": level})
            for level, pairs in places_for(one.organization, service.id).items()
            for code, name in pairs
        ],
    )


@router.post(
    "/regions/{code}/offered-services/{package}/forms",
    response=schemas.BegunForm,
    openapi_extra={"responses": errors.also(429)},
    summary="Begin a form",
)
def begin_form(request: HttpRequest, code: Code, package: Package, given: schemas.BeginFormBody) -> Any:
    """Nothing is sent yet. A form that nobody goes on with is deleted after 30 days.

    Too many forms from one address within an hour are 429.
    """
    one, at = _find(code, package), clock.now()
    if not is_try_within_limit(request=request, what="casework.form", most=MOST_BEGUN, seconds=_HOUR, at=at):
        return errors.error(429, "Too many forms were begun from this address. Try again in an hour.")
    enter(one.organization_id)
    try:
        draft, secret = drafts.begin(
            organization=one.organization,
            service_id=one.service_id,
            unit_code=given.unit_code,
            channel=Channel.SELF,
            applicant=None,
            helped_by=None,
            at=at,
        )
    except Refused as refused:
        return errors.error(422, str(refused.refusal.reason), code=refused.refusal.code)
    return schemas.BegunForm(
        secret=secret,
        page=page_address("casework:form", one.organization.code, secret),
        version=package_of(draft.version).manifest.version,
        ends_at=draft.ends_at,
    )


def _find(code: str, package: str) -> OfferedService:
    region = region_of(code)
    found = find_offered(region.code, package)
    if found is None or found.state == ServiceState.CLOSED:
        known = [one.package for one in offered(region=region.code)]
        raise UnknownValue(_("service"), package, known, status=404)
    return found


def _item(one: OfferedService) -> schemas.OfferedItem:
    return schemas.OfferedItem.model_validate(
        {
            "package": one.package,
            "publisher": one.publisher,
            "name": {"id": one.name_id, "en": one.name_en or one.name_id},
            "summary": {"id": one.summary_id, "en": one.summary_en or one.summary_id},
            "functions": one.functions,
            "life_events": one.life_events,
            "is_free": one.is_free,
            "days": one.days,
            "calendar": one.calendar,
            "state": one.state,
            "is_synthetic": one.is_synthetic,
            "page": page_address("casework:service", one.organization.code, one.package),
        }
    )
