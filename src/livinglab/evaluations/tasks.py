"""What the context does when something happened elsewhere."""

from uuid import UUID

from procrastinate.contrib.django import app

from livinglab.assessments.queries import get_instrument
from livinglab.audit.queries import tell_withheld
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.events import (
    AnswerMoved,
    EvaluationMoved,
    LevelScored,
    ObjectionRaised,
    ObjectionSettled,
)
from livinglab.evaluations.operations import assessors, notices, reports
from livinglab.evaluations.operations.differences import measure
from livinglab.evaluations.operations.evidence_uses import follow_revision as follow
from livinglab.evaluations.queries.assessed import assessed_of
from livinglab.evaluations.queries.evidence_uses import held_of, places_of
from livinglab.evaluations.queries.participations import participations
from livinglab.evaluations.queries.records import find_evaluation
from livinglab.evaluations.queries.trail import not_shown
from livinglab.evidence.events import PieceRevised
from livinglab.evidence.queries import tell_assessed, tell_holds, tell_uses
from livinglab.kernel import clock
from livinglab.kernel.events import subscribe
from livinglab.organizations.events import MembershipGranted

tell_uses(places_of)
tell_holds(held_of)
tell_assessed(assessed_of)
tell_withheld(not_shown)


@subscribe(EvaluationMoved, name="evaluations.measure_differences")
def measure_differences(event: EvaluationMoved) -> None:
    """This function will compare both raters of an evaluation once its scores are consolidated."""
    if event.step not in (Step.CONSOLIDATE, Step.DECIDE) or event.organization_id is None:
        return
    evaluation = find_evaluation(event.organization_id, event.evaluation_id)
    participation = participations().get(id=event.evaluation_id)
    if evaluation is not None:
        measure(evaluation=evaluation, instrument=get_instrument(participation.round.instrument))


@subscribe(AnswerMoved, name="evaluations.tell_of_answer")
def tell_of_answer(event: AnswerMoved) -> None:
    """This function will tell whoever has an answer next that it is theirs now."""
    notices.tell_of_answer(event)


@subscribe(LevelScored, name="evaluations.tell_of_score")
def tell_of_score(event: LevelScored) -> None:
    """This function will tell the other assessors of a region that one of them gave a level."""
    notices.tell_of_score(event)


@subscribe(ObjectionRaised, name="evaluations.tell_of_objection")
def tell_of_objection(event: ObjectionRaised) -> None:
    """This function will tell the assessors of a region that it objects."""
    notices.tell_of_objection(event)


@subscribe(ObjectionSettled, name="evaluations.tell_of_settlement")
def tell_of_settlement(event: ObjectionSettled) -> None:
    """This function will tell the region how its objection ended."""
    notices.tell_of_settlement(event)


@subscribe(MembershipGranted, name="evaluations.end_conflicting_assignments")
def end_conflicting_assignments(event: MembershipGranted) -> None:
    """This function will end the assignments of an assessor to a region whose member they became."""
    if event.organization_id is not None:
        assessors.end_conflicting(
            assessor_id=event.user_id, organization_id=event.organization_id, at=clock.now()
        )


@subscribe(PieceRevised, name="evaluations.follow_revision")
def follow_revision(event: PieceRevised) -> None:
    """This function will show a piece's newer revision wherever its region still works on its answers."""
    if event.organization_id is not None:
        follow(
            organization_id=event.organization_id,
            older_id=event.supersedes_id,
            newer_id=event.piece_id,
            at=clock.now(),
        )


@app.task(name=reports.TASK, queue=reports.QUEUE)
def make_report(organization_id: str, job_id: str) -> None:
    """This function will make a report that somebody asked for."""
    reports.make(organization_id=UUID(organization_id), job_id=UUID(job_id), at=clock.now())
