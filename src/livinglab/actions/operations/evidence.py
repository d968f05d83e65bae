"""The pieces of the evidence library that an action produced."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.models import Action
from livinglab.actions.operations.actions import touch
from livinglab.actions.operations.projection import project
from livinglab.actions.operations.records import lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.evidence.queries import pieces
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy


def name(*, place: Place, action_id: UUID, piece_id: UUID, at: datetime) -> Action:
    """This function will name a piece of the evidence library as produced by an action; twice changes nothing.

    Errors: `Refused` by the policy and for a piece that the library does not have; `UnknownAction`.
    """
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_work_on(place.actor, action, plan))
        if not pieces(place.organization.id).filter(id=piece_id).exists():
            words = _("This piece of evidence is not in the library, or was withdrawn.")
            raise Refused(Refusal("piece_unknown", words))
        if str(piece_id) not in action.evidence_pieces:
            action.evidence_pieces = [*action.evidence_pieces, str(piece_id)]
            touch(action, ["evidence_pieces"], by=place.actor.user_id, at=at)
            record(place, "evidence_named", action, at=at, piece=str(piece_id))
            project(plan, [action], at=at)
    return action


def take_back(*, place: Place, action_id: UUID, piece_id: UUID, at: datetime) -> Action:
    """This function will no longer name a piece as produced by an action; the library keeps it.

    Errors: `Refused` by the policy, `UnknownAction`.
    """
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_work_on(place.actor, action, plan))
        if str(piece_id) in action.evidence_pieces:
            action.evidence_pieces = [one for one in action.evidence_pieces if one != str(piece_id)]
            touch(action, ["evidence_pieces"], by=place.actor.user_id, at=at)
            record(place, "evidence_unnamed", action, at=at, piece=str(piece_id))
            project(plan, [action], at=at)
    return action
