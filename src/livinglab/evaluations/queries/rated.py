"""One indicator before both raters: what its pages need, in few statements. Call these inside the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from livinglab.accounts.queries import name_of
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.sheet import AnswerLine, EvidenceItem
from livinglab.evaluations.domain.stages import STAGES, Stage
from livinglab.evaluations.models import (
    Answer,
    Evaluation,
    EvidenceUse,
    EvidenceVerdict,
    Objection,
    Score,
    ScoreDraft,
)
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.evidence_uses import items_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import RatedLine, visible_stages
from livinglab.evaluations.queries.sheets import line_of
from livinglab.evidence.queries import pieces_by_id


@dataclass(frozen=True, slots=True)
class Rated:
    """One indicator before somebody who sees `stages`: both raters' levels and the objections to them."""

    evaluation: Evaluation
    state: State
    stages: tuple[Stage, ...]
    keys: tuple[str, ...]
    line: RatedLine
    names: Mapping[UUID, str]
    answer: Answer | None
    draft: ScoreDraft | None

    @property
    def present(self) -> Stage:
        """The stage that is scored now."""
        return STAGE_OF[self.state]

    @property
    def entry(self) -> Score | None:
        """The assessors' entry at the present stage, None where the level is inherited."""
        return self.line.entries.get(self.present) if self.present is not Stage.SELF else None

    @property
    def beside(self) -> tuple[str | None, str | None]:
        """The indicators before and after this one, None at the ends."""
        at = self.keys.index(self.line.indicator)
        return self.keys[at - 1] if at else None, self.keys[at + 1] if at + 1 < len(self.keys) else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an assessor said of a piece of evidence."""

    is_accepted: bool
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the region shows for one indicator: its answer, the evidence by letter, and what assessors said of it."""

    line: AnswerLine
    uses: Mapping[str, EvidenceUse]
    verdicts: Mapping[UUID, Verdict]

    @property
    def judged(self) -> AnswerLine:
        """The answer with the evidence as assessors judged it: a refused piece proves nothing."""
        return replace(self.line, evidence=tuple(self._judged(item) for item in self.line.evidence))

    def _judged(self, item: EvidenceItem) -> EvidenceItem:
        said = self.verdicts.get(self.uses[item.letter].piece_id)
        return item if said is None else replace(item, is_accepted=said.is_accepted)


def rated(place: Place, indicator: str) -> Rated | None:
    """This function will return one indicator before both raters. Three queries.

    None before anybody touched the evaluation, and for an indicator that the instrument does not have.
    """
    evaluation = _evaluation(place, indicator)
    if evaluation is None:
        return None
    keys = records.keys_of(place.instrument, dict.fromkeys(evaluation.touched))
    if indicator not in keys:
        return None
    state = State(evaluation.state)
    seen = visible_stages(place, evaluation)
    scores = [row for row in _scores(place, indicator) if row.stage in seen]
    return Rated(
        evaluation=evaluation,
        state=state,
        stages=tuple(stage for stage in STAGES[place.kind] if stage in seen),
        keys=keys,
        line=_line(place, indicator, scores),
        names={row.scored_by: row.scorer_name for row in scores if row.scored_by and row.scorer_name},
        answer=getattr(evaluation, "answer", None),  # not set where there is none
        draft=getattr(evaluation, "draft", None),
    )


def shown(place: Place, found: Rated, *, day: date) -> Shown:
    """This function will return what the region shows for the indicator. Two queries, one without evidence.

    Evidence of the other indicators is read too, since the same file may serve many.
    """
    here, evaluation_id = place.organization.id, place.participation.id
    key = found.line.indicator
    said = EvidenceVerdict.objects.filter(
        organization_id=here,
        evaluation_id=evaluation_id,
        indicator=OuterRef("indicator"),
        piece_id=OuterRef("piece_id"),
    ).values(said=JSONObject(is_accepted="is_accepted", note="note"))
    rows = EvidenceUse.objects.filter(organization_id=here, evaluation_id=evaluation_id)
    uses = list(rows.annotate(verdict=Subquery(said)))
    pieces = pieces_by_id(here, {one.piece_id for one in uses}) if uses else {}
    mine = [one for one in uses if one.indicator == key]
    return Shown(
        line=line_of(key, found.answer, {}, items_of(uses, pieces).get(key, ())),
        uses={one.letter: one for one in mine},
        verdicts={one.piece_id: Verdict(**one.verdict) for one in mine if one.verdict},
    )


def _evaluation(place: Place, indicator: str) -> Any:
    """The evaluation with the answer and the unfinished score of one indicator, and which indicators were answered."""
    stage = STAGE_OF[State(place.participation.state)]
    touched = Answer.objects.filter(
        organization_id=place.organization.id, evaluation_id=OuterRef("id")
    ).values("indicator")
    return (
        Evaluation.objects.filter(organization_id=place.organization.id, id=place.participation.id)
        .annotate(
            touched=ArraySubquery(touched),
            answer=FilteredRelation("answers", condition=Q(answers__indicator=indicator)),
            draft=FilteredRelation(
                "score_drafts", condition=Q(score_drafts__indicator=indicator, score_drafts__stage=stage)
            ),
        )
        .select_related("answer__agency", "draft")  # type: ignore[misc]  # the two relations filtered above
        .first()
    )


def _scores(place: Place, indicator: str) -> "QuerySet[Score, Any]":
    found = Score.objects.filter(
        organization_id=place.organization.id, evaluation_id=place.participation.id, indicator=indicator
    )
    return found.annotate(scorer_name=name_of("scored_by")).order_by("scored_at")


def _line(place: Place, indicator: str, scores: Sequence[Score]) -> RatedLine:
    entries = {Stage(row.stage): row for row in scores}
    lowest = Decimal(place.instrument.scale.minimum)
    stage = next((one for one in reversed(Stage) if one in entries), Stage.SELF)
    objected = Objection.objects.filter(
        organization_id=place.organization.id, evaluation_id=place.participation.id, indicator=indicator
    )
    return RatedLine(
        indicator=indicator,
        own=entries[Stage.SELF].level if Stage.SELF in entries else lowest,
        entries=entries,
        stage=stage,
        standing=entries[stage].level if stage in entries else lowest,
        objections=tuple(objected.order_by("raised_at")),
    )


def index_with(place: Place, indicator: str, level: Decimal) -> Decimal:
    """This function will return the index as it would be with another level at the present stage. Two queries."""
    here, evaluation_id = place.organization.id, place.participation.id
    state = State(place.participation.state)
    given, scored = records.answered(here, evaluation_id), records.scored(here, evaluation_id)
    levels = records.levels_by_stage(given, scored, state=state)
    levels.setdefault(STAGE_OF[state], {})[indicator] = level
    return records.standing_at(
        place.instrument, place.participation.year, levels, STAGE_OF[state]
    ).score.index


def assessed_levels(place: Place, indicator: str) -> dict[str, Decimal] | None:
    """This function will return the levels as assessors have them, of one indicator what is typed. Two queries.

    None before the self-assessment was sent.
    """
    here, evaluation_id = place.organization.id, place.participation.id
    stage = STAGE_OF[State(place.participation.state)]
    if stage is Stage.SELF:
        return None
    levels = records.levels_by_stage(
        {}, records.scored(here, evaluation_id), state=State(place.participation.state)
    )
    standing = records.standing_levels_at(place.instrument, levels, stage)
    draft = ScoreDraft.objects.filter(
        organization_id=here, evaluation_id=evaluation_id, stage=stage, indicator=indicator
    ).first()
    return standing if draft is None or draft.level is None else {**standing, indicator: draft.level}
