"""Open cases and the versions that they run on: what stands where, and what of it could go on under another one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet

from livinglab.casework.models import Case, Service, ServiceVersion
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.casework.queries.services import values_by_place
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.moves import Hindrance, hindrances_of

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """Open cases of a service that do not run on the version at work."""

    service: Service
    version: ServiceVersion
    at_work: ServiceVersion
    cases: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Whether a case could move: its number, and why it could not."""

    case_id: UUID
    number: str
    hindrances: tuple[Hindrance, ...]


def standings(organization_id: UUID) -> tuple[Standing, ...]:
    """This function will return the versions before those at work that still have open cases. Three queries.

    What is open under the versions at work is not counted: the page does not grow with it.
    """
    services = {one.id: one for one in Service.objects.filter(organization_id=organization_id)}
    at_work = {one.version_id for one in services.values() if one.version_id}
    rows = ServiceVersion.objects.defer("content").filter(organization_id=organization_id)
    versions = {one.id: one for one in rows}
    before = _open(organization_id).filter(version_id__in=versions.keys() - at_work)
    counted: dict[UUID, int] = dict(before.values_list("version_id").annotate(cases=Count("id")).order_by())
    found = [
        Standing(services[one.service_id], one, versions[now], counted[one.id])
        for one in versions.values()
        if one.id in counted and (now := services[one.service_id].version_id) in versions
    ]
    return tuple(sorted(found, key=lambda one: (one.service.package, one.version.number)))


def find_version(organization_id: UUID, version_id: UUID) -> ServiceVersion | None:
    """This function will return a version with its service and without its content, None where there is none."""
    rows = ServiceVersion.objects.select_related("service").defer("content")
    return rows.filter(organization_id=organization_id, id=version_id).first()


def numbered_version(
    organization_id: UUID, package: str, number: int, *, publisher: str = ""
) -> ServiceVersion | None:
    """This function will return the version of a service by its number, None where there is none."""
    rows = ServiceVersion.objects.select_related("service").defer("content")
    found = rows.filter(organization_id=organization_id, service__package=package, number=number)
    if publisher:
        found = found.filter(service__publisher=publisher)
    return found.order_by("service__opened_at").first()


def open_ids(organization_id: UUID, version_id: UUID) -> tuple[UUID, ...]:
    """This function will return the open cases of a version, the oldest first. One query."""
    rows = _open(organization_id).filter(version_id=version_id)
    return tuple(rows.order_by("started_at", "id").values_list("id", flat=True))


def foreseen(
    organization: Organization,
    before: ServiceVersion,
    after: ServiceVersion,
    *,
    at: datetime,
    most: int | None = None,
) -> Iterator[Foreseen]:
    """This function will yield what would become of each open case, the oldest first, `most` of them at most.

    Nothing is written.
    """
    rows = _open(organization.id).filter(version_id=before.id).order_by("started_at", "id")
    values = values_by_place(after)
    for row in rows[:most] if most is not None else rows.iterator(chunk_size=_CHUNK):
        found = hindrances_to(organization, row, (before, after), values(row.unit_code), at=at)
        yield Foreseen(row.id, row.number, found)


def hindrances_to(
    organization: Organization,
    row: Case,
    versions: tuple[ServiceVersion, ServiceVersion],
    values: Mapping[str, object],
    *,
    at: datetime,
) -> tuple[Hindrance, ...]:
    """This function will return why a case cannot go on under another version; () where it can.

    `versions` are the one it runs on and the other; by `values` it would run there.
    """
    old, new = (runner_of(one, zone=organization.zone) for one in versions)
    return hindrances_of(state_of(row), before=old, after=new, parameters=new.parameters(values), at=at)


def _open(organization_id: UUID) -> "QuerySet[Case]":
    return Case.objects.filter(organization_id=organization_id, ended_at__isnull=True)
