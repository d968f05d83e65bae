"""What the offline counter of a village takes along: the villages of an officer's seats, and what each offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Seat, Service, ServiceVersion
from livinglab.casework.queries.applications import Places, places_for_each
from livinglab.casework.queries.services import places_of_each, services_of, versions_at_work
from livinglab.organizations.queries import Organization, areas


@dataclass(frozen=True, slots=True)
class VillageCounter:
    """A village where an officer has a seat, with the services that it offers and the versions at work."""

    code: str
    name: str
    services: tuple[tuple[Service, ServiceVersion], ...]


def is_seated_in(organization_id: UUID, user_id: UUID, village: str) -> bool:
    """This function will tell whether somebody has a seat in this village now. One query."""
    held = Seat.objects.filter(organization_id=organization_id, user_id=user_id, ended_at__isnull=True)
    return bool(village) and held.filter(kind=SeatKind.VILLAGE, unit_code=village).exists()


def village_counters(
    organization: Organization, seats: Iterable[Seat]
) -> tuple[tuple[VillageCounter, ...], dict[UUID, Places]]:
    """This function will return the villages of these seats with what each offers, and where each service is offered.

    A service that was handed down to nobody is offered everywhere. Five queries.
    """
    codes = sorted({one.unit_code for one in seats if one.kind == SeatKind.VILLAGE and one.unit_code})
    if not codes:
        return (), {}
    services = services_of(organization.id)
    versions = versions_at_work(services)
    offered = places_of_each([one.id for one in services])
    names = dict(areas(organization.code).filter(code__in=codes).values_list("code", "name"))
    found = tuple(
        VillageCounter(
            code,
            names.get(code, code),
            tuple(
                (one, versions[one.id])
                for one in services
                if one.id in versions and code in (offered[one.id] or {code})
            ),
        )
        for code in codes
    )
    return found, places_for_each(organization, offered)
