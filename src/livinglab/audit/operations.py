"""Writes of the audit trail."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from uuid import UUID

from django.db import connection

from livinglab.audit.domain.chain import FIRST, Link, link_hash
from livinglab.audit.domain.texts import digest
from livinglab.audit.models import Entry, Head, KeptText
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import current_organization, tenancy

__all__ = ["PLATFORM", "digest", "keep_text", "record"]

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

    `by` is the user's id, None for the platform itself; `facts` hold JSON values and no personal data. Of a text they
    hold the fingerprint: of one that is kept in versions (`texts.digest`), or of one kept here (`keep_text`).
    The chain's newest link is locked: two writers of one organisation wait for each other, others do not.
    """
    with _inside(organization_id):
        number, previous = _locked_head(organization_id)
        link = Link(
            organization_id=organization_id,
            number=number + 1,
            at=at,
            by=by,
            action=action,
            subject=subject,
            facts=dict(facts or {}),
        )
        entry = Entry.objects.create(
            organization_id=organization_id,
            number=link.number,
            at=at,
            by=by,
            action=action,
            subject=subject,
            facts=link.facts,
            previous_hash=previous,
            hash=link_hash(previous, link),
        )
        Head.objects.filter(organization_id=organization_id).update(number=entry.number, hash=entry.hash)
    return entry


def keep_text(*, organization_id: UUID, text: str, at: datetime) -> str:
    """This function will keep a text beside the organisation's chain and return its fingerprint for an entry's facts.

    For a text that its own row does not keep once it is written anew. The same text is kept once; an empty one has no
    fingerprint.
    """
    found = digest(text)
    if found:
        with _inside(organization_id):
            KeptText.objects.bulk_create(
                [KeptText(organization_id=organization_id, digest=found, text=text, kept_at=at)],
                ignore_conflicts=True,
            )
    return found


def _inside(organization_id: UUID) -> AbstractContextManager[None]:
    """Return the organisation's transaction: the caller's own where it is that already, without a savepoint."""
    return nullcontext() if current_organization() == organization_id else tenancy(organization_id)


def _locked_head(organization_id: UUID) -> tuple[int, str]:
    """Return number and hash of the chain's newest link, locked until the transaction ends. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_head (id, organization_id, number, hash) VALUES (%s, %s, 0, %s) "
            "ON CONFLICT (organization_id) DO UPDATE SET number = audit_head.number RETURNING number, hash",
            [new_id(), organization_id, FIRST],
        )
        row = cursor.fetchone()
    assert row is not None, "an upsert returns its row"
    return int(row[0]), str(row[1])
