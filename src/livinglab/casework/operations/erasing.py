"""An applicant asks to have their data deleted before its last day; the region deletes it, or says why not."""

from datetime import datetime
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.domain.forgetting import AT_ONCE, due_at
from livinglab.casework.models import Case, Erasure
from livinglab.casework.operations import farewells
from livinglab.casework.operations.forgetting import forget_case
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.running import package_of
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in


class UnknownErasure(Exception):
    """Nobody asks the organisation for such a deletion, or it was decided already."""


def ask(*, organization: Organization, case_id: UUID, by: UUID | None, at: datetime) -> Case:
    """This function will delete the data of a case, or ask the region to; the caller knows it is the applicant.

    At once where nothing but their consent keeps it. Asked again while the region has not decided: nothing changes.
    Errors: `UnknownCase`; `Refused` while the case is open.
    """
    with tenancy(organization.id):
        row = lock_case(organization.id, case_id)
        if row.forgotten_at is not None:
            return row
        ensure(policies.may_ask_erasure(outcome=row.outcome))
        if package_of(row.version).manifest.data.ground in AT_ONCE:
            farewells.plan(row, at=at)
            forget_case(organization=organization, row=row, by=by, at=at)
            row.forgotten_at = at
            return row
        asked, is_new = Erasure.objects.get_or_create(
            organization_id=organization.id,
            case=row,
            decided_at=None,
            defaults={"asked_at": at, "due_at": due_at(at)},
        )
        if is_new:
            _record("casework.erasure_asked", organization, asked, row, by=by, at=at)
    return row


def decide(
    *, organization: Organization, erasure_id: UUID, is_granted: bool, reason: str, by: User, at: datetime
) -> Erasure:
    """This function will delete what an applicant asked to have deleted, or refuse it with a reason that they read.

    They are told by the ways they agreed to.

    Errors: `UnknownErasure`; `Refused` by the policies, also while the case was opened again.
    """
    reason = reason.strip()
    with tenancy(organization.id):
        ensure(policies.may_decide(roles_in(by, organization.id)))
        found = Erasure.objects.filter(organization_id=organization.id, id=erasure_id)
        case_id = found.values_list("case_id", flat=True).first()
        if case_id is None:
            raise UnknownErasure(erasure_id)
        row = lock_case(organization.id, case_id)
        one = found.select_for_update().filter(decided_at__isnull=True).first()
        if one is None:
            raise UnknownErasure(erasure_id)
        ensure(policies.may_answer_erasure(is_granted=is_granted, reason=reason, outcome=row.outcome))
        one.decided_at, one.decided_by = at, by.id
        one.is_granted, one.reason = is_granted, "" if is_granted else reason
        one.save(update_fields=["decided_at", "decided_by", "is_granted", "reason"])
        action = "casework.erasure_granted" if is_granted else "casework.erasure_refused"
        _record(action, organization, one, row, by=by.id, at=at)
        if is_granted:
            farewells.plan(row, at=at)
            forget_case(organization=organization, row=row, by=by.id, at=at)
        else:
            farewells.say_refused(row, reason, at=at)
    return one


def _record(
    action: str, organization: Organization, one: Erasure, row: Case, *, by: UUID | None, at: datetime
) -> None:
    audit.record(organization_id=organization.id, by=by, at=at, action=action, subject=row.number)
