"""What every write of an adoption shares: its locked row, its projection, and the entry in the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from livinglab.adoptions.domain.states import AdoptionState, Manner
from livinglab.adoptions.models import Adoption, AdoptionFigure, Edition, HandedDown
from livinglab.adoptions.queries.units import WAITING
from livinglab.audit import operations as audit
from livinglab.kernel.freshness import changed

#: what pages about adoptions are fresh by
TOPIC: Final = "adoptions"
LONGEST_REASON: Final = 500


class UnknownAdoption(Exception):
    """The organisation has no such adoption."""


def lock_adoption(organization_id: UUID, adoption_id: UUID) -> Adoption:
    """This function will return an adoption, locked until the transaction ends. Errors: `UnknownAdoption`."""
    row = (
        Adoption.objects.select_for_update(of=("self",))
        .select_related("listing__publisher", "base")
        .defer("base__content")
        .filter(organization_id=organization_id, id=adoption_id)
        .first()
    )
    if row is None:
        raise UnknownAdoption(adoption_id)
    return row


def record(
    row: Adoption, action: str, *, by: UUID, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """This function will append an entry to the adopter's trail, renew the projection and make pages stale."""
    row.changed_at = at
    row.save()
    audit.record(
        organization_id=row.organization_id,
        by=by,
        at=at,
        action=action,
        subject=f"{row.listing.publisher.code}/{row.listing.package_id}",
        facts=facts,
    )
    _project(row, at=at)
    changed(TOPIC)


def _project(row: Adoption, *, at: datetime) -> None:
    edition = Edition.objects.defer("content").filter(id=row.edition_id).first() if row.edition_id else None
    different = edition.changed if edition else 0
    AdoptionFigure.objects.update_or_create(
        adoption_id=row.id,
        defaults={
            "organization_id": row.organization_id,
            "listing_id": row.listing_id,
            "release_id": edition.base_id if edition else row.base_id,
            "state": row.state,
            "manner": Manner.ADAPTED if different else Manner.AS_IS,
            "changed": different,
            "elements": edition.elements if edition else 0,
            "units": HandedDown.objects.filter(adoption_id=row.id).exclude(WAITING).count(),
            "started_at": row.started_at,
            "live_at": row.live_at,
            "ended_at": at if row.state == AdoptionState.ENDED else None,
            "is_synthetic": row.is_synthetic,
        },
    )
