"""What assessors type before it is a score: stored by its version, merged with what a colleague wrote meanwhile."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.answers import Merge, merge
from livinglab.evaluations.domain.opinions import FIELDS, Opinion
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.models import Evaluation, ScoreDraft, ScoreDraftVersion
from livinglab.evaluations.operations.problems import Problem, find_opinion_problems
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.operations.traces import change
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.score_drafts import base_of, opinion_of
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy


class ScoreRefused(Exception):
    """A score has problems; nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(one.field for one in problems))
        self.problems = problems


class DraftConflict(Exception):
    """A colleague changed the same fields since this writer began; nothing was written.

    `stored` is what they left, `version` its number: saving again with that number settles the conflict.
    """

    def __init__(self, *, found: Merge[Opinion], ours: Opinion, draft: ScoreDraft) -> None:
        super().__init__(", ".join(found.conflicts))
        self.found, self.ours, self.stored = found, ours, opinion_of(draft)
        self.version, self.changed_by = draft.version, draft.changed_by


@dataclass(frozen=True, slots=True)
class Typed:
    """A draft as it is stored now. `merged`: with a colleague's part."""

    draft: ScoreDraft
    merged: bool = False


def save(*, place: Place, indicator: str, opinion: Opinion, base_version: int, at: datetime) -> Typed:
    """This function will store what an assessor typed on top of version `base_version` at the present stage.

    It changes no level: `scores.enter` does. Fields that only one of two writers changed are merged. Errors: `Refused`
    by the policy, `ScoreRefused` with every problem, `DraftConflict` when both changed the same field.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_score(place.actor, state=State(evaluation.state)))
        draft = lock_draft(evaluation, indicator)
        stored = opinion_of(draft)
        wanted, was_merged = _merged(draft, opinion, stored, base_version)
        problems = find_opinion_problems(place, indicator, wanted)
        if problems:
            raise ScoreRefused(problems)
        if wanted != stored:
            write(draft, wanted, by=place.actor.user_id, at=at)
            _record(place, draft, stored, wanted, at)
    return Typed(draft, was_merged)


def lock_draft(evaluation: Evaluation, indicator: str) -> ScoreDraft:
    """This function will return the draft of the present stage, not stored yet where nobody typed anything.

    The evaluation's row is locked, so no two are made.
    """
    row = ScoreDraft(
        organization_id=evaluation.organization_id,
        evaluation_id=evaluation.id,
        stage=STAGE_OF[State(evaluation.state)],
        indicator=indicator,
    )
    found = ScoreDraft.objects.filter(
        organization_id=row.organization_id, evaluation_id=row.evaluation_id, stage=row.stage
    )
    return found.filter(indicator=indicator).first() or row


def write(
    draft: ScoreDraft, opinion: Opinion, *, by: UUID, at: datetime, is_entered: bool = False
) -> ScoreDraftVersion:
    """This function will store an opinion as the newest version of a draft, into the open transaction."""
    for name in FIELDS:
        setattr(draft, name, getattr(opinion, name))
    draft.met = sorted(opinion.met or ())
    draft.version += 1
    draft.changed_at, draft.changed_by = at, by
    draft.save()
    return ScoreDraftVersion.objects.create(
        organization_id=draft.organization_id,
        draft_id=draft.id,
        number=draft.version,
        is_entered=is_entered,
        at=at,
        by=by,
        **{name: getattr(draft, name) for name in FIELDS},
    )


def _merged(draft: ScoreDraft, opinion: Opinion, stored: Opinion, base_version: int) -> tuple[Opinion, bool]:
    if base_version == draft.version:
        return opinion, False
    found = merge(base_of(draft, base_version), opinion, stored)
    if found.conflicts:
        raise DraftConflict(found=found, ours=opinion, draft=draft)
    return found.merged, found.merged != opinion


def _record(place: Place, draft: ScoreDraft, before: Opinion, after: Opinion, at: datetime) -> None:
    """Every field that changed, as it was and is; the words behind the fingerprints stand in the versions."""
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action="evaluations.score_drafted",
        subject=str(draft.id),
        facts={
            "year": place.participation.year,
            "indicator": draft.indicator,
            "stage": draft.stage,
            "version": draft.version,
            **change(asdict(before), asdict(after)),
        },
    )
