"""The internal assessor team of an evaluation. Call this inside the organisation's transaction."""

from uuid import UUID

from livinglab.evaluations.models import TeamSeat


def seats_of(organization_id: UUID, evaluation_id: UUID) -> list[TeamSeat]:
    """This function will return the seats of the team by name. One query."""
    rows = TeamSeat.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return list(rows.order_by("holder"))
