"""Adding files and links, also in the place of older pieces."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from livinglab.audit import operations as audit
from livinglab.evidence import queries
from livinglab.evidence.adapters.storage import key_of
from livinglab.evidence.domain.classes import Classification
from livinglab.evidence.domain.details import (
    Details,
)
from livinglab.evidence.domain.formats import MARKABLE_TYPES
from livinglab.evidence.domain.states import Kind, ScanState
from livinglab.evidence.events import PieceAdded, PieceRevised
from livinglab.evidence.models import Fingerprint, Piece
from livinglab.evidence.operations.looking import Upload, looked_into
from livinglab.evidence.operations.rows import checked, locked, record, stored_for
from livinglab.evidence.policies import (
    NOT_MARKABLE,
    may_add,
    may_change,
)
from livinglab.kernel.events import publish
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import roles_held


@dataclass(frozen=True, slots=True)
class _Content:
    """What a piece holds: the columns that differ between a file and a link."""

    kind: Kind
    url: str = ""
    sha256: str = ""
    size: int = 0
    content_type: str = ""
    file_name: str = ""
    pages: int | None = None
    scan_state: ScanState = ScanState.NOT_SCANNED


def add_file(*, organization_id: UUID, upload: Upload, details: Details, by: UUID, at: datetime) -> Piece:
    """This function will keep a file as a piece of evidence.

    Errors: `Refused` for somebody who may not, `DetailsRefused` with every problem, `FileRefused` for a file
    that is not taken, `StorageFailed` when it cannot be kept now.
    """
    ensure(may_add(roles_held(by, organization_id)))
    details = checked(details, at)
    with _taken(organization_id, upload, details, by, at) as (content, place):
        return _stored(organization_id, content, details, by, at, place=place)


def add_link(*, organization_id: UUID, url: str, details: Details, by: UUID, at: datetime) -> Piece:
    """This function will keep an address of the web as a piece of evidence. Errors: as `add_file`."""
    ensure(may_add(roles_held(by, organization_id)))
    content = _link(url)
    return _stored(organization_id, content, checked(details, at, url=content.url), by, at)


def revise_file(
    *, organization_id: UUID, piece_id: UUID, upload: Upload, details: Details, by: UUID, at: datetime
) -> Piece:
    """This function will put a file in the place of a piece, which stays readable. Errors: as `add_file`.

    Also `Piece.DoesNotExist`.
    """
    _may_still_change(organization_id, piece_id, by)
    details = checked(details, at)
    with _taken(organization_id, upload, details, by, at) as (content, place):
        return _stored(organization_id, content, details, by, at, supersedes_id=piece_id, place=place)


def revise_link(
    *, organization_id: UUID, piece_id: UUID, url: str, details: Details, by: UUID, at: datetime
) -> Piece:
    """This function will put an address in the place of a piece. Errors: as `revise_file`."""
    _may_still_change(organization_id, piece_id, by)
    content = _link(url)
    details = checked(details, at, url=content.url)
    return _stored(organization_id, content, details, by, at, supersedes_id=piece_id)


def _may_still_change(organization_id: UUID, piece_id: UUID, by: UUID) -> None:
    with tenancy(organization_id):
        ensure(may_change(queries.get_piece(organization_id, piece_id), roles_held(by, organization_id)))


def _link(url: str) -> _Content:
    return _Content(kind=Kind.LINK, url=url.strip())


@contextmanager
def _taken(
    organization_id: UUID, upload: Upload, details: Details, by: UUID, at: datetime
) -> Iterator[tuple[_Content, Path]]:
    """A file that was received, recognised, examined and scanned, on disk for the length of the block."""

    def is_infected() -> None:
        audit.record(organization_id=organization_id, by=by, at=at, action="evidence.infected_file_refused")

    def suits(content_type: str) -> None:
        if details.classification == Classification.EXEMPT and content_type not in MARKABLE_TYPES:
            raise Refused(NOT_MARKABLE)

    with looked_into(
        upload, limit=settings.EVIDENCE_MAX_BYTES, suits=suits, is_infected=is_infected
    ) as looked:
        content = _Content(
            kind=Kind.FILE,
            sha256=looked.sha256,
            size=looked.size,
            content_type=looked.content_type,
            file_name=looked.name,
            pages=looked.pages,
            scan_state=looked.scan_state,
        )
        yield content, looked.path


def _stored(
    organization_id: UUID,
    content: _Content,
    details: Details,
    by: UUID,
    at: datetime,
    *,
    supersedes_id: UUID | None = None,
    place: Path | None = None,
) -> Piece:
    with tenancy(organization_id):
        older = _superseded(organization_id, supersedes_id, by) if supersedes_id else None
        with stored_for(key_of(organization_id, content.sha256), place) if place else nullcontext():
            piece = _row(organization_id, content, details, by, at, older)
            if piece.sha256:
                Fingerprint.objects.create(
                    sha256=piece.sha256, organization_id=organization_id, piece_id=piece.id
                )
            facts = {"sha256": piece.sha256, "size": piece.size, "class": piece.classification}
            if older is None:
                record(piece, by, at, "evidence.piece_added", facts)
                publish(PieceAdded(organization_id=organization_id, piece_id=piece.id))
            else:
                record(piece, by, at, "evidence.piece_revised", {**facts, "before": str(older.id)})
                publish(
                    PieceRevised(organization_id=organization_id, piece_id=piece.id, supersedes_id=older.id)
                )
    return piece


def _superseded(organization_id: UUID, piece_id: UUID, by: UUID) -> Piece:
    older = locked(organization_id, piece_id)
    ensure(may_change(older, roles_held(by, organization_id)))
    older.is_current = False
    older.save(update_fields=["is_current"])
    return older


def _row(
    organization_id: UUID, content: _Content, details: Details, by: UUID, at: datetime, older: Piece | None
) -> Piece:
    piece_id = new_id()
    return Piece.objects.create(
        id=piece_id,
        organization_id=organization_id,
        series_id=older.series_id if older else piece_id,
        revision=older.revision + 1 if older else 1,
        supersedes_id=older.id if older else None,
        added_by=by,
        added_at=at,
        **asdict(content),
        **asdict(details),
    )
