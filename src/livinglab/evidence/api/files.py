"""What a piece of evidence holds, in the API: its file, and its first pages as pictures."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Path, Router

from livinglab.evidence import operations, queries
from livinglab.evidence.api.pieces import Code, find, refusal
from livinglab.evidence.api.session import MemberSession, member_of
from livinglab.evidence.models import Piece
from livinglab.evidence.operations import Reader, may_open
from livinglab.evidence.policies import READERS
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import roles_in
from livinglab.ui.api.errors import error
from livinglab.ui.api.files import as_file
from livinglab.ui.attachments import attachment, picture

router = Router(tags=["evidence"])
_ONE: Final = "/regions/{code}/evidence/{piece_id}"
Page = Annotated[int, Path(ge=1, le=queries.PREVIEW_PAGES, examples=[1])]


@router.get(
    f"{_ONE}/file",
    openapi_extra=as_file(*queries.CONTENT_TYPES),
    auth=MemberSession(READERS),
    summary="The file of a piece of evidence",
)
def get_piece_file(request: HttpRequest, code: Code, piece_id: UUID) -> Any:
    """As an attachment. An exempt piece is opened by POST, since each opening is marked and logged; a link has none."""
    piece = find(request, piece_id)
    reader = _reader(request, piece)
    if piece.is_exempt and may_open(piece, reader) is None:
        words = _("An exempt piece is opened by POST: it is marked with your name and logged.")
        return error(422, words, code="exempt_by_post")
    return _handed_out(piece, reader)


@router.post(
    f"{_ONE}/file",
    openapi_extra=as_file(*queries.CONTENT_TYPES),
    auth=MemberSession(READERS),
    summary="Open the file of a piece of evidence, also of an exempt one",
)
def open_piece_file(request: HttpRequest, code: Code, piece_id: UUID) -> Any:
    """An exempt piece opens to the assigned assessors alone, with their name across each page; it is logged."""
    piece = find(request, piece_id)
    return _handed_out(piece, _reader(request, piece))


@router.get(
    f"{_ONE}/pages/{{page}}",
    openapi_extra=as_file("image/webp"),
    auth=MemberSession(READERS),
    summary="A first page of a piece of evidence as a picture",
)
def get_piece_page(request: HttpRequest, code: Code, piece_id: UUID, page: Page) -> Any:
    """Of a PDF or a picture that is not exempt; 404 for all others."""
    piece = find(request, piece_id)
    if may_open(piece, _reader(request, piece)) is not None:
        raise Http404(piece_id)
    try:
        return picture(queries.preview(piece, page=page))
    except queries.NoPreview:
        raise Http404(piece_id) from None


def _reader(request: HttpRequest, piece: Piece) -> Reader:
    organization, by = member_of(request)
    assessed = queries.assessed_by(organization.id, by, [piece.id]) if piece.is_exempt else frozenset()
    return Reader(by, str(request.user), roles_in(request.user, organization.id), assessed)


def _handed_out(piece: Piece, reader: Reader) -> HttpResponseBase:
    if not piece.is_file:
        raise Http404(piece.id)
    try:
        opened = operations.open_file(
            organization_id=piece.organization_id, piece_id=piece.id, reader=reader, at=clock.now()
        )
    except Refused as refused:
        return refusal(refused)
    except (operations.NotStored, operations.StorageFailed, operations.NotDrawn):
        return error(503, _("The file cannot be opened just now. Try again in some minutes."))
    return attachment(opened.stream, opened.file_name, opened.content_type)
