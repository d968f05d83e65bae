"""The steps of an answer from hand to hand inside the region, each kept with its reason."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.answers import AnswerState, AnswerStep, next_state
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.events import AnswerMoved
from livinglab.evaluations.models import Answer, AnswerMove, Evaluation
from livinglab.evaluations.operations.problems import LONGEST_REASON
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.operations.records import lock_answer, lock_evaluation
from livinglab.evaluations.queries.places import Place
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

_PAST: Final = {
    AnswerStep.HAND_IN: "handed_in",
    AnswerStep.TAKE_BACK: "taken_back",
    AnswerStep.ACCEPT: "accepted",
    AnswerStep.RETURN: "returned",
    AnswerStep.VALIDATE: "validated",
}


def take_step(*, place: Place, indicator: str, step: AnswerStep, at: datetime, reason: str = "") -> Answer:
    """This function will hand an answer on: hand in, take back, accept, return (with a reason), validate.

    Errors: `Refused` by the policy, without a reason for a return, and without a level for handing in; the database
    refuses that an internal assessor accepts the own agency's answer.
    """
    reason = storable(reason)
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        answer = lock_answer(evaluation, indicator)
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
