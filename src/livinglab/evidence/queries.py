"""Reads of evidence for anyone else. Pieces are tenant data: call these inside the organisation's transaction."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from livinglab.evidence.adapters import examiner
from livinglab.evidence.adapters.intake import on_disk
from livinglab.evidence.adapters.places import storage
from livinglab.evidence.adapters.storage import NotStored, Storage, StorageFailed, key_of
from livinglab.evidence.domain.classes import Classification, Exemption
from livinglab.evidence.domain.formats import CONTENT_TYPES as _BY_FORMAT
from livinglab.evidence.domain.formats import format_of
from livinglab.evidence.domain.states import Kind, ReviewState, ScanState
from livinglab.evidence.domain.types import EvidenceType
from livinglab.evidence.models import Fingerprint, Piece
from livinglab.organizations.queries import organizations

__all__ = [
    "Classification",
    "EvidenceType",
    "Exemption",
    "Kind",
    "Piece",
    "ReviewState",
    "ScanState",
]

_log = logging.getLogger("livinglab.evidence")


def pieces(organization_id: UUID) -> "QuerySet[Piece]":
    """This function will return the newest revisions that are not withdrawn, newest first, to be narrowed."""
    return Piece.objects.filter(organization_id=organization_id, is_current=True, withdrawn_at__isnull=True)


def get_piece(organization_id: UUID, piece_id: UUID) -> Piece:
    """This function will return one piece, also a withdrawn or superseded one. Errors: `Piece.DoesNotExist`."""
    return Piece.objects.get(organization_id=organization_id, id=piece_id)


def pieces_by_id(organization_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Piece]:
    """This function will return pieces by id, withdrawn and superseded ones too, without unknown ids. One query."""
    return {one.id: one for one in Piece.objects.filter(organization_id=organization_id, id__in=set(ids))}


def newest_of(organization_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Piece]:
    """This function will return, for each piece, the newest of its series; one query, two for older revisions."""
    known = pieces_by_id(organization_id, ids)
    old = {one.series_id for one in known.values() if not one.is_current}
    newest = (
        {
            one.series_id: one
            for one in Piece.objects.filter(
                organization_id=organization_id, series_id__in=old, is_current=True
            )
        }
        if old
        else {}
    )
    return {key: one if one.is_current else newest[one.series_id] for key, one in known.items()}


def newest_at(organization_id: UUID, url: str) -> Piece | None:
    """This function will return the newest piece in the library with an address, None when there is none. One query."""
    return pieces(organization_id).filter(url=url).order_by("-added_at", "-id").first()


def links_with(organization_id: UUID, part: str) -> list[Piece]:
    """This function will return links with `part` in their address, also superseded ones, none withdrawn. One query."""
    rows = Piece.objects.filter(organization_id=organization_id, withdrawn_at__isnull=True)
    return list(rows.filter(url__contains=part).order_by("id"))


def revisions(piece: Piece) -> list[Piece]:
    """This function will return all revisions of a piece, newest first, itself included."""
    same = Piece.objects.filter(organization_id=piece.organization_id, series_id=piece.series_id)
    return list(same.order_by("-revision"))


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader looks for among the pieces; empty means everything."""

    text: str = ""
    type: str = ""
    classification: str = ""
    review_state: str = ""
    expired_by: date | None = None  # only those that expired before this day


def found(organization_id: UUID, search: Search) -> "QuerySet[Piece]":
    """This function will return the current pieces that match, newest first."""
    rows = pieces(organization_id)
    exact = {
        "type": search.type,
        "classification": search.classification,
        "review_state": search.review_state,
    }
    rows = rows.filter(**{key: value for key, value in exact.items() if value})
    for word in search.text.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(document_number__icontains=word) | Q(file_name__icontains=word)
        )
    if search.expired_by is not None:
        rows = rows.filter(expires_on__lt=search.expired_by)
    return rows


def same_file_here(organization_id: UUID, hashes: Iterable[str]) -> dict[str, list[Piece]]:
    """This function will return the organisation's pieces by the hash of their file, oldest first. One query."""
    rows = Piece.objects.filter(organization_id=organization_id, sha256__in={one for one in hashes if one})
    by_hash: dict[str, list[Piece]] = defaultdict(list)
    for one in rows.order_by("added_at", "id"):
        by_hash[one.sha256].append(one)
    return dict(by_hash)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same file as a piece of another organisation."""

    organization_id: UUID
    piece_id: UUID
    organization_name: str


def same_file_elsewhere(organization_id: UUID, hashes: Iterable[str]) -> dict[str, tuple[Elsewhere, ...]]:
    """This function will return where else files with these hashes are evidence. One query.

    Only a review team may be shown this: it tells of files that other regions keep.
    """
    rows = Fingerprint.objects.filter(sha256__in={one for one in hashes if one}).exclude(
        organization_id=organization_id
    )
    by_hash: dict[str, list[Elsewhere]] = defaultdict(list)
    name = organizations().filter(id=OuterRef("organization_id")).values("name")
    for one in rows.annotate(named=Subquery(name)).order_by("id"):
        by_hash[one.sha256].append(Elsewhere(one.organization_id, one.piece_id, one.named or ""))
    return {key: tuple(found_) for key, found_ in by_hash.items()}


@dataclass(frozen=True, slots=True)
class Use:
    """Where a piece serves as evidence: in the reader's words, with a page to go to."""

    label: str
    url: str


