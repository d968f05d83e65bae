"""What every write of a piece shares."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from livinglab.audit import operations as audit
from livinglab.evidence.adapters.places import storage
from livinglab.evidence.domain.classes import Classification
from livinglab.evidence.domain.details import (
    Details,
    Problem,
    problems,
    url_problem,
)
from livinglab.evidence.models import Piece
from livinglab.evidence.operations.refused import DetailsRefused
from livinglab.evidence.policies import (
    NOT_MARKABLE,
)
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused


def locked(organization_id: UUID, piece_id: UUID) -> Piece:
    """This function will return a piece that nobody else changes meanwhile. Errors: `Piece.DoesNotExist`."""
    return Piece.objects.select_for_update().get(organization_id=organization_id, id=piece_id)


def set_columns(piece: Piece, **values: object) -> None:
    """This function will store some columns of a piece."""
    for name, value in values.items():
        setattr(piece, name, value)
    piece.save(update_fields=list(values))


def record(
    piece: Piece, by: UUID, at: datetime, action: str, facts: Mapping[str, object] | None = None
) -> int:
    """This function will append what was done to a piece to the audit trail, and return the entry's number."""
    entry = audit.record(
        organization_id=piece.organization_id,
        by=by,
        at=at,
        action=action,
        subject=str(piece.id),
        facts={"evidence": piece.type, "revision": piece.revision, **(facts or {})},
    )
    return entry.number


def checked(details: Details, at: datetime, *, url: str | None = None) -> Details:
    """This function will return the details trimmed. Errors: `DetailsRefused`; `Refused` for an exempt link.

    Today is what Indonesia's east calls it, where a day begins first: a document signed there today is not of tomorrow.
    """
    details = details.trimmed()
    found = problems(details, today=at.astimezone(ZoneInfo(clock.ZONES["WIT"])).date())
    flaw = url_problem(url) if url is not None else None
    if flaw is not None:
        found = (*found, Problem("url", flaw))
    if found:
        raise DetailsRefused(found)
    if url is not None and details.classification == Classification.EXEMPT:
        raise Refused(NOT_MARKABLE)
    return details


def lock_content(key: str) -> None:
    """This function will wait for other writers of the same content, and hold them until the transaction ends."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


@contextmanager
def stored_for(key: str, place: Path) -> Iterator[None]:
    """This function will have a file lie in the storage before its row is written; when the row fails, it goes again.

    Nobody else can come to rely on the file in between: writers of one content wait for each other. When the
    whole request fails later, the file is left over.
    """
    lock_content(key)
    is_new = storage().put(key, place)
    try:
        yield
    except BaseException:
        if is_new:
            storage().delete(key)
        raise
