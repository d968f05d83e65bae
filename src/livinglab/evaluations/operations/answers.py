"""What is typed into an answer: stored by its version, merged with what somebody else wrote meanwhile."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.evaluations.domain.answers import FIELDS, AnswerStep, Draft, Merge, merge
from livinglab.evaluations.events import AnswerSaved
from livinglab.evaluations.models import Answer, AnswerVersion, Evaluation
from livinglab.evaluations.operations.answer_steps import refusal_of_step
from livinglab.evaluations.operations.problems import Problem, find_problems
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.operations.records import lock_answer, lock_evaluation
from livinglab.evaluations.operations.traces import change
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import Standing
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy


class AnswerRefused(Exception):
    """An answer has problems; nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(one.field for one in problems))
        self.problems = problems


class EditConflict(Exception):
    """Somebody else changed the same fields since this writer began; nothing was written.

    `stored` is what they left, `version` its number: saving again with that number settles the conflict.
    """

    def __init__(
        self, *, found: Merge[Draft], ours: Draft, stored: Draft, version: int, changed_by: UUID | None
    ) -> None:
        super().__init__(", ".join(found.conflicts))
        self.found, self.ours, self.stored = found, ours, stored
        self.version, self.changed_by = version, changed_by


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer as it is stored now, and what the whole sheet is worth with it. `merged`: with somebody else's part."""

    answer: Answer
    standing: Standing
    merged: bool = False


def save(*, place: Place, indicator: str, draft: Draft, base_version: int, at: datetime) -> Saved:
    """This function will store what somebody typed on top of version `base_version`, and return the new index.

    Fields that only one of two writers changed are merged. Errors: `Refused` by the policy, `AnswerRefused` with
    every problem, `EditConflict` when both changed the same field.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        answer, was_merged = store(
            place=place,
            evaluation=evaluation,
            indicator=indicator,
            draft=draft,
            base_version=base_version,
            at=at,
        )
        standing = project(
            evaluation=evaluation, instrument=place.instrument, year=place.participation.year, at=at
        )
    return Saved(answer, standing, was_merged)


def store(
    *, place: Place, evaluation: Evaluation, indicator: str, draft: Draft, base_version: int, at: datetime
) -> tuple[Answer, bool]:
    """This function will store one answer of a locked evaluation, and say whether somebody else's part was merged.

    For writes of several answers in one transaction; call `project` after the last. Errors: as of `save`.
    """
    answer = lock_answer(evaluation, indicator)
    ensure(refusal_of_step(place, evaluation, answer, AnswerStep.SAVE))
    stored = draft_of(answer)
    wanted, was_merged = _merged(answer, draft, stored, base_version)
    problems = find_problems(place, indicator, wanted)
    if problems:
        raise AnswerRefused(problems)
    if wanted != stored:
        _write(answer, wanted, by=place.actor.user_id, at=at)
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.answer_saved",
            subject=str(answer.id),
            facts=_difference(place, answer, stored, wanted),
        )
        publish(
            AnswerSaved(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                indicator=indicator,
                version=answer.version,
                at=at,
            )
        )
    return answer, was_merged


def draft_of(answer: Answer) -> Draft:
    """This function will return what is stored of an answer as a draft."""
    return Draft(answer.level, frozenset(answer.met), answer.facts, answer.analysis, answer.external_source)


def draft_of_version(row: AnswerVersion) -> Draft:
    """This function will return an answer as it was stored once."""
    return Draft(row.level, frozenset(row.met), row.facts, row.analysis, row.external_source)


def _merged(answer: Answer, draft: Draft, stored: Draft, base_version: int) -> tuple[Draft, bool]:
    if base_version == answer.version:
        return draft, False
    base = _base(answer, base_version)
    found = merge(base, draft, stored)
    if found.conflicts:
        raise EditConflict(
            found=found, ours=draft, stored=stored, version=answer.version, changed_by=answer.changed_by
        )
    return found.merged, found.merged != draft


def _base(answer: Answer, number: int) -> Draft:
    row = AnswerVersion.objects.filter(
        organization_id=answer.organization_id, answer_id=answer.id, number=number
    ).first()
    return Draft() if row is None else draft_of_version(row)


def _write(answer: Answer, draft: Draft, *, by: UUID, at: datetime) -> None:
    answer.level, answer.met = draft.level, sorted(draft.met)
    answer.facts, answer.analysis, answer.external_source = draft.facts, draft.analysis, draft.external_source
    answer.version += 1
    answer.changed_at, answer.changed_by = at, by
    answer.save(update_fields=[*FIELDS, "version", "changed_at", "changed_by"])
    AnswerVersion.objects.create(
        organization_id=answer.organization_id,
        answer_id=answer.id,
        number=answer.version,
        at=at,
        by=by,
        **{name: getattr(answer, name) for name in FIELDS},
    )


def _difference(place: Place, answer: Answer, before: Draft, after: Draft) -> dict[str, object]:
    """Every field that changed, as it was and is; the words behind the fingerprints stand in the versions."""
    return {
        "year": place.participation.year,
        "indicator": answer.indicator,
        "version": answer.version,
        **change(asdict(before), asdict(after)),
    }
