"""An office's part of a case, handed over to an agency of the region: disposition, and taking it back."""

from datetime import datetime
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.models import Case, Disposition, Task
from livinglab.casework.operations.assigning import waiting_task
from livinglab.casework.operations.keeping import note
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.disposed import dispositions
from livinglab.casework.queries.seats import covers, oversees, seats_of
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, agencies, roles_in
from livinglab.packages.domain.running.state import Happened


def dispose(
    *,
    organization: Organization,
    task_id: UUID,
    agency_id: UUID | None,
    instruction: str,
    by: User,
    at: datetime,
) -> Task:
    """This function will hand the part of a case that a lane has over to an agency; None gives it back to the lane.

    All steps of the lane that wait, and those that come, wait for that agency's seats and for seats of every agency.
    Whoever worked on them does no more. Deadlines run on. Handed to who has it already, nothing changes, unless there
    is another instruction: that is kept too, and whoever works on it goes on.
    Errors: `Refused` by the policy, and where the step does not wait any more.
    """
    with tenancy(organization.id):
        row = lock_case(organization.id, waiting_task(organization.id, task_id).case_id)
        found = waiting_task(organization.id, task_id)
        ensure(_refusal(organization, found, agency_id, instruction, by=by))
        asked = storable(instruction)
        if found.agency_id == agency_id and not _is_new(found, asked):
            return found
        Disposition.objects.create(
            organization_id=organization.id,
            case=row,
            lane=found.lane,
            node=found.node,
            agency_id=agency_id,
            before_id=found.agency_id,
            instruction=asked,
            by=by.id,
            at=at,
        )
        if found.agency_id != agency_id:
            _hand_over(row, found.lane, agency_id)
        what = Happened.DISPOSED if agency_id is not None else Happened.RETURNED
        note(row, what, node=found.node, lane=found.lane, by=by.id, at=at)
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="casework.disposed",
            subject=row.number,
            facts={
                "step": found.node,
                "agency": str(agency_id or ""),
                "agency_before": str(found.agency_id or ""),
            },
        )
        return waiting_task(organization.id, task_id)


def _is_new(found: Task, asked: str) -> bool:
    """Whether the agency that has a step is asked for something else than before."""
    newest = next(iter(dispositions(found)), None)
    return bool(asked) and newest is not None and newest.agency_id is not None and newest.instruction != asked


def _hand_over(row: Case, lane: str, agency_id: UUID | None) -> None:
    others = {key: value for key, value in row.agencies.items() if key != lane}
    row.agencies = {**others, lane: str(agency_id)} if agency_id is not None else others
    row.save(update_fields=["agencies"])
    Task.objects.filter(case_id=row.id, lane=lane).update(agency_id=agency_id, assignee=None, taken_from=None)


def _refusal(
    organization: Organization, found: Task, agency_id: UUID | None, instruction: str, *, by: User
) -> Refusal | None:
    own = seats_of(organization.id, by.id)
    is_over = any(oversees(seat, found) for seat in own)
    return policies.may_dispose(
        is_seated=any(covers(seat, found) for seat in own),
        is_over=is_over or policies.may_decide(roles_in(by, organization.id)) is None,
        kind=found.kind,
        is_known=agency_id is None or agencies(organization.id).filter(id=agency_id).exists(),
        letters=len(instruction),
    )
