"""Writes of the answers inside a region: who answers, what is typed, and the steps from hand to hand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.answers import (
    FIELDS,
    AnswerState,
    AnswerStep,
    Draft,
    Merge,
    highest_level,
    is_allowed,
    merge,
    next_state,
)
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.events import AnswerMoved
from livinglab.evaluations.models import Answer, AnswerMove, AnswerVersion, Evaluation
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import Standing
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations import queries as organizations

#: characters of Fakta or Analisis; about ten pages. What is longer belongs into a piece of evidence
LONGEST_TEXT: Final = 20_000
LONGEST_SOURCE: Final = 300
LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of an answer, and what to do."""

    field: str
    message: str | Promise


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
        self, *, found: Merge, ours: Draft, stored: Draft, version: int, changed_by: UUID | None
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
    answer = _lock_answer(evaluation, indicator)
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
    return answer, was_merged


def take_step(*, place: Place, indicator: str, step: AnswerStep, at: datetime, reason: str = "") -> Answer:
    """This function will hand an answer on: hand in, take back, accept, return (with a reason), validate.

    Errors: `Refused` by the policy, without a reason for a return, and without a level for handing in; the database
    refuses that an internal assessor accepts the own agency's answer.
    """
    reason = storable(reason)
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        answer = _lock_answer(evaluation, indicator)
        ensure(refusal_of_step(place, evaluation, answer, step))
        ensure(_refusal_of_content(answer, step, reason))
        before = AnswerState(answer.state)
        after = next_state(before, step)
        assert after is not None, "the policy knows the table"
        answer.state = after
        answer.returned_reason = reason if step is AnswerStep.RETURN else ""
        answer.save(update_fields=["state", "returned_reason"])
        _move(answer, step, before, after, reason, by=place.actor.user_id, at=at)
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action=f"evaluations.answer_{_PAST[step]}",
            subject=str(answer.id),
            facts={
                "year": place.participation.year,
                "indicator": indicator,
                "before": before,
                "after": after,
            },
        )
        project(evaluation=evaluation, instrument=place.instrument, year=place.participation.year, at=at)
        publish(
            AnswerMoved(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                indicator=indicator,
                step=step,
                at=at,
            )
        )
    return answer


