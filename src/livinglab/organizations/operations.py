"""Writes of organisations, their agencies and their members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User, is_address_verified
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations import policies, queries
from livinglab.organizations.adapters import area_table
from livinglab.organizations.adapters.area_files import read_areas
from livinglab.organizations.adapters.reference_files import OrganizationRow as OrganizationRow
from livinglab.organizations.adapters.reference_files import read_organizations, read_universities
from livinglab.organizations.domain.areas import Problem, duplicates, orphans
from livinglab.organizations.domain.kinds import AgencyKind, AreaKind, Kind
from livinglab.organizations.domain.roles import AGENCY_KEEPERS, Role
from livinglab.organizations.domain.universities import code_of, fold, nearest
from livinglab.organizations.events import MembershipGranted
from livinglab.organizations.models import Agency, Membership, Organization, University


def load_reference(*, by: UUID | None, at: datetime) -> int:
    """This function will load organisations and universities of reference/; return how many organisations there are."""
    load_universities(rows=read_universities(settings.REFERENCE_DIR), by=by, at=at)
    return load_organizations(rows=read_organizations(settings.REFERENCE_DIR), by=by, at=at)


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


@transaction.atomic
def load_universities(*, rows: Iterable[tuple[str, str]], by: UUID | None, at: datetime) -> int:
    """This function will store the listed universities (code and name), and return how many there are.

    One that a ministry added under the same name keeps its code. Idempotent.
    """
    known = {fold(one.name): one for one in University.objects.all()}
    new = [University(code=code, name=name) for code, name in rows if fold(name) not in known]
    University.objects.bulk_create(new)
    if new:
        audit.record(by=by, at=at, action="organizations.universities_loaded", facts={"count": len(new)})
    return len(known) + len(new)


@transaction.atomic
def list_university(*, name: str, is_another: bool = False, by: User, at: datetime) -> University:
    """This function will add a university to the list that people choose from.

    `is_another` says that somebody looked at the one with nearly the same name. Errors: `Refused` for somebody who
    is no ministry, without a name, for a name that is listed, and for one that is nearly the same.
    """
    is_ministry = any(post.role is Role.MINISTRY for post in queries.posts(by.id))
    ensure(policies.may_list_universities(is_ministry=is_ministry))
    name = " ".join(storable(name).split())
    known = {fold(one.name): one.name for one in University.objects.all()}
    code = code_of(name)
    alike = None if is_another else nearest(name, known.values())
    ensure(policies.may_be_listed(name=name, code=code, same=known.get(fold(name)), alike=alike))
    try:
        with transaction.atomic():
            row = University.objects.create(code=_free_code(code), name=name)
    except IntegrityError:  # somebody listed it at the same moment
        raise Refused(policies.already_listed(name)) from None
    facts = {"university": name}
    audit.record(by=by.id, at=at, action="organizations.university_listed", subject=str(row.id), facts=facts)
    return row


def _free_code(code: str) -> str:
    """Two names can have one code: signs and letters of other scripts are left out of it."""
    taken = set(University.objects.filter(code__startswith=code).values_list("code", flat=True))
    return code if code not in taken else f"{code[:70]}-{len(taken) + 1}"


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

    `by` is the keeper who grants it; None is the platform (command line, demo people), which only asks whether
    the role exists there. Errors: `Refused` by `policies.may_grant`, and for an agency of another organisation.
    """
    ensure(_refusal_to_grant(user, organization, role, by))
    with tenancy(organization.id):
        if agency_id is not None and not queries.agencies(organization.id).filter(id=agency_id).exists():
            raise Refused(Refusal("agency_unknown", _("This organisation has no such agency.")))
        held = Membership.objects.filter(
            user=user, organization=organization, role=role, ended_at__isnull=True
        )
        existing = held.first()
        if existing is not None:
            return existing
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    user=user,
                    organization=organization,
                    role=role,
                    agency_id=agency_id,
                    granted_at=at,
                    granted_by=by,
                )
        except IntegrityError:  # another keeper granted it at the same moment
            granted = held.first()
            if granted is None:
                raise
            return granted
        audit.record(
            organization_id=organization.id,
            by=by,
            at=at,
            action="organizations.membership_granted",
            subject=str(membership.id),
            facts={"user": str(user.id), "role": role},
        )
        publish(MembershipGranted(organization_id=organization.id, user_id=user.id))
    return membership


def _refusal_to_grant(user: User, organization: Organization, role: Role, by: UUID | None) -> Refusal | None:
    kind = Kind(organization.kind)
    if by is None:
        return policies.may_hold(role, kind=kind)
    return policies.may_grant(
        role,
        kind=kind,
        by_roles=queries.roles_held(by, organization.id),
        to_self=by == user.id,
        is_address_verified=is_address_verified(user),
    )


