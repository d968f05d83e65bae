"""Reads of the audit trail, inside the organisation's transaction."""

from collections.abc import Callable, Collection, Sequence
from typing import Final
from uuid import UUID

from livinglab.audit.domain.chain import FIRST, Link, first_broken
from livinglab.audit.domain.texts import is_digest
from livinglab.audit.models import Entry, Head, KeptText

__all__ = [
    "count_entries",
    "first_broken_entry",
    "is_digest",
    "latest_entries",
    "tell_withheld",
    "texts_behind",
    "withheld_of",
]

Withheld = Callable[[UUID, Sequence[Entry]], Collection[int]]
_withheld: Final[list[Withheld]] = []


def latest_entries(organization_id: UUID, *, limit: int = 100, before: int | None = None) -> list[Entry]:
    """This function will return the newest entries of an organisation, newest first, below number `before`."""
    entries = Entry.objects.filter(organization_id=organization_id).order_by("-number")
    if before is not None:
        entries = entries.filter(number__lt=before)
    return list(entries[:limit])


def texts_behind(organization_id: UUID, digests: Collection[str]) -> dict[str, str]:
    """This function will return the kept texts of an organisation by their fingerprints. One query, none for none."""
    if not digests:
        return {}
    rows = KeptText.objects.filter(organization_id=organization_id, digest__in=digests)
    return dict(rows.values_list("digest", "text"))


def tell_withheld(find: Withheld) -> None:
    """This function will let a context name the entries whose facts an organisation's own members do not see yet.

    `find` gets the organisation and the entries of a page, and returns numbers of entries.
    """
    if find not in _withheld:
        _withheld.append(find)


def withheld_of(organization_id: UUID, entries: Sequence[Entry]) -> frozenset[int]:
    """This function will return the numbers of the entries whose facts the organisation does not see yet."""
    return frozenset(number for find in _withheld for number in find(organization_id, entries))


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
