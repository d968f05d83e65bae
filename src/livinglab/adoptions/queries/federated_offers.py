"""Offers to origins at other instances, as docs/federation.md tells them."""

from datetime import UTC
from uuid import UUID

from django.db.models import QuerySet

from livinglab.adoptions.domain.states import OfferState
from livinglab.adoptions.models import Offer
from livinglab.packages.domain.federation import FORMAT

MOST_OFFERS = 1000


def offers_index(*, instance: str) -> dict[str, object]:
    """This function will return the open offers whose package came from another instance. One query, no content."""
    rows = _open().select_related("adopter", "listing__publisher", "base")
    rows = rows.defer("content", "base__content", "base__words").order_by("-offered_at", "id")
    return {
        "format": FORMAT,
        "instance": instance,
        "offers": [_told(one) for one in rows[:MOST_OFFERS]],
    }


def offered_content(offer_id: UUID) -> bytes | None:
    """This function will return the zip of an offer that the index tells, None for any other."""
    content = _open().filter(id=offer_id).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def _open() -> "QuerySet[Offer]":
    return Offer.objects.filter(state=OfferState.OFFERED).exclude(base__fetched_from="")


def _told(row: Offer) -> dict[str, object]:
    return {
        "publisher": row.listing.publisher.code,
        "package": row.listing.package_id,
        "base": {"version": row.base.version, "digest": row.base.digest},
        "adopter": row.adopter.code,
        "title": row.title,
        "why": row.why,
        "digest": row.digest,
        "offered_at": row.offered_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "archive": f"/packages/offers/{row.id}.zip",
    }
