"""What a signed paper says: taken as it was typed, refused with the nearest choice, and kept with its promises."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.visits.domain.kinds import CommitmentState, Occasion
from livinglab.visits.domain.promises import Clash, Fault, Promised, first_clash
from livinglab.visits.models import Commitment, CommitmentStep, Visit
from livinglab.visits.operations.records import on, one_line, refusal_of_length, refusal_of_steps
from livinglab.visits.queries.levels import known_levels

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


@dataclass(frozen=True, slots=True)
class Promiser:
    """Who promises and from what: an organisation of the platform, or the guest of a visit (`function` of its signer).

    `by` is who entered it, none where the guest did itself.
    """

    organization_id: UUID | None
    occasion: Occasion
    visit: Visit | None = None
    by: UUID | None = None
    function: str = ""
    is_synthetic: bool = False


def tidy(paper: Paper) -> Paper:
    """This function will return a paper with its texts as they are stored."""
    return replace(
        paper,
        title=one_line(paper.title),
        number=one_line(paper.number),
        signer=one_line(paper.signer),
    )


def store(commitment_id: UUID, paper: Paper, promiser: Promiser, at: datetime) -> Commitment:
    """This function will keep a paper that nothing refuses, with its promises."""
    assert paper.signed_on is not None, "the paper was asked before"
    assert paper.ends_on is not None, "the paper was asked before"
    commitment = Commitment.objects.create(
        id=commitment_id,
        organization_id=promiser.organization_id,
        occasion=promiser.occasion,
        visit=promiser.visit,
        title=paper.title,
        number=paper.number,
        signed_by_name=paper.signer,
        signed_by_function=promiser.function,
        signed_on=paper.signed_on,
        ends_on=paper.ends_on,
        is_synthetic=promiser.is_synthetic,
        entered_at=at,
        entered_by=promiser.by,
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


def refusal_of_paper(paper: Paper, *, held_on: date | None, today: date) -> Refusal | None:
    """This function will return why a paper cannot be taken; `held_on` is the day of the visit before it, if any."""
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
    if held_on is not None and paper.signed_on < held_on:
        words = _("The paper was signed before the visit. The nearest day is %(nearest)s.")
        return Refusal("signed_before_visit", words % {"nearest": on(held_on)})
    if paper.ends_on < today:
        words = _("The last day is past. The nearest last day is %(nearest)s.")
        return Refusal("end_past", words % {"nearest": on(today)})
    return None


def refusal_of_promises(paper: Paper, *, organization_id: UUID | None, today: date) -> Refusal | None:
    """This function will return why promises cannot hold; of a guest nothing is known that they could clash with."""
    if paper.promises:
        refusal = refusal_of_steps(paper.instrument, [one.step for one in paper.promises])
        if refusal is not None:
            return refusal
    assert paper.ends_on is not None, "the paper was asked before"
    held = known_levels(organization_id, paper.instrument) if organization_id is not None else {}
    clash = first_clash(paper.promises, today=today, ends_on=paper.ends_on, held=held)
    if clash is not None:
        return _in_words(clash)
    return _refusal_of_double(paper, organization_id) if organization_id is not None else None


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
