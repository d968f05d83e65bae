"""Ratings of commitments at their end, by somebody of neither party."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.visits import policies
from livinglab.visits.domain.kinds import CommitmentState, Completion, Potential
from livinglab.visits.models import Rating
from livinglab.visits.operations.commitments import lock_commitment
from livinglab.visits.operations.records import record, refusal_of_length
from livinglab.visits.queries.parties import actor_of, parties_to, was_ever_a_party

LONGEST_REASON: Final = 4000


def rate(
    *,
    commitment_id: UUID,
    potential: Potential | None,
    completion: Completion | None,
    reason: str,
    by: User,
    at: datetime,
) -> Rating:
    """This function will keep what somebody of neither party says of an ended commitment, once.

    Errors: `Refused` by the policy, without a choice on either scale, and without a reason; `UnknownCommitment`.
    The database refuses a party's rating too (`a_party_does_not_rate`), whoever writes it.
    """
    reason = storable(reason)
    with tenancy(None):
        commitment = lock_commitment(commitment_id)
        parties = parties_to(commitment)
        ensure(
            policies.may_rate(
                actor_of(by),
                was_a_party=was_ever_a_party(by.id, parties),
                state=CommitmentState(commitment.state),
                has_rated=Rating.objects.filter(commitment=commitment, rater=by).exists(),
            )
        )
        if potential is None:
            raise Refused(Refusal("potential_missing", _("Choose what the commitment could bring.")))
        if completion is None:
            raise Refused(Refusal("completion_missing", _("Choose how far the commitment was kept.")))
        if not reason:
            raise Refused(Refusal("reason_missing", _("Say why: what did you see, and where?")))
        ensure(refusal_of_length("reason", reason, LONGEST_REASON))
        rating = Rating.objects.create(
            commitment=commitment,
            rater=by,
            potential=potential,
            completion=completion,
            reason=reason,
            rated_at=at,
        )
        facts = {"potential": potential, "completion": completion}
        record(parties, "visits.commitment_rated", commitment.id, by=by.id, at=at, facts=facts)
    return rating
