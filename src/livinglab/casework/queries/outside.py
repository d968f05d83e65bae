"""Questions to systems outside, and payments that moved no case, for who answers for a region's services."""

from uuid import UUID

from django.db.models import QuerySet

from livinglab.casework.domain.outside import CallState
from livinglab.casework.models import Bill, OutsideCall
from livinglab.casework.queries.inbox import MOST_COUNTED


def calls(organization_id: UUID, state: CallState) -> "QuerySet[OutsideCall]":
    """This function will return the questions that stand so, the newest first, with their case."""
    rows = OutsideCall.objects.select_related("case").defer("case__state")
    return rows.filter(organization_id=organization_id, state=state).order_by("-made_at", "-id")


def failed(organization_id: UUID) -> int:
    """This function will count the questions that got no answer, up to one more than an inbox counts. One query."""
    rows = OutsideCall.objects.filter(organization_id=organization_id, state=CallState.FAILED)
    return rows[: MOST_COUNTED + 1].count()


def paid_in_vain(organization_id: UUID) -> "QuerySet[Bill]":
    """This function will return the payments by which no case went on, the newest first, with their case."""
    rows = Bill.objects.select_related("case").defer("case__state")
    found = rows.filter(
        organization_id=organization_id, paid_at__isnull=False, went_on_at__isnull=True, amount__gt=0
    )
    return found.order_by("-paid_at", "-id")
