"""One organisation's working sheet as its page shows it: few queries, whatever it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from livinglab.accounts.queries import names_of
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.checks import Remark, Severity, check_answer
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.ratings import shown_stages
from livinglab.evaluations.domain.sheet import EvidenceItem, Sheet
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Answer
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.checks import SAID_BY_STATE
from livinglab.evaluations.queries.evidence_uses import evidence_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import Standing
from livinglab.evaluations.queries.sheets import line_of, previous_levels
from livinglab.evaluations.rulebooks import rulebook_of

HANDED_IN = frozenset({AnswerState.ANSWERED, AnswerState.ACCEPTED, AnswerState.VALIDATED})


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of some indicators have a level, were handed in, and are validated."""

    total: int
    answered: int
    handed_in: int
    validated: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many errors and warnings the checks have about one answer."""

    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The answers of a sheet, who they were given to, and what the levels are worth now.

    `standing` counts an indicator without an answer as the lowest level; None before the first answer. `remarks` are
    of the answers somebody began, while the region works.
    """

    keys: tuple[str, ...]
    answers: Mapping[str, Answer]
    people: Mapping[UUID, str]
    levels: Mapping[str, Decimal]
    standing: Standing | None
    remarks: Mapping[str, Counted]

    def progress(self, keys: Iterable[str]) -> Progress:
        """Return how far these indicators are."""
        rows = [self.answers.get(key) for key in keys]
        states = [AnswerState(row.state) if row else AnswerState.OPEN for row in rows]
        return Progress(
            total=len(rows),
            answered=sum(row is not None and row.level is not None for row in rows),
            handed_in=sum(state in HANDED_IN for state in states),
            validated=sum(state is AnswerState.VALIDATED for state in states),
        )


def overview_of(place: Place, *, day: date) -> Overview:
    """This function will return a sheet as its page shows it on a day: the levels of the last stage that may be seen.

    Four queries while the region works, then three.
    """
    here, participation = place.organization.id, place.participation
    given = _answers(place)
    is_self = STAGE_OF[State(participation.state)] is Stage.SELF
    standing = _standing(place, given, is_self=is_self)
    own = {key: row.level for key, row in given.items() if row.level is not None}
    people = {row.assignee_id for row in given.values() if row.assignee_id is not None}
    return Overview(
        keys=records.keys_of(place.instrument, given),
        answers=given,
        people=names_of(people) if people else {},
        levels=own if is_self or standing is None else standing.levels,
        standing=standing,
        remarks=_remarks(place, given, evidence_of(here, participation.id), day) if is_self else {},
    )


def _answers(place: Place) -> dict[str, Answer]:
    rows = Answer.objects.filter(organization_id=place.organization.id, evaluation_id=place.participation.id)
    return {row.indicator: row for row in rows.select_related("agency", "evaluation")}


def _standing(place: Place, given: Mapping[str, Answer], *, is_self: bool) -> Standing | None:
    """What the levels are worth: those inside the region do not see a stage that the assessors have not shown."""
    if not any(row.level is not None for row in given.values()):
        return None
    state, stage = State(place.participation.state), Stage.SELF
    scored = [] if is_self else records.scores(place.organization.id, place.participation.id)
    if not is_self:
        shown = next(iter(given.values())).evaluation.shown_stage
        stage = (
            STAGE_OF[state] if place.actor.is_external else shown_stages(state=state, shown_stage=shown)[-1]
        )
    levels = records.levels_by_stage(dict(given), scored, state=state)
    return records.standing_at(place.instrument, place.participation.year, levels, stage)


def _remarks(
    place: Place, given: Mapping[str, Answer], evidence: Mapping[str, tuple[EvidenceItem, ...]], day: date
) -> dict[str, Counted]:
    lines = {key: line_of(key, row, {}, evidence.get(key, ())) for key, row in given.items() if row.version}
    sheet = Sheet(
        region_code=place.organization.code,
        region_name=place.organization.name,
        instrument=place.instrument.code,
        year=place.participation.year,
        kind=place.kind,
        day=day,
        answers=lines,
        previous_levels=previous_levels(place.participation, place.earlier),
    )
    book = rulebook_of(place.instrument)
    return {key: _counted(check_answer(sheet, book, key)) for key in lines}


def _counted(found: Iterable[Remark]) -> Counted:
    severities = [one.check.severity for one in found if one.check.id not in SAID_BY_STATE]
    return Counted(severities.count(Severity.ERROR), severities.count(Severity.WARNING))
