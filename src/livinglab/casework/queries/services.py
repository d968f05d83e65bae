"""Reads of the services that a region runs, inside its transaction."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Service, ServicePlace, ServiceVersion


def find_service(organization_id: UUID, package: str, *, publisher: str = "") -> Service | None:
    """This function will return a service by its package, None when the region does not run it."""
    rows = Service.objects.filter(organization_id=organization_id, package=package)
    return (rows.filter(publisher=publisher) if publisher else rows.order_by("opened_at")).first()


def services_of(organization_id: UUID) -> tuple[Service, ...]:
    """This function will return what an organisation runs and has not closed, by package. One query."""
    rows = Service.objects.filter(organization_id=organization_id).exclude(state=ServiceState.CLOSED)
    return tuple(rows.order_by("package", "publisher"))


def versions_at_work(services: Iterable[Service]) -> dict[UUID, ServiceVersion]:
    """This function will return the versions with which new applications begin, by service. One query."""
    ids = [one.version_id for one in services if one.version_id]
    rows = ServiceVersion.objects.defer("content").filter(id__in=ids)
    return {one.service_id: one for one in rows}


def running_versions(organization_id: UUID) -> tuple[ServiceVersion, ...]:
    """This function will return the versions at work of what is not closed, with their services. One query."""
    rows = ServiceVersion.objects.defer("content").select_related("service")
    rows = rows.filter(organization_id=organization_id, service__version_id=F("id"))
    return tuple(
        rows.exclude(service__state=ServiceState.CLOSED).order_by("service__package", "service__publisher")
    )


def version_at_work(service: Service) -> ServiceVersion | None:
    """This function will return the version with which new applications begin, without its content."""
    if service.version_id is None:
        return None
    return ServiceVersion.objects.defer("content").filter(id=service.version_id).first()


@dataclass(frozen=True, slots=True)
class PutToWork:
    """A version of a package that a service was given, and when."""

    publisher: str
    package: str
    version: str
    at: datetime


def put_to_work_by(organization_id: UUID) -> tuple[PutToWork, ...]:
    """This function will return every version that an organisation's real services were given, the oldest first.

    One query.
    """
    rows = ServiceVersion.objects.filter(organization_id=organization_id, service__is_synthetic=False)
    found = rows.order_by("made_at", "number").values_list(
        "service__publisher", "service__package", "release", "made_at"
    )
    return tuple(PutToWork(*one) for one in found)


def places_of(service_id: UUID) -> tuple[str, ...]:
    """This function will return the codes of the districts and villages that offer a service, in order."""
    return places_of_each([service_id])[service_id]


def places_of_each(service_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """This function will return the codes of the districts and villages that offer each service. One query."""
    rows = ServicePlace.objects.filter(service_id__in=service_ids).order_by("unit_code")
    found: dict[UUID, list[str]] = {one: [] for one in service_ids}
    for service_id, code in rows.values_list("service_id", "unit_code"):
        found[service_id].append(code)
    return {one: tuple(codes) for one, codes in found.items()}


def values_at(version: ServiceVersion, unit_code: str) -> dict[str, object]:
    """This function will return the values by which a version runs in a place: its own over the region's."""
    own = (
        ServicePlace.objects.filter(service_id=version.service_id, unit_code=unit_code)
        .values_list("parameters", flat=True)
        .first()
        if unit_code
        else None
    )
    return {**version.parameters, **(own or {})}


def values_by_place(version: ServiceVersion) -> Callable[[str], dict[str, object]]:
    """This function will return what `values_at` says for any place, after one query."""
    rows = ServicePlace.objects.filter(service_id=version.service_id)
    own: dict[str, dict[str, object]] = dict(rows.values_list("unit_code", "parameters"))
    return lambda unit_code: {**version.parameters, **own.get(unit_code, {})}


def offered_in(service_id: UUID, unit_codes: Iterable[str]) -> tuple[str, ...]:
    """This function will return which of these districts and villages offer a service, in order. One query."""
    rows = ServicePlace.objects.filter(service_id=service_id, unit_code__in=list(unit_codes))
    return tuple(rows.order_by("unit_code").values_list("unit_code", flat=True))
