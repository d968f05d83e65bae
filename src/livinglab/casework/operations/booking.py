"""Places in an hour, held by cases: counted for the service and its counter, within the transaction of the move.

However many take the last place at once, one gets it: each place of an hour has a number that is unique, and whoever
finds theirs taken meanwhile looks again. Cases that take several places in one move take turns, so that no two of them
wait for each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from livinglab.casework.models import Booking, Case, Service
from livinglab.casework.queries.bookings import held
from livinglab.casework.queries.running import package_of
from livinglab.kernel.identifiers import new_id
from livinglab.packages.domain.bookings import Slot, steps_of

#: takes the first place that nobody holds, where fewer are held than there are; nothing where somebody was faster
_TAKE = """
WITH held AS (
  SELECT nth FROM casework_booking
  WHERE organization_id = %(organization)s AND service_id = %(service)s AND counter = %(counter)s
    AND day = %(day)s AND minute = %(minute)s AND ended_at IS NULL
), place AS (
  SELECT nth FROM generate_series(1, %(most)s) AS nth
  WHERE nth NOT IN (SELECT nth FROM held) AND (SELECT count(*) FROM held) < %(most)s ORDER BY nth LIMIT 1
), taken AS (
  INSERT INTO casework_booking (id, organization_id, case_id, service_id, step, counter, day, minute, nth)
  SELECT %(id)s, %(organization)s, %(case)s, %(service)s, %(step)s, %(counter)s, %(day)s, %(minute)s, nth FROM place
  ON CONFLICT (organization_id, service_id, counter, day, minute, nth) WHERE ended_at IS NULL DO NOTHING RETURNING nth
)
SELECT EXISTS (SELECT 1 FROM place), EXISTS (SELECT 1 FROM taken)
"""


@dataclass(frozen=True, slots=True)
class CountedPlaces:
    """The places of a region's service, as one of its cases takes them.

    `is_several`: its process has more than one step that books, so that one move may hold a place and wait for another.
    """

    organization_id: UUID
    service_id: UUID
    case_id: UUID
    is_several: bool = False

    def held(self, counter: str, first: date, last: date) -> Mapping[Slot, int]:
        """This function will return how many places are held in each hour of these days that has any. One query."""
        return held(self.service_id, counter, first, last)

    def take(self, step: str, counter: str, slot: Slot, *, most: int) -> bool:
        """This function will hold a place for a step of the case, and tell whether there was one.

        Whoever takes the same place in another transaction is waited for; then the next one is tried.
        """
        if self.is_several:
            self._take_turns()
        self.leave(step)
        said: dict[str, Any] = {
            "organization": self.organization_id,
            "service": self.service_id,
            "case": self.case_id,
            "step": step,
            "counter": counter,
            "day": slot.day,
            "minute": slot.minute,
            "most": most,
        }
        with connection.cursor() as cursor:
            while True:
                cursor.execute(_TAKE, {**said, "id": new_id()})
                row = cursor.fetchone()
                assert row is not None, "two answers are always there"
                was_free, is_taken = row
                if is_taken or not was_free:
                    return bool(is_taken)

    def leave(self, step: str) -> None:
        """This function will give back what a step of the case held before."""
        Booking.objects.filter(case_id=self.case_id, step=step).delete()

    def give_back(self) -> None:
        """This function will give back every place that the case holds, and keep nothing of it."""
        Booking.objects.filter(case_id=self.case_id).delete()

    def _take_turns(self) -> None:
        """Wait until no other case of the service that takes several is under way; others need no turn."""
        rows = Service.objects.select_for_update(no_key=True).filter(id=self.service_id)
        rows.values_list("id").first()

    def end(self, *, at: datetime) -> None:
        """This function will free every place that the case holds, since it ended; the day's list still names it."""
        Booking.objects.filter(case_id=self.case_id, ended_at__isnull=True).update(ended_at=at)


def places_of(row: Case) -> CountedPlaces:
    """This function will return what counts places for a case."""
    is_several = sum(1 for _step in steps_of(package_of(row.version))) > 1
    return CountedPlaces(row.organization_id, row.service_id, row.id, is_several)
