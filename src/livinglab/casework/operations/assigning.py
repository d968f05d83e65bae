"""Who of an office does a step that waits: taken, given to a colleague, given back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.models import Task
from livinglab.casework.operations.keeping import note
from livinglab.casework.operations.locking import lock_case, lock_cases
from livinglab.casework.queries.seats import covers, oversees, seats_of, tasks_below, tasks_under
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_held, roles_in
from livinglab.packages.domain.running.state import Happened


def assign(*, organization: Organization, task_id: UUID, to: UUID | None, by: User, at: datetime) -> Task:
    """This function will say who does a step, None for whoever has a seat there; said twice it changes nothing.

    From whom somebody else took it is kept until it is given back, so that they read it. Deadlines run on.
    Errors: `Refused` by the policy, and where the step does not wait any more.
    """
    with tenancy(organization.id):
        row = lock_case(organization.id, waiting_task(organization.id, task_id).case_id)
        found = waiting_task(organization.id, task_id)
        ensure(_refusal(organization, found, to=to, by=by))
        before = found.assignee
        if before == to:
            return found
        found.assignee = to
        found.taken_from = before if to is not None and before not in (None, by.id) else None
        found.save(update_fields=["assignee", "taken_from"])
        what = Happened.ASSIGNED if to is not None else Happened.RELEASED
        note(row, what, node=found.node, lane=found.lane, by=by.id, at=at)
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="casework.assigned" if to is not None else "casework.released",
            subject=row.number,
            facts={"step": found.node, "person": str(to or ""), "person_before": str(before or "")},
        )
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several: the application's number, and why it was refused."""

    number: str
    refusal: Refusal | None = None


def assign_each(
    *, organization: Organization, task_ids: Iterable[UUID], to: UUID | None, by: User, at: datetime
) -> tuple[Outcome, ...]:
    """This function will say who does several steps; one that is refused stays as it is and stops no other.

    What is not theirs to give is passed over like what waits no more: they do not read its number.
    """
    with tenancy(organization.id):
        rows = Task.objects.filter(organization_id=organization.id, id__in=list(task_ids))
        if policies.may_decide(roles_in(by, organization.id)) is not None:
            own = seats_of(organization.id, by.id)
            rows = rows.filter(tasks_under(own) | tasks_below(own))
        rows = rows.select_related("case")
        waiting = list(rows.defer("case__state").order_by("due", "id"))
        lock_cases(organization.id, {one.case_id for one in waiting})
        return tuple(_outcome(organization, one, to=to, by=by, at=at) for one in waiting)


def _outcome(organization: Organization, one: Task, *, to: UUID | None, by: User, at: datetime) -> Outcome:
    try:
        assign(organization=organization, task_id=one.id, to=to, by=by, at=at)
    except Refused as refused:
        return Outcome(one.case.number, refused.refusal)
    return Outcome(one.case.number)


def waiting_task(organization_id: UUID, task_id: UUID) -> Task:
    """This function will return a step that waits for an office. Errors: `Refused` where it does not any more."""
    found = Task.objects.filter(organization_id=organization_id, id=task_id).first()
    if found is None:
        raise Refused(policies.GONE)
    return found


def _refusal(organization: Organization, found: Task, *, to: UUID | None, by: User) -> Refusal | None:
    own = seats_of(organization.id, by.id)
    theirs = own if to is None or to == by.id else seats_of(organization.id, to)
    is_over = any(oversees(seat, found) for seat in own)
    return policies.may_assign(
        is_seated=any(covers(seat, found) for seat in own),
        is_over=is_over or policies.may_decide(roles_in(by, organization.id)) is None,
        is_fit=any(covers(seat, found) for seat in theirs) and _works_here(organization, to, by=by.id),
        assignee=found.assignee,
        to=to,
        by=by.id,
    )


def _works_here(organization: Organization, to: UUID | None, *, by: UUID) -> bool:
    """Whether somebody holds a role here still: a seat outlives it. Who asks has been let in by theirs."""
    return to is None or to == by or bool(roles_held(to, organization.id))
