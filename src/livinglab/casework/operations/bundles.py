"""The evidence of a running service, put into the evaluation that its region works on."""

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Final
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.assessments.queries import get_instrument
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Bundle, Service
from livinglab.casework.queries.bundles import find_bundle
from livinglab.evaluations.access import actor_before
from livinglab.evaluations.operations import evidence_uses
from livinglab.evaluations.queries.participations import open_participation
from livinglab.evaluations.queries.places import Place
from livinglab.evidence.operations import Details, Upload, add_file, revise_file
from livinglab.evidence.policies import may_add
from livinglab.evidence.queries import EvidenceType, Piece, newest_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.manifest import IndicatorStep, Manifest

LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Target:
    """Where a bundle goes: the evaluation that the region works on, and the indicators of it that the package names."""

    place: Place
    steps: tuple[IndicatorStep, ...]


@dataclass(frozen=True, slots=True)
class PutThere:
    """What became of it: the piece, and the indicators for which it is shown now."""

    piece: Piece
    indicators: tuple[int, ...]


def target_of(organization: Organization, manifest: Manifest, *, by: User) -> Target | None:
    """This function will return where a service's evidence goes, None where the region works on nothing of the kind.

    Call it inside the organisation's transaction. At most three queries.
    """
    named = {one.instrument for one in manifest.indicators}
    participation = open_participation(organization.id, named)
    if participation is None:
        return None
    instrument = get_instrument(participation.round.instrument)
    actor = actor_before(by, organization.id, participation.id)
    steps = (one for one in manifest.indicators if one.instrument == instrument.code)
    return Target(Place(organization, participation, instrument, actor), tuple(steps))


def refusal_of_putting(
    organization: Organization, state: ServiceState, target: Target | None, *, by: User
) -> Refusal | None:
    """This function will return why somebody may not put a service's evidence there: for the button and the write."""
    refusal = policies.may_be_proved(state=state, has_evaluation=target is not None)
    if refusal is not None or target is None:
        return refusal
    if refusal := may_add(roles_in(by, organization.id)):
        return refusal
    found = [evidence_uses.refusal_of_showing(target.place, str(one.indicator)) for one in target.steps]
    return None if None in found else found[0]


def put_into_evidence(
    *,
    organization: Organization,
    service_id: UUID,
    manifest: Manifest,
    title: str,
    pdf: bytes,
    by: User,
    at: datetime,
) -> PutThere:
    """This function will keep a service's bundle in the library and show it for the indicators that its package names.

    A repeat is the next revision of the same piece, in its class; one that was withdrawn stays withdrawn, and another
    is added. An indicator whose answer this person may not change is left alone. Errors: `Refused` by the policies and
    where no indicator is left; `FileRefused`, `StorageFailed`. Then nothing was kept.
    """
    with tenancy(organization.id):
        row = Service.objects.select_for_update().get(organization_id=organization.id, id=service_id)
        target = target_of(organization, manifest, by=by)
        ensure(refusal_of_putting(organization, ServiceState(row.state), target, by=by))
        assert target is not None, "the policy refuses without one"
        piece = _kept(organization, row, title, pdf, by=by, at=at)
        shown = tuple(one.indicator for one in target.steps if _is_shown(target.place, one, piece, at=at))
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="casework.evidence_made",
            subject=f"{row.publisher}/{row.package}",
            facts={
                "year": target.place.participation.year,
                "indicators": [str(one) for one in shown],
                "piece": str(piece.id),
            },
        )
    return PutThere(piece, shown)


def _kept(
    organization: Organization, row: Service, title: str, pdf: bytes, *, by: User, at: datetime
) -> Piece:
    known = find_bundle(organization.id, row.id)
    older = newest_of(organization.id, [known.piece_id]).get(known.piece_id) if known else None
    upload = Upload(BytesIO(pdf), f"{row.package}.pdf", "application/pdf")
    details = Details(
        title=title[:LONGEST_TITLE],
        type=EvidenceType.REPORT,
        issued_on=clock.day_of(at, organization.zone),
    )
    if older is not None:  # a new revision opens nothing that was closed
        details = replace(
            details,
            classification=older.classification,
            exemption=older.exemption,
            class_reason=older.class_reason,
        )
    if older is None or older.withdrawn_at is not None:
        piece = add_file(organization_id=organization.id, upload=upload, details=details, by=by.id, at=at)
    else:
        piece = revise_file(
            organization_id=organization.id,
            piece_id=older.id,
            upload=upload,
            details=details,
            by=by.id,
            at=at,
        )
        evidence_uses.follow_revision(
            organization_id=organization.id, older_id=older.id, newer_id=piece.id, at=at
        )
    Bundle.objects.update_or_create(
        organization_id=organization.id,
        service=row,
        defaults={"piece_id": piece.id, "made_at": at, "made_by": by.id},
    )
    return piece


def _is_shown(place: Place, step: IndicatorStep, piece: Piece, *, at: datetime) -> bool:
    """Show the piece for the level that the package names, once; not where this person may not change the answer."""
    indicator = str(step.indicator)
    if evidence_uses.refusal_of_showing(place, indicator) is not None:
        return False
    try:
        evidence_uses.attach(place=place, indicator=indicator, piece_id=piece.id, level=step.level, at=at)
    except Refused as refused:
        if refused.refusal.code != "shown_already":
            raise
    return True
