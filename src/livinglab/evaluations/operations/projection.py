"""Keeps the shared `Participation` equal to what the organisation's own rows say."""

from datetime import datetime
from uuid import UUID

from livinglab.assessments.queries import Instrument
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Stage, level_text
from livinglab.evaluations.models import Answer, Evaluation, Objection, Participation
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.records import Standing

_HANDED_IN = {AnswerState.ANSWERED, AnswerState.ACCEPTED, AnswerState.VALIDATED}
_ACCEPTED = {AnswerState.ACCEPTED, AnswerState.VALIDATED}


def project(*, evaluation: Evaluation, instrument: Instrument, year: int, at: datetime) -> Standing:
    """This function will bring the organisation's participation up to date and return how its levels stand now.

    Call it in the transaction of the write, after it. Four statements, however many regions there are.
    """
    organization_id, state = evaluation.organization_id, State(evaluation.state)
    given = records.answered(organization_id, evaluation.id)
    scored = records.scored(organization_id, evaluation.id)
    levels = records.levels_by_stage(given, scored, state=state)
    own = records.standing_at(instrument, year, levels, Stage.SELF)
    stage = STAGE_OF[state]
    now = own if stage is Stage.SELF else records.standing_at(instrument, year, levels, stage)
    Participation.objects.filter(id=evaluation.id).update(
        state=state,
        **_progress(given),
        scored=len({row.indicator for row in scored if row.stage != Stage.SELF}),
        objections=open_objections(organization_id, evaluation.id) if stage is not Stage.SELF else 0,
        self_index=own.score.index if levels.get(Stage.SELF) else None,
        standing_index=now.score.index if levels.get(Stage.SELF) else None,
        changed_at=at,
        sent_at=evaluation.sent_at,
        has_consent=evaluation.has_consent,
        decision_number=evaluation.decision_number,
        decision_date=evaluation.decision_date,
        published_levels=_published(evaluation, own, now),
    )
    return now


def _progress(given: dict[str, Answer]) -> dict[str, int]:
    states = [AnswerState(row.state) for row in given.values()]
    return {
        "answered": sum(row.level is not None for row in given.values()),
        "handed_in": sum(state in _HANDED_IN for state in states),
        "accepted": sum(state in _ACCEPTED for state in states),
        "validated": sum(state is AnswerState.VALIDATED for state in states),
    }


def open_objections(organization_id: UUID, evaluation_id: UUID) -> int:
    """This function will return how many objections of an evaluation nobody settled yet. One query."""
    found = Objection.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id, outcome="")
    return found.count()


def _published(evaluation: Evaluation, own: Standing, now: Standing) -> dict[str, str]:
    """What everybody may see: the levels as sent where the region consented, as decided once they are.

    What assessors write before the decision is nobody's to publish.
    """
    if State(evaluation.state) is State.DECIDED:
        return {key: level_text(level) for key, level in now.levels.items()}
    if evaluation.sent_at is not None and evaluation.has_consent:
        return {key: level_text(level) for key, level in own.levels.items()}
    return {}
