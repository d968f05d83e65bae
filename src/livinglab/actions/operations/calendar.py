"""The secret address of a person's calendar: made, replaced, revoked."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from livinglab.actions.models import CalendarFeed
from livinglab.actions.queries.calendar import token_hash
from livinglab.actions.queries.places import Place
from livinglab.audit import operations as audit
from livinglab.kernel.tenancy import tenancy

_BYTES: Final = 32


def make_address(*, place: Place, language: str, at: datetime) -> str:
    """This function will make a person's secret calendar address and return the secret: the only time it is known.

    An address that the person had before stops working.
    """
    token = secrets.token_urlsafe(_BYTES)
    with tenancy(place.organization.id):
        _revoke(place.organization.id, place.actor.user_id, at)
        feed = CalendarFeed.objects.create(
            organization_id=place.organization.id,
            person_id=place.actor.user_id,
            token_hash=token_hash(token),
            language=language,
            made_at=at,
        )
        _record(place, "calendar_address_made", feed.id, at)
    return token


def revoke_address(*, place: Place, at: datetime) -> bool:
    """This function will end a person's calendar address and say whether there was one."""
    with tenancy(place.organization.id):
        ended = _revoke(place.organization.id, place.actor.user_id, at)
        if ended is not None:
            _record(place, "calendar_address_revoked", ended, at)
    return ended is not None


def _revoke(organization_id: UUID, person_id: UUID, at: datetime) -> UUID | None:
    rows = CalendarFeed.objects.select_for_update().filter(
        organization_id=organization_id, person_id=person_id, revoked_at__isnull=True
    )
    feed = rows.first()
    if feed is None:
        return None
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    return feed.id


def _record(place: Place, action: str, feed_id: UUID, at: datetime) -> None:
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action=f"actions.{action}",
        subject=str(feed_id),
    )
