"""The row of a case, locked: what every write about it begins with."""

from collections.abc import Iterable
from uuid import UUID

from livinglab.casework.models import Case


class UnknownCase(Exception):
    """The organisation has no such case."""


def lock_case(organization_id: UUID, case_id: UUID) -> Case:
    """This function will return a case with its version, locked until the transaction ends. Errors: `UnknownCase`."""
    row = (
        Case.objects.select_for_update(of=("self",))
        .select_related("version", "service")
        .defer("version__content")
        .filter(organization_id=organization_id, id=case_id)
        .first()
    )
    if row is None:
        raise UnknownCase(case_id)
    return row


def lock_cases(organization_id: UUID, case_ids: Iterable[UUID]) -> None:
    """This function will lock several cases in one order, before a transaction writes about each.

    Whoever locks them one by one, with entries of the trail between, could wait for somebody who waits for them.
    """
    rows = Case.objects.select_for_update(of=("self",)).filter(
        organization_id=organization_id, id__in=list(case_ids)
    )
    list(rows.order_by("id").values_list("id", flat=True))
