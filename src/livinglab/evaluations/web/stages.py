"""Both raters side by side, and the steps of the evaluation that are taken from outside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.evaluations import policies
from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.process import STAGE_OF, State, Step
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.operations import process, scores
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import raters
from livinglab.evaluations.queries.rows import rows_of
from livinglab.evaluations.web import stages_page, words
from livinglab.evaluations.web.external import assessor_page, ministry_of_place
from livinglab.evaluations.web.frame import frame
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.days import DayUnread, read_day

_ADVANCED = frozenset({Step.INTERVIEW, Step.VISIT, Step.CONSOLIDATE})


@require_safe
@evaluation_page
def stages(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show own level and assessors' levels of every indicator."""
    return _stages(request, place)


def _stages(request: HttpRequest, place: Place, *, problem: str = "") -> HttpResponse:
    wanted = request.GET.get("show", "")
    way = ((_("Assessors' levels"), None),)
    context: dict[str, object] = {
        **frame(place, *way),
        "page": None,
        "problems": (("", problem),) if problem else (),
    }
    rows = rows_of(place.organization.id, place.participation.id)
    if STAGE_OF[State(place.participation.state)] is not Stage.SELF and (found := raters(place, rows)):
        known = wanted if wanted in stages_page.FILTERS else ""
        context["page"] = stages_page.build(place, found, rows, known)
    return render(request, "evaluations/stages.html", context, status=422 if problem else 200)


@require_POST
@assessor_page
def advance(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will open the interview, the visit or the consolidation."""
    chosen = request.POST.get("step", "")
    if chosen not in _ADVANCED:
        return _stages(request, place, problem=_("Choose the step to take."))
    try:
        process.advance(place=place, step=Step(chosen), at=clock.now())
    except Refused as refused:
        return _stages(request, place, problem=str(refused.refusal.reason))
    messages.success(request, _("Done: %(step)s.") % {"step": str(words.STEPS[Step(chosen)])})
    return redirect("evaluations:stages", place.organization.code, place.participation.year)


@require_POST
@assessor_page
def show(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show the region the levels of the stage under way."""
    try:
        scores.show(place=place, at=clock.now())
    except Refused as refused:
        return _stages(request, place, problem=str(refused.refusal.reason))
    messages.success(request, _("The region sees the levels of this stage now."))
    return redirect("evaluations:stages", place.organization.code, place.participation.year)


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_of_place
def decide(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will enter the decision: its number and date make the figures official."""
    number, given = request.POST.get("number", ""), request.POST.get("day", "")
    problems: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        try:
            process.decide(place=place, number=number, day=read_day(given), at=clock.now())
        except Refused as refused:
            field = "" if refused.refusal.code in ("not_your_step", "not_in_this_state") else "number"
            problems = ((field, str(refused.refusal.reason)),)
        except DayUnread as unread:
            problems = (("day", str(unread)),)
        else:
            messages.success(request, _("The decision is entered. The figures are official now."))
            return redirect("evaluations:stages", place.organization.code, place.participation.year)
    state = State(place.participation.state)
    refusal = policies.may_take_step(place.actor, Step.DECIDE, state=state, kind=place.kind)
    stopping = () if refusal else stages_page.stopping_errors(place, Step.DECIDE)
    context = {
        **frame(place, (_("Decision"), None)),
        "stopping": stages_page.lines_of(place, stopping),
        "stopping_count": len(stopping),
        "problems": problems,
        "errors": dict(problems),
        "number": number,
        "day": given,
        "index": place.participation.standing_index,
        "refusal": str(refusal.reason) if refusal else "",
    }
    return render(request, "evaluations/decide.html", context, status=422 if problems else 200)
