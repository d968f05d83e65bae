"""Who is told what is late: the superior of where it waits, else who answers for the region's services."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from livinglab.accounts.queries import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Seat
from livinglab.casework.queries.seats import ANSWERS_FOR_SERVICES, tasks_below
from livinglab.organizations.queries import members


@dataclass(frozen=True, slots=True)
class Superior:
    """Somebody who is told, and the condition of the steps of which they are."""

    user: User
    below: Q


def superiors(organization_id: UUID) -> tuple[Superior, ...]:
    """This function will return who is told of an organisation's late steps. Two queries.

    A seat of somebody who holds no role any more tells nobody, and what it covers goes to who answers.
    """
    held = [one for one in members(organization_id) if one.user.is_active]
    users = {one.user_id: one.user for one in held}
    rows = Seat.objects.filter(organization_id=organization_id, kind=SeatKind.SUPERIOR, ended_at__isnull=True)
    seats = [one for one in rows if one.user_id in users]
    below = {
        user_id: tasks_below([seat for seat in seats if seat.user_id == user_id])
        for user_id in {seat.user_id for seat in seats}
    }
    left = ~tasks_below(seats)
    for one in held:
        if one.role in ANSWERS_FOR_SERVICES:
            below[one.user_id] = below.get(one.user_id, left) | left
    return tuple(Superior(users[user_id], below[user_id]) for user_id in sorted(below))
