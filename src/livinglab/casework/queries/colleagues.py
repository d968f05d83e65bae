"""Who works where in the offices of a region: to whom a step can be given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from livinglab.casework.models import Seat, Task
from livinglab.casework.queries.seats import covers
from livinglab.kernel.kept_queries import ALL, KeptModels
from livinglab.organizations.queries import members


@dataclass(frozen=True, slots=True)
class Colleagues:
    """The seats that are held in an organisation by people who hold a role there still, and their names."""

    seats: tuple[Seat, ...]
    names: Mapping[UUID, str]

    def fit(self, tasks: Iterable[Task]) -> tuple[tuple[UUID, str], ...]:
        """This function will return who may do one of these steps at least, by name."""
        tasks = tuple(tasks)
        ids = {seat.user_id for seat in self.seats if any(covers(seat, one) for one in tasks)}
        return tuple((one, name) for one, name in self.names.items() if one in ids)


def colleagues(organization_id: UUID) -> Colleagues:
    """This function will return who works in an organisation's offices. One query."""
    seats = tuple(one for one in _HELD.read(organization_id) if getattr(one, "address", None))
    named = {one.user_id: str(getattr(one, "person", "") or getattr(one, "address", "")) for one in seats}
    return Colleagues(seats, dict(sorted(named.items(), key=lambda pair: pair[1])))


def _held(organization_id: UUID) -> "QuerySet[Seat]":
    """Return the seats held now, each with the name and address of who holds it and a role there still."""
    held = members(organization_id).filter(user_id=OuterRef("user_id"), user__is_active=True).order_by()
    rows = Seat.objects.filter(organization_id=organization_id, ended_at__isnull=True)
    return rows.annotate(
        person=Subquery(held.values("user__name")[:1]), address=Subquery(held.values("user__email")[:1])
    )


_HELD: Final = KeptModels(_held, UUID(int=1), model=Seat, parts={"": ALL}, extra=("person", "address"))
