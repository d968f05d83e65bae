"""What an organisation sees of the worth of its own levels. Call this inside its transaction."""

from dataclasses import dataclass
from decimal import Decimal

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.ratings import shown_stages
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries import records


@dataclass(frozen=True, slots=True)
class ShownIndex:
    """The index at the newest stage that the organisation sees; None before the first answer."""

    stage: Stage
    index: Decimal | None


def shown_index(participation: Participation) -> ShownIndex:
    """This function will return the index of the newest stage that the organisation sees.

    `standing_index` is of the present stage, whose scores may not be shown yet. No query while the region works and
    once the scores are consolidated; else one, and two more when the assessors' levels are counted anew.
    """
    state = State(participation.state)
    present = STAGE_OF[state]
    if present in (Stage.SELF, Stage.CONSOLIDATED):
        return ShownIndex(present, participation.standing_index)
    here, year = participation.organization_id, participation.year
    evaluation = records.find_evaluation(here, participation.id)
    stage = shown_stages(state=state, shown_stage=evaluation.shown_stage if evaluation else "")[-1]
    if stage is present:
        return ShownIndex(stage, participation.standing_index)
    if stage is Stage.SELF:
        return ShownIndex(stage, participation.self_index)
    levels = records.levels_by_stage({}, records.scored(here, participation.id), state=state)
    instrument = get_instrument(participation.round.instrument)
    return ShownIndex(stage, records.standing_at(instrument, year, levels, stage).score.index)
