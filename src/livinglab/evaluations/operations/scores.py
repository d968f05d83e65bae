"""What external assessors write: a level with its reasons at the present stage, and the review of its validity."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.opinions import FIELDS, Opinion, with_checklist
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import EXTERNAL, Stage
from livinglab.evaluations.events import LevelScored, ScoreCleared, ScoreReviewed, ScoresShown
from livinglab.evaluations.models import Evaluation, Score
from livinglab.evaluations.operations.assessors import refused_by_database
from livinglab.evaluations.operations.differences import measure
from livinglab.evaluations.operations.problems import (
    LONGEST_REASON,
    Problem,
    find_opinion_problems,
    find_unfinished,
)
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.operations.score_drafts import ScoreRefused, lock_draft, write
from livinglab.evaluations.operations.traces import change, judged
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import mark_of
from livinglab.evaluations.queries.records import Standing
from livinglab.evaluations.queries.score_drafts import opinion_of, opinion_of_score
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable


class ScoreConflict(Exception):
    """Another assessor scored, changed or cleared this indicator since the writer began; nothing was written.

    `stored` is what stands now (None: cleared); saving again on `mark` settles the conflict.
    """

    def __init__(self, *, ours: Opinion, stored: Score | None) -> None:
        self.ours, self.stored = ours, stored
        self.mark = mark_of(stored)
        left = opinion_of_score(stored) if stored else None
        self.differing = tuple(
            name for name in FIELDS if left is None or getattr(left, name) != getattr(ours, name)
        )
        super().__init__(", ".join(self.differing))


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as it stands at the present stage (None: it inherits), and what the whole sheet is worth with it."""

    score: Score | None
    standing: Standing


def score(*, place: Place, indicator: str, opinion: Opinion, mark: str, at: datetime) -> Scored:
    """This function will store an assessor's level at the present stage, and return the new index.

    `mark` is that of the entry the writer saw ("" for none): nothing is overwritten unseen. Errors: `Refused` by the
    policy and by the database for a conflict of interest, `ScoreRefused` with every problem, `ScoreConflict`.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_score(place.actor, state=State(evaluation.state)))
        opinion = _checked(place, indicator, opinion)
        row = present_score(evaluation, indicator)
        if row is not None and opinion_of_score(row) == opinion:
            return Scored(row, _projected(place, evaluation, at))
        if mark != mark_of(row):
            raise ScoreConflict(ours=opinion, stored=row)
        return put(place, evaluation, row, indicator, opinion, at=at)


def enter(*, place: Place, indicator: str, version: int, at: datetime) -> Scored:
    """This function will make what was typed the score of the present stage, and return the new index.

    `version` is that of the draft the writer saw. Errors: `Refused` by the policy, where the draft was changed since,
    and by the database for a conflict of interest; `ScoreRefused` with everything that is still missing.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_score(place.actor, state=State(evaluation.state)))
        draft = lock_draft(evaluation, indicator)
        if draft.version != version:
            words = _("Somebody changed this score since you opened the page. Look at it first.")
            raise Refused(Refusal("changed_meanwhile", words))
        opinion = _checked(place, indicator, opinion_of(draft))
        row = present_score(evaluation, indicator)
        if row is not None and opinion_of_score(row) == opinion:
            return Scored(row, _projected(place, evaluation, at))
        return put(place, evaluation, row, indicator, opinion, at=at)


def put(
    place: Place, evaluation: Evaluation, row: Score | None, indicator: str, opinion: Opinion, *, at: datetime
) -> Scored:
    """This function will write a checked score into the open transaction: for this module and for objections."""
    inherited = Opinion(_level_before(place, evaluation, indicator))
    before = opinion_of_score(row) if row is not None else inherited
    row = _written(place, evaluation, row, indicator, opinion, at)
    draft = lock_draft(evaluation, indicator)
    write(draft, opinion, by=place.actor.user_id, at=at, is_entered=True)
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action="evaluations.scored",
        subject=str(row.id),
        facts={
            "year": place.participation.year,
            "indicator": indicator,
            "stage": row.stage,
            "version": row.version,
            **change(asdict(before), asdict(opinion)),
        },
    )
    publish(
        LevelScored(
            organization_id=place.organization.id,
            evaluation_id=evaluation.id,
            indicator=indicator,
            stage=row.stage,
            at=at,
        )
    )
    return Scored(row, _projected(place, evaluation, at))


