"""How many places of an hour are held."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count

from livinglab.casework.models import Booking
from livinglab.packages.domain.bookings import Slot


def held(
    service_id: UUID, counter: str, first: date, last: date, *, but: UUID | None = None
) -> Mapping[Slot, int]:
    """This function will return how many places of a counter are held in each hour of some days. One query.

    `but` is a case whose own places do not count: it would give them back for another.
    """
    rows = Booking.objects.filter(service_id=service_id, counter=counter, day__range=(first, last))
    rows = rows.exclude(case_id=but) if but else rows
    rows = rows.filter(ended_at__isnull=True)
    counted = rows.values("day", "minute").annotate(number=Count("id")).order_by()
    return {Slot(one["day"], one["minute"]): one["number"] for one in counted}
