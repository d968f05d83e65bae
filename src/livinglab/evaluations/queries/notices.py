"""What somebody was told lately of the work of others."""

from datetime import datetime
from typing import Final
from uuid import UUID

from livinglab.evaluations.domain.notices import SHOWN_FOR
from livinglab.evaluations.models import Notice

MOST: Final = 20


def notices_for(user_id: UUID, *, now: datetime, organization_id: UUID | None = None) -> list[Notice]:
    """This function will return what a person was told in the last 14 days, newest first, at most 20. One query.

    With `organization_id` only what concerns that organisation.
    """
    found = Notice.objects.filter(user_id=user_id, at__gt=now - SHOWN_FOR)
    if organization_id is not None:
        found = found.filter(participation__organization_id=organization_id)
    found = found.select_related("participation__organization")
    return list(found.order_by("-at", "indicator")[:MOST])
