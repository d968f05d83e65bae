"""Reads of seats: who may work on what waits."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from django.db.models.lookups import In

from livinglab.casework.domain.states import SeatKind, office_of
from livinglab.casework.models import Case, Seat, Task
from livinglab.kernel.kept_queries import ALL, KeptModels
from livinglab.organizations.queries import Organization, Role, areas, governs_itself
from livinglab.packages.domain.manifest import Manifest

__all__ = [
    "ANSWERS_FOR_SERVICES",
    "SeatKind",
    "at_a_desa",
    "covers",
    "held_seats",
    "is_there",
    "oversees",
    "places_under",
    "reaches",
    "seats_of",
    "tasks_below",
    "tasks_under",
]


#: who answers for a region's services, and so is the superior where no other one is
ANSWERS_FOR_SERVICES: Final = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


def seats_of(organization_id: UUID, user_id: UUID) -> tuple[Seat, ...]:
    """This function will return the seats that somebody holds in an organisation now. One query."""
    return tuple(_SEATS.read(organization_id, user_id))


_SEATS: Final = KeptModels(
    lambda organization_id, user_id: Seat.objects.filter(
        organization_id=organization_id, user_id=user_id, ended_at__isnull=True
    ),
    UUID(int=1),
    UUID(int=2),
    model=Seat,
    parts={"": ALL},
)


def held_seats(organization_id: UUID) -> "QuerySet[Seat]":
    """This function will return the seats that are held in an organisation now, the newest first."""
    held = Seat.objects.filter(organization_id=organization_id, ended_at__isnull=True)
    return held.order_by("-given_at", "-id")


#: the kinds of seats that without a place are not in a desa
_NOT_IN_A_DESA: Final = frozenset({SeatKind.VILLAGE, SeatKind.SIGNER})


def at_a_desa(column: str) -> Q:
    """This function will return `governs_itself` in SQL: the code of a desa is PP.KK.CC.2DDD, a desa adat's 3DDD."""
    return Q(In(Substr(column, 10, 1), ["2", "3"]))


def is_there(seat: Seat, unit_code: str) -> bool:
    """This function will tell whether a seat is one in a place.

    A village office's seat without a place, and a signer's, is that of every kelurahan, which is part of the region's
    own government. A desa governs itself (UU 6/2014 pasal 1): who works and signs there has a seat there.
    """
    if seat.unit_code:
        return seat.unit_code == unit_code
    return seat.kind not in _NOT_IN_A_DESA or not governs_itself(unit_code)


def covers(seat: Seat, task: Task) -> bool:
    """This function will tell whether a seat lets its holder work on a task."""
    return (
        seat.kind == task.kind
        and seat.service_id in (None, task.service_id)
        and seat.lane in ("", task.lane)
        and seat.agency_id in (None, task.agency_id)
        and is_there(seat, task.unit_code)
    )


def reaches(seat: Seat, case: Case, manifest: Manifest) -> bool:
    """This function will tell whether a seat is on the service of a case in its place, wherever the case waits now."""
    return seat.service_id in (None, case.service_id) and any(
        one.kind == seat.kind
        and seat.lane in ("", one.id)
        and str(seat.agency_id or "") in ("", case.agencies.get(one.id, ""))
        and is_there(seat, office_of(case.unit_code, one))
        for one in manifest.roles
    )


def tasks_under(seats: Iterable[Seat]) -> Q:
    """This function will return the condition of the tasks that these seats cover, as `covers`; none without a seat."""
    found = Q(pk__in=[])
    for seat in seats:
        if seat.kind == SeatKind.SUPERIOR:
            continue
        one = Q(kind=seat.kind)
        if seat.unit_code:
            one &= Q(unit_code=seat.unit_code)
        elif seat.kind in _NOT_IN_A_DESA:
            one &= ~at_a_desa("unit_code")
        if seat.service_id:
            one &= Q(service_id=seat.service_id)
        if seat.lane:
            one &= Q(lane=seat.lane)
        if seat.agency_id:
            one &= Q(agency_id=seat.agency_id)
        found |= one
    return found


def oversees(seat: Seat, task: Task) -> bool:
    """This function will tell whether a seat is that of the superior of where a task waits."""
    is_below = seat.unit_code in ("", task.place) or task.place.startswith(f"{seat.unit_code}.")
    return seat.kind == SeatKind.SUPERIOR and seat.service_id in (None, task.service_id) and is_below


def tasks_below(seats: Iterable[Seat]) -> Q:
    """This function will return the condition of the tasks whose superior one of these seats is; none without one."""
    found = Q(pk__in=[])
    for seat in seats:
        if seat.kind != SeatKind.SUPERIOR:
            continue
        one = Q(pk__isnull=False)
        if seat.unit_code:
            one &= Q(place=seat.unit_code) | Q(place__startswith=f"{seat.unit_code}.")
        if seat.service_id:
            one &= Q(service_id=seat.service_id)
        found |= one
    return found


def places_under(organization: Organization, code: str) -> tuple[str, ...]:
    """This function will return a district or village with every village in it, () for one of elsewhere. One query."""
    rows = areas(organization.code).filter(Q(code=code) | Q(code__startswith=f"{code}."))
    return tuple(rows.values_list("code", flat=True))