def assign(
    *,
    place: Place,
    indicators: Collection[str],
    agency_id: UUID | None,
    assignee_id: UUID | None,
    due_on: date | None,
    at: datetime,
) -> int:
    """This function will give indicators to an agency, a person, or both, and return how many changed.

    Errors: `Refused` by the policy, for an agency the organisation does not have and for a person who is no member.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_assign(place.actor, state=State(evaluation.state)))
        _ensure_here(place, agency_id, assignee_id)
        earlier: dict[str, dict[str, str]] = {}
        for indicator in indicators:
            answer = _lock_answer(evaluation, indicator)
            before = (answer.agency_id, answer.assignee_id, answer.due_on)
            if before == (agency_id, assignee_id, due_on):
                continue
            answer.agency_id, answer.assignee_id, answer.due_on = agency_id, assignee_id, due_on
            answer.save(update_fields=["agency_id", "assignee_id", "due_on"])
            earlier[indicator] = _assignment_facts(*before)
        if earlier:
            audit.record(
                organization_id=place.organization.id,
                by=place.actor.user_id,
                at=at,
                action="evaluations.indicators_assigned",
                subject=str(evaluation.id),
                facts={
                    "year": place.participation.year,
                    "indicators": sorted(indicators),
                    **_assignment_facts(agency_id, assignee_id, due_on),
                    "before": earlier,
                },
            )
            project(evaluation=evaluation, instrument=place.instrument, year=place.participation.year, at=at)
    return len(earlier)


def _assignment_facts(
    agency_id: UUID | None, assignee_id: UUID | None, due_on: date | None
) -> dict[str, str]:
    return {
        "agency": str(agency_id or ""),
        "user": str(assignee_id or ""),
        "due": due_on.isoformat() if due_on else "",
    }


def refusal_of_step(
    place: Place, evaluation: Evaluation | None, answer: Answer | None, step: AnswerStep
) -> Refusal | None:
    """This function will return why this person may not take this step: for the button and for the write."""
    return policies.may_take_answer_step(
        place.actor,
        step,
        evaluation_state=State(evaluation.state) if evaluation else State.SELF,
        answer_state=AnswerState(answer.state) if answer else AnswerState.OPEN,
        agency_id=answer.agency_id if answer else None,
        assignee_id=answer.assignee_id if answer else None,
    )


def draft_of(answer: Answer) -> Draft:
    """This function will return what is stored of an answer as a draft."""
    return Draft(answer.level, frozenset(answer.met), answer.facts, answer.analysis, answer.external_source)


def draft_of_version(row: AnswerVersion) -> Draft:
    """This function will return an answer as it was stored once."""
    return Draft(row.level, frozenset(row.met), row.facts, row.analysis, row.external_source)


def find_problems(place: Place, indicator: str, draft: Draft) -> tuple[Problem, ...]:
    """This function will return everything that keeps a draft from being stored."""
    scale = place.instrument.scale
    found: list[Problem] = []
    for name, text, longest in (
        ("facts", draft.facts, LONGEST_TEXT),
        ("analysis", draft.analysis, LONGEST_TEXT),
        ("external_source", draft.external_source, LONGEST_SOURCE),
    ):
        if len(text) > longest:
            words = _(
                "%(count)s characters are too many: at most %(most)s. Put the long text into a file as evidence."
            )
            found.append(Problem(name, words % {"count": len(text), "most": longest}))
        if "\x00" in text:
            found.append(Problem(name, _("The text holds a character that cannot be stored. Type it again.")))
    if not draft.met <= set(scale.levels):
        found.append(Problem("met", _("The checklist names a level that this instrument does not have.")))
    if draft.level is not None:
        found.extend(_level_problems(place, indicator, draft, draft.level))
    return tuple(found)


def _level_problems(place: Place, indicator: str, draft: Draft, level: Decimal) -> list[Problem]:
    scale = place.instrument.scale
    low, high = scale.minimum, scale.maximum
    if not low <= level <= high:
        words = _("This instrument has the levels %(low)s to %(high)s.")
        return [Problem("level", words % {"low": low, "high": high})]
    if level != level.quantize(Decimal(1).scaleb(-scale.decimals)):
        words = _("A level has at most %(places)s decimals in this instrument.")
        return [Problem("level", words % {"places": scale.decimals})]
    if draft.external_source and place.rests_on_another_index(indicator):
        return []
    if not is_allowed(level, draft.met, lowest=low, highest=high):
        offered = highest_level(draft.met, lowest=low, highest=high)
        words = _("Levels are cumulative: with this checklist the highest level is %(level)s.")
        return [Problem("level", words % {"level": offered})]
    return []


_PAST: Final = {
    AnswerStep.SAVE: "saved",
    AnswerStep.HAND_IN: "handed_in",
    AnswerStep.TAKE_BACK: "taken_back",
    AnswerStep.ACCEPT: "accepted",
    AnswerStep.RETURN: "returned",
    AnswerStep.VALIDATE: "validated",
}


def _lock_answer(evaluation: Evaluation, indicator: str) -> Answer:
    """Return the answer's row, made if nobody touched it yet. The evaluation's row is locked: no two are made."""
    rows = Answer.objects.filter(organization_id=evaluation.organization_id, evaluation_id=evaluation.id)
    row = rows.filter(indicator=indicator).first()
    return row or Answer.objects.create(
        organization_id=evaluation.organization_id, evaluation_id=evaluation.id, indicator=indicator
    )


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
    """Levels as they were and are; of the texts only which changed: they are kept in the versions."""
    facts: dict[str, object] = {
        "year": place.participation.year,
        "indicator": answer.indicator,
        "version": answer.version,
        "changed": [name for name in FIELDS if getattr(before, name) != getattr(after, name)],
    }
    if before.level != after.level:
        facts |= {"before": _text(before.level), "after": _text(after.level)}
    return facts


def _text(level: Decimal | None) -> str:
    return "" if level is None else str(level)


def _refusal_of_content(answer: Answer, step: AnswerStep, reason: str) -> Refusal | None:
    if step is AnswerStep.RETURN and not reason:
        return Refusal("reason_missing", _("Say why the answer goes back, so that it can be put right."))
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", _("The reason is too long: at most 2,000 characters."))
    if step is AnswerStep.HAND_IN and answer.level is None:
        return Refusal("level_missing", _("Choose a level before you hand the answer in."))
    return None


def _move(
    answer: Answer,
    step: AnswerStep,
    before: AnswerState,
    after: AnswerState,
    reason: str,
    *,
    by: UUID,
    at: datetime,
) -> None:
    try:
        with transaction.atomic():
            AnswerMove.objects.create(
                organization_id=answer.organization_id,
                answer_id=answer.id,
                step=step,
                from_state=before,
                to_state=after,
                reason=reason,
                level=answer.level,
                at=at,
                by=by,
            )
    except IntegrityError as error:
        if "own agency" not in str(error):
            raise
        words = _("An internal assessor does not accept the answer of their own agency.")
        raise Refused(Refusal("own_agency", words)) from error


def _ensure_here(place: Place, agency_id: UUID | None, assignee_id: UUID | None) -> None:
    here = place.organization.id
    if agency_id is not None and not organizations.agencies(here).filter(id=agency_id).exists():
        raise Refused(Refusal("agency_unknown", _("This organisation has no such agency.")))
    if assignee_id is not None and not organizations.roles_held(assignee_id, here):
        raise Refused(Refusal("person_unknown", _("This person is not a member of this organisation.")))
