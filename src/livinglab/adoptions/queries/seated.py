"""Who works in a district or village for a service taken over: the seats that the region gave (`casework`)."""

from collections.abc import Iterable
from uuid import UUID

from livinglab.adoptions.models import Adoption, HandedDown
from livinglab.casework.queries.seats import seats_of
from livinglab.casework.queries.services import find_service
from livinglab.packages.domain.manifest import RoleKind

#: the kinds of seats that are in an office of a unit; they are those of a package's roles
_OFFICES = frozenset({RoleKind.VILLAGE.value, RoleKind.DISTRICT.value})


def is_seated(adoption: Adoption, user_id: UUID, unit_code: str) -> bool:
    """This function will tell whether somebody works in a unit for the service of an adoption."""
    return unit_code in _units(adoption, _seats(adoption.organization_id, user_id))


def handed_to(
    organization_id: UUID, user_id: UUID, rows: Iterable[Adoption]
) -> tuple[tuple[Adoption, HandedDown], ...]:
    """This function will return which adoptions were handed down to the units in which somebody works, by unit."""
    seats = _seats(organization_id, user_id)
    if not seats:
        return ()
    known = {row.id: (row, _units(row, seats)) for row in rows}
    found = HandedDown.objects.filter(adoption_id__in=known, unit_code__in={unit for unit, _service in seats})
    return tuple(
        (known[one.adoption_id][0], one)
        for one in found.order_by("unit_code", "since")
        if one.unit_code in known[one.adoption_id][1]
    )


def _seats(organization_id: UUID, user_id: UUID) -> frozenset[tuple[str, UUID | None]]:
    """Return the units in which somebody works, each with the service that it is for, None for all."""
    return frozenset(
        (one.unit_code, one.service_id)
        for one in seats_of(organization_id, user_id)
        if one.unit_code and one.kind in _OFFICES
    )


def _units(adoption: Adoption, seats: frozenset[tuple[str, UUID | None]]) -> frozenset[str]:
    named = any(service is not None for _unit, service in seats)
    listing = adoption.listing
    service = (
        find_service(adoption.organization_id, listing.package_id, publisher=listing.publisher.code)
        if named
        else None
    )
    own = service.id if service else None
    return frozenset(unit for unit, of in seats if of is None or of == own)
