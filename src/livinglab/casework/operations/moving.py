"""Taking open cases of a service to a newer version: each in a transaction of its own, and only where it fits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from procrastinate.contrib.django import app

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.events import CaseMoved
from livinglab.casework.models import ServiceVersion
from livinglab.casework.operations.keeping import keep, register, relocate
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.moving import Foreseen, find_version, foreseen, hindrances_to, open_ids
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.casework.queries.services import values_at
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, organizations, roles_in
from livinglab.packages.queries.moves import carried

TASK: Final = "casework.move_cases"


class UnknownVersion(Exception):
    """The organisation has no such version of a service."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a move did: how many cases went over, and those that stayed with the reasons."""

    moved: int
    left: tuple[Foreseen, ...]


def plan(*, organization: Organization, before_id: UUID, after_id: UUID, by: User, at: datetime) -> None:
    """This function will have the open cases of a version moved to a newer one by a job; a repeat changes no more.

    Errors: `UnknownVersion`; `Refused` by the policies.
    """
    with tenancy(organization.id):
        ensure(policies.may_decide(roles_in(by, organization.id)))
        before, after = _pair(organization.id, before_id, after_id)
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="casework.move_asked",
            subject=f"{before.service.publisher}/{before.service.package}",
            facts={
                "before": before.number,
                "after": after.number,
                "count": len(open_ids(organization.id, before.id)),
            },
        )
        app.configure_task(TASK, queue="casework", allow_unknown=True).defer(
            organization_id=str(organization.id),
            before_id=str(before.id),
            after_id=str(after.id),
            by=str(by.id),
        )


def move_open(
    *, organization_id: UUID, before_id: UUID, after_id: UUID, by: UUID | None, at: datetime
) -> Tally:
    """This function will move every open case that fits, and return what it did. A second call finds those that stayed.

    Each case has a transaction of its own, so that what stops half-way is gone on with by calling it again.
    `by` is None for whoever runs the installation; of others the caller has checked that they may.
    Errors: `UnknownVersion`; `Refused` where the version is not a newer one of the same service.
    """
    organization = organizations().get(id=organization_id)
    with tenancy(organization_id):
        before, after = _pair(organization_id, before_id, after_id)
        waiting = open_ids(organization_id, before.id)
    moved, left = 0, list[Foreseen]()
    for case_id in waiting:
        found = move_case(
            organization=organization, case_id=case_id, before=before, after=after, by=by, at=at
        )
        if found is not None and found.hindrances:
            left.append(found)
        moved += found is not None and not found.hindrances
    return Tally(moved, tuple(left))


def foresee(*, organization_id: UUID, before_id: UUID, after_id: UUID, at: datetime) -> Tally:
    """This function will return what `move_open` would do now; nothing is changed. Errors: as there."""
    organization = organizations().get(id=organization_id)
    with tenancy(organization_id):
        before, after = _pair(organization_id, before_id, after_id)
        looked = tuple(foreseen(organization, before, after, at=at))
    left = tuple(one for one in looked if one.hindrances)
    return Tally(len(looked) - len(left), left)


def move_case(
    *,
    organization: Organization,
    case_id: UUID,
    before: ServiceVersion,
    after: ServiceVersion,
    by: UUID | None,
    at: datetime,
) -> Foreseen | None:
    """This function will move one case where it fits, and return what stood in the way, () where nothing did.

    None: it ended, or is on another version by now. The two versions are of the case's service, and
    the caller has checked that one follows the other. Errors: `UnknownCase`.
    """
    with tenancy(organization.id):
        row = lock_case(organization.id, case_id)
        if row.ended_at is not None or row.version_id != before.id:
            return None
        values = values_at(after, row.unit_code)
        hindrances = hindrances_to(organization, row, (before, after), values, at=at)
        found = Foreseen(row.id, row.number, hindrances)
        if found.hindrances:
            return found
        runs = runner_of(after, zone=organization.zone, count=register(organization.id, row.unit_code))
        state = state_of(row)
        row.version = after
        renewed = carried(state, to=runs, parameters=runs.parameters(values), by=str(by) if by else "", at=at)
        keep(row, state, renewed, runs=runs, key="")
        relocate(row, runs)
        audit.record(
            organization_id=organization.id,
            by=by,
            at=at,
            action="casework.renewed",
            subject=row.number,
            facts={"before": before.number, "after": after.number},
        )
        publish(
            CaseMoved(organization_id=organization.id, case_id=row.id, service_id=row.service_id, outcome="")
        )
    return found


def _pair(organization_id: UUID, before_id: UUID, after_id: UUID) -> tuple[ServiceVersion, ServiceVersion]:
    before, after = find_version(organization_id, before_id), find_version(organization_id, after_id)
    if before is None or after is None:
        raise UnknownVersion(after_id if before else before_id)
    is_same = before.service_id == after.service_id
    ensure(policies.may_renew(is_same_service=is_same, before=before.number, after=after.number))
    return before, after
