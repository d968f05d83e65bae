"""Who may do what with visits and commitments. Each policy returns None or a Refusal: for the button and the write."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.visits.domain.kinds import CommitmentState
from livinglab.visits.domain.parties import Actor, Parties, sides_of
from livinglab.visits.domain.process import (
    TAKEN_BY,
    TOOK_PLACE,
    Side,
    VisitState,
    VisitStepTaken,
    next_state,
)

_SIDE_WORDS: Final[Mapping[frozenset[Side], Promise]] = {
    frozenset({Side.HOST}): _("Only the host takes this step."),
    frozenset({Side.VISITOR}): _("Only the visitor takes this step."),
    frozenset({Side.HOST, Side.VISITOR}): _("Only the host and the visitor take this step."),
}


def may_ask(actor: Actor, *, host_id: UUID, visitor_id: UUID) -> Refusal | None:
    """This function will return why somebody may not ask a host for a visit in the name of a visitor."""
    if visitor_id not in actor.acts_for:
        return Refusal(
            "not_for_the_visitor",
            _(
                "A visit is asked for by the head of region, the coordinator or the responsible officer of "
                "the visitor; for a ministry by its officer."
            ),
        )
    if visitor_id == host_id:
        return Refusal("own_region", _("Nobody visits the own region. Choose another host."))
    return None


def may_receive(actor: Actor, *, host_id: UUID) -> Refusal | None:
    """This function will return why somebody may not enter a guest that is not on the platform."""
    if host_id in actor.acts_for:
        return None
    return Refusal("not_for_the_host", _("Only the host enters a guest that is not on the platform."))


def may_read(actor: Actor | None, parties: Parties, *, state: VisitState) -> Refusal | None:
    """This function will return why somebody may not see a visit: before it is held, it is its parties' own."""
    if state in TOOK_PLACE:
        return None
    return may_read_texts(actor, parties)


def may_read_texts(actor: Actor | None, parties: Parties) -> Refusal | None:
    """This function will return why somebody may not read purpose, minutes and reasons of a visit.

    The two parties do, and the ministry that supervises; no figure for everybody holds what people wrote.
    """
    if actor is not None and (actor.is_ministry or parties.ids & actor.reads_for):
        return None
    return Refusal("no_part", _("What was written is read by the two parties and the ministry."))


def may_read_own(actor: Actor, *, organization_id: UUID) -> Refusal | None:
    """This function will return why somebody may not list an organisation's visits before they take place."""
    if actor.is_ministry or organization_id in actor.reads_for:
        return None
    return Refusal("not_a_member", _("Only those who work for this organisation and the ministry see this."))


def may_take_step(
    actor: Actor, parties: Parties, step: VisitStepTaken, *, state: VisitState, has_minutes: bool
) -> Refusal | None:
    """This function will return why this person may not take this step with this visit now."""
    if next_state(state, step) is None:
        return Refusal("not_in_this_state", _("This step does not follow from where the visit stands."))
    wanted = TAKEN_BY[step] - {Side.TIME}
    if not wanted & sides_of(actor, parties):
        return Refusal("not_your_step", _SIDE_WORDS[wanted])
    if step is VisitStepTaken.MINUTE and has_minutes:
        return Refusal("minuted_already", _("The minutes are written already."))
    return None


def may_commit(actor: Actor, parties: Parties, *, state: VisitState, has_minutes: bool) -> Refusal | None:
    """This function will return why this person may not enter the commitment that a visit ends in."""
    if parties.visitor_id is None:
        return Refusal(
            "not_on_the_platform",
            _("This visitor is not on the platform. Its host invites it by a link to sign its commitment."),
        )
    if next_state(state, VisitStepTaken.COMMIT) is None or not has_minutes:
        return Refusal("minutes_first", _("A commitment follows the minutes of the visit. Write them first."))
    return may_sign(actor, organization_id=parties.visitor_id)


def may_commit_alone(actor: Actor, *, organization_id: UUID) -> Refusal | None:
    """This function will return why somebody may not enter a commitment that no visit came before."""
    return may_sign(actor, organization_id=organization_id)


def may_invite(actor: Actor, parties: Parties, *, state: VisitState, has_minutes: bool) -> Refusal | None:
    """This function will return why somebody may not invite the guest of a visit to sign its commitment by a link."""
    if parties.visitor_id is not None:
        return Refusal("on_the_platform", _("This visitor is on the platform and signs for itself."))
    if next_state(state, VisitStepTaken.COMMIT) is None or not has_minutes:
        return Refusal("minutes_first", _("A commitment follows the minutes of the visit. Write them first."))
    if parties.host_id not in actor.acts_for:
        return Refusal("not_for_the_host", _("Only the host invites its guest to sign."))
    return None


def may_revoke_invitation(actor: Actor, parties: Parties) -> Refusal | None:
    """This function will return why somebody may not take back the link by which a guest signs."""
    if parties.host_id in actor.acts_for:
        return None
    return Refusal("not_for_the_host", _("Only the host invites its guest to sign."))


def may_sign(actor: Actor, *, organization_id: UUID) -> Refusal | None:
    """This function will return why somebody may not enter what an organisation's head signed."""
    if organization_id in actor.signs_for:
        return None
    return Refusal(
        "not_a_signer", _("Only the head of region or the coordinator enters what the head of region signed.")
    )


def may_end_early(actor: Actor, *, organization_id: UUID, state: CommitmentState) -> Refusal | None:
    """This function will return why somebody may not withdraw a commitment."""
    if state is not CommitmentState.SIGNED:
        return Refusal("not_in_force", _("This commitment is not in force any more."))
    return may_sign(actor, organization_id=organization_id)


def may_put_into_plan(*, is_keeper: bool, state: CommitmentState) -> Refusal | None:
    """This function will return why somebody may not tie the region's actions to a commitment, also to an ended one.

    `is_keeper`: whether this person changes everything in the region's action plan, as `actions` says.
    """
    if not is_keeper:
        words = _("Only the coordinator, the responsible officer and the planning agency change this.")
        return Refusal("not_a_keeper", words)
    if state is CommitmentState.WITHDRAWN:
        words = _("This commitment was withdrawn, so no action keeps it. Choose one that was not.")
        return Refusal("commitment_withdrawn", words)
    return None


def may_rate(actor: Actor, *, was_a_party: bool, state: CommitmentState, has_rated: bool) -> Refusal | None:
    """This function will return why somebody may not rate a commitment: only its end, and nobody of a party.

    Who once belonged to a party belongs to it here too; the database refuses the row as well.
    """
    if was_a_party:
        return Refusal(
            "a_party", _("Somebody of neither party rates. You belong or belonged to one of the two.")
        )
    if not actor.is_rater:
        return Refusal("not_a_rater", _("A commitment is rated by the ministry, a mentor or another region."))
    if state is CommitmentState.SIGNED:
        return Refusal("not_ended", _("A commitment is rated at its end, or when it was withdrawn."))
    if has_rated:
        return Refusal("rated_already", _("You have rated this commitment already."))
    return None


def may_keep_cohorts(actor: Actor) -> Refusal | None:
    """This function will return why somebody may not make cohorts and name their members: a ministry does."""
    if actor.is_ministry:
        return None
    return Refusal("not_the_ministry", _("Only a ministry makes cohorts and names their members."))
