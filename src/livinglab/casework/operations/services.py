"""Putting a service to work, closing it for a while or for good, and who works in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.domain.states import SERVICE_STEPS, SeatKind, ServiceState, ServiceStep
from livinglab.casework.models import OfferedService, Seat, Service, ServicePlace, ServiceVersion
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, agencies, roles_held, roles_in
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.queries.reading import digest_of, parse_package, read_zip

LONGEST_REASON: Final = 500
#: what pages about offered services are fresh by
TOPIC: Final = "casework"


def put_to_work(
    *,
    organization: Organization,
    content: bytes,
    parameters: Mapping[str, object],
    places: Mapping[str, Mapping[str, object]],
    by: UUID | None,
    at: datetime,
    is_resting: bool = False,
    reason: str = "",
    is_synthetic: bool = False,
) -> Service:
    """This function will let a region run a package: new applications begin with this content and these values.

    `content` is the canonical zip, which was checked before; `places` are the districts and villages that offer it,
    with the values in which they differ. Cases and forms that were begun stay on their version. The same content with
    the same values is no new version. `is_resting`: it takes no applications now, and citizens read the `reason`. The
    caller has checked who may. Errors: `PackageRefused`.
    """
    files = read_zip(content)
    package = parse_package(files)
    digest = digest_of(files)
    with tenancy(organization.id):
        row, is_new = Service.objects.select_for_update().get_or_create(
            organization_id=organization.id,
            publisher=package.manifest.publisher.code,
            package=package.manifest.id,
            defaults={"opened_at": at, "changed_at": at, "is_synthetic": is_synthetic},
        )
        newest = ServiceVersion.objects.defer("content").filter(service_id=row.id).order_by("-number").first()
        if newest is None or newest.digest != digest or newest.parameters != dict(parameters):
            newest = ServiceVersion.objects.create(
                organization_id=organization.id,
                service=row,
                number=newest.number + 1 if newest else 1,
                release=package.manifest.version,
                digest=digest,
                content=content,
                parameters=dict(parameters),
                made_at=at,
                made_by=by,
            )
        row.version_id = newest.id
        row.changed_at = at
        row.state, row.reason = (ServiceState.RESTING, reason) if is_resting else (ServiceState.OPEN, "")
        row.save()
        _set_places(row, places)
        _offer(row, package.manifest, parameters)
        audit.record(
            organization_id=organization.id,
            by=by,
            at=at,
            action="casework.service_opened" if is_new else "casework.service_renewed",
            subject=f"{row.publisher}/{row.package}",
            facts={
                "revision": newest.release,
                "number": newest.number,
                "count": len(places),
                "status": row.state,
            },
        )
    return row


def _offer(row: Service, manifest: Manifest, parameters: Mapping[str, object]) -> None:
    within = manifest.standard.within.by(parameters)
    OfferedService.objects.update_or_create(
        service_id=row.id,
        defaults={
            "organization_id": row.organization_id,
            "publisher": row.publisher,
            "package": row.package,
            "name_id": manifest.name.in_language("id"),
            "name_en": manifest.name.in_language("en"),
            "summary_id": manifest.summary.in_language("id"),
            "summary_en": manifest.summary.in_language("en"),
            "functions": list(manifest.functions),
            "sector": manifest.sector,
            "life_events": list(manifest.life_events),
            "state": row.state,
            "is_free": manifest.standard.is_free,
            "days": within.days,
            "calendar": within.calendar,
            "is_synthetic": row.is_synthetic,
        },
    )
    changed(TOPIC)


def _set_places(row: Service, places: Mapping[str, Mapping[str, object]]) -> None:
    ServicePlace.objects.filter(service_id=row.id).exclude(unit_code__in=list(places)).delete()
    ServicePlace.objects.bulk_create(
        [
            ServicePlace(
                organization_id=row.organization_id, service=row, unit_code=code, parameters=dict(values)
            )
            for code, values in places.items()
        ],
        update_conflicts=True,
        unique_fields=["organization_id", "service", "unit_code"],
        update_fields=["parameters"],
    )


def close(
    *, organization: Organization, identity: tuple[str, str], reason: str, by: UUID, at: datetime
) -> None:
    """This function will close a service for good, where the region runs it; what was begun goes on.

    `identity` is publisher and package. The caller has checked who may.
    """
    publisher, package = identity
    with tenancy(organization.id):
        row = (
            Service.objects.select_for_update()
            .filter(organization_id=organization.id, publisher=publisher, package=package)
            .exclude(state=ServiceState.CLOSED)
            .first()
        )
        if row is not None:
            _move(row, ServiceStep.CLOSE, reason, by=by, at=at)


def move(
    *,
    organization: Organization,
    service_id: UUID,
    step: ServiceStep,
    reason: str = "",
    by: User,
    at: datetime,
) -> Service:
    """This function will close a service for a while or for good, or open it again; what was begun goes on.

    Errors: `Refused` by the policy, and without a reason where citizens are owed one.
    """
    reason = " ".join(reason.split())
    with tenancy(organization.id):
        row = Service.objects.select_for_update().get(organization_id=organization.id, id=service_id)
        ensure(policies.may_move(roles_in(by, organization.id), state=ServiceState(row.state), step=step))
        _move(row, step, reason, by=by.id, at=at)
    return row


def _move(row: Service, step: ServiceStep, reason: str, *, by: UUID, at: datetime) -> None:
    state = SERVICE_STEPS[ServiceState(row.state), step]
    if state is not ServiceState.OPEN and not 0 < len(reason) <= LONGEST_REASON:
        raise Refused(Refusal("reason_missing", _("Say in up to 500 characters why.")))
    row.state, row.reason, row.changed_at = state, "" if state is ServiceState.OPEN else reason, at
    row.save()
    OfferedService.objects.filter(service_id=row.id).update(state=state)
    changed(TOPIC)
    audit.record(
        organization_id=row.organization_id,
        by=by,
        at=at,
        action="casework.service_moved",
        subject=f"{row.publisher}/{row.package}",
        facts={"kind": step},
    )


def give_seat(
    *,
    organization: Organization,
    user_id: UUID,
    kind: SeatKind,
    service_id: UUID | None = None,
    lane: str = "",
    unit_code: str = "",
    agency_id: UUID | None = None,
    by: User,
    at: datetime,
) -> Seat:
    """This function will let somebody work in a lane; who holds the seat already keeps it.

    With `agency_id` only on what is handed over to that agency. Errors: `Refused` by the policies.
    """
    with tenancy(organization.id):
        ensure(policies.may_decide(roles_in(by, organization.id)))
        is_member = bool(roles_held(user_id, organization.id))
        ensure(
            policies.may_sit(
                is_member=is_member, kind=kind, unit_code=unit_code, has_agency=agency_id is not None
            )
        )
        if agency_id is not None and not agencies(organization.id).filter(id=agency_id).exists():
            raise Refused(policies.UNKNOWN_AGENCY)
        row, is_new = Seat.objects.get_or_create(
            organization_id=organization.id,
            user_id=user_id,
            kind=kind,
            service_id=service_id,
            lane=lane,
            unit_code=unit_code,
            agency_id=agency_id,
            ended_at=None,
            defaults={"given_at": at, "given_by": by.id},
        )
        if is_new:
            audit.record(
                organization_id=organization.id,
                by=by.id,
                at=at,
                action="casework.seat_given",
                subject=str(user_id),
                facts={"kind": kind, "code": unit_code, "agency": str(agency_id or "")},
            )
    return row


def end_seat(*, organization: Organization, seat_id: UUID, by: User, at: datetime) -> None:
    """This function will end a seat; what waits there waits for the others. One that has ended stays as it is.

    Errors: `Refused` by the policy.
    """
    with tenancy(organization.id):
        ensure(policies.may_decide(roles_in(by, organization.id)))
        held = Seat.objects.select_for_update().filter(
            organization_id=organization.id, id=seat_id, ended_at__isnull=True
        )
        row = held.first()
        if row is None:
            return
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="casework.seat_ended",
            subject=str(row.user_id),
            facts={"kind": row.kind, "code": row.unit_code},
        )
