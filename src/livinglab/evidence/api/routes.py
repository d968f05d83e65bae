"""An organisation's evidence in the API: read the library, add to it, revise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from livinglab.evidence import queries
from livinglab.evidence.api import files, one_piece
from livinglab.evidence.api.pieces import Code, FileBody, FormBody, find, kept, piece_item
from livinglab.evidence.api.schemas import PieceItem
from livinglab.evidence.api.session import MemberSession, member_of
from livinglab.evidence.policies import READERS, WRITERS
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, list_answer

router = Router(tags=["evidence"])
router.add_router("", one_piece.router)
router.add_router("", files.router)


@router.get(
    "/regions/{code}/evidence",
    response=Listing[PieceItem],
    openapi_extra=AS_CSV,
    auth=MemberSession(READERS),
    summary="Evidence library of an organisation",
)
def list_pieces(request: HttpRequest, code: Code, page: PageQuery) -> Any:
    """The newest revision of each piece that is not withdrawn, newest first."""
    organization, _by = member_of(request)
    return list_answer(
        request, page, queries.pieces(organization.id), piece_item, schema=PieceItem, name="evidence"
    )


@router.post(
    "/regions/{code}/evidence",
    response=PieceItem,
    auth=MemberSession(WRITERS),
    summary="Add a piece of evidence",
)
def add_piece(request: HttpRequest, code: Code, given: FormBody, file: FileBody = None) -> Any:
    """A multipart form. The type of a file is told by its content; what could run is refused, with what to do instead.

    422 names every problem by its field; nothing is kept then.
    """
    return kept(request, given, file)


@router.get(
    "/regions/{code}/evidence/{piece_id}/revisions",
    response=list[PieceItem],
    auth=MemberSession(READERS),
    summary="Revisions of a piece of evidence",
)
def list_revisions(request: HttpRequest, code: Code, piece_id: UUID) -> Any:
    """Newest first, the piece itself included; older ones stay readable."""
    return [piece_item(one) for one in queries.revisions(find(request, piece_id))]


@router.post(
    "/regions/{code}/evidence/{piece_id}/revisions",
    response=PieceItem,
    auth=MemberSession(WRITERS),
    summary="Put a newer piece in the place of one",
)
def revise_piece(
    request: HttpRequest, code: Code, piece_id: UUID, given: FormBody, file: FileBody = None
) -> Any:
    """A multipart form as for a new piece; answers that are still open show the newer one."""
    return kept(request, given, file, older=find(request, piece_id))
