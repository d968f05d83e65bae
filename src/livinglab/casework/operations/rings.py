"""The clock of all cases: who is due, and letting time move them. A machine that slept finds all of it again."""

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from livinglab.casework.models import Ring
from livinglab.casework.operations.cases import ring
from livinglab.organizations.queries import organizations
from livinglab.packages.queries.cases import BrokenPackage

#: cases that one job moves; what is left waits for the next minute
MOST: Final = 500

_log = logging.getLogger(__name__)


def regions_due(*, at: datetime) -> tuple[UUID, ...]:
    """This function will return the organisations that have cases with a timer due. One query."""
    return tuple(Ring.objects.filter(at__lte=at).values_list("organization_id", flat=True).distinct())


def ring_region(*, organization_id: UUID, at: datetime) -> int:
    """This function will let time move the cases of an organisation that are due, and return how many it moved.

    Each case has a transaction of its own: one that cannot move keeps its ring, is told in the log, and stops no other.
    """
    organization = organizations().get(id=organization_id)
    due = Ring.objects.filter(organization_id=organization_id, at__lte=at).order_by("at")
    moved = 0
    for case_id in list(due.values_list("case_id", flat=True)[:MOST]):
        try:
            ring(organization=organization, case_id=case_id, at=at)
            moved += 1
        except BrokenPackage:
            _log.exception("a case cannot be moved by time", extra={"case": str(case_id)})
    return moved
