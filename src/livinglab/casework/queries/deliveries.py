"""Messages on their way, for who answers for a region's services."""

from uuid import UUID

from django.db.models import QuerySet

from livinglab.casework.domain.deliveries import DeliveryState
from livinglab.casework.models import Delivery
from livinglab.casework.queries.inbox import MOST_COUNTED


def deliveries(organization_id: UUID, state: DeliveryState) -> "QuerySet[Delivery]":
    """This function will return the messages that stand so, the newest first, with their case and text."""
    rows = Delivery.objects.select_related("case", "message").defer("case__state")
    return rows.filter(organization_id=organization_id, state=state).order_by("-made_at", "-id")


def failed(organization_id: UUID) -> int:
    """This function will count the messages that could not be told, up to one more than an inbox counts. One query."""
    rows = Delivery.objects.filter(organization_id=organization_id, state=DeliveryState.FAILED)
    return rows[: MOST_COUNTED + 1].count()