def clear(*, place: Place, indicator: str, mark: str, at: datetime) -> Scored:
    """This function will delete the entry of the present, still open stage, so that the level inherits again.

    Errors: `Refused` by the policy and where there is no entry, `ScoreConflict` when it changed since it was seen.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_score(place.actor, state=State(evaluation.state)))
        row = present_score(evaluation, indicator)
        if row is None:
            words = _("There is no entry of this stage: the level is inherited already.")
            raise Refused(Refusal("nothing_to_clear", words))
        if mark != mark_of(row):
            raise ScoreConflict(ours=Opinion(None), stored=row)
        before, subject = opinion_of_score(row), str(row.id)
        row.delete()
        inherited = Opinion(_level_before(place, evaluation, indicator))
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.score_cleared",
            subject=subject,
            facts={
                "year": place.participation.year,
                "indicator": indicator,
                "stage": STAGE_OF[State(evaluation.state)],
                **change(asdict(before), asdict(inherited)),
            },
        )
        publish(
            ScoreCleared(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                indicator=indicator,
                stage=STAGE_OF[State(evaluation.state)],
                at=at,
            )
        )
        return Scored(None, _projected(place, evaluation, at))


def mark_validity(
    *, place: Place, indicator: str, stage: Stage, is_valid: bool, note: str, at: datetime
) -> Score:
    """This function will keep the review team's word on an assessor's score: valid, or not valid with a note.

    A correction is a score of its own, by the ministry. Errors: `Refused` by the policy, for a stage without a score,
    and without a note for a score that is not valid.
    """
    note = storable(note)
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_review_validity(place.actor, state=State(evaluation.state)))
        if not is_valid and not note:
            raise Refused(Refusal("note_missing", _("Say why the score is not valid.")))
        if len(note) > LONGEST_REASON:
            raise Refused(Refusal("note_too_long", _("The note is too long: at most 2,000 characters.")))
        row = _scores(evaluation, indicator).filter(stage=stage).first()
        if row is None or stage not in EXTERNAL:
            raise Refused(Refusal("no_such_score", _("No assessor scored this indicator at that stage.")))
        here = place.organization.id
        before = judged(here, _word(row.is_valid), row.validity_note, at=at)
        row.is_valid, row.validity_note = is_valid, note
        row.reviewed_at, row.reviewed_by = at, place.actor.user_id
        row.save(update_fields=["is_valid", "validity_note", "reviewed_at", "reviewed_by"])
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.score_reviewed",
            subject=str(row.id),
            facts={
                "year": place.participation.year,
                "indicator": indicator,
                "stage": stage,
                "before": before,
                "after": judged(here, _word(is_valid), note, at=at),
            },
        )
        publish(
            ScoreReviewed(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                indicator=indicator,
                stage=stage,
                is_valid=is_valid,
                at=at,
            )
        )
    return row


def show(*, place: Place, at: datetime) -> Evaluation:
    """This function will show the region the scores of the stage under way, so that it can object in time.

    Errors: `Refused` by the policy, and where the region sees them already.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        state = State(evaluation.state)
        ensure(policies.may_show_scores(place.actor, state=state, shown_stage=evaluation.shown_stage))
        before = evaluation.shown_stage
        evaluation.shown_stage, evaluation.shown_at = STAGE_OF[state], at
        evaluation.save(update_fields=["shown_stage", "shown_at"])
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.scores_shown",
            subject=str(evaluation.id),
            facts={
                "year": place.participation.year,
                "stage": evaluation.shown_stage,
                "before": before,
                "after": evaluation.shown_stage,
            },
        )
        publish(
            ScoresShown(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                stage=evaluation.shown_stage,
                at=at,
            )
        )
    return evaluation


def present_score(evaluation: Evaluation, indicator: str) -> Score | None:
    """This function will return the entry of the present stage, None where the level is inherited. One query."""
    stage = STAGE_OF[State(evaluation.state)]
    return _scores(evaluation, indicator).filter(stage=stage).first()


def find_problems(place: Place, indicator: str, opinion: Opinion) -> tuple[Problem, ...]:
    """This function will return everything that keeps an opinion from being a score."""
    return (*find_unfinished(opinion), *find_opinion_problems(place, indicator, opinion))


def _checked(place: Place, indicator: str, opinion: Opinion) -> Opinion:
    """Return the opinion with the checklist that carries its level. Errors: `ScoreRefused` with every problem."""
    problems = find_problems(place, indicator, opinion)
    if problems:
        raise ScoreRefused(problems)
    return with_checklist(opinion, lowest=place.instrument.scale.minimum)


def _scores(evaluation: Evaluation, indicator: str) -> "QuerySet[Score]":
    return Score.objects.filter(
        organization_id=evaluation.organization_id, evaluation_id=evaluation.id, indicator=indicator
    )


def _level_before(place: Place, evaluation: Evaluation, indicator: str) -> Decimal:
    """The level as it stands: of the newest stage with an entry, the lowest without any."""
    entries = dict(_scores(evaluation, indicator).values_list("stage", "level"))
    newest = next((entries[stage] for stage in reversed(Stage) if stage in entries), None)
    return Decimal(place.instrument.scale.minimum) if newest is None else newest


def _written(
    place: Place, evaluation: Evaluation, row: Score | None, indicator: str, opinion: Opinion, at: datetime
) -> Score:
    """Store it; a changed level has to be reviewed anew."""
    if row is None:
        row = Score(
            organization_id=evaluation.organization_id,
            evaluation_id=evaluation.id,
            stage=STAGE_OF[State(evaluation.state)],
            indicator=indicator,
            version=0,
        )
    for name in FIELDS:
        setattr(row, name, getattr(opinion, name))
    row.met = sorted(opinion.met or ())
    row.version += 1
    row.scored_at, row.scored_by = at, place.actor.user_id
    row.is_valid, row.validity_note, row.reviewed_at, row.reviewed_by = None, "", None, None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if (refused := refused_by_database(error)) is not None:
            raise refused from error
        raise
    return row


def _projected(place: Place, evaluation: Evaluation, at: datetime) -> Standing:
    year = place.participation.year
    standing = project(evaluation=evaluation, instrument=place.instrument, year=year, at=at)
    if State(evaluation.state) is State.CONSOLIDATED:
        measure(evaluation=evaluation, instrument=place.instrument)
    return standing


def _word(is_valid: bool | None) -> str:
    return {True: "valid", False: "not valid", None: ""}[is_valid]
