"""Shows a piece of the evidence library for an indicator: choose it, say for which level and where to look."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations import evidence_uses as operations
from livinglab.evaluations.operations.answer_steps import refusal_of_step
from livinglab.evaluations.operations.proposals import take_proposal
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.proposals import proposals_for
from livinglab.evaluations.queries.readings import Reading, read_answer
from livinglab.evaluations.web import guide_words, words
from livinglab.evaluations.web.frame import frame, with_query
from livinglab.evaluations.web.identifiers import read_id
from livinglab.evidence.queries import Piece, Search, found
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused

Problems = tuple[tuple[str, str], ...]
#: pieces shown at once; a search finds the rest
MOST_SHOWN = 30
_FIELDS = {"piece_unknown": "piece", "level_unknown": "level", "reference_too_long": "reference"}


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def attach(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will show the evidence library to choose from, and attach the chosen piece."""
    read = read_answer(place, indicator, day=clock.today())
    if read is None:
        raise Http404(indicator)
    if request.method != "POST":
        return _page(request, place, read)
    try:
        use = _attached(request, place, indicator)
    except Refused as refused:
        field = _FIELDS.get(refused.refusal.code, "")
        return _page(request, place, read, ((field, str(refused.refusal.reason)),))
    messages.success(request, _("Attached as %(name)s.") % {"name": f"{indicator}.{use.letter}"})
    return redirect("evaluations:answer", place.organization.code, place.participation.year, indicator)


@require_POST
@evaluation_page
def detach(request: HttpRequest, place: Place, indicator: str, use_id: UUID) -> HttpResponse:
    """This function will no longer show a piece for this indicator."""
    try:
        operations.detach(place=place, indicator=indicator, use_id=use_id, at=clock.now())
    except operations.UnknownUse as unknown:
        raise Http404 from unknown
    except Refused as refused:
        messages.error(request, str(refused.refusal.reason))
    else:
        messages.success(request, _("Taken away here; the piece stays in the evidence library."))
    return redirect("evaluations:answer", place.organization.code, place.participation.year, indicator)


def _attached(request: HttpRequest, place: Place, indicator: str) -> EvidenceUse:
    """The proposal that a button names, or the piece chosen in the form."""
    if key := request.POST.get("proposal", ""):
        return take_proposal(
            place=place,
            indicator=indicator,
            key=key,
            origin=f"{request.scheme}://{request.get_host()}",
            at=clock.now(),
        )
    return operations.attach(
        place=place,
        indicator=indicator,
        piece_id=read_id(request.POST.get("piece", "")) or UUID(int=0),  # one that no piece has
        level=_number(request.POST.get("level", "")),
        reference=request.POST.get("reference", ""),
        at=clock.now(),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0


def _page(request: HttpRequest, place: Place, read: Reading, problems: Problems = ()) -> HttpResponse:
    refusal = refusal_of_step(place, read.evaluation, read.answer, AnswerStep.SAVE)
    searched = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    shown = list(found(place.organization.id, Search(text=searched))[: MOST_SHOWN + 1])
    given = request.POST if request.method == "POST" else request.GET
    scale = place.instrument.scale
    name = words.short_name(place.instrument, read.indicator)
    code, year = place.organization.code, place.participation.year
    context = {
        **frame(place, (f"{read.indicator} {name}", _answer_url(code, year, read.indicator)), (_("Evidence"), None)),
        "key": read.indicator,
        "add_url": with_query(
            reverse("evidence:add", args=[code]), back=reverse("evaluations:attach", args=[code, year, read.indicator])
        ),
        "name": name,
        "searched": searched,
        "pieces": [_option(one) for one in shown[:MOST_SHOWN]],
        "proposals": proposals_for(place.organization.id, place.instrument.code, read.indicator),
        "has_more": len(shown) > MOST_SHOWN,
        "levels": [("", _("Choose the level")), *((str(one), str(one)) for one in scale.levels if one > scale.minimum)],
        "piece": given.get("piece", ""),
        "level": given.get("level", ""),
        "reference": given.get("reference", ""),
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(reversed(problems)),
    }  # fmt: skip
    return render(request, "evaluations/attach.html", context, status=422 if problems else 200)


def _answer_url(code: str, year: int, indicator: str) -> str:
    return reverse("evaluations:answer", args=[code, year, indicator])


def _option(piece: Piece) -> tuple[str, str, str]:
    facts = [
        piece.document_number,
        guide_words.day(piece.issued_on) if piece.issued_on else "",
        piece.file_name,
    ]
    return str(piece.id), piece.title, " · ".join(fact for fact in facts if fact)
