"""What the context does when something happened elsewhere."""

from uuid import UUID

from procrastinate.contrib.django import app

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.events import EvaluationMoved
from livinglab.evaluations.operations import assessors, reports
from livinglab.evaluations.operations.differences import measure
from livinglab.evaluations.operations.evidence_uses import follow_revision as follow
from livinglab.evaluations.queries.evidence_uses import held_of, places_of
from livinglab.evaluations.queries.participations import participations
from livinglab.evaluations.queries.records import find_evaluation
from livinglab.evidence.events import PieceRevised
from livinglab.evidence.queries import tell_holds, tell_uses
from livinglab.kernel import clock
from livinglab.kernel.events import subscribe
from livinglab.organizations.events import MembershipGranted

tell_uses(places_of)
tell_holds(held_of)


@subscribe(EvaluationMoved, name="evaluations.measure_differences")
def measure_differences(event: EvaluationMoved) -> None:
    """This function will compare both raters of an evaluation once its scores are consolidated."""
    if event.step not in (Step.CONSOLIDATE, Step.DECIDE) or event.organization_id is None:
        return
    evaluation = find_evaluation(event.organization_id, event.evaluation_id)
    participation = participations().get(id=event.evaluation_id)
    if evaluation is not None:
        measure(evaluation=evaluation, instrument=get_instrument(participation.round.instrument))


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
