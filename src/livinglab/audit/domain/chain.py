"""The hash chain: each entry's hash covers the one before, so that a changed or missing entry shows."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

FIRST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What an entry's hash covers."""

    organization_id: UUID
    number: int
    at: datetime
    by: UUID | None
    action: str
    subject: str
    facts: dict[str, object]


def link_hash(previous: str, link: Link) -> str:
    """This function will return the SHA-256 (64 hex digits) of an entry that follows `previous`."""
    content = json.dumps(
        [
            previous,
            str(link.organization_id),
            link.number,
            link.at.isoformat(),
            str(link.by) if link.by else None,
            link.action,
            link.subject,
            link.facts,
        ],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def first_broken(entries: Iterable[tuple[Link, str]], *, end: tuple[int, str] | None = None) -> int | None:
    """This function will return the number of the first entry that does not follow from the ones before.

    Entries come in their order with the stored hash; `end` is number and hash of the newest link where it is kept
    apart, which shows an end that was cut off. None when the whole chain holds.
    """
    previous, number = FIRST, 0
    for number, (link, stored) in enumerate(entries, start=1):
        if link.number != number or link_hash(previous, link) != stored:
            return number
        previous = stored
    if end is not None and end != (number, previous):
        return min(number, end[0]) + 1
    return None
