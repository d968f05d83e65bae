"""A piece of evidence as the API reads and answers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Path
from ninja.files import UploadedFile

from livinglab.evidence import operations, queries
from livinglab.evidence.api.schemas import PieceForm, PieceItem
from livinglab.evidence.api.session import member_of
from livinglab.evidence.domain.details import Details, Problem
from livinglab.evidence.domain.formats import Fault
from livinglab.evidence.labels import FLAWS, fault_in_words
from livinglab.evidence.models import Piece
from livinglab.evidence.uploads import was_too_large
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.api.errors import error, problems
from livinglab.ui.api.lists import PlainText

Code = Annotated[PlainText, Path(examples=["14.08"])]
FormBody = Annotated[PieceForm, Form()]
FileBody = Annotated[
    UploadedFile | None, File(description="PDF, picture, office document, CSV, text or MP4.")
]
#: refusals about who asks; all others are about what was asked, or when
_ABOUT_THE_PERSON = frozenset(
    {"exempt", "not_a_lifter", "not_a_reader", "not_a_reviewer", "not_a_writer", "own_piece"}
)


def find(request: HttpRequest, piece_id: UUID) -> Piece:
    """This function will return a piece of the organisation in the address. Errors: Http404, also for another's."""
    organization, _by = member_of(request)
    try:
        return queries.get_piece(organization.id, piece_id)
    except Piece.DoesNotExist:
        raise Http404(piece_id) from None


def kept(
    request: HttpRequest, given: PieceForm, file: UploadedFile | None, *, older: Piece | None = None
) -> PieceItem | HttpResponse:
    """This function will keep a file or a link, in the place of an older piece if there is one, and answer it."""
    organization, by = member_of(request)
    found = _problems_of_source(request, given, file)
    if found:
        return problems(found)
    shared: dict[str, Any] = {
        "organization_id": organization.id,
        "details": Details(**given.model_dump(exclude={"url"})),
        "by": by,
        "at": clock.now(),
        **({"piece_id": older.id} if older else {}),
    }
    try:
        if file is None:
            keep_link = operations.revise_link if older else operations.add_link
            return piece_item(keep_link(url=given.url, **shared))
        keep_file = operations.revise_file if older else operations.add_file
        upload = operations.Upload(cast(Any, file.file), file.name or "", file.content_type or "")
        return piece_item(keep_file(upload=upload, **shared))
    except operations.DetailsRefused as refused:
        return problems(in_words(refused.problems))
    except operations.FileRefused as refused:
        return problems([("file", fault_in_words(refused.fault))])
    except Refused as refused:
        return refusal(refused)
    except operations.StorageFailed:
        return error(503, _("The file could not be kept just now. Nothing is lost but time: try again."))


def refusal(refused: Refused) -> HttpResponse:
    """This function will answer a refusal: 403 about the person, else 422; `code` is stable."""
    code = refused.refusal.code
    return error(403 if code in _ABOUT_THE_PERSON else 422, str(refused.refusal.reason), code=code)


def in_words(found: Iterable[Problem]) -> list[tuple[str, str]]:
    """This function will return problems as pairs of a field and words in the reader's language."""
    return [(one.field, str(FLAWS[one.flaw])) for one in found]


def piece_item(piece: Piece) -> PieceItem:
    """This function will return a piece as the API answers it."""
    known = {name: getattr(piece, name) for name in PieceItem.model_fields if name != "is_link"}
    return PieceItem(**known, is_link=not piece.is_file)


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
