"""What a piece holds, handed out so that no browser runs anything in it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.evidence import operations, queries
from livinglab.evidence.models import Piece
from livinglab.evidence.policies import READERS, may_open
from livinglab.evidence.web.piece import find_piece, reader_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal
from livinglab.kernel.unknown import Unprocessable
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.ui.attachments import attachment, picture


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def file(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponseBase:
    """This function will hand out a file; an exempt one after it was said that it is marked and logged."""
    one = find_piece(organization, piece_id)
    if not one.is_file:
        raise Http404(piece_id)
    reader = reader_of(request, organization, one)
    refusal = may_open(one, reader)
    if refusal is not None:
        return _ask(request, organization, one, refusal, 403)
    if one.is_exempt and request.method != "POST":
        return _ask(request, organization, one, None, 200)
    try:
        opened = operations.open_file(
            organization_id=organization.id, piece_id=one.id, reader=reader, at=clock.now()
        )
    except (operations.NotStored, operations.StorageFailed, operations.NotDrawn) as error:
        raise Unprocessable(
            _("The file cannot be opened just now"),
            _(
                "It is not lost because of that. Try again in some minutes; if it lasts, tell the administrator."
            ),
        ) from error
    return attachment(opened.stream, opened.file_name, opened.content_type)


def _ask(
    request: HttpRequest, organization: Organization, one: Piece, refusal: Refusal | None, status: int
) -> HttpResponse:
    context = {"organization": organization, "piece": one, "refusal": refusal}
    return render(request, "evidence/open_exempt.html", context, status=status)


@never_cache
@require_safe
@member_page(READERS)
def preview(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponseBase:
    """This function will show a page of a piece as a picture that we drew."""
    one = find_piece(organization, piece_id)
    if may_open(one, reader_of(request, organization, one)) is not None:
        raise Http404(piece_id)
    number = request.GET.get("page", "1")
    if not number.isdecimal() or len(number) > 3:
        raise Http404(number)
    try:
        return picture(queries.preview(one, page=int(number)))
    except queries.NoPreview:
        raise Http404(piece_id) from None
