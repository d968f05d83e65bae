"""The assessor's page of one indicator: score, take back, review validity, judge evidence, open its files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.accounts.queries import names_of
from livinglab.evaluations.domain.stages import EXTERNAL, Stage
from livinglab.evaluations.operations import scores, verdicts
from livinglab.evaluations.operations.scores import ScoreConflict, ScoreRefused
from livinglab.evaluations.queries.checks import remarks_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import verdicts_of
from livinglab.evaluations.queries.readings import read_answer
from livinglab.evaluations.web import scoring_page, words
from livinglab.evaluations.web.external import assessor_page, line_or_404
from livinglab.evaluations.web.frame import frame
from livinglab.evaluations.web.scoring_page import Problems, Typed, read_typed
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def score(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will show the region's answer beside the assessor's form, and store what is sent."""
    if request.method != "POST":
        return _page(request, place, indicator)
    typed, intent = read_typed(request.POST), request.POST.get("intent", "save")
    if intent.startswith("scaffold-"):
        return _with_scaffold(request, place, indicator, typed, intent.removeprefix("scaffold-"))
    try:
        done = scores.score(
            place=place, indicator=indicator, opinion=typed.opinion, mark=typed.mark, at=clock.now()
        )
    except ScoreRefused as refused:
        problems = tuple((one.field, str(one.message)) for one in refused.problems)
        return _page(request, place, indicator, typed=typed, problems=problems)
    except Refused as refused:
        return _page(request, place, indicator, typed=typed, problems=(("", str(refused.refusal.reason)),))
    except ScoreConflict as conflict:
        return _conflict(request, place, indicator, typed, conflict)
    index = words.index(done.standing.score.index)
    messages.success(request, _("Saved. The index is %(index)s now.") % {"index": index})
    return _onward(request, place, indicator, intent)


@require_POST
@assessor_page
def clear(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will take the entry of the present stage back, so that it inherits again."""
    try:
        scores.clear(place=place, indicator=indicator, mark=request.POST.get("mark", ""), at=clock.now())
    except Refused as refused:
        return _page(request, place, indicator, problems=(("", str(refused.refusal.reason)),))
    except ScoreConflict:
        words_ = _("Somebody changed this score since you opened the page. Look at it first.")
        return _page(request, place, indicator, problems=(("", words_),))
    messages.success(request, _("Taken back: the level of the stage before stands again."))
    return _back(place, indicator)


@require_POST
@assessor_page
def validity(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will keep the review team's word on a score."""
    stage, word = request.POST.get("stage", ""), request.POST.get("valid", "")
    if stage not in EXTERNAL or word not in ("yes", "no"):
        problem = _("Choose whether the score is valid.")
        return _page(request, place, indicator, problems=(("", problem),))
    try:
        scores.mark_validity(
            place=place,
            indicator=indicator,
            stage=Stage(stage),
            is_valid=word == "yes",
            note=request.POST.get("note", ""),
            at=clock.now(),
        )
    except Refused as refused:
        return _page(request, place, indicator, problems=((f"note-{stage}", str(refused.refusal.reason)),))
    messages.success(request, _("The review is kept."))
    return _back(place, indicator)


@require_POST
@assessor_page
def judge(request: HttpRequest, place: Place, indicator: str, piece_id: UUID) -> HttpResponse:
    """This function will keep what the assessor says of a piece of evidence."""
    word = request.POST.get("verdict", "")
    if word not in ("accept", "refuse"):
        problem = _("Choose whether the piece proves it.")
        return _page(request, place, indicator, problems=(("", problem),))
    try:
        verdicts.judge(
            place=place,
            indicator=indicator,
            piece_id=piece_id,
            is_accepted=word == "accept",
            note=request.POST.get("note", ""),
            at=clock.now(),
        )
    except Refused as refused:
        return _page(request, place, indicator, problems=((f"note-{piece_id}", str(refused.refusal.reason)),))
    messages.success(request, _("Kept what you say of this piece."))
    return _back(place, indicator)


def _page(
    request: HttpRequest,
    place: Place,
    indicator: str,
    *,
    typed: Typed | None = None,
    problems: Problems = (),
    conflict: dict[str, object] | None = None,
    status: int = 0,
) -> HttpResponse:
    found, line = line_or_404(place, indicator)
    read = read_answer(place, indicator, day=clock.today())
    if read is None:
        raise Http404(indicator)
    judged = verdicts_of(place.organization.id, place.participation.id, indicator)
    remarked = remarks_of(place, day=clock.today())
    page = scoring_page.build(place, found, line, read, judged, remarked=remarked, typed=typed)
    context = {
        **frame(place, (_("Assessors' levels"), _stages_url(place)), (page.key, None)),
        "page": page,
        "problems": problems,
        "errors": dict(reversed(problems)),
        "conflict": conflict,
        "is_fresh": typed is None and request.method != "POST",
    }
    return render(request, "evaluations/score.html", context, status=status or (422 if problems else 200))


def _conflict(
    request: HttpRequest, place: Place, indicator: str, typed: Typed, conflict: ScoreConflict
) -> HttpResponse:
    """Mine stays in the form, theirs stands above it; saving again on their mark settles it."""
    stored = conflict.stored
    by = stored.scored_by if stored else None
    told: dict[str, object] = {
        "by": names_of({by}).get(by, "") if by else "",
        "level": words.level(stored.level) if stored else "",
        "facts": stored.facts if stored else "",
        "analysis": stored.analysis if stored else "",
        "justification": stored.justification if stored else "",
        "is_cleared": stored is None,
    }
    mine = Typed(typed.level, typed.facts, typed.analysis, typed.justification, conflict.mark)
    return _page(request, place, indicator, typed=mine, conflict=told, status=409)


def _with_scaffold(
    request: HttpRequest, place: Place, indicator: str, typed: Typed, field: str
) -> HttpResponse:
    """The form again with the sentences put under what was typed; nothing is stored yet."""
    text = scoring_page.scaffolds(place, indicator).get(field)
    if text is None:
        return _page(request, place, indicator, typed=typed)
    before = getattr(typed, field).rstrip()
    fields = {name: getattr(typed, name) for name in Typed.__dataclass_fields__}
    fields[field] = f"{before}\n\n{text}" if before else text
    return _page(request, place, indicator, typed=Typed(**fields))


def _onward(request: HttpRequest, place: Place, indicator: str, intent: str) -> HttpResponse:
    if intent == "next":
        found, _line = line_or_404(place, indicator)
        after = found.beside(indicator)[1]
        if after is not None:
            return _back(place, after)
        return redirect(_stages_url(place))
    return _back(place, indicator)


def _back(place: Place, indicator: str) -> HttpResponse:
    return redirect("evaluations:score", place.organization.code, place.participation.year, indicator)


def _stages_url(place: Place) -> str:
    return reverse("evaluations:stages", args=[place.organization.code, place.participation.year])
