"""Evidence handed to the assessors of a region and to the ministry; an exempt piece to assigned assessors only."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.operations.evidence_readers import reader_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import is_used
from livinglab.evaluations.web.external import assessor_page
from livinglab.evaluations.web.frame import frame, officer
from livinglab.evidence import operations as evidence
from livinglab.evidence.queries import Piece, get_piece
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import Unprocessable
from livinglab.ui.attachments import attachment


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def evidence_file(request: HttpRequest, place: Place, piece_id: UUID) -> HttpResponseBase:
    """This function will hand out a piece that is evidence here; an exempt one after it was said that it is logged.

    Before the self-assessment is sent, for pieces that are not used in it, and for links: 404.
    """
    piece = file_here(place, piece_id)
    reader = reader_of(place, str(officer(request)), [piece])
    refusal = evidence.may_open(piece, reader)
    if refusal is not None:
        return _ask(request, place, piece, refusal=str(refusal.reason), status=403)
    if piece.is_exempt and request.method != "POST":
        return _ask(request, place, piece)
    try:
        opened = evidence.open_file(
            organization_id=place.organization.id, piece_id=piece.id, reader=reader, at=clock.now()
        )
    except Refused as refused:
        return _ask(request, place, piece, refusal=str(refused.refusal.reason), status=403)
    except (evidence.NotStored, evidence.StorageFailed, evidence.NotDrawn) as error:
        words = _("Try again in some minutes; if it lasts, tell the administrator.")
        raise Unprocessable(_("The file cannot be opened just now"), words) from error
    return attachment(opened.stream, opened.file_name, opened.content_type)


def file_here(place: Place, piece_id: UUID) -> Piece:
    """This function will return a file that is evidence in an evaluation that was sent. Errors: Http404 for others."""
    is_sent = STAGE_OF[State(place.participation.state)] is not Stage.SELF
    if not is_sent or not is_used(place.organization.id, place.participation.id, piece_id):
        raise Http404(piece_id)
    piece = get_piece(place.organization.id, piece_id)
    if not piece.is_file:
        raise Http404(piece_id)
    return piece


def _ask(
    request: HttpRequest, place: Place, piece: Piece, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {**frame(place, (piece.title, None)), "piece": piece, "refusal": refusal}
    return render(request, "evaluations/open_exempt.html", context, status=status)
