"""Two raters side by side: what the region answered, what its assessors found at each stage, what was objected to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.ratings import shown_stages
from livinglab.evaluations.domain.stages import STAGES, Stage
from livinglab.evaluations.models import Evaluation, EvidenceUse, EvidenceVerdict, Objection, Score
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import Standing
from livinglab.evaluations.queries.rows import Rows, rows_of


def mark_of(row: Score | None) -> str:
    """This function will return what names an entry as somebody saw it: another one after every change, "" for none."""
    return "" if row is None else f"{row.id}.{row.version}"


@dataclass(frozen=True, slots=True)
class RatedLine:
    """One indicator: the own level, each stage's entry, the level that stands, and the objections to it.

    `standing` inherits: `stage` says from where. `difference` is the own level minus the one that stands: above
    zero the region answered higher than its assessors found.
    """

    indicator: str
    own: Decimal
    entries: Mapping[Stage, Score]
    stage: Stage
    standing: Decimal
    objections: tuple[Objection, ...] = ()
    evidence: int = 0

    @property
    def difference(self) -> Decimal:
        """Own level minus standing level."""
        return self.own - self.standing

    @property
    def newest(self) -> Score | None:
        """The assessors' entry that decides, None where nobody scored."""
        return self.entries.get(self.stage) if self.stage is not Stage.SELF else None

    @property
    def open_objection(self) -> Objection | None:
        """The objection that nobody settled yet."""
        return next((one for one in self.objections if not one.outcome), None)


@dataclass(frozen=True, slots=True)
class Raters:
    """All indicators of one evaluation before somebody: only the stages that they may see."""

    evaluation: Evaluation
    state: State
    stages: tuple[Stage, ...]
    lines: tuple[RatedLine, ...]
    own: Standing
    now: Standing
    names: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def present(self) -> Stage:
        """The stage that is scored now."""
        return STAGE_OF[self.state]

    @property
    def scored(self) -> int:
        """How many indicators have an entry of an assessor."""
        return sum(line.newest is not None for line in self.lines)

    @property
    def differing(self) -> int:
        """How many levels differ from the region's own."""
        return sum(line.difference != 0 for line in self.lines)

    @property
    def open_objections(self) -> int:
        """How many objections nobody settled yet."""
        return sum(line.open_objection is not None for line in self.lines)

    def line(self, indicator: str) -> RatedLine | None:
        """This function will return the line of an indicator, None for one the instrument does not have."""
        return next((one for one in self.lines if one.indicator == indicator), None)

    def beside(self, indicator: str) -> tuple[str | None, str | None]:
        """This function will return the indicators before and after this one, None at the ends."""
        keys = [one.indicator for one in self.lines]
        at = keys.index(indicator)
        return keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None


def raters(place: Place, rows: Rows | None = None) -> Raters | None:
    """This function will return both raters of every indicator; None before anybody touched the evaluation.

    Four queries, however many indicators; three less with the evaluation's `rows`. Assessors and the ministry see every
    stage, the region those that are shown to it.
    """
    rows = rows or rows_of(place.organization.id, place.participation.id)
    evaluation = rows.evaluation
    if evaluation is None:
        return None
    state = State(evaluation.state)
    seen = visible_stages(place, evaluation)
    scored = [row for row in rows.scores if row.stage in seen]
    levels = records.levels_by_stage(rows.answers, scored, state=state)
    at = max((stage for stage in seen), key=list(Stage).index)
    year = place.participation.year
    own = records.standing_at(place.instrument, year, levels, Stage.SELF)
    now = records.standing_at(place.instrument, year, levels, at)
    return Raters(
        evaluation=evaluation,
        state=state,
        stages=tuple(stage for stage in STAGES[place.kind] if stage in seen),
        lines=_lines(place, rows, scored, own, now),
        own=own,
        now=now,
        names=rows.names,
    )


def visible_stages(place: Place, evaluation: Evaluation) -> tuple[Stage, ...]:
    """This function will return the stages whose scores this person sees: all up to the present one from outside."""
    state = State(evaluation.state)
    if place.actor.is_external:
        return tuple(Stage)[: tuple(Stage).index(STAGE_OF[state]) + 1]
    return shown_stages(state=state, shown_stage=evaluation.shown_stage)


def objections(organization_id: UUID, evaluation_id: UUID) -> list[Objection]:
    """This function will return all objections of an evaluation, oldest first. One query."""
    rows = Objection.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return list(rows.order_by("raised_at"))


def find_objection(organization_id: UUID, evaluation_id: UUID, objection_id: UUID) -> Objection | None:
    """This function will return one objection of an evaluation, None when there is none. One query."""
    rows = Objection.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return rows.filter(id=objection_id).first()


def evidence_of(organization_id: UUID, evaluation_id: UUID, indicator: str) -> list[EvidenceUse]:
    """This function will return the evidence shown for an indicator, by level and letter. One query."""
    rows = EvidenceUse.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return list(rows.filter(indicator=indicator).order_by("letter"))


def verdicts_of(organization_id: UUID, evaluation_id: UUID, indicator: str) -> dict[UUID, EvidenceVerdict]:
    """This function will return what assessors said of the evidence of an indicator, by piece. One query."""
    rows = EvidenceVerdict.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return {row.piece_id: row for row in rows.filter(indicator=indicator)}


def is_used(organization_id: UUID, evaluation_id: UUID, piece_id: UUID) -> bool:
    """This function will say whether a piece is evidence in this evaluation: assessors open no other. One query."""
    rows = EvidenceUse.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return rows.filter(piece_id=piece_id).exists()


def _lines(
    place: Place, rows: Rows, scored: Sequence[Score], own: Standing, now: Standing
) -> tuple[RatedLine, ...]:
    organization_id, evaluation_id = place.organization.id, place.participation.id
    entries: dict[str, dict[Stage, Score]] = {}
    for row in scored:
        entries.setdefault(row.indicator, {})[Stage(row.stage)] = row
    objected: dict[str, list[Objection]] = {}
    for one in objections(organization_id, evaluation_id):
        objected.setdefault(one.indicator, []).append(one)
    evidence = Counter(use.indicator for use in rows.uses)
    return tuple(
        RatedLine(
            indicator=key,
            own=own.levels[key],
            entries=(mine := entries.get(key, {})),
            stage=next((stage for stage in reversed(Stage) if stage in mine), Stage.SELF),
            standing=level,
            objections=tuple(objected.get(key, ())),
            evidence=evidence[key],
        )
        for key, level in now.levels.items()
    )
