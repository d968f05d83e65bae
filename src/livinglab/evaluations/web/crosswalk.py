"""What a region's answers to the older instrument offer to this one: shown, and taken over where chosen."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.crosswalk import Carry, Proposal
from livinglab.evaluations.operations import crosswalk as operations
from livinglab.evaluations.operations.problems import LONGEST_TEXT
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.crosswalk import Offer, find_offer
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.web import words
from livinglab.evaluations.web.frame import frame
from livinglab.kernel import clock
from livinglab.ui.languages import language

_CARRY: Final[Mapping[Carry, Promise]] = {
    Carry.REUSE: gettext_lazy("the evidence can be used again"),
    Carry.UPDATE: gettext_lazy("the evidence has to be brought up to date"),
    Carry.NEW: gettext_lazy("nothing carries over: the indicator is new"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def crosswalk(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show what can be taken over, and take over what was chosen."""
    if place.instrument.crosswalk is None:
        raise Http404
    offer = find_offer(place, language=language())
    if request.method == "POST" and offer is not None:
        chosen = request.POST.getlist("indicator")
        if chosen:
            done = operations.take_over(place=place, offer=offer, indicators=chosen, at=clock.now())
            messages.success(request, _said(done))
            return redirect("evaluations:sheet", place.organization.code, place.participation.year)
        return _page(request, place, offer, problem=_("Choose at least one indicator."))
    return _page(request, place, offer)


def _page(request: HttpRequest, place: Place, offer: Offer | None, *, problem: str = "") -> HttpResponse:
    given = records.answers(place.organization.id, place.participation.id)
    names = {one.key: words.said(one.short) for one in place.instrument.indicators()}
    proposals = offer.proposals if offer else ()
    context = {
        **frame(place, (_("From the earlier instrument"), None)),
        "heading": _heading(proposals, offer),
        "offer": offer,
        "older": words.said(offer.older.short) if offer else "",
        "rows": [
            _row(
                one,
                names[one.indicator],
                has_text=bool(given.get(one.indicator) and given[one.indicator].facts),
            )
            for one in proposals
        ],
        "problem": problem,
    }
    return render(request, "evaluations/crosswalk.html", context, status=422 if problem else 200)


def _heading(proposals: tuple[Proposal, ...], offer: Offer | None) -> str:
    if offer is None:
        return _("There is no earlier evaluation to start from")
    useful = sum(not one.is_empty for one in proposals)
    values = {"num": useful, "of": len(proposals), "year": offer.year}
    return (
        ngettext(
            "%(num)s of %(of)s indicators can start from the answers of %(year)s",
            "%(num)s of %(of)s indicators can start from the answers of %(year)s",
            useful,
        )
        % values
    )


def _row(proposal: Proposal, name: str, *, has_text: bool) -> dict[str, object]:
    return {
        "indicator": proposal.indicator,
        "name": name,
        "carry": _CARRY[proposal.carry],
        "origins": [f"{one.indicator} {one.name}" for one in proposal.origins],
        "pieces": len(proposal.piece_ids),
        "facts": proposal.facts,
        "is_empty": proposal.is_empty,
        "has_text": has_text,
    }


def _said(done: operations.TakenOver) -> str:
    values = {"texts": done.texts, "pieces": done.pieces}
    said = (
        _("Taken over: %(texts)s starting texts and %(pieces)s pieces of evidence. Check each of them.")
        % values
    )
    if done.cut:
        facts = {"indicators": ", ".join(done.cut), "limit": LONGEST_TEXT}
        said += " " + _("Cut at %(limit)s characters, so read the end and shorten: %(indicators)s.") % facts
    if done.left:
        left = ", ".join(done.left)
        said += " " + _("Left because they are not yours to write: %(indicators)s.") % {"indicators": left}
    return said