@transaction.atomic
def end_membership(*, membership: Membership, by: UUID | None, at: datetime) -> None:
    """This function will end a role; the row stays. Ending an ended one changes nothing.

    Errors: `Refused` by `policies.may_end`, unless the platform itself (`by` is None) ends it.
    """
    Organization.objects.select_for_update().get(
        id=membership.organization_id
    )  # two keepers may end each other
    membership = Membership.objects.get(id=membership.id)
    if membership.ended_at is not None:
        return
    if by is not None:
        ensure(refusal_to_end(membership, by))
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


def refusal_to_end(membership: Membership, by: UUID) -> Refusal | None:
    """This function will return why this person may not end this membership: for the button and for the write."""
    return policies.may_end(
        Role(membership.role),
        by_roles=queries.roles_held(by, membership.organization_id),
        is_own=membership.user_id == by,
        other_keepers=queries.keepers(membership.organization_id).exclude(user_id=membership.user_id).count(),
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

    Errors: `Refused` for a name the organisation has already and for somebody who does not keep agencies;
    IntegrityError for a parent of another organisation.
    """
    _ensure_keeps_agencies(organization_id, by)
    with tenancy(organization_id):
        if Agency.objects.filter(organization_id=organization_id, name__iexact=name).exists():
            raise Refused(_agency_exists())
        try:
            with transaction.atomic():
                agency = Agency.objects.create(
                    organization_id=organization_id,
                    name=name,
                    short_name=short_name,
                    kind=kind,
                    parent_id=parent_id,
                )
        except IntegrityError as error:  # the name was taken at the same moment
            if "agency_name_is_unique" not in str(error):
                raise
            raise Refused(_agency_exists()) from error
        _record_agency(agency, "organizations.agency_added", by, at, {"name": name, "kind": kind})
    return agency


def _agency_exists() -> Refusal:
    return Refusal("agency_exists", _("There is an agency with this name already."))


def close_agency(*, agency: Agency, by: UUID | None, at: datetime) -> None:
    """This function will close an agency; what it did stays readable.

    Errors: `Refused` by `policies.may_close_agency`.
    """
    with tenancy(agency.organization_id):
        ensure(refusal_to_close(agency, by))
        agency.closed_at = at
        agency.save(update_fields=["closed_at"])
        _record_agency(agency, "organizations.agency_closed", by, at, {"name": agency.name})


def refusal_to_close(agency: Agency, by: UUID | None) -> Refusal | None:
    """This function will return why this person may not close this agency; in the organisation's transaction."""
    return policies.may_close_agency(
        roles=AGENCY_KEEPERS if by is None else queries.roles_held(by, agency.organization_id),
        is_closed=agency.closed_at is not None,
        open_units=queries.agencies(agency.organization_id).filter(parent_id=agency.id).count(),
    )


def reopen_agency(*, agency: Agency, by: UUID | None, at: datetime) -> None:
    """This function will open a closed agency again; an open one stays as it is. Errors: `Refused`."""
    _ensure_keeps_agencies(agency.organization_id, by)
    if agency.closed_at is None:
        return
    with tenancy(agency.organization_id):
        agency.closed_at = None
        agency.save(update_fields=["closed_at"])
        _record_agency(agency, "organizations.agency_reopened", by, at, {"name": agency.name})


def _ensure_keeps_agencies(organization_id: UUID, by: UUID | None) -> None:
    if by is not None:
        ensure(policies.may_keep_agencies(queries.roles_held(by, organization_id)))


def _record_agency(
    agency: Agency, action: str, by: UUID | None, at: datetime, facts: dict[str, object]
) -> None:
    audit.record(
        organization_id=agency.organization_id,
        by=by,
        at=at,
        action=action,
        subject=str(agency.id),
        facts=facts,
    )


class AreasRefused(Exception):
    """A file of districts and villages was refused; nothing of it was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems, the first on {problems[0]}")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class AreasImported:
    """What a file of districts and villages held, and what it changed."""

    districts: int
    villages: int
    added: int
    changed: int


@transaction.atomic
def import_areas(*, stream: BinaryIO, by: UUID | None, at: datetime, dry_run: bool = False) -> AreasImported:
    """This function will store all districts and villages of a CSV file (`code,name`), or none of them.

    Known areas take the file's name; none is removed. A dry run checks the file and stores nothing. Errors:
    `AreasRefused` with every problem in the order of lines.
    """
    file = read_areas(stream)
    known = queries.parent_codes()
    found = (*file.problems, *duplicates(file.rows), *orphans(file.rows, known=known))
    if found:
        raise AreasRefused(tuple(sorted(found, key=lambda one: one.line)))
    villages = sum(row.kind is not AreaKind.DISTRICT for row in file.rows)
    with transaction.atomic():
        added, renamed = area_table.store(file.rows)
        if dry_run:
            transaction.set_rollback(True)
    done = AreasImported(len(file.rows) - villages, villages, added, renamed)
    if not dry_run:
        facts = {"districts": done.districts, "villages": done.villages, "added": added, "changed": renamed}
        audit.record(by=by, at=at, action="organizations.areas_imported", facts=facts)
        changed("organizations")
    return done
