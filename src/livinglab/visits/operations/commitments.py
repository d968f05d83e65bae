"""Commitments: what the head of a region signed at the end of a visit, withdrawn or come to its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.visits import policies
from livinglab.visits.domain.kinds import CommitmentState
from livinglab.visits.domain.process import VisitState, VisitStepTaken
from livinglab.visits.domain.promises import Clash, Fault, Promised, first_clash
from livinglab.visits.models import Commitment, CommitmentStep, Visit
from livinglab.visits.operations.records import (
    lock_visit,
    on,
    one_line,
    record,
    refusal_of_length,
    refusal_of_reason,
    refusal_of_steps,
    take,
    zone_of,
)
from livinglab.visits.queries.commitments import commitments, ended_early
from livinglab.visits.queries.levels import known_levels
from livinglab.visits.queries.parties import actor_of, parties_of, parties_to

_LONGEST: Final[Mapping[str, int]] = {"title": 160, "number": 80, "signer": 160}
_MISSING: Final[Mapping[str, Promise]] = {
    "title": _("Give the commitment a title."),
    "number": _("Enter the number of the signed paper."),
    "signer": _("Enter the name of the head of region as it stands on the paper."),
}
_FAULTS: Final[Mapping[Fault, Promise]] = {
    Fault.NONE_NAMED: _("Promise at least one step, with its day."),
    Fault.TWICE: _("Indicator %(indicator)s to level %(level)s is promised twice. Keep one of the two."),
    Fault.PAST: _(
        "The day for indicator %(indicator)s to level %(level)s is past. The nearest day is %(nearest)s."
    ),
    Fault.AFTER_END: _(
        "The day for indicator %(indicator)s to level %(level)s is after the commitment ends. "
        "The nearest day is %(nearest)s."
    ),
    Fault.BEFORE_LOWER: _(
        "Indicator %(indicator)s cannot reach level %(level)s before level %(other)s. "
        "The nearest day is %(nearest)s."
    ),
    Fault.HELD: _(
        "Indicator %(indicator)s has level %(level)s already. The nearest step is to level %(other)s."
    ),
}


class UnknownCommitment(Exception):
    """There is no such commitment."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the signed paper says."""

    title: str
    number: str
    signer: str
    signed_on: date | None
    ends_on: date | None
    instrument: str
    promises: tuple[Promised, ...]


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
        paper = _tidy(paper)
        assert visit.visitor_id is not None, "the policy lets none commit that is not on the platform"
        today = day_of(at, zone_of(visit.visitor_id))
        ensure(_refusal_of_paper(paper, visit, today))
        ensure(_refusal_of_promises(paper, visit.visitor_id, today))
        commitment = _store(paper, visit, by, at)
        take(visit, VisitStepTaken.COMMIT, by=by.id, at=at)
        facts = {"number": paper.number, "steps": len(paper.promises)}
        record(parties_of(visit), "visits.commitment_signed", commitment.id, by=by.id, at=at, facts=facts)
    return commitment


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
                organization_id=commitment.organization_id,
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


def _tidy(paper: Paper) -> Paper:
    return Paper(
        one_line(paper.title),
        one_line(paper.number),
        one_line(paper.signer),
        paper.signed_on,
        paper.ends_on,
        paper.instrument,
        paper.promises,
    )


def _store(paper: Paper, visit: Visit, by: User, at: datetime) -> Commitment:
    assert visit.visitor_id is not None, "the policy lets none commit that is not on the platform"
    assert paper.signed_on is not None, "the paper was asked before"
    assert paper.ends_on is not None, "the paper was asked before"
    commitment = Commitment.objects.create(
        organization_id=visit.visitor_id,
        visit=visit,
        title=paper.title,
        number=paper.number,
        signed_by_name=paper.signer,
        signed_on=paper.signed_on,
        ends_on=paper.ends_on,
        is_synthetic=visit.is_synthetic or by.is_synthetic,
        entered_at=at,
        entered_by=by.id,
    )
    CommitmentStep.objects.bulk_create(
        CommitmentStep(
            commitment=commitment,
            instrument=paper.instrument,
            indicator=one.step.indicator,
            to_level=one.step.to_level,
            due_on=one.due_on,
            manner=one.manner or "",
        )
        for one in paper.promises
    )
    return commitment


def _refusal_of_paper(paper: Paper, visit: Visit, today: date) -> Refusal | None:
    texts = {"title": paper.title, "number": paper.number, "signer": paper.signer}
    for what, text in texts.items():
        if not text:
            return Refusal(f"{what}_missing", _MISSING[what])
        if (refusal := refusal_of_length(what, text, _LONGEST[what])) is not None:
            return refusal
    if paper.signed_on is None or paper.ends_on is None:
        return Refusal("days_of_paper_missing", _("Enter the day of signing and the last day."))
    if paper.signed_on > today:
        words = _("The paper cannot be signed after today. The nearest day is %(nearest)s.")
        return Refusal("signed_to_come", words % {"nearest": on(today)})
    if visit.held_on is not None and paper.signed_on < visit.held_on:
        words = _("The paper was signed before the visit. The nearest day is %(nearest)s.")
        return Refusal("signed_before_visit", words % {"nearest": on(visit.held_on)})
    if paper.ends_on < today:
        words = _("The last day is past. The nearest last day is %(nearest)s.")
        return Refusal("end_past", words % {"nearest": on(today)})
    return None


def _refusal_of_promises(paper: Paper, organization_id: UUID, today: date) -> Refusal | None:
    if paper.promises:
        refusal = refusal_of_steps(paper.instrument, [one.step for one in paper.promises])
        if refusal is not None:
            return refusal
    assert paper.ends_on is not None, "the paper was asked before"
    held = known_levels(organization_id, paper.instrument)
    clash = first_clash(paper.promises, today=today, ends_on=paper.ends_on, held=held)
    if clash is not None:
        return _in_words(clash)
    return _refusal_of_double(paper, organization_id)


def _refusal_of_double(paper: Paper, organization_id: UUID) -> Refusal | None:
    others = CommitmentStep.objects.filter(
        commitment__organization_id=organization_id,
        commitment__state=CommitmentState.SIGNED,
        instrument=paper.instrument,
    ).select_related("commitment")
    known = {(one.indicator, one.to_level): one for one in others}
    for one in paper.promises:
        other = known.get((one.step.indicator, one.step.to_level))
        if other is not None:
            words = _(
                "Commitment %(number)s promises indicator %(indicator)s to level %(level)s already, until %(day)s. "
                "Leave the step out here."
            )
            said = {"number": other.commitment.number, "day": on(other.due_on)}
            return Refusal(
                "promised_already",
                words % {**said, "indicator": one.step.indicator, "level": one.step.to_level},
            )
    return None


def _in_words(clash: Clash) -> Refusal:
    words = _FAULTS[clash.fault]
    if clash.step is None:
        return Refusal(clash.fault, words)
    said = {
        "indicator": clash.step.indicator,
        "level": clash.step.to_level,
        "other": clash.level,
        "nearest": on(clash.nearest_day) if clash.nearest_day else "",
    }
    return Refusal(clash.fault, words % said)
