"""The first pages of a piece of evidence as pictures, for the assessors of a region and for the ministry."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.evaluations.operations.evidence_readers import reader_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.web.evidence_file import file_here
from livinglab.evaluations.web.external import assessor_page
from livinglab.evaluations.web.frame import frame, officer
from livinglab.evidence import operations as evidence
from livinglab.evidence import queries
from livinglab.ui.attachments import picture


@require_safe
@assessor_page
def evidence_look(request: HttpRequest, place: Place, piece_id: UUID) -> HttpResponse:
    """This function will show a file that is evidence here: its first pages, and where to open it whole.

    An exempt piece has no pictures: it opens with a watermark, and each opening is logged.
    """
    piece = file_here(place, piece_id)
    code, year = place.organization.code, place.participation.year
    refusal = evidence.may_open(piece, reader_of(place, str(officer(request)), [piece]))
    context = {
        **frame(
            place,
            (_("Assessors' levels"), reverse("evaluations:stages", args=[code, year])),
            (piece.title, None),
        ),
        "piece": piece,
        "previews": range(1, queries.preview_pages(piece) + 1) if refusal is None else (),
        "format": queries.format_name(piece),
        "refusal": str(refusal.reason) if refusal else "",
    }
    return render(request, "evaluations/look.html", context)


@require_safe
@assessor_page
def evidence_preview(request: HttpRequest, place: Place, piece_id: UUID) -> HttpResponse:
    """This function will answer a page of a piece as a picture that we drew; 404 for what may not be opened."""
    piece = file_here(place, piece_id)
    number = request.GET.get("page", "1")
    if (
        evidence.may_open(piece, reader_of(place, str(officer(request)), [piece])) is not None
        or not number.isdecimal()
        or len(number) > 3
    ):
        raise Http404(piece_id)
    try:
        return picture(queries.preview(piece, page=int(number)))
    except queries.NoPreview:
        raise Http404(piece_id) from None
