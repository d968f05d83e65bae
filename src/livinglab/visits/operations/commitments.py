"""Commitments: what the head of region signed, after a visit or without one, withdrawn or come to its end."""

from datetime import datetime
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.kernel.clock import day_of
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.visits import policies
from livinglab.visits.domain.kinds import CommitmentState, Occasion
from livinglab.visits.domain.parties import Parties
from livinglab.visits.domain.process import VisitState, VisitStepTaken
from livinglab.visits.models import Commitment
from livinglab.visits.operations.papers import (
    Paper,
    Promiser,
    refusal_of_paper,
    refusal_of_promises,
    store,
    tidy,
)
from livinglab.visits.operations.records import (
    lock_visit,
    one_line,
    record,
    refusal_of_reason,
    take,
    zone_of,
)
from livinglab.visits.queries.commitments import commitments, ended_early
from livinglab.visits.queries.parties import actor_of, parties_of, parties_to, signing_side

__all__ = [
    "Paper",
    "UnknownCommitment",
    "end_over",
    "lock_commitment",
    "sign",
    "sign_alone",
    "withdraw",
]


class UnknownCommitment(Exception):
    """There is no such commitment."""


def sign(*, visit_id: UUID, paper: Paper, by: User, at: datetime) -> Commitment:
    """This function will enter the signed commitment that a visit ends in; after "no follow-up" it comes late.

    Errors: `Refused` by the policy, for a paper that is incomplete, for a day of signing before the visit or to
    come, for an end that is past, and for promises that cannot hold (`domain.promises.Fault`) or that another
    commitment in force makes already; each message names the nearest choice. `UnknownVisit`.
    """
    with tenancy(None):
        visit = lock_visit(visit_id)
        state = VisitState(visit.state)
        ensure(
            policies.may_commit(actor_of(by), parties_of(visit), state=state, has_minutes=bool(visit.minutes))
        )
        paper = tidy(paper)
        assert visit.visitor_id is not None, "the policy lets none commit that is not on the platform"
        today = day_of(at, zone_of(visit.visitor_id))
        ensure(refusal_of_paper(paper, held_on=visit.held_on, today=today))
        ensure(refusal_of_promises(paper, organization_id=visit.visitor_id, today=today))
        facts = {"number": paper.number, "steps": len(paper.promises)}
        commitment_id = new_id()
        # the trail first, its figures after it: in this order everybody locks them
        record(parties_of(visit), "visits.commitment_signed", commitment_id, by=by.id, at=at, facts=facts)
        is_synthetic = visit.is_synthetic or by.is_synthetic
        promiser = Promiser(visit.visitor_id, Occasion.VISIT, visit, by.id, is_synthetic=is_synthetic)
        commitment = store(commitment_id, paper, promiser, at)
        take(visit, VisitStepTaken.COMMIT, by=by.id, at=at)
    return commitment


def sign_alone(
    *, organization: Organization, occasion: Occasion, paper: Paper, by: User, at: datetime
) -> Commitment:
    """This function will enter a commitment without a visit: of the region itself, or of a meeting of leaders.

    It is counted under its occasion and never as following up a visit. Errors: `Refused` by the policy, and for a
    paper and promises as `sign` refuses them; ValueError for the occasion of a visit.
    """
    if occasion is Occasion.VISIT:
        raise ValueError("a commitment after a visit is signed with the visit")
    with tenancy(None):
        ensure(policies.may_commit_alone(actor_of(by), organization_id=organization.id))
        paper = tidy(paper)
        today = day_of(at, organization.zone)
        ensure(refusal_of_paper(paper, held_on=None, today=today))
        ensure(refusal_of_promises(paper, organization_id=organization.id, today=today))
        commitment_id = new_id()
        facts = {"number": paper.number, "steps": len(paper.promises), "occasion": occasion}
        parties = Parties(host_id=None, visitor_id=organization.id)
        record(parties, "visits.commitment_signed", commitment_id, by=by.id, at=at, facts=facts)
        is_synthetic = organization.is_synthetic or by.is_synthetic
        promiser = Promiser(organization.id, occasion, by=by.id, is_synthetic=is_synthetic)
        return store(commitment_id, paper, promiser, at)


def withdraw(*, commitment_id: UUID, reason: str, by: User, at: datetime) -> Commitment:
    """This function will take back a commitment in force, which stays in sight with its reason for the parties.

    Errors: `Refused` by the policy and without a reason; `UnknownCommitment`.
    """
    reason = one_line(reason)
    with tenancy(None):
        commitment = lock_commitment(commitment_id)
        ensure(
            policies.may_end_early(
                actor_of(by),
                organization_id=signing_side(commitment),
                state=CommitmentState(commitment.state),
            )
        )
        ensure(refusal_of_reason(reason))
        commitment.state, commitment.withdrawn_reason = CommitmentState.WITHDRAWN, reason
        commitment.save(update_fields=["state", "withdrawn_reason"])
        record(parties_to(commitment), "visits.commitment_withdrawn", commitment.id, by=by.id, at=at)
    return commitment


def end_over(*, at: datetime) -> int:
    """This function will end every commitment whose last day is over or whose promises are all kept, to be rated.

    Returns how many. Running it again changes nothing.
    """
    today = day_of(at)
    in_force = list(commitments().filter(state=CommitmentState.SIGNED).order_by("id"))
    kept = frozenset(ended_early(in_force, today=today))
    ended = 0
    for commitment_id in [one.id for one in in_force if one.ends_on < today or one.id in kept]:
        with tenancy(None):
            commitment = lock_commitment(commitment_id)
            if commitment.state != CommitmentState.SIGNED:  # withdrawn meanwhile
                continue
            commitment.state = CommitmentState.ENDED
            commitment.save(update_fields=["state"])
            record(parties_to(commitment), "visits.commitment_ended", commitment.id, by=None, at=at)
            ended += 1
    return ended


def lock_commitment(commitment_id: UUID) -> Commitment:
    """This function will return a commitment with its visit, locked. Errors: `UnknownCommitment`."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("visit")
    row = rows.filter(id=commitment_id).first()
    if row is None:
        raise UnknownCommitment(commitment_id)
    return row
