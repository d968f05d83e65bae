"""Which agency has what of a case, and what it was asked to do."""

from collections.abc import Iterable
from uuid import UUID

from livinglab.casework.models import Case, Disposition, Seat, Task
from livinglab.organizations.queries import agencies, every_agency


def open_agencies(organization_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """This function will return the agencies of a region to which something can be handed over, by name. One query."""
    return tuple(agencies(organization_id).order_by("name").values_list("id", "name"))


def agency_names(organization_id: UUID, ids: Iterable[UUID | str | None]) -> dict[str, str]:
    """This function will return what these agencies are called, also closed ones. One query, none without any."""
    wanted = {str(one) for one in ids if one}
    if not wanted:
        return {}
    rows = every_agency(organization_id).filter(id__in=wanted).values_list("id", "name")
    return {str(one): name for one, name in rows}


def lane_agencies(case: Case) -> dict[str, str]:
    """This function will return the agency of each lane of a case that has one. One query, none without any."""
    names = agency_names(case.organization_id, case.agencies.values())
    return {lane: names[one] for lane, one in case.agencies.items() if one in names}


def dispositions(found: Task) -> tuple[Disposition, ...]:
    """This function will return how the part of a case that a step's lane has went, the newest first. One query."""
    rows = Disposition.objects.filter(
        organization_id=found.organization_id, case_id=found.case_id, lane=found.lane
    )
    return tuple(rows.order_by("-at", "-id"))


def is_agency_seated(organization_id: UUID, agency_id: UUID) -> bool:
    """This function will tell whether anybody holds a seat of an agency alone. One query."""
    held = Seat.objects.filter(organization_id=organization_id, agency_id=agency_id, ended_at__isnull=True)
    return held.exists()
