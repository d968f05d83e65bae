"""A commitment in the region's own action plan: which actions keep which promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.actions.access import actor_before
from livinglab.actions.operations.commitments import link
from livinglab.actions.queries.places import Place
from livinglab.actions.queries.records import actions_of, plan_in_force
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.visits import policies
from livinglab.visits.domain.kinds import CommitmentState
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.models import Commitment, CommitmentStep
from livinglab.visits.operations.commitments import lock_commitment


@dataclass(frozen=True, slots=True)
class Linked:
    """How many actions keep the commitment now, and which promised steps the plan in force does not have."""

    linked: int
    missing: tuple[StepKey, ...]


def put_into_plan(*, commitment_id: UUID, by: User, at: datetime) -> Linked:
    """This function will tie the actions of the region's plan in force to the promises that they keep.

    An action that keeps another commitment in force stays with that one; one that was withdrawn or has ended holds no
    action. Each link is audited by `actions`. Errors: `Refused` by the policy, without a plan in force, and for a plan
    of another instrument; `UnknownCommitment`.
    """
    with tenancy(None):
        commitment = lock_commitment(commitment_id)
        promises = list(
            CommitmentStep.objects.filter(commitment=commitment).order_by("indicator", "to_level")
        )
        region = commitment.organization
        if region is None:
            words = _("A guest that is not on the platform has no action plan here.")
            raise Refused(Refusal("guest_has_no_plan", words))
        place = Place(region, actor_before(by, region.id))
        state = CommitmentState(commitment.state)
        ensure(policies.may_put_into_plan(is_keeper=place.actor.is_keeper, state=state))
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
            bound = _in_force(one.commitment_id for one in actions.values()) - {commitment.id}
            linked, missing = 0, []
            for one in promises:
                action = actions.get((one.indicator, one.to_level))
                if action is None or action.commitment_id in bound:
                    missing.append(StepKey(one.indicator, one.to_level))
                    continue
                link(place=place, action_id=action.id, commitment_id=commitment.id, at=at)
                linked += 1
    return Linked(linked, tuple(missing))


def _in_force(commitment_ids: Iterable[UUID | None]) -> set[UUID]:
    """Which of these commitments are in force. One query."""
    named = {one for one in commitment_ids if one is not None}
    signed = Commitment.objects.filter(id__in=named, state=CommitmentState.SIGNED)
    return set(signed.values_list("id", flat=True))
