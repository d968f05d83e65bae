"""Writes of organisations, their agencies and their members."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.freshness import changed
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.adapters.reference_files import OrganizationRow
from livinglab.organizations.domain.kinds import AgencyKind, Kind
from livinglab.organizations.domain.roles import Role
from livinglab.organizations.models import Agency, Membership, Organization

Progress = Callable[[int], None]


@transaction.atomic
def load_organizations(*, rows: Iterable[OrganizationRow], by: UUID | None, at: datetime) -> int:
    """This function will store the reference organisations, keep known ones by code, and return how many there are.

    Provinces come before their regions. Idempotent: a second load changes nothing but what the rows changed.
    """
    known = {one.code: one for one in Organization.objects.all()}
    for row in rows:
        province = known[row.province_code] if row.province_code else None
        fields = {**row.fields(), "province": province}
        one = known.get(row.code)
        if one is None:
            own_id = audit.PLATFORM if row.kind is Kind.PLATFORM else new_id()
            known[row.code] = Organization.objects.create(id=own_id, code=row.code, **fields)
        elif any(getattr(one, key) != value for key, value in fields.items()):
            for key, value in fields.items():
                setattr(one, key, value)
            one.save()
    audit.record(by=by, at=at, action="organizations.loaded", facts={"count": len(known)})
    changed("organizations")
    return len(known)


def may_grant(role: Role, *, organization: Organization) -> Refusal | None:
    """This function will return why a role cannot be held in an organisation of this kind."""
    if role is Role.MINISTRY and organization.kind not in (Kind.CENTRAL, Kind.PLATFORM):
        return Refusal("role_of_central_institutions", _("Only a central institution has ministry officers."))
    if role is Role.PROVINCE and organization.kind != Kind.PROVINCE:
        return Refusal("role_of_provinces", _("Only a province has provincial supervisors."))
    return None


@transaction.atomic
def grant_membership(
    *,
    user: User,
    organization: Organization,
    role: Role,
    by: UUID | None,
    at: datetime,
    agency_id: UUID | None = None,
) -> Membership:
    """This function will give a person a role in an organisation; a role already held stays as it is.

    Errors: `Refused` when an organisation of this kind has no such role.
    """
    ensure(may_grant(role, organization=organization))
    held = Membership.objects.filter(user=user, organization=organization, role=role, ended_at__isnull=True)
    existing = held.first()
    if existing is not None:
        return existing
    membership = Membership.objects.create(
        user=user, organization=organization, role=role, agency_id=agency_id, granted_at=at, granted_by=by
    )
    audit.record(
        organization_id=organization.id,
        by=by,
        at=at,
        action="organizations.membership_granted",
        subject=str(membership.id),
        facts={"user": str(user.id), "role": role},
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: UUID | None, at: datetime) -> None:
    """This function will end a role; the row stays. Ending an ended one changes nothing."""
    if membership.ended_at is not None:
        return
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    audit.record(
        organization_id=membership.organization_id,
        by=by,
        at=at,
        action="organizations.membership_ended",
        subject=str(membership.id),
        facts={"user": str(membership.user_id), "role": membership.role},
    )


def add_agency(
    *,
    organization_id: UUID,
    name: str,
    kind: AgencyKind,
    by: UUID | None,
    at: datetime,
    short_name: str = "",
    parent_id: UUID | None = None,
) -> Agency:
    """This function will add an agency (perangkat daerah) to an organisation.

    Errors: IntegrityError for a name that the organisation already has, or a parent of another organisation.
    """
    with tenancy(organization_id):
        agency = Agency.objects.create(
            organization_id=organization_id, name=name, short_name=short_name, kind=kind, parent_id=parent_id
        )
        audit.record(
            organization_id=organization_id,
            by=by,
            at=at,
            action="organizations.agency_added",
            subject=str(agency.id),
            facts={"name": name, "kind": kind},
        )
    return agency


def close_agency(*, agency: Agency, by: UUID | None, at: datetime) -> None:
    """This function will close an agency; what it did stays readable."""
    with tenancy(agency.organization_id):
        agency.closed_at = at
        agency.save(update_fields=["closed_at"])
        audit.record(
            organization_id=agency.organization_id,
            by=by,
            at=at,
            action="organizations.agency_closed",
            subject=str(agency.id),
        )
