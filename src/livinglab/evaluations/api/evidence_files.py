"""What the evidence of an evaluation holds, in the API: for its members, its assigned assessors and the ministry."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Path, Router

from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api.session import HERE, Code, Year, place_of, session
from livinglab.evaluations.operations.evidence_readers import reader_of
from livinglab.evaluations.queries.raters import is_used
from livinglab.evidence import operations as evidence
from livinglab.evidence import queries
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.api import errors
from livinglab.ui.api.files import as_file
from livinglab.ui.attachments import attachment, picture

router = Router(tags=["evaluations"])
_ONE: Final = f"{HERE}/evidence/{{piece_id}}"
Page = Annotated[int, Path(ge=1, le=queries.PREVIEW_PAGES, examples=[1])]


@router.get(
    f"{_ONE}/file",
    openapi_extra=as_file(*queries.CONTENT_TYPES),
    auth=session,
    summary="The file of a piece that is evidence in an evaluation",
)
def get_evidence_file(request: HttpRequest, code: Code, year: Year, piece_id: UUID) -> Any:
    """As an attachment. An exempt piece is opened by POST, since each opening is marked and logged; a link has none."""
    piece, reader = _found(request, piece_id)
    if piece.is_exempt and evidence.may_open(piece, reader) is None:
        words = _("An exempt piece is opened by POST: it is marked with your name and logged.")
        return errors.error(422, words, code="exempt_by_post")
    return _handed_out(piece, reader)


@router.post(
    f"{_ONE}/file",
    openapi_extra=as_file(*queries.CONTENT_TYPES),
    auth=session,
    summary="Open the file of a piece that is evidence in an evaluation, also of an exempt one",
)
def open_evidence_file(request: HttpRequest, code: Code, year: Year, piece_id: UUID) -> Any:
    """An exempt piece opens to the assigned assessors alone, with their name across each page; it is logged."""
    return _handed_out(*_found(request, piece_id))


@router.get(
    f"{_ONE}/pages/{{page}}",
    openapi_extra=as_file("image/webp"),
    auth=session,
    summary="A first page of a piece that is evidence in an evaluation, as a picture",
)
def get_evidence_page(request: HttpRequest, code: Code, year: Year, piece_id: UUID, page: Page) -> Any:
    """Of a PDF or a picture that is not exempt; 404 for all others."""
    piece, reader = _found(request, piece_id)
    if evidence.may_open(piece, reader) is not None:
        raise Http404(piece_id)
    try:
        return picture(queries.preview(piece, page=page))
    except queries.NoPreview:
        raise Http404(piece_id) from None


def _found(request: HttpRequest, piece_id: UUID) -> tuple[queries.Piece, evidence.Reader]:
    place = place_of(request)
    if not is_used(place.organization.id, place.participation.id, piece_id):
        raise Http404(piece_id)
    piece = queries.get_piece(place.organization.id, piece_id)
    if not piece.is_file:
        raise Http404(piece_id)
    return piece, reader_of(place, str(request.user), [piece])


def _handed_out(piece: queries.Piece, reader: evidence.Reader) -> HttpResponseBase:
    try:
        opened = evidence.open_file(
            organization_id=piece.organization_id, piece_id=piece.id, reader=reader, at=clock.now()
        )
    except Refused as error:
        return written.refused(error)
    except (evidence.NotStored, evidence.StorageFailed, evidence.NotDrawn):
        return errors.error(503, _("The file cannot be opened just now. Try again in some minutes."))
    return attachment(opened.stream, opened.file_name, opened.content_type)
