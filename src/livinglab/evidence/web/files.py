"""What a piece holds, handed out so that no browser runs anything in it."""

from typing import BinaryIO
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.evidence import operations, queries
from livinglab.evidence.domain.states import Purpose
from livinglab.evidence.labels import PURPOSES
from livinglab.evidence.models import Piece
from livinglab.evidence.policies import READERS, may_open
from livinglab.evidence.web.piece import find_piece, reader_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.kernel.unknown import Unprocessable
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization

_NOTHING_RUNS = "default-src 'none'; sandbox"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def file(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponseBase:
    """This function will hand out a file; for an exempt one it first asks what for."""
    one = find_piece(organization, piece_id)
    if not one.is_file:
        raise Http404(piece_id)
    refusal = may_open(one, reader_of(request, organization))
    if refusal is not None:
        return _purposes(request, organization, one, refusal, 403)
    if one.is_exempt and request.method != "POST":
        return _purposes(request, organization, one, None, 200)
    try:
        opened = operations.open_file(
            organization_id=organization.id,
            piece_id=one.id,
            reader=reader_of(request, organization),
            at=clock.now(),
            purpose=request.POST.get("purpose", ""),
        )
    except Refused as refused:
        return _purposes(request, organization, one, None, 422, str(refused.refusal.reason))
    except (operations.NotStored, operations.StorageFailed, operations.NotDrawn) as error:
        raise Unprocessable(
            _("The file cannot be opened just now"),
            _(
                "It is not lost because of that. Try again in some minutes; if it lasts, tell the administrator."
            ),
        ) from error
    return attachment(opened.stream, opened.file_name, opened.content_type)


def attachment(stream: BinaryIO, name: str, content_type: str) -> FileResponse:
    """This function will answer with a file that is saved, never shown, and in which nothing runs."""
    kind = f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type=kind)
    answer["Content-Security-Policy"] = _NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _purposes(
    request: HttpRequest,
    organization: Organization,
    one: Piece,
    refusal: Refusal | None,
    status: int,
    problem: str = "",
) -> HttpResponse:
    context = {
        "organization": organization,
        "piece": one,
        "refusal": refusal,
        "purposes": [(str(purpose), str(PURPOSES[purpose]), "") for purpose in Purpose],
        "problems": [("purpose", problem)] if problem else [],
    }
    return render(request, "evidence/open_exempt.html", context, status=status)


@never_cache
@require_safe
@member_page(READERS)
def preview(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponseBase:
    """This function will show a page of a piece as a picture that we drew."""
    one = find_piece(organization, piece_id)
    if may_open(one, reader_of(request, organization)) is not None:
        raise Http404(piece_id)
    number = request.GET.get("page", "1")
    if not number.isdecimal() or len(number) > 3:
        raise Http404(number)
    try:
        picture = queries.preview(one, page=int(number))
    except queries.NoPreview:
        raise Http404(piece_id) from None
    answer = HttpResponse(picture, content_type="image/webp")
    answer["Content-Security-Policy"] = _NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
