"""A guest that is not on the platform signs what its visit ends in: invited by its host, by a link that holds once."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.kernel.clock import day_of
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.visits import policies
from livinglab.visits.domain.invitations import expiry_of
from livinglab.visits.domain.kinds import Occasion
from livinglab.visits.domain.process import VisitState, VisitStepTaken, next_state
from livinglab.visits.models import Commitment, Invitation
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
    refusal_of_length,
    take,
    zone_of,
)
from livinglab.visits.queries.invitations import find_invitation, sealed, token_hash
from livinglab.visits.queries.parties import actor_of, parties_of

_BYTES: Final = 32
LONGEST_FUNCTION: Final = 160


class UnknownInvitation(Exception):
    """The token opens nothing: forged, used, revoked, expired, or its visit does not await a commitment any more."""


def invite(*, visit_id: UUID, by: User, at: datetime) -> str:
    """This function will make the link by which the guest of a visit signs, and return its token: only now known.

    A link that was open before stops working. Errors: `Refused` by the policy; `UnknownVisit`.
    """
    secret = secrets.token_urlsafe(_BYTES)
    with tenancy(None):
        visit = lock_visit(visit_id)
        ensure(
            policies.may_invite(
                actor_of(by),
                parties_of(visit),
                state=VisitState(visit.state),
                has_minutes=bool(visit.minutes),
            )
        )
        _revoke(visit_id, at)
        invitation = Invitation.objects.create(
            visit=visit,
            token_hash=token_hash(secret),
            made_at=at,
            made_by=by.id,
            expires_at=expiry_of(at),
        )
        facts = {"invitation": str(invitation.id)}
        record(parties_of(visit), "visits.guest_invited", visit.id, by=by.id, at=at, facts=facts)
    return sealed(secret)


def revoke(*, visit_id: UUID, by: User, at: datetime) -> bool:
    """This function will end the open link of a visit's guest and say whether there was one.

    Errors: `Refused` by the policy; `UnknownVisit`.
    """
    with tenancy(None):
        visit = lock_visit(visit_id)
        ensure(policies.may_revoke_invitation(actor_of(by), parties_of(visit)))
        ended = _revoke(visit_id, at)
        if ended:
            record(parties_of(visit), "visits.invitation_revoked", visit.id, by=by.id, at=at)
    return ended


def sign_as_guest(*, token: str, paper: Paper, function: str, at: datetime) -> Commitment:
    """This function will enter what the holder of a link signs for a guest; the link then holds no more.

    `paper.signer` and `function` name the person who signed. Errors: `UnknownInvitation`, `Refused` for a paper that
    is incomplete and for promises that cannot hold, as `commitments.sign` does.
    """
    function = one_line(function)
    with tenancy(None):
        known = find_invitation(token, at=at)
        if known is None:
            raise UnknownInvitation
        visit = lock_visit(known.visit_id)
        # the visit is locked now: who used or revoked the link meanwhile has ended
        invitation = find_invitation(token, at=at)
        if invitation is None or next_state(VisitState(visit.state), VisitStepTaken.COMMIT) is None:
            raise UnknownInvitation
        paper = tidy(paper)
        today = day_of(at, zone_of(visit.host_id))
        ensure(_refusal_of_function(function))
        ensure(refusal_of_paper(paper, held_on=visit.held_on, today=today))
        ensure(refusal_of_promises(paper, organization_id=None, today=today))
        commitment_id = new_id()
        facts = {
            "number": paper.number,
            "steps": len(paper.promises),
            "kind": visit.visitor_kind,
            "invitation": str(invitation.id),
        }
        record(parties_of(visit), "visits.guest_committed", commitment_id, by=None, at=at, facts=facts)
        promiser = Promiser(None, Occasion.VISIT, visit, function=function, is_synthetic=visit.is_synthetic)
        commitment = store(commitment_id, paper, promiser, at)
        invitation.used_at = at
        invitation.save(update_fields=["used_at"])
        take(visit, VisitStepTaken.COMMIT, by=None, at=at)
    return commitment


def _revoke(visit_id: UUID, at: datetime) -> bool:
    rows = Invitation.objects.filter(visit_id=visit_id, used_at__isnull=True, revoked_at__isnull=True)
    return bool(rows.update(revoked_at=at))


def _refusal_of_function(function: str) -> Refusal | None:
    if not function:
        return Refusal("function_missing", _("Enter the function of who signed, such as director."))
    return refusal_of_length("function", function, LONGEST_FUNCTION)
