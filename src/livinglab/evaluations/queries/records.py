"""An organisation's own rows of one evaluation. Call these inside its transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from livinglab.assessments import queries as instruments
from livinglab.assessments.queries import Instrument, Score
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Levels, Stage, by_stage, standing_levels
from livinglab.evaluations.models import Answer, Evaluation
from livinglab.evaluations.models import Score as ScoreRow
from livinglab.kernel.kept_queries import KeptQuery


def find_evaluation(organization_id: UUID, participation_id: UUID) -> Evaluation | None:
    """This function will return the organisation's record of a round; None before anybody touched it. One query."""
    return Evaluation.objects.filter(organization_id=organization_id, id=participation_id).first()


def answers(organization_id: UUID, evaluation_id: UUID) -> dict[str, Answer]:
    """This function will return the answers somebody touched, by indicator, with their agencies. One query."""
    rows = Answer.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return {row.indicator: row for row in rows.select_related("agency")}


def answered(organization_id: UUID, evaluation_id: UUID) -> dict[str, Answer]:
    """This function will return what `answers` does, of each only its level and state. One query."""
    rows = Answer.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return {row.indicator: row for row in rows.only("indicator", "level", "state")}


def find_answer(organization_id: UUID, evaluation_id: UUID, indicator: str) -> Answer | None:
    """This function will return one answer with its agency; None before anybody touched it. One query."""
    rows = Answer.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return rows.filter(indicator=indicator).select_related("agency").first()


def scores(organization_id: UUID, evaluation_id: UUID) -> list[ScoreRow]:
    """This function will return the scores of all stages, by stage as they were given. One query."""
    rows = ScoreRow.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return list(rows.order_by("indicator", "scored_at"))


class Scored(NamedTuple):
    """A level that was scored, without the words beside it."""

    stage: str
    indicator: str
    level: Decimal


def scored(organization_id: UUID, evaluation_id: UUID) -> list[Scored]:
    """This function will return what `scores` does, of each the level alone: the words weigh a hundred times as much.

    One query.
    """
    return [Scored(*one) for one in _SCORED.rows(organization_id, evaluation_id)]


def _scored(organization_id: UUID, evaluation_id: UUID) -> "QuerySet[ScoreRow, Any]":
    rows = ScoreRow.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return rows.order_by("indicator", "scored_at").values_list(*Scored._fields)


_SCORED: Final = KeptQuery(_scored, UUID(int=1), UUID(int=2))


def keys_of(instrument: Instrument, present: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """This function will return the keys of the indicators in the order of the regulation."""
    return instruments.level_keys(instrument, present)


def levels_by_stage(
    given: Mapping[str, Answer], scored: Sequence[ScoreRow | Scored], *, state: State
) -> dict[Stage, dict[str, Decimal]]:
    """This function will return the levels of each stage.

    While the region works the self stage is what the answers say; from the sending on it is what was sent.
    """
    found = by_stage((Stage(row.stage), row.indicator, row.level) for row in scored)
    if STAGE_OF[state] is Stage.SELF:
        found[Stage.SELF] = {key: row.level for key, row in given.items() if row.level is not None}
    return found


def levels_present(organization_id: UUID, evaluation_id: UUID) -> dict[str, None]:
    """This function will return the keys of the indicators that were answered; they choose a variant. One query."""
    rows = Answer.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return dict.fromkeys(rows.values_list("indicator", flat=True))


def standing_levels_at(
    instrument: Instrument, levels: Mapping[Stage, Levels], stage: Stage
) -> dict[str, Decimal]:
    """This function will return the level of every indicator as it stands at a stage, inherited where it has none."""
    present = {key for one in levels.values() for key in one}
    keys = keys_of(instrument, dict.fromkeys(present))
    return standing_levels(levels, at=stage, indicators=keys, lowest=Decimal(instrument.scale.minimum))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the levels are worth at one stage; `levels` of every indicator, inherited where the stage has none."""

    stage: Stage
    levels: Levels
    score: Score


def standing_at(instrument: Instrument, year: int, levels: Mapping[Stage, Levels], stage: Stage) -> Standing:
    """This function will return the levels that stand at a stage and the exact index they give."""
    standing = standing_levels_at(instrument, levels, stage)
    return Standing(stage, standing, score_of(instrument, standing, year))


def score_of(instrument: Instrument, levels: Levels, year: int) -> Score:
    """This function will return the exact score of a full set of levels. Errors: `LevelErrors`, `UnknownYear`."""
    if instrument.scale.decimals:
        return instruments.score(instrument, levels, year)
    return instruments.score(instrument, {key: int(level) for key, level in levels.items()}, year)
