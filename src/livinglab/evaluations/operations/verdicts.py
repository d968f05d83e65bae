"""What an assessor says of a piece of evidence where it stands for an indicator: accepted, or refused with a note."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.events import EvidenceJudged
from livinglab.evaluations.models import EvidenceVerdict
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.operations.traces import judged
from livinglab.evaluations.queries import raters
from livinglab.evaluations.queries.places import Place
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_NOTE: Final = 500


def judge(
    *, place: Place, indicator: str, piece_id: UUID, is_accepted: bool, note: str, at: datetime
) -> EvidenceVerdict:
    """This function will keep an assessor's verdict on a piece for an indicator; a new one replaces it.

    Errors: `Refused` by the policy, for a piece that is no evidence of the indicator, and without a note for a
    refusal.
    """
    note = storable(note)
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_score(place.actor, state=State(evaluation.state)))
        ensure(_refusal(place, indicator, piece_id, is_accepted, note))
        own = {"organization_id": place.organization.id, "evaluation_id": evaluation.id}
        named = {**own, "indicator": indicator, "piece_id": piece_id}
        stored = EvidenceVerdict.objects.filter(**named).first()
        here = place.organization.id
        before = judged(
            here, _word(stored.is_accepted) if stored else "", stored.note if stored else "", at=at
        )
        row = stored or EvidenceVerdict(**named)
        row.is_accepted, row.note = is_accepted, note
        row.judged_at, row.judged_by = at, place.actor.user_id
        row.save()
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.evidence_judged",
            subject=str(piece_id),
            facts={
                "year": place.participation.year,
                "indicator": indicator,
                "stage": STAGE_OF[State(evaluation.state)],
                "before": before,
                "after": judged(here, _word(is_accepted), note, at=at),
            },
        )
        publish(
            EvidenceJudged(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                indicator=indicator,
                piece_id=piece_id,
                is_accepted=is_accepted,
                at=at,
            )
        )
    return row


def _word(is_accepted: bool) -> str:
    return "accepted" if is_accepted else "refused"


def _refusal(place: Place, indicator: str, piece_id: UUID, is_accepted: bool, note: str) -> Refusal | None:
    uses = raters.evidence_of(place.organization.id, place.participation.id, indicator)
    if piece_id not in {use.piece_id for use in uses}:
        return Refusal("not_its_evidence", _("This piece is no evidence of this indicator."))
    if not is_accepted and not note:
        return Refusal("note_missing", _("Say why this piece does not prove it."))
    if len(note) > LONGEST_NOTE:
        return Refusal("note_too_long", _("The note is too long: at most 500 characters."))
    return None
