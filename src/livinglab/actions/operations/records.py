"""An action locked for a write, with its plan."""

from datetime import datetime
from uuid import UUID

from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.queries.places import Place
from livinglab.audit import operations as audit


class UnknownAction(Exception):
    """The region has no such action, plan, milestone or contribution."""


def lock_action(organization_id: UUID, action_id: UUID) -> tuple[Action, ActionPlan]:
    """This function will return an action and its plan, the action locked until the transaction ends.

    Call it inside the region's transaction. Errors: `UnknownAction`.
    """
    rows = Action.objects.filter(organization_id=organization_id, id=action_id)
    action = rows.select_for_update().first()
    if action is None:
        raise UnknownAction(action_id)
    return action, ActionPlan.objects.get(organization_id=organization_id, id=action.plan_id)


def record(place: Place, name: str, action: Action, *, at: datetime, **facts: object) -> None:
    """This function will write what was done with an action into the trail; facts hold no texts of people."""
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action=f"actions.{name}",
        subject=str(action.id),
        facts={"indicator": action.indicator, "level": action.to_level, **facts},
    )
