"""Takes over what a region's older answers offer to the newer instrument. Unofficial: a starting point to rewrite."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from livinglab.audit import operations as audit
from livinglab.evaluations.domain.answers import AnswerStep, Draft
from livinglab.evaluations.domain.crosswalk import Proposal
from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations import answers, evidence_uses
from livinglab.evaluations.operations.answer_steps import refusal_of_step
from livinglab.evaluations.operations.problems import LONGEST_TEXT
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.crosswalk import Offer
from livinglab.evaluations.queries.places import Place
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many answers got a starting text and how many pieces of evidence; `left` were not this person's to write.

    The starting text of the indicators in `cut` was longer than a text may be: its end is missing.
    """

    texts: int
    pieces: int
    left: tuple[str, ...]
    cut: tuple[str, ...] = ()


def take_over(*, place: Place, offer: Offer, indicators: Collection[str], at: datetime) -> TakenOver:
    """This function will put the offered text into answers without one, and show the offered evidence under them.

    What is written already stays; no level is carried over; each piece stands at the lowest level until somebody
    places it. Twice gives the same. Answers that this person may not write are left and named.
    """
    texts = pieces = 0
    left, cut = [], []
    with tenancy(place.organization.id):
        for proposal in offer.proposals:
            if proposal.indicator not in indicators or proposal.is_empty:
                continue
            if _refusal(place, proposal.indicator):
                left.append(proposal.indicator)
                continue
            written = _write_text(place, proposal, at=at)
            texts += bool(written)
            if any(len(text) > LONGEST_TEXT for text in written):
                cut.append(proposal.indicator)
            pieces += _show_evidence(place, proposal, at=at)
        if texts or pieces:
            audit.record(
                organization_id=place.organization.id,
                by=place.actor.user_id,
                at=at,
                action="evaluations.older_answers_taken_over",
                subject=str(place.participation.id),
                facts={"year": place.participation.year, "from": offer.year, "count": texts},
            )
    return TakenOver(texts, pieces, tuple(left), tuple(cut))


def _refusal(place: Place, indicator: str) -> bool:
    evaluation = records.find_evaluation(place.organization.id, place.participation.id)
    answer = records.find_answer(place.organization.id, place.participation.id, indicator)
    return refusal_of_step(place, evaluation, answer, AnswerStep.SAVE) is not None


def _write_text(place: Place, proposal: Proposal, *, at: datetime) -> tuple[str, ...]:
    """Put the offered texts where there is none, each up to the limit; return those used, in full."""
    row = records.find_answer(place.organization.id, place.participation.id, proposal.indicator)
    stored, version = (answers.draft_of(row), row.version) if row else (Draft(), 0)
    wanted = replace(
        stored,
        facts=stored.facts or proposal.facts[:LONGEST_TEXT],
        analysis=stored.analysis or proposal.analysis[:LONGEST_TEXT],
    )
    if wanted == stored:
        return ()
    answers.save(place=place, indicator=proposal.indicator, draft=wanted, base_version=version, at=at)
    offered = ((stored.facts, proposal.facts), (stored.analysis, proposal.analysis))
    return tuple(text for before, text in offered if text and not before)


def _show_evidence(place: Place, proposal: Proposal, *, at: datetime) -> int:
    shown = set(
        EvidenceUse.objects.filter(
            organization_id=place.organization.id,
            evaluation_id=place.participation.id,
            indicator=proposal.indicator,
        ).values_list("piece_id", flat=True)
    )
    count = 0
    for piece_id in proposal.piece_ids:
        if piece_id in shown:
            continue
        try:
            evidence_uses.attach(
                place=place,
                indicator=proposal.indicator,
                piece_id=piece_id,
                level=place.instrument.scale.minimum,
                at=at,
            )
        except Refused:  # withdrawn since: there is nothing to show
            continue
        count += 1
    return count
