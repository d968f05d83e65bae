"""External assessors in the API: who they are, what would be a conflict of interest, whom they assess."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from livinglab.accounts.queries import User
from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import assessor_schemas as schemas
from livinglab.evaluations.api.doors import follower_of, ministry, person
from livinglab.evaluations.operations import assessors as operations
from livinglab.evaluations.queries import assessors as queries
from livinglab.evaluations.queries.assessors import Assessor
from livinglab.evaluations.queries.participations import assignments_of, participations
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import (
    Organization,
    University,
    codes_like,
    find_organization,
    find_university,
    universities,
)

router = Router(tags=["assessors"])
_ONE: Final = "/assessors/{assessor_id}"
_SHOWN: Final = 10


@router.get("/assessors", response=list[schemas.AssessorItem], auth=ministry, summary="External assessors")
def list_assessors(request: HttpRequest) -> Any:
    """Everybody with the role, by name, for ministries."""
    return [schemas.AssessorItem(**_item(one)) for one in queries.assessors()]


@router.get(_ONE, response=schemas.AssessorDetail, auth=ministry, summary="One external assessor")
def get_assessor(request: HttpRequest, assessor_id: UUID) -> Any:
    """The regions assessed now and the declared conflicts with it."""
    return _detail(assessor_id)


@router.put(
    f"{_ONE}/profile", response=schemas.ProfileItem, auth=person, summary="Home and university of an assessor"
)
def put_profile(request: HttpRequest, assessor_id: UUID, body: schemas.ProfileBody) -> Any:
    """The ministry keeps it; assessors enter their own once, before their first assignment."""
    who = follower_of(request)
    if not who.is_ministry and who.user.id != assessor_id:
        return written.refused(Refused(_not_the_ministry(who.user)))
    found = _find(assessor_id)
    university = _university(body.university) if body.university else None
    try:
        profile = operations.set_profile(
            assessor=found,
            home=_region(body.home),
            university=university,
            by=who.user,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return schemas.ProfileItem(
        home=profile.home.code if profile.home else "",
        university=profile.university.code if profile.university else None,
    )


@router.post(
    f"{_ONE}/conflicts",
    response=schemas.AssessorDetail,
    auth=ministry,
    summary="Declare a conflict of interest",
)
def declare_conflict(request: HttpRequest, assessor_id: UUID, body: schemas.ConflictBody) -> Any:
    """Declared twice, the first stands. Assignments to that region end."""
    try:
        operations.declare_conflict(
            assessor=_find(assessor_id),
            organization=_region(body.code),
            reason=body.reason,
            by=follower_of(request).user,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return _detail(assessor_id)


@router.post(
    f"{_ONE}/assignments",
    response=schemas.AssignedManyItem,
    auth=ministry,
    summary="Assign regions to somebody",
)
def assign_regions(request: HttpRequest, assessor_id: UUID, body: schemas.AssignBody) -> Any:
    """All in one action; those in conflict are refused by name, the rest are assigned."""
    found = _find(assessor_id)
    codes = set(body.codes)
    chosen = list(
        participations()
        .filter(round_id=body.round, organization__code__in=codes)
        .order_by("organization__code")
    )
    unknown = sorted(codes - {one.organization.code for one in chosen})
    if unknown:
        raise UnknownValue(_("region"), ", ".join(unknown[:_SHOWN]))
    try:
        done = operations.assign_many(
            participations=chosen, assessor=found, by=follower_of(request).user, at=clock.now()
        )
    except Refused as error:
        return written.refused(error)
    return schemas.AssignedManyItem(
        added=done.added,
        refused=[
            schemas.RefusedItem(code=one.organization.code, rule=why.code, reason=str(why.reason))
            for one, why in done.refused
        ],
    )


@router.delete(
    f"{_ONE}/assignments/{{assignment_id}}",
    response=schemas.AssessorDetail,
    auth=ministry,
    summary="End an assignment",
)
def end_assignment(request: HttpRequest, assessor_id: UUID, assignment_id: UUID) -> Any:
    """The scores stay."""
    row = assignments_of(_find(assessor_id).id).filter(id=assignment_id).first()
    if row is None:
        raise UnknownValue(_("assignment"), assignment_id, status=404)
    operations.unassign(assignment=row, by=follower_of(request).user, at=clock.now())
    return _detail(assessor_id)


def _find(assessor_id: UUID) -> User:
    found = queries.find_assessor(assessor_id)
    if found is None:
        raise UnknownValue(_("assessor"), assessor_id, status=404)
    return found


def _not_the_ministry(by: User) -> Any:
    refusal = operations.may_keep_assessors(by)
    assert refusal is not None, "asked only of people who are no ministry"
    return refusal


def _region(code: str) -> Organization:
    found = find_organization(code)
    if found is None:
        known = [Known(one.code, one.name) for one in codes_like(code)]
        raise UnknownValue(_("region"), code, known)
    return found


def _university(code: str) -> University:
    found = find_university(code)
    if found is None:
        raise UnknownValue(_("university"), code, [Known(one.code, one.name) for one in universities()])
    return found


def _item(one: Assessor) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "sent_by": one.sent_by,
        "home": one.home.code if one.home else None,
        "university": one.university_code or None,
        "conflicts": one.conflicts,
        "assigned": one.assigned,
    }


def _detail(assessor_id: UUID) -> schemas.AssessorDetail:
    one = next((one for one in queries.assessors() if one.id == assessor_id), None)
    if one is None:
        raise UnknownValue(_("assessor"), assessor_id, status=404)
    return schemas.AssessorDetail(
        **_item(one),
        assignments=[
            schemas.AssignedItem(
                id=row.id,
                code=row.participation.organization.code,
                year=row.participation.year,
                round=row.participation.round_id,
                assigned_at=row.assigned_at,
            )
            for row in assignments_of(assessor_id).order_by("participation__organization__code")
        ],
        declared=[
            schemas.DeclaredItem(code=row.organization.code, reason=row.reason, declared_at=row.declared_at)
            for row in queries.conflicts_of(assessor_id)
        ],
    )
