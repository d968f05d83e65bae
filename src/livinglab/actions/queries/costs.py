"""What the steps of a region cost, as its actions say. Call it inside the region's transaction."""

from collections.abc import Collection
from uuid import UUID

from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action
from livinglab.planning.queries import StepKey


def costs_of_steps(organization_id: UUID, instrument: str, keys: Collection[StepKey]) -> dict[StepKey, int]:
    """This function will return the whole rupiah of steps whose action in a plan in force says its cost. One query."""
    rows = Action.objects.filter(
        organization_id=organization_id,
        plan__instrument=instrument,
        plan__closed_at__isnull=True,
        cost__isnull=False,
        indicator__in={indicator for indicator, _level in keys},
    ).exclude(state=ActionState.DROPPED)
    wanted = set(keys)
    found = {(row.indicator, row.to_level): row.cost for row in rows}
    return {key: cost for key, cost in found.items() if key in wanted and cost is not None}