#: for pieces (by id) of an organisation, where each is used
UseReader = Callable[[UUID, Sequence[UUID]], Mapping[UUID, Sequence[Use]]]
_use_readers: list[UseReader] = []


def tell_uses(reader: UseReader) -> None:
    """This function will let another context say where pieces are used; call it in AppConfig.ready."""
    if reader not in _use_readers:
        _use_readers.append(reader)


def uses_of(organization_id: UUID, ids: Sequence[UUID]) -> dict[UUID, list[Use]]:
    """This function will return where pieces are used, as the contexts above tell it."""
    by_piece: dict[UUID, list[Use]] = defaultdict(list)
    for reader in _use_readers:
        for piece_id, uses in reader(organization_id, ids).items():
            by_piece[piece_id].extend(uses)
    return dict(by_piece)


class HoldReader(Protocol):
    """Tells of pieces (by id) of an organisation those that somebody else relies on as they are described."""

    def __call__(self, organization_id: UUID, ids: Sequence[UUID], *, lock: bool) -> Set[UUID]:
        """This function will return them; with `lock` no more become so until the transaction ends."""


_hold_readers: list[HoldReader] = []


def tell_holds(reader: HoldReader) -> None:
    """This function will let another context say which pieces must stay as they are; call it in AppConfig.ready."""
    if reader not in _hold_readers:
        _hold_readers.append(reader)


def is_held(piece: Piece, *, lock: bool = False) -> bool:
    """This function will say whether a piece must stay as it is described, as the contexts above tell it.

    A write asks with `lock`: nobody hands the piece over until its transaction ends.
    """
    return any(piece.id in reader(piece.organization_id, [piece.id], lock=lock) for reader in _hold_readers)


#: for pieces (by id) of an organisation, those that a member (by id) assesses there as an internal assessor
AssessedReader = Callable[[UUID, UUID, Sequence[UUID]], Set[UUID]]
_assessed_readers: list[AssessedReader] = []


def tell_assessed(reader: AssessedReader) -> None:
    """This function will let another context say what a member assesses; call it in AppConfig.ready."""
    if reader not in _assessed_readers:
        _assessed_readers.append(reader)


def assessed_by(organization_id: UUID, user_id: UUID, ids: Sequence[UUID]) -> frozenset[UUID]:
    """This function will return those of the pieces that a member was assigned to assess, as contexts above tell it."""
    return frozenset().union(*(reader(organization_id, user_id, ids) for reader in _assessed_readers))


#: what a file may be, as media types
CONTENT_TYPES: Final = tuple(sorted(_BY_FORMAT.values()))
#: pages of a PDF that have a preview
PREVIEW_PAGES: Final = 5


def format_name(piece: Piece) -> str:
    """This function will return what readers call the format of a file, such as PDF; empty for a link."""
    return format_of(piece.content_type).upper() if piece.is_file else ""


class NoPreview(Exception):
    """There is no picture of this page of this piece."""


def preview_pages(piece: Piece) -> int:
    """This function will return how many pages of a piece have a preview; none for a link or an exempt piece."""
    return min(piece.pages or 1, PREVIEW_PAGES) if piece.has_preview else 0


def preview(piece: Piece, *, page: int = 1) -> bytes:
    """This function will return a page of a piece as WebP: drawn once, then kept beside the file.

    The caller has asked `operations.may_open`. Errors: `NoPreview`.
    """
    if not 1 <= page <= preview_pages(piece):
        raise NoPreview(piece.id)
    lies = storage()
    key = key_of(piece.organization_id, piece.sha256, preview=page)
    try:
        with closing(lies.open(key)) as kept:
            return kept.read()
    except NotStored:
        return _drawn(lies, piece, page, key)


def _drawn(lies: Storage, piece: Piece, page: int, key: str) -> bytes:
    try:
        with on_disk(lies, key_of(piece.organization_id, piece.sha256)) as path:
            picture = examiner.preview(format_of(piece.content_type), path, page=page)
            beside = path.with_name("preview")
            beside.write_bytes(picture)
            lies.put(key, beside)
    except (NotStored, StorageFailed, examiner.NotDrawn) as error:
        _log.warning("no preview of %s: %s", piece.id, error)
        raise NoPreview(piece.id) from error
    return picture
