"""An organisation's evidence in the API: read the library, add to it. Files are opened on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Router
from ninja.files import UploadedFile

from livinglab.evidence import operations, queries
from livinglab.evidence.api.schemas import PieceForm, PieceItem
from livinglab.evidence.api.session import MemberSession, member_of
from livinglab.evidence.domain.details import Details, Problem
from livinglab.evidence.domain.formats import Fault
from livinglab.evidence.labels import FLAWS, fault_in_words
from livinglab.evidence.models import Piece
from livinglab.evidence.policies import READERS, WRITERS
from livinglab.evidence.uploads import was_too_large
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.api.errors import error, problems
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, PlainText, list_answer

router = Router(tags=["evidence"])
Code = Annotated[PlainText, Path(examples=["14.08"])]


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
        request, page, queries.pieces(organization.id), _item, schema=PieceItem, name="evidence"
    )


@router.get(
    "/regions/{code}/evidence/{piece_id}",
    response=PieceItem,
    auth=MemberSession(READERS),
    summary="One piece of evidence",
)
def get_piece(request: HttpRequest, code: Code, piece_id: UUID) -> Any:
    """What a piece is, also a withdrawn or superseded one."""
    organization, _by = member_of(request)
    try:
        return _item(queries.get_piece(organization.id, piece_id))
    except Piece.DoesNotExist:
        raise Http404(piece_id) from None


@router.post(
    "/regions/{code}/evidence",
    response=PieceItem,
    auth=MemberSession(WRITERS),
    summary="Add a piece of evidence",
)
def add_piece(
    request: HttpRequest,
    code: Code,
    given: Annotated[PieceForm, Form()],
    file: Annotated[
        UploadedFile | None, File(description="PDF, picture, office document, CSV, text or MP4.")
    ] = None,
) -> Any:
    """A multipart form. The type of a file is told by its content; what could run is refused, with what to do instead.

    422 names every problem by its field; nothing is kept then.
    """
    organization, by = member_of(request)
    found = _problems_of_source(request, given, file)
    if found:
        return problems(found)
    said = given.model_dump(exclude={"url"})
    shared: dict[str, Any] = {
        "organization_id": organization.id,
        "details": Details(**said),
        "by": by,
        "at": clock.now(),
    }
    try:
        if file is None:
            return _item(operations.add_link(url=given.url, **shared))
        upload = operations.Upload(cast(Any, file.file), file.name or "", file.content_type or "")
        return _item(operations.add_file(upload=upload, **shared))
    except operations.DetailsRefused as refused:
        return problems(_in_words(refused.problems))
    except operations.FileRefused as refused:
        return problems([("file", fault_in_words(refused.fault))])
    except Refused as refused:
        return error(422, str(refused.refusal.reason), code=refused.refusal.code)
    except operations.StorageFailed:
        return _not_kept()


def _problems_of_source(
    request: HttpRequest, given: PieceForm, file: UploadedFile | None
) -> list[tuple[str, str]]:
    """What is wrong with having a file, an address, both or none."""
    if was_too_large(request):
        return [("file", fault_in_words(Fault.TOO_LARGE))]
    if file is None and not given.url:
        return [("file", fault_in_words(Fault.MISSING))]
    if file is not None and given.url:
        return [("file", _("Give a file or an address, not both."))]
    return []


def _in_words(found: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(one.field, str(FLAWS[one.flaw])) for one in found]


def _not_kept() -> HttpResponse:
    return error(503, _("The file could not be kept just now. Nothing is lost but time: try again."))


def _item(piece: Piece) -> PieceItem:
    known = {name: getattr(piece, name) for name in PieceItem.model_fields if name != "is_link"}
    return PieceItem(**known, is_link=not piece.is_file)
