"""Guessed addresses and forged payments: kept in the region's trail, of a flood only the beginning."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.cache import cache

from livinglab.audit import operations as audit

#: how many guessed addresses of a region stand in its trail in an hour, how many that one officer asked for at its desk
#: and counter, and how many forged payments
MOST_NOTED: Final = 100


def note_unknown(*, organization_id: UUID, at: datetime) -> None:
    """This function will put into the trail that an address of an application was guessed."""
    _note("casework.address_unknown", organization_id=organization_id, at=at)


def note_unknown_at_desk(*, organization_id: UUID, by: UUID, at: datetime) -> None:
    """This function will put into the trail that an officer asked for what is not at the region's desk or counter.

    Counted for each officer apart, so that nobody's flood hides what somebody else asks for.
    """
    _note("casework.desk_address_unknown", organization_id=organization_id, by=by, at=at)


def note_payment_refused(*, organization_id: UUID, at: datetime) -> None:
    """This function will put into the trail that a payment was told that is forged, unknown, or of another amount."""
    _note("casework.payment_refused", organization_id=organization_id, at=at)


def _note(action: str, *, organization_id: UUID, at: datetime, by: UUID | None = None) -> None:
    name = f"{action}/{organization_id}/{by or ''}/{at:%Y%m%d%H}"
    noted = cache.get(name, 0)
    if noted < MOST_NOTED:
        cache.set(name, noted + 1, timeout=3600)
        audit.record(organization_id=organization_id, by=by, at=at, action=action)
