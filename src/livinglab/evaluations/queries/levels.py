"""The levels of an organisation's own newest evaluation, as the organisation sees them. Call inside its transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from livinglab.assessments.queries import Instrument, Level, get_instrument
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.ratings import shown_stages
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.participations import participations_of


@dataclass(frozen=True, slots=True)
class OwnLevels:
    """Levels of one year; an indicator without one is not in it. `stage` is the newest that the organisation sees."""

    instrument: Instrument
    year: int
    stage: Stage
    levels: Mapping[str, Level]
    is_synthetic: bool


def own_levels(organization_id: UUID, instrument: str = "") -> OwnLevels | None:
    """This function will return the levels of the newest evaluation, None without one. Four queries at most.

    `instrument` is the code of the one it must have been done with; any if empty.
    """
    taken = participations_of(organization_id)
    newest = next((one for one in taken if instrument in ("", one.round.instrument)), None)
    if newest is None:
        return None
    state = State(newest.state)
    evaluation = records.find_evaluation(organization_id, newest.id)
    if evaluation is None:
        return None
    stage = shown_stages(state=state, shown_stage=evaluation.shown_stage)[-1]
    found_with = get_instrument(newest.round.instrument)
    staged = records.levels_by_stage(
        records.answered(organization_id, newest.id), records.scored(organization_id, newest.id), state=state
    )
    found: Mapping[str, Decimal] = staged.get(Stage.SELF, {})
    if stage is not Stage.SELF:
        found = records.standing_levels_at(found_with, staged, stage)
    return OwnLevels(
        found_with, newest.year, stage, _as_counted(found_with, found), newest.round.is_synthetic
    )


def _as_counted(instrument: Instrument, levels: Mapping[str, Decimal]) -> dict[str, Level]:
    return {key: level if instrument.scale.decimals else int(level) for key, level in levels.items()}


@dataclass(frozen=True, slots=True)
class DecidedLevels:
    """The levels of every indicator that a decision stands behind, and the day of the decision."""

    instrument: Instrument
    levels: Mapping[str, Level]
    decided_on: date


def decided_levels(organization_id: UUID, evaluation_id: UUID) -> DecidedLevels | None:
    """This function will return the levels of one evaluation once it is decided, None before. Three queries."""
    taken = next((one for one in participations_of(organization_id) if one.id == evaluation_id), None)
    if taken is None or taken.state != State.DECIDED or taken.decision_date is None:
        return None
    instrument = get_instrument(taken.round.instrument)
    staged = records.levels_by_stage(
        records.answered(organization_id, taken.id),
        records.scored(organization_id, taken.id),
        state=State.DECIDED,
    )
    found = records.standing_levels_at(instrument, staged, Stage.CONSOLIDATED)
    return DecidedLevels(instrument, _as_counted(instrument, found), taken.decision_date)
