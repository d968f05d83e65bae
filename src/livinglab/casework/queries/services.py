"""Reads of the services that a region runs, inside its transaction."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F

from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Service, ServicePlace, ServiceVersion
from livinglab.kernel.kept_queries import ALL, KeptModels, KeptQuery

#: what is read of a version: the package is read once for all who run it (`running.runner_of`)
WITHOUT_CONTENT: Final = tuple(
    one.name
    for one in ServiceVersion._meta.concrete_fields  # noqa: SLF001  Django documents it as public
    if one.name != "content"
)


def find_service(organization_id: UUID, package: str, *, publisher: str = "") -> Service | None:
    """This function will return a service by its package, None when the region does not run it."""
    if publisher:
        return _OF_PUBLISHER.first(organization_id, publisher, package)
    rows = Service.objects.filter(organization_id=organization_id, package=package)
    return rows.order_by("opened_at").first()


_OF_PUBLISHER: Final = KeptModels(
    lambda organization_id, publisher, package: Service.objects.filter(
        organization_id=organization_id, publisher=publisher, package=package
    ).order_by(),
    UUID(int=1),
    "publisher",
    "package",
    model=Service,
    parts={"": ALL},
)


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
    return tuple(_RUNNING.read(organization_id))


_RUNNING: Final = KeptModels(
    lambda organization_id: (
        ServiceVersion.objects.filter(organization_id=organization_id, service__version_id=F("id"))
        .exclude(service__state=ServiceState.CLOSED)
        .order_by("service__package", "service__publisher")
    ),
    UUID(int=1),
    model=ServiceVersion,
    parts={"": WITHOUT_CONTENT, "service": ALL},
)


def version_at_work(service: Service) -> ServiceVersion | None:
    """This function will return the version with which new applications begin, without its content."""
    if service.version_id is None:
        return None
    return _VERSION.first(service.version_id)


_VERSION: Final = KeptModels(
    lambda version_id: ServiceVersion.objects.filter(id=version_id).order_by(),
    UUID(int=1),
    model=ServiceVersion,
    parts={"": WITHOUT_CONTENT},
)


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
    return tuple(code for (code,) in _PLACES.rows(service_id))


_PLACES: Final = KeptQuery(
    lambda service_id: (
        ServicePlace.objects.filter(service_id=service_id).order_by("unit_code").values_list("unit_code")
    ),
    UUID(int=1),
)


def places_of_each(service_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """This function will return the codes of the districts and villages that offer each service. One query."""
    rows = ServicePlace.objects.filter(service_id__in=service_ids).order_by("unit_code")
    found: dict[UUID, list[str]] = {one: [] for one in service_ids}
    for service_id, code in rows.values_list("service_id", "unit_code"):
        found[service_id].append(code)
    return {one: tuple(codes) for one, codes in found.items()}


def values_at(version: ServiceVersion, unit_code: str) -> dict[str, object]:
    """This function will return the values by which a version runs in a place: its own over the region's."""
    own = _PLACE.first(version.service_id, unit_code) if unit_code else None
    return {**version.parameters, **(own.parameters if own else {})}


_PLACE: Final = KeptModels(
    lambda service_id, unit_code: ServicePlace.objects.filter(
        service_id=service_id, unit_code=unit_code
    ).order_by(),
    UUID(int=1),
    "unit_code",
    model=ServicePlace,
    parts={"": ("id", "parameters")},
)


def values_by_place(version: ServiceVersion) -> Callable[[str], dict[str, object]]:
    """This function will return what `values_at` says for any place, after one query."""
    rows = ServicePlace.objects.filter(service_id=version.service_id)
    own: dict[str, dict[str, object]] = dict(rows.values_list("unit_code", "parameters"))
    return lambda unit_code: {**version.parameters, **own.get(unit_code, {})}


def offered_in(service_id: UUID, unit_codes: Iterable[str]) -> tuple[str, ...]:
    """This function will return which of these districts and villages offer a service, in order. One query."""
    rows = ServicePlace.objects.filter(service_id=service_id, unit_code__in=list(unit_codes))
    return tuple(rows.order_by("unit_code").values_list("unit_code", flat=True))
