"""One organisation's working sheet as its page shows it: few queries, whatever it holds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet

from livinglab.accounts.queries import name_of
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.checks import Remark, Severity
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.ratings import shown_stages
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Answer
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.checks import remarks_of, said_by_no_state
from livinglab.evaluations.queries.evidence_uses import uses_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import Standing
from livinglab.evaluations.queries.rows import Rows
from livinglab.kernel.kept_queries import ALL, KeptModels

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
    all that the checks say while the region works, `counted` those of each answer that somebody began.
    """

    keys: tuple[str, ...]
    answers: Mapping[str, Answer]
    people: Mapping[UUID, str]
    levels: Mapping[str, Decimal]
    standing: Standing | None
    remarks: tuple[Remark, ...]
    counted: Mapping[str, Counted]

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

    Four queries while the region works, one more before the first answer; then two.
    """
    is_self = STAGE_OF[State(place.participation.state)] is Stage.SELF
    given = _answers(place, with_words=is_self)
    standing = _standing(place, given, is_self=is_self)
    own = {key: row.level for key, row in given.items() if row.level is not None}
    found = _remarks(place, given, day) if is_self else ()
    return Overview(
        keys=records.keys_of(place.instrument, given),
        answers=given,
        people=_people(given),
        levels=own if is_self or standing is None else standing.levels,
        standing=standing,
        remarks=found,
        counted=_counted(found, {key for key, row in given.items() if row.version}),
    )


def _answers(place: Place, *, with_words: bool) -> dict[str, Answer]:
    """The answers with agencies and people. The words, most of what is stored, are read for the checks alone."""
    here, evaluation_id = place.organization.id, place.participation.id
    kept = _WITH_WORDS if with_words else _BRIEF
    return {row.indicator: row for row in kept.read(here, evaluation_id)}


def _named(organization_id: UUID, evaluation_id: UUID) -> "QuerySet[Answer]":
    rows = Answer.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return rows.annotate(assignee_name=name_of("assignee_id"), shown_stage=F("evaluation__shown_stage"))


_MARKS: Final = (UUID(int=1), UUID(int=2))
_WITH_WORDS: Final = KeptModels(
    _named,
    *_MARKS,
    model=Answer,
    parts={"": ALL, "agency": ALL, "evaluation": ALL},
    extra=("assignee_name", "shown_stage"),
)
#: what the page shows of an answer that was sent
_SHOWN: Final = ("id", "indicator", "state", "level", "version", "agency_id", "assignee_id", "due_on")
_BRIEF: Final = KeptModels(
    _named,
    *_MARKS,
    model=Answer,
    parts={"": _SHOWN, "agency": ("id", "name")},
    extra=("assignee_name", "shown_stage"),
)


def _people(given: Mapping[str, Answer]) -> dict[UUID, str]:
    named = ((row.assignee_id, getattr(row, "assignee_name", None)) for row in given.values())
    return {key: name for key, name in named if key is not None and name is not None}


def _standing(place: Place, given: Mapping[str, Answer], *, is_self: bool) -> Standing | None:
    """What the levels are worth: those inside the region do not see a stage that the assessors have not shown."""
    if not any(row.level is not None for row in given.values()):
        return None
    state, stage = State(place.participation.state), Stage.SELF
    scored = [] if is_self else records.scored(place.organization.id, place.participation.id)
    if not is_self:
        shown = getattr(next(iter(given.values())), "shown_stage", "")
        stage = (
            STAGE_OF[state] if place.actor.is_external else shown_stages(state=state, shown_stage=shown)[-1]
        )
    levels = records.levels_by_stage(given, scored, state=state)
    return records.standing_at(place.instrument, place.participation.year, levels, stage)


def _remarks(place: Place, given: Mapping[str, Answer], day: date) -> tuple[Remark, ...]:
    """All that the checks say of the sheet while the region works. Three queries."""
    here, evaluation_id = place.organization.id, place.participation.id
    evaluation = next((row.evaluation for row in given.values()), None)
    evaluation = evaluation or records.find_evaluation(here, evaluation_id)
    rows = Rows(
        evaluation=evaluation,
        answers=given,
        scores=(),
        uses=uses_of(here, evaluation_id),
        names=_people(given),
    )
    return remarks_of(place, day=day, rows=rows)


def _counted(found: Iterable[Remark], begun: Collection[str]) -> dict[str, Counted]:
    """How many errors and warnings there are at each answer that somebody began."""
    counts = dict.fromkeys(begun, Counted(0, 0))
    for one in said_by_no_state(found):
        if one.indicator is None or one.indicator not in counts:
            continue
        now = counts[one.indicator]
        counts[one.indicator] = Counted(
            now.errors + (one.check.severity is Severity.ERROR),
            now.warnings + (one.check.severity is Severity.WARNING),
        )
    return counts
