"""Keeps the shared `RatedDifference` equal to an organisation's own rows once its scores are consolidated."""

from datetime import datetime
from uuid import UUID

from livinglab.assessments.queries import Instrument
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Stage, stage_of_level
from livinglab.evaluations.models import Evaluation, RatedDifference, Score
from livinglab.evaluations.queries import records


def measure(*, evaluation: Evaluation, instrument: Instrument) -> int:
    """This function will write own and consolidated level of every indicator anew, and return how many there are.

    Before consolidation there are none. Call it in the organisation's transaction. The assessor is the one whose
    score decides: of the newest stage that has an entry. Run twice, it leaves the same.
    """
    RatedDifference.objects.filter(participation_id=evaluation.id).delete()
    if STAGE_OF[State(evaluation.state)] is not Stage.CONSOLIDATED:
        return 0
    given = records.answers(evaluation.organization_id, evaluation.id)
    scored = records.scores(evaluation.organization_id, evaluation.id)
    levels = records.levels_by_stage(given, scored, state=State(evaluation.state))
    own = records.standing_levels_at(instrument, levels, Stage.SELF)
    final = records.standing_levels_at(instrument, levels, Stage.CONSOLIDATED)
    by_place = {(Stage(row.stage), row.indicator): row for row in scored}
    rows = []
    for key, level in final.items():
        stage = stage_of_level(levels, at=Stage.CONSOLIDATED, indicator=key) or Stage.SELF
        who, when = _decided_by(by_place.get((stage, key)), stage, evaluation)
        rows.append(
            RatedDifference(
                participation_id=evaluation.id,
                indicator=key,
                stage=stage,
                self_level=own[key],
                external_level=level,
                assessor_id=who,
                at=when,
            )
        )
    RatedDifference.objects.bulk_create(rows)
    return len(rows)


def _decided_by(row: Score | None, stage: Stage, evaluation: Evaluation) -> tuple[UUID | None, datetime]:
    if row is None or stage is Stage.SELF:
        return None, evaluation.sent_at or evaluation.started_at
    return row.scored_by, row.scored_at
