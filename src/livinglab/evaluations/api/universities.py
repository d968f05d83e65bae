"""Universities in the API: the list that everybody chooses from, and which of them work for which regions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import assessor_schemas as schemas
from livinglab.evaluations.api.doors import follower_of, ministry, person
from livinglab.evaluations.models import UniversityPartner
from livinglab.evaluations.operations import assessors as operations
from livinglab.evaluations.queries import assessors as queries
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.operations import list_university
from livinglab.organizations.queries import codes_like, find_organization, find_university, universities

router = Router(tags=["assessors"])


@router.get("/universities", response=list[schemas.UniversityItem], auth=person, summary="Universities")
def list_universities(request: HttpRequest) -> Any:
    """Those that assessors and partners are chosen from, by name, for whoever is signed in."""
    return [schemas.UniversityItem(code=one.code, name=one.name) for one in universities()]


@router.post(
    "/universities", response=schemas.UniversityItem, auth=ministry, summary="Add a university to the list"
)
def add_university(request: HttpRequest, body: schemas.UniversityBody) -> Any:
    """422 for a name that the list has, also in another spelling, and for one that is nearly the same."""
    try:
        row = list_university(
            name=body.name, is_another=body.is_another, by=follower_of(request).user, at=clock.now()
        )
    except Refused as error:
        return written.refused(error)
    return schemas.UniversityItem(code=row.code, name=row.name)


@router.get(
    "/partners", response=list[schemas.UniversityPartnerItem], auth=ministry, summary="Partner universities"
)
def list_partners(request: HttpRequest) -> Any:
    """Which universities work for which regions: they send no assessor there."""
    return [_item(one) for one in queries.partners()]


@router.post(
    "/partners", response=schemas.UniversityPartnerItem, auth=ministry, summary="Declare a partnership"
)
def declare_partner(request: HttpRequest, body: schemas.UniversityPartnerBody) -> Any:
    """Declared twice, the first stands. Assignments in conflict with it end."""
    university = find_university(body.university)
    if university is None:
        known = [Known(one.code, one.name) for one in universities()]
        raise UnknownValue(_("university"), body.university, known)
    region = find_organization(body.code)
    if region is None:
        raise UnknownValue(
            _("region"), body.code, [Known(one.code, one.name) for one in codes_like(body.code)]
        )
    row = operations.declare_partner(
        university=university, organization=region, by=follower_of(request).user, at=clock.now()
    )
    return _item(row)


@router.delete(
    "/partners/{partner_id}", response={204: None}, auth=ministry, summary="Take a partnership back"
)
def end_partner(request: HttpRequest, partner_id: UUID) -> Any:
    """It no longer holds; assignments that ended because of it do not begin again."""
    row = queries.find_partner(partner_id)
    if row is None:
        raise UnknownValue(_("partnership"), partner_id, status=404)
    operations.end_partner(partner=row, by=follower_of(request).user, at=clock.now())
    return Status(204, None)


def _item(row: UniversityPartner) -> schemas.UniversityPartnerItem:
    return schemas.UniversityPartnerItem(
        id=row.id, university=row.university.code, code=row.organization.code, declared_at=row.declared_at
    )
