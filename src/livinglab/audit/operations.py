"""Writes of the audit trail."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from livinglab.audit.domain.chain import FIRST, Link, link_hash
from livinglab.audit.models import Entry
from livinglab.kernel.tenancy import tenancy

#: the chain of what belongs to no region: reference data, imports, sign-ups
PLATFORM = UUID("00000000-0000-7000-8000-000000000001")


def record(
    *,
    organization_id: UUID = PLATFORM,
    by: UUID | None,
    at: datetime,
    action: str,
    subject: str = "",
    facts: Mapping[str, object] | None = None,
) -> Entry:
    """This function will append an entry to the organisation's chain, inside the caller's transaction.

    `by` is the user's id, None for the platform itself; `facts` hold JSON values and no personal data.
    Two writers of one organisation wait for each other; other organisations are not held up.
    """
    with tenancy(organization_id):
        _lock_chain(organization_id)
        last = Entry.objects.filter(organization_id=organization_id).order_by("-number").first()
        number, previous = (last.number + 1, last.hash) if last else (1, FIRST)
        link = Link(
            organization_id=organization_id,
            number=number,
            at=at,
            by=by,
            action=action,
            subject=subject,
            facts=dict(facts or {}),
        )
        return Entry.objects.create(
            organization_id=organization_id,
            number=number,
            at=at,
            by=by,
            action=action,
            subject=subject,
            facts=link.facts,
            previous_hash=previous,
            hash=link_hash(previous, link),
        )


def _lock_chain(organization_id: UUID) -> None:
    key = int.from_bytes(organization_id.bytes[8:], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
