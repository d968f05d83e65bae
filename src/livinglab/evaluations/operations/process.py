"""Moves a region on through a round: approved, signed, sent, interviewed, consolidated, decided."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.checks import Remark, blocking
from livinglab.evaluations.domain.process import State, Step, next_state
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.events import EvaluationMoved
from livinglab.evaluations.models import Evaluation, Score
from livinglab.evaluations.operations.projection import open_objections, project
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.queries import checks, records
from livinglab.evaluations.queries.checks import said_by_no_state
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.published import TOPIC
from livinglab.evaluations.queries.rows import Rows
from livinglab.kernel.clock import day_of
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_NUMBER: Final = 80
#: after these everybody sees other levels
_PUBLISHING: Final = frozenset({Step.SEND, Step.DECIDE})
_PAST: Final = {
    Step.APPROVE: "approved",
    Step.REOPEN: "reopened",
    Step.SIGN: "signed",
    Step.SEND: "sent",
    Step.INTERVIEW: "interview_opened",
    Step.VISIT: "visit_opened",
    Step.CONSOLIDATE: "consolidated",
    Step.DECIDE: "decided",
}


def approve(*, place: Place, at: datetime) -> Evaluation:
    """This function will close the region's own work: every answer validated, no check failing.

    Errors: `Refused` by the policy, naming how many answers are not validated and how many checks fail, also for
    somebody who may not approve: they learn what is missing too.
    """

    def approved(evaluation: Evaluation) -> None:
        evaluation.approved_by, evaluation.approved_at = place.actor.user_id, at

    return _move(
        place,
        Step.APPROVE,
        approved,
        at=at,
        content=lambda: refusal_of_content(place, day=_day(place, at)),
    )


def refusal_of_content(place: Place, *, day: date) -> Refusal | None:
    """This function will return why the self-assessment cannot be approved as it is: unvalidated answers, errors."""
    given = records.answers(place.organization.id, place.participation.id)
    validated = {key for key, row in given.items() if row.state == AnswerState.VALIDATED}
    missing = [key for key in records.keys_of(place.instrument, given) if key not in validated]
    errors = said_by_no_state(errors_at(place, Step.APPROVE, day=day))
    return policies.may_approve(unvalidated=len(missing), errors=len(errors))


def errors_at(place: Place, step: Step, *, day: date, rows: Rows | None = None) -> tuple[Remark, ...]:
    """This function will return the findings of the quality checks that stop a step on a day.

    As many queries as `sheet_of`; three less with the evaluation's `rows`.
    """
    return blocking(checks.remarks_of(place, day=day, rows=rows), step)


def reopen(*, place: Place, at: datetime) -> Evaluation:
    """This function will give the self-assessment back to work before it is sent; a signature lapses with it."""

    lapsed: dict[str, object] = {}

    def undo(evaluation: Evaluation) -> None:
        if evaluation.minutes_number:
            day = str(evaluation.minutes_date or "")
            lapsed["minutes"] = {"number": evaluation.minutes_number, "date": day}
        evaluation.approved_by = evaluation.approved_at = None
        evaluation.signed_by = evaluation.signed_at = None
        evaluation.minutes_number, evaluation.minutes_date, evaluation.has_consent = "", None, False

    return _move(place, Step.REOPEN, undo, at=at, facts=lapsed)


def sign(
    *, place: Place, minutes_number: str, minutes_date: date | None, has_consent: bool, at: datetime
) -> Evaluation:
    """This function will sign the minutes (Berita Acara) and the consent to publish as the coordinator.

    Errors: `Refused` by the policy, where a check fails that was none when it was approved (evidence grows old), and
    without number, day or consent (PermenPANRB 59/2020: both are signed before anything is sent).
    """
    number = storable(minutes_number)

    def signed(evaluation: Evaluation) -> None:
        ensure(policies.may_pass_checks(errors=len(errors_at(place, Step.SIGN, day=_day(place, at)))))
        if not number or minutes_date is None:
            raise Refused(Refusal("minutes_missing", _("Enter the number and the date of the minutes.")))
        if minutes_date > _day(place, at):
            raise Refused(Refusal("minutes_in_future", _("The minutes cannot be dated in the future.")))
        ensure(_refusal_of_number(number))
        if not has_consent:
            words = _(
                "The consent to publish is signed together with the minutes; without it nothing can be sent."
            )
            raise Refused(Refusal("consent_missing", words))
        evaluation.minutes_number, evaluation.minutes_date = number, minutes_date
        evaluation.has_consent = True
        evaluation.signed_by, evaluation.signed_at = place.actor.user_id, at

    return _move(place, Step.SIGN, signed, at=at, facts={"number": number, "date": str(minutes_date or "")})


def send(*, place: Place, at: datetime) -> Evaluation:
    """This function will send the self-assessment: its levels become the scores of the first stage, kept for ever.

    Errors: `Refused` by the policy; a second click finds it sent and is refused too.
    """

    def sent(evaluation: Evaluation) -> None:
        ensure(policies.may_pass_checks(errors=len(errors_at(place, Step.SEND, day=_day(place, at)))))
        evaluation.sent_at = at
        given = records.answers(place.organization.id, evaluation.id)
        Score.objects.bulk_create(
            Score(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                stage=Stage.SELF,
                indicator=key,
                level=row.level,
                met=row.met,
                facts=row.facts,
                analysis=row.analysis,
                scored_at=at,
                scored_by=place.actor.user_id,
            )
            for key, row in given.items()
            if row.level is not None
        )

    return _move(place, Step.SEND, sent, at=at)


def advance(*, place: Place, step: Step, at: datetime) -> Evaluation:
    """This function will open the next stage for the assessors: interview, visit or consolidation.

    Errors: `Refused` by the policy, and for consolidation while an objection of the region is open.
    """
    if step not in (Step.INTERVIEW, Step.VISIT, Step.CONSOLIDATE):
        raise ValueError(step)

    def ready(evaluation: Evaluation) -> None:
        if step is Step.CONSOLIDATE:
            count = open_objections(evaluation.organization_id, evaluation.id)
            errors = len(errors_at(place, step, day=_day(place, at)))
            ensure(
                policies.joined(
                    policies.may_consolidate(open_objections=count), policies.may_pass_checks(errors=errors)
                )
            )

    return _move(place, step, ready, at=at)


def decide(*, place: Place, number: str, day: date | None, at: datetime) -> Evaluation:
    """This function will enter the decision; from here on the figures are the official result.

    Errors: `Refused` by the policy and without number and date.
    """
    number = storable(number)

    def decided(evaluation: Evaluation) -> None:
        ensure(policies.may_pass_checks(errors=len(errors_at(place, Step.DECIDE, day=_day(place, at)))))
        if not number or day is None:
            raise Refused(Refusal("decision_missing", _("Enter the number and the date of the decision.")))
        if day > _day(place, at):
            raise Refused(Refusal("decision_in_future", _("The decision cannot be dated in the future.")))
        ensure(_refusal_of_number(number))
        evaluation.decision_number, evaluation.decision_date = number, day

    return _move(place, Step.DECIDE, decided, at=at, facts={"number": number, "date": str(day or "")})


def _day(place: Place, at: datetime) -> date:
    """The day it is for the region: its papers bear the date of its own calendar."""
    return day_of(at, place.organization.zone)


def _refusal_of_number(number: str) -> Refusal | None:
    if len(number) <= LONGEST_NUMBER:
        return None
    return Refusal("number_too_long", _("The number is too long: at most 80 characters."))


def _move(
    place: Place,
    step: Step,
    change: Callable[[Evaluation], None],
    *,
    at: datetime,
    facts: dict[str, object] | None = None,
    content: Callable[[], Refusal | None] | None = None,
) -> Evaluation:
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        before = State(evaluation.state)
        refusal = policies.may_take_step(place.actor, step, state=before, kind=place.kind)
        if content is not None and next_state(before, step, place.kind) is not None:
            refusal = policies.joined(refusal, content())
        ensure(refusal)
        change(evaluation)
        after = next_state(before, step, place.kind)
        assert after is not None, "the policy knows the table"
        evaluation.state = after
        evaluation.save()
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action=f"evaluations.{_PAST[step]}",
            subject=str(evaluation.id),
            facts={"year": place.participation.year, "before": before, "after": after, **(facts or {})},
        )
        project(evaluation=evaluation, instrument=place.instrument, year=place.participation.year, at=at)
        if step in _PUBLISHING:
            changed(TOPIC)
        publish(
            EvaluationMoved(
                organization_id=place.organization.id, evaluation_id=evaluation.id, step=step, at=at
            )
        )
    return evaluation
