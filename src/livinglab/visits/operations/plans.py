"""A commitment in the region's own action plan: which actions keep which promise."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.actions.access import actor_before
from livinglab.actions.operations.commitments import link
from livinglab.actions.queries.places import Place
from livinglab.actions.queries.records import actions_of, plan_in_force
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.models import CommitmentStep
from livinglab.visits.operations.commitments import lock_commitment


@dataclass(frozen=True, slots=True)
class Linked:
    """How many actions keep the commitment now, and which promised steps the plan in force does not have."""

    linked: int
    missing: tuple[StepKey, ...]


def put_into_plan(*, commitment_id: UUID, by: User, at: datetime) -> Linked:
    """This function will tie the actions of the region's plan in force to the promises that they keep.

    An action that keeps another commitment stays with that one. Each link is audited by `actions`. Errors: `Refused`
    by the policy of `actions`, without a plan in force, and for a plan of another instrument; `UnknownCommitment`.
    """
    with tenancy(None):
        commitment = lock_commitment(commitment_id)
        promises = list(
            CommitmentStep.objects.filter(commitment=commitment).order_by("indicator", "to_level")
        )
        region = commitment.organization
        with tenancy(region.id):
            plan = plan_in_force(region.id)
            if plan is None:
                raise Refused(
                    Refusal(
                        "no_plan", _("There is no action plan in force. Make a plan and accept it first.")
                    )
                )
            if any(one.instrument != plan.instrument for one in promises):
                words = _("The plan in force is for another instrument than the promised steps.")
                raise Refused(Refusal("another_instrument", words))
            actions = {(one.indicator, one.to_level): one for one in actions_of(region.id, plan.id)}
            place = Place(region, actor_before(by, region.id))
            linked, missing = 0, []
            for one in promises:
                action = actions.get((one.indicator, one.to_level))
                if action is None or action.commitment_id not in (None, commitment.id):
                    missing.append(StepKey(one.indicator, one.to_level))
                    continue
                link(place=place, action_id=action.id, commitment_id=commitment.id, at=at)
                linked += 1
    return Linked(linked, tuple(missing))
