"""Which commitment of a study visit an action keeps. The commitment itself is known to `visits` only."""

from datetime import datetime
from uuid import UUID

from livinglab.actions import policies
from livinglab.actions.models import Action
from livinglab.actions.operations.actions import touch
from livinglab.actions.operations.projection import project
from livinglab.actions.operations.records import lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy


def link(*, place: Place, action_id: UUID, commitment_id: UUID | None, at: datetime) -> Action:
    """This function will tie an action to a commitment by its bare number, or untie it with None.

    The caller knows that the commitment is the region's own. Errors: `Refused` by the policy, `UnknownAction`.
    """
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        if action.commitment_id != commitment_id:
            action.commitment_id = commitment_id
            touch(action, ["commitment_id"], by=place.actor.user_id, at=at)
            record(place, "commitment_linked", action, at=at, commitment=str(commitment_id or ""))
            project(plan, [action], at=at)
    return action
