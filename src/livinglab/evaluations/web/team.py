"""The internal assessor team: the decree and its members by function."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.evaluations import policies
from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.team_seats import SEATS
from livinglab.evaluations.operations import team as operations
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.teams import seats_of
from livinglab.evaluations.web import findings, words
from livinglab.evaluations.web.frame import frame
from livinglab.evaluations.web.identifiers import read_id
from livinglab.evidence.queries import pieces, pieces_by_id
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.days import DayUnread, read_day

Problems = tuple[tuple[str, str], ...]
_FIELDS = {
    "decree_missing": "decree_number",
    "decree_in_future": "decree_date",
    "number_too_long": "decree_number",
    "piece_unknown": "decree_piece",
    "function_unknown": "function",
    "name_missing": "holder",
    "name_too_long": "holder",
    "seated_already": "holder",
}


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def team(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show the team, and change it."""
    if request.method != "POST":
        return _page(request, place)
    try:
        said = _changed(request, place)
    except Refused as refused:
        code = refused.refusal.code
        return _page(request, place, ((_FIELDS.get(code, ""), str(refused.refusal.reason)),))
    except DayUnread as unread:
        return _page(request, place, (("decree_date", str(unread)),))
    except operations.UnknownSeat as unknown:
        raise Http404 from unknown
    if not said:
        return _page(request, place, (("", _("Choose what to change.")),))
    messages.success(request, said)
    return redirect("evaluations:team", place.organization.code, place.participation.year)


def _changed(request: HttpRequest, place: Place) -> str:
    given, at = request.POST, clock.now()
    intent = given.get("intent", "")
    if intent == "decree":
        operations.enter_decree(
            place=place,
            number=given.get("decree_number", ""),
            day=read_day(given.get("decree_date", "")),
            evidence_id=read_id(given.get("decree_piece", "")),
            at=at,
        )
        return _("The decree is on file.")
    if intent == "add":
        operations.seat(
            place=place, function=given.get("function", ""), holder=given.get("holder", ""), at=at
        )
        return _("The member is in the team.")
    if intent == "remove":
        seat_id = read_id(given.get("seat", ""))
        if seat_id is None:
            raise operations.UnknownSeat
        operations.unseat(place=place, seat_id=seat_id, at=at)
        return _("The member is no longer in the team.")
    return ""


def _page(request: HttpRequest, place: Place, problems: Problems = ()) -> HttpResponse:
    here = place.organization.id
    evaluation = records.find_evaluation(here, place.participation.id)
    state = State(place.participation.state)
    refusal = policies.may_keep_team(place.actor, state=state)
    seats = seats_of(here, place.participation.id)
    piece_id = evaluation.decree_evidence_id if evaluation else None
    filled = {seat.function for seat in seats}
    given = request.POST if request.method == "POST" else None
    context = {
        **frame(place, (_("Assessor team"), None)),
        "heading": findings.team_heading(len(seats), [one for one in SEATS if one not in filled]),
        "functions": [
            (one, str(words.SEATS[one]), [seat for seat in seats if seat.function == one]) for one in SEATS
        ],
        "options": [("", _("Choose a function")), *((one, str(words.SEATS[one])) for one in SEATS)],
        "decree_number": _kept(given, "decree_number", evaluation.decree_number if evaluation else ""),
        "decree_date": _kept(given, "decree_date", _iso(evaluation.decree_date if evaluation else None)),
        "decree_day": evaluation.decree_date if evaluation else None,
        "decree_piece": _kept(given, "decree_piece", str(piece_id or "")),
        "decree_evidence": pieces_by_id(here, [piece_id]).get(piece_id) if piece_id else None,
        "pieces": [("", _("none")), *((str(one.id), one.title) for one in pieces(here)[:100])],
        "function": _kept(given, "function", ""),
        "holder": _kept(given, "holder", ""),
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(reversed(problems)),
    }
    return render(request, "evaluations/team.html", context, status=422 if problems else 200)


def _kept(given: object, name: str, stored: str) -> str:
    typed = given.get(name) if hasattr(given, "get") else None
    return stored if typed is None else str(typed)


def _iso(day: object) -> str:
    return "" if day is None else str(day)
