"""The answers that an organisation gave its agencies a day for. Call this inside the organisation's transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from livinglab.evaluations.domain.answers import AnswerState, AnswerStep
from livinglab.evaluations.models import Answer, AnswerMove


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """An answer of an agency with its day; `handed_in_at` is None while it lies with the agency."""

    agency_id: UUID
    indicator: str
    due_on: date
    handed_in_at: datetime | None


def due_answers(organization_id: UUID) -> list[DueAnswer]:
    """This function will return the answers that have both an agency and a day, by day. Two queries."""
    rows = Answer.objects.filter(
        organization_id=organization_id, agency_id__isnull=False, due_on__isnull=False
    )
    answers = list(rows.order_by("due_on", "indicator"))
    moves = AnswerMove.objects.filter(organization_id=organization_id, step=AnswerStep.HAND_IN)
    handed = dict(
        moves.filter(answer_id__in=[one.id for one in answers]).order_by("at").values_list("answer_id", "at")
    )
    waiting = {AnswerState.OPEN, AnswerState.RETURNED}
    return [
        DueAnswer(
            one.agency_id, one.indicator, one.due_on, None if one.state in waiting else handed.get(one.id)
        )
        for one in answers
        if one.agency_id is not None and one.due_on is not None
    ]
