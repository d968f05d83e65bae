"""Reads of the audit trail, inside the organisation's transaction."""

from uuid import UUID

from livinglab.audit.domain.chain import FIRST, Link, first_broken
from livinglab.audit.models import Entry, Head


def latest_entries(organization_id: UUID, *, limit: int = 100, before: int | None = None) -> list[Entry]:
    """This function will return the newest entries of an organisation, newest first, below number `before`."""
    entries = Entry.objects.filter(organization_id=organization_id).order_by("-number")
    if before is not None:
        entries = entries.filter(number__lt=before)
    return list(entries[:limit])


def count_entries(organization_id: UUID) -> int:
    """This function will return how many entries an organisation's trail has."""
    return Entry.objects.filter(organization_id=organization_id).count()


def first_broken_entry(organization_id: UUID) -> int | None:
    """This function will return the number of the first entry that was changed or removed, None if the chain holds.

    The newest link is kept apart, so that an end that was cut off shows too.
    """
    entries = Entry.objects.filter(organization_id=organization_id).order_by("number").iterator()
    head = Head.objects.filter(organization_id=organization_id).first()
    return first_broken(
        (
            (
                Link(
                    organization_id=one.organization_id,
                    number=one.number,
                    at=one.at,
                    by=one.by,
                    action=one.action,
                    subject=one.subject,
                    facts=one.facts,
                ),
                one.hash,
            )
            for one in entries
        ),
        end=(head.number, head.hash) if head else (0, FIRST),
    )
