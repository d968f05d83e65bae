"""Writes of the service register and of what regions say about their own services."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.catalogue.adapters.reference_files import read_reference
from livinglab.catalogue.domain.entries import Entry, Problem, kept_agency, problems
from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.matrix import ListedService
from livinglab.catalogue.domain.shelf import EntryKind
from livinglab.catalogue.events import OwnServiceRecorded, OwnServiceWithdrawn
from livinglab.catalogue.models import Origin, OwnService, Service, ShelfRow
from livinglab.catalogue.operations.shelf import of_service, shelve, unshelve
from livinglab.catalogue.policies import may_record
from livinglab.catalogue.queries import TOPIC, listed, taxonomy
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, agencies, organizations, roles_in

#: how the keys of regions' own entries begin
OWN = "own-"
_COLUMNS = tuple(field.name for field in fields(ListedService))


class EntryRefused(Exception):
    """An entry has problems; nothing was written."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.fault}" for one in found))
        self.problems = found


@transaction.atomic
def load_reference(*, by: UUID | None, at: datetime, progress: Callable[[int], None] | None = None) -> int:
    """This function will store the register's services as the files state them, and count them.

    Idempotent: known services are kept by key, those that left the file leave the table, regions' own entries
    stay. `progress` hears the number stored. Errors: `ReferenceRefused`; then nothing is stored.
    """
    services = read_reference(settings.REFERENCE_DIR).services
    register = Service.objects.filter(origin=Origin.REGISTER)
    wanted = {one.key: one for one in services}
    if {row.key: listed(row) for row in register} != wanted:
        register.exclude(key__in=wanted.keys()).delete()
        Service.objects.bulk_create(
            [Service(origin=Origin.REGISTER, **_values(one)) for one in services],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=[name for name in _COLUMNS if name != "key"],
        )
        audit.record(by=by, at=at, action="catalogue.register_loaded", facts={"count": len(services)})
        changed(TOPIC)
    _shelve_register(services, at)
    if progress is not None:
        progress(len(services))
    return len(services)


def _shelve_register(services: tuple[ListedService, ...], at: datetime) -> None:
    keys = {one.key for one in services}
    on_shelf = ShelfRow.objects.filter(kind=EntryKind.SERVICE).exclude(key__startswith=OWN)
    unshelve(EntryKind.SERVICE, set(on_shelf.values_list("key", flat=True)) - keys)
    shelve((of_service(one) for one in services), at=at)


def _values(service: ListedService) -> dict[str, object]:
    return {name: getattr(service, name) for name in _COLUMNS} | {"functions": list(service.functions)}


def record_own_service(*, organization: Organization, entry: Entry, by: User, at: datetime) -> OwnService:
    """This function will store what a region says about one of its services, and tell the public side.

    An agency that the region keeps is stored as such, under its full name; another one as it was typed.
    Errors: `Refused` for somebody who may not or what is there already; `EntryRefused` with every problem.
    """
    ensure(may_record(roles_in(by, organization.id)))
    entry = entry.trimmed()
    found = problems(entry, taxonomy=taxonomy(), this_year=at.year)
    if found:
        raise EntryRefused(found)
    with tenancy(organization.id):
        row = _insert(organization, entry, by, at)
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="catalogue.own_service_recorded",
            subject=str(row.id),
            facts={"function": row.function, "name": row.name, "status": row.status},
        )
        publish(OwnServiceRecorded(organization_id=organization.id, entry_id=row.id))
    return row


def _insert(organization: Organization, entry: Entry, by: User, at: datetime) -> OwnService:
    agency_id, agency = _agency(organization, entry.agency)
    try:
        with transaction.atomic():
            return OwnService.objects.create(
                organization_id=organization.id,
                function=entry.function,
                name=entry.name,
                agency=agency,
                agency_id=agency_id,
                status=Status(entry.status),
                year=int(entry.year) if entry.year else None,
                url=entry.url,
                note=entry.note,
                recorded_at=at,
                recorded_by=by.id,
            )
    except IntegrityError as error:
        if "recorded_once" not in str(error):
            raise
        reason = _("Your region has already recorded this for the same function.")
        raise Refused(Refusal("already_recorded", reason)) from error


def _agency(organization: Organization, text: str) -> tuple[UUID | None, str]:
    kept = agencies(organization.id).values_list("id", "name", "short_name")
    return kept_agency(text, kept) or (None, text)


def withdraw_own_service(*, organization: Organization, entry_id: UUID, by: User, at: datetime) -> None:
    """This function will take back what a region said; the row stays. Withdrawing twice changes nothing.

    Errors: `Refused` for somebody who may not, `OwnService.DoesNotExist` for no entry of this region.
    """
    ensure(may_record(roles_in(by, organization.id)))
    with tenancy(organization.id):
        row = OwnService.objects.select_for_update().get(organization_id=organization.id, id=entry_id)
        if row.withdrawn_at is not None:
            return
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="catalogue.own_service_withdrawn",
            subject=str(row.id),
            facts={"function": row.function, "name": row.name},
        )
        publish(OwnServiceWithdrawn(organization_id=organization.id, entry_id=row.id))


def project_own_service(*, organization_id: UUID, entry_id: UUID) -> None:
    """This function will make the public row of an entry equal to the entry; none for a withdrawn one.

    Idempotent and deaf to order: it reads what is true now. Its audit entry was written with the entry.
    """
    with tenancy(organization_id):
        row = OwnService.objects.get(organization_id=organization_id, id=entry_id)
        if row.withdrawn_at is not None:
            Service.objects.filter(entry_id=entry_id).delete()
            unshelve(EntryKind.SERVICE, [f"{OWN}{row.id}"])
        else:
            _show(row)
        changed(TOPIC)


def _show(row: OwnService) -> None:
    region = organizations().get(id=row.organization_id)
    shown, _is_new = Service.objects.update_or_create(entry_id=row.id, defaults=_projection(row, region))
    if shown.status != Status.NONE:  # that a region has no service is for the comparison, nothing to find
        shelve([of_service(listed(shown))], at=row.recorded_at)


def _projection(row: OwnService, region: Organization) -> dict[str, object]:
    return {
        "key": f"{OWN}{row.id}",
        "origin": Origin.REGION,
        "region_code": region.code,
        "region_name": region.name,
        "name": row.name,
        "functions": [row.function],
        "description_id": row.note,
        "description_en": row.note,
        "agency": row.agency,
        "year": row.year,
        "status": row.status,
        "source": Origin.REGION,
        "reliability": Reliability.REGION,
        "url": row.url,
        "is_synthetic": User.objects.filter(id=row.recorded_by, is_synthetic=True).exists(),
    }
