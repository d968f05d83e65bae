"""An organisation's whole working sheet as one value, for checks, workbooks and reports."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from livinglab.assessments.queries import Instrument
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.sheet import AnswerLine, EvidenceItem, Sheet, StageScore, TeamMember
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.evaluations.models import Answer, Participation, TeamSeat
from livinglab.evaluations.models import Score as ScoreRow
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.evidence_uses import evidence_of
from livinglab.evaluations.queries.participations import participations_of
from livinglab.evaluations.queries.rows import Rows, rows_of
from livinglab.organizations.queries import Organization


def sheet_of(
    organization: Organization,
    participation: Participation,
    instrument: Instrument,
    *,
    day: date,
    earlier: Sequence[Participation] | None = None,
    rows: Rows | None = None,
) -> Sheet:
    """This function will return the whole working sheet as it stands. Six queries, however much it holds.

    `earlier` are the participations of the years before, newest first, `rows` the evaluation's: with them one query
    and three less.
    """
    rows = rows or rows_of(organization.id, participation.id)
    evaluation, given, names = rows.evaluation, rows.answers, rows.names
    seats = TeamSeat.objects.filter(organization_id=organization.id, evaluation_id=participation.id)
    evidence = evidence_of(organization.id, participation.id, rows.uses)
    state = State(evaluation.state) if evaluation else State.SELF
    return Sheet(
        region_code=organization.code,
        region_name=organization.name,
        instrument=instrument.code,
        year=participation.year,
        kind=RoundKind(participation.round.kind),
        day=day,
        answers={
            key: line_of(key, given.get(key), names, evidence.get(key, ()))
            for key in records.keys_of(instrument, given)
        },
        stage=STAGE_OF[state],
        scores=tuple(stage_score(row, names) for row in rows.scores),
        decree_number=evaluation.decree_number if evaluation else "",
        decree_date=evaluation.decree_date if evaluation else None,
        team=tuple(TeamMember(seat.function, seat.holder) for seat in seats),
        minutes_number=evaluation.minutes_number if evaluation else "",
        minutes_date=evaluation.minutes_date if evaluation else None,
        has_consent=bool(evaluation and evaluation.has_consent),
        is_synthetic=participation.round.is_synthetic,
        previous_levels=previous_levels(participation, earlier),
    )


def line_of(
    key: str, row: Answer | None, names: Mapping[UUID, str], evidence: tuple[EvidenceItem, ...] = ()
) -> AnswerLine:
    """This function will return one answer as a value; `row` is None before anybody touched it."""
    if row is None:
        return AnswerLine(indicator=key, evidence=evidence)
    return AnswerLine(
        indicator=key,
        state=AnswerState(row.state),
        level=row.level,
        met=frozenset(row.met),
        facts=row.facts,
        analysis=row.analysis,
        agency=row.agency.name if row.agency else "",
        assignee=names.get(row.assignee_id, "") if row.assignee_id else "",
        due_on=row.due_on,
        returned_reason=row.returned_reason,
        external_source=row.external_source,
        evidence=evidence,
    )


def stage_score(row: ScoreRow, names: Mapping[UUID, str]) -> StageScore:
    """This function will return a stored score as a value."""
    return StageScore(
        stage=Stage(row.stage),
        indicator=row.indicator,
        level=row.level,
        facts=row.facts,
        analysis=row.analysis,
        justification=row.justification,
        assessor=names.get(row.scored_by, "") if row.scored_by else "",
        is_valid=row.is_valid,
    )


def previous_levels(
    participation: Participation, earlier: Sequence[Participation] | None = None
) -> dict[str, Decimal]:
    """This function will return the levels of the last round of the same instrument, where they were published.

    `earlier` are the participations of the years before, newest first; without them, one query.
    """
    if earlier is None:
        everything = participations_of(participation.organization_id)
        earlier = [one for one in everything if one.year < participation.year]
    earlier = [one for one in earlier if one.round.instrument == participation.round.instrument]
    return {key: Decimal(level) for key, level in earlier[0].published_levels.items()} if earlier else {}
