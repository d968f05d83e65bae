"""The row of a case, locked: what every write about it begins with."""

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
