"""Which pieces of evidence are shown for which indicator and level."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.domain.evidence import next_letter
from livinglab.evaluations.domain.process import OPEN_TO_THE_REGION
from livinglab.evaluations.events import EvidenceUseChanged
from livinglab.evaluations.models import Evaluation, EvidenceUse
from livinglab.evaluations.operations.answer_steps import refusal_of_step
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import find_answer, find_evaluation
from livinglab.evidence.queries import pieces_by_id
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_REFERENCE: Final = 200
#: letters run from a to zz; nobody reads more pieces than this for one indicator
MOST_PIECES: Final = 100


class UnknownUse(Exception):
    """There is no such piece under this indicator."""


def attach(
    *, place: Place, indicator: str, piece_id: UUID, level: int, reference: str = "", at: datetime
) -> EvidenceUse:
    """This function will show a piece of evidence for one level of an indicator, under the next free letter.

    `reference` is the article or page to look at. Errors: `Refused` by the policy of saving the answer, for a piece
    the organisation does not have or has withdrawn, for a level the instrument does not have, and for a piece that
    is shown for that level already.
    """
    reference = " ".join(storable(reference).split())
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        _ensure_open(place, evaluation, indicator)
        uses = list(_uses(evaluation, indicator))
        ensure(_refusal(place, uses, piece_id, level, reference))
        use = EvidenceUse.objects.create(
            organization_id=place.organization.id,
            evaluation_id=evaluation.id,
            indicator=indicator,
            level=level,
            letter=next_letter(one.letter for one in uses),
            piece_id=piece_id,
            reference=reference,
            added_at=at,
            added_by=place.actor.user_id,
        )
        _record(place, use, "attached", at)
    return use


def detach(*, place: Place, indicator: str, use_id: UUID, at: datetime) -> None:
    """This function will no longer show a piece for an indicator; the piece stays in the library, letters stay.

    Errors: `Refused` by the policy of saving the answer, `UnknownUse`.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        use = _uses(evaluation, indicator).filter(id=use_id).first()
        if use is None:
            raise UnknownUse(use_id)
        _ensure_open(place, evaluation, indicator)
        use.delete()
        _record(place, use, "detached", at)


def refusal_of_showing(place: Place, indicator: str) -> Refusal | None:
    """This function will return why somebody may not change what is shown for an indicator: for the button.

    Call it inside the organisation's transaction. Two queries.
    """
    evaluation = find_evaluation(place.organization.id, place.participation.id)
    answer = find_answer(place.organization.id, place.participation.id, indicator)
    return refusal_of_step(place, evaluation, answer, AnswerStep.SAVE)


def _ensure_open(place: Place, evaluation: Evaluation, indicator: str) -> None:
    """Whoever may write the answer now may change its evidence."""
    answer = find_answer(place.organization.id, evaluation.id, indicator)
    ensure(refusal_of_step(place, evaluation, answer, AnswerStep.SAVE))


def _uses(evaluation: Evaluation, indicator: str) -> "QuerySet[EvidenceUse]":
    return EvidenceUse.objects.filter(
        organization_id=evaluation.organization_id, evaluation_id=evaluation.id, indicator=indicator
    )


def _refusal(
    place: Place, uses: Collection[EvidenceUse], piece_id: UUID, level: int, reference: str
) -> Refusal | None:
    piece = pieces_by_id(place.organization.id, [piece_id]).get(piece_id)
    if piece is None or piece.withdrawn_at is not None:
        return Refusal("piece_unknown", _("This piece of evidence is not in the library, or was withdrawn."))
    if level not in place.instrument.scale.levels:
        return Refusal("level_unknown", _("Choose the level that the piece proves."))
    if any(one.piece_id == piece_id and one.level == level for one in uses):
        return Refusal("shown_already", _("This piece is shown for that level already."))
    if len(reference) > LONGEST_REFERENCE:
        return Refusal("reference_too_long", _("The reference is too long: at most 200 characters."))
    if len(uses) >= MOST_PIECES:
        return Refusal("too_many_pieces", _("An indicator shows at most 100 pieces of evidence."))
    return None


def _record(place: Place, use: EvidenceUse, change: str, at: datetime) -> None:
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action=f"evaluations.evidence_{change}",
        subject=str(use.id),
        facts={
            "year": place.participation.year,
            "indicator": use.indicator,
            "level": use.level,
            "letter": use.letter,
            "piece": str(use.piece_id),
        },
    )
    _tell(use, change, at)


def _tell(use: EvidenceUse, change: str, at: datetime) -> None:
    publish(
        EvidenceUseChanged(
            organization_id=use.organization_id,
            evaluation_id=use.evaluation_id,
            indicator=use.indicator,
            piece_id=use.piece_id,
            change=change,
            at=at,
        )
    )


def follow_revision(*, organization_id: UUID, older_id: UUID, newer_id: UUID, at: datetime) -> int:
    """This function will show a piece's newer revision wherever a region still works, and return in how many places.

    What was approved or sent keeps the revision it was approved with. Safe to repeat: the second time nothing shows
    the older one any more.
    """
    with tenancy(organization_id):
        uses = EvidenceUse.objects.select_for_update().filter(
            organization_id=organization_id, piece_id=older_id, evaluation__state__in=OPEN_TO_THE_REGION
        )
        shown = {
            (one.evaluation_id, one.indicator, one.level)
            for one in EvidenceUse.objects.filter(organization_id=organization_id, piece_id=newer_id)
        }
        moved = [one for one in uses if (one.evaluation_id, one.indicator, one.level) not in shown]
        for one in moved:
            one.piece_id = newer_id
        EvidenceUse.objects.bulk_update(moved, ["piece_id"])
        if moved:
            audit.record(
                organization_id=organization_id,
                by=None,
                at=at,
                action="evaluations.evidence_revised",
                subject=str(newer_id),
                facts={
                    "count": len(moved),
                    "indicators": sorted({one.indicator for one in moved}),
                    "before": str(older_id),
                    "after": str(newer_id),
                },
            )
        for one in moved:
            _tell(one, "revised", at)
    return len(moved)
