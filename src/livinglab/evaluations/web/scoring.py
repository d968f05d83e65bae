"""The assessor's page of one indicator: it saves by itself what is typed, and enters it as the score when told to."""

from decimal import Decimal
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.accounts.queries import names_of
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.domain.stages import EXTERNAL, Stage
from livinglab.evaluations.operations import score_drafts, scores, verdicts
from livinglab.evaluations.operations.problems import Problem
from livinglab.evaluations.operations.score_drafts import DraftConflict, ScoreRefused
from livinglab.evaluations.operations.score_drafts import Typed as Stored
from livinglab.evaluations.operations.scores import ScoreConflict
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.rated import index_with, shown
from livinglab.evaluations.queries.score_drafts import base_of, opinion_of, versions_of
from livinglab.evaluations.web import merge_page, scoring_live, scoring_page, words
from livinglab.evaluations.web.answer_form import (
    AUTOSAVE,
    Typed,
    read_merged,
    read_typed,
    to_opinion,
    typed_of_opinion,
    values_of,
)
from livinglab.evaluations.web.external import assessor_page, rated_or_404
from livinglab.evaluations.web.frame import frame
from livinglab.evaluations.web.level_form import Problems
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused

#: the text fields of a score
TEXTS: Final = ("facts", "analysis", "justification")
#: what makes what is typed the score
_ENTERS: Final = frozenset({"enter", "next"})


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def score(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will show the region's answer beside the assessor's form, and store what is sent."""
    if request.method != "POST":
        return _page(request, place, indicator)
    intent = request.POST.get("intent", "save")
    typed = read_merged(request.POST) if intent == "merge" else read_typed(request.POST)
    if intent.startswith("scaffold-"):
        return _with_scaffold(request, place, indicator, typed, intent.removeprefix("scaffold-"))
    return _save(request, place, indicator, typed, intent)


def _save(request: HttpRequest, place: Place, indicator: str, typed: Typed, intent: str) -> HttpResponse:
    opinion, unread = to_opinion(typed)
    if unread or typed.base_version is None:
        return _refused(request, place, indicator, typed, _in_words(unread))
    try:
        saved = score_drafts.save(
            place=place,
            indicator=indicator,
            opinion=opinion,
            base_version=typed.base_version,
            at=clock.now(),
        )
    except ScoreRefused as refused:
        return _refused(request, place, indicator, typed, _in_words(refused.problems))
    except Refused as refused:
        return _refused(request, place, indicator, typed, (("", str(refused.refusal.reason)),))
    except DraftConflict as conflict:
        return _conflict(request, place, indicator, conflict, typed.base_version)
    if AUTOSAVE in request.headers:
        return _saved(request, place, indicator, saved)
    if intent in _ENTERS:
        return _enter(request, place, indicator, saved.draft.version, intent)
    here = reverse("evaluations:score", args=[place.organization.code, place.participation.year, indicator])
    if intent == "merge":
        messages.success(request, _("Saved as you chose."))
        return redirect(f"{here}?settled")  # the script then forgets what it kept of the conflict
    text = _("Saved, together with what somebody else wrote meanwhile.") if saved.merged else _("Saved.")
    messages.success(request, text)
    return redirect(here)


def _enter(request: HttpRequest, place: Place, indicator: str, version: int, intent: str) -> HttpResponse:
    """Enter what was just saved; where that is refused the save stands, since nothing typed may be lost."""
    try:
        done = scores.enter(place=place, indicator=indicator, version=version, at=clock.now())
    except ScoreRefused as refused:
        return _page(request, place, indicator, problems=_in_words(refused.problems))
    except Refused as refused:
        return _page(request, place, indicator, problems=(("", str(refused.refusal.reason)),))
    index = words.index(done.standing.score.index)
    messages.success(request, _("Entered. The index is %(index)s now.") % {"index": index})
    if intent != "next":
        return _back(place, indicator)
    after = rated_or_404(place, indicator).beside[1]
    return redirect(_stages_url(place)) if after is None else _back(place, after)


def _saved(request: HttpRequest, place: Place, indicator: str, saved: Stored) -> JsonResponse:
    """What the script needs: the new version, when it was, what changed on the page, and somebody else's part."""
    opinion, version = opinion_of(saved.draft), saved.draft.version
    worth = None if opinion.level is None else index_with(place, indicator, opinion.level)
    saved_at = words.clock_time(clock.now())
    live = _live(place, indicator, opinion, version, saved_at=saved_at, worth=worth)
    values = values_of(typed_of_opinion(opinion, version), TEXTS)
    return JsonResponse(
        {
            "version": version,
            "saved_at": saved_at,
            "live": _live_part(request, place, live),
            "merged": values if saved.merged else None,
        }
    )


def _refused(
    request: HttpRequest, place: Place, indicator: str, typed: Typed, problems: Problems
) -> HttpResponse:
    if AUTOSAVE not in request.headers:
        return _page(request, place, indicator, typed=typed, problems=problems)
    opinion, version = scoring_page.stored(rated_or_404(place, indicator))
    live = _live(place, indicator, opinion, version, problems=problems)
    told = {"problems": [text for _field, text in problems], "live": _live_part(request, place, live)}
    return JsonResponse(told, status=422)


def _conflict(
    request: HttpRequest, place: Place, indicator: str, conflict: DraftConflict, base_version: int
) -> HttpResponse:
    by = conflict.changed_by
    who = names_of({by}).get(by, "") if by else ""
    if AUTOSAVE in request.headers:
        stored = values_of(typed_of_opinion(conflict.stored, conflict.version), TEXTS)
        return JsonResponse({"changed_by": who, "version": conflict.version, "stored": stored}, status=409)
    draft = rated_or_404(place, indicator).draft
    base = base_of(draft, base_version) if draft else Opinion()
    page = merge_page.of_score(place, indicator, conflict, base=base, who=who)
    context = {**_frame(place, indicator), "page": page}
    return render(request, "evaluations/merge.html", context, status=409)


@require_safe
@assessor_page
def versions(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will show everything that was typed for the indicator at the present stage, newest first."""
    found = rated_or_404(place, indicator)
    context = {
        **_frame(place, indicator),
        "key": indicator,
        "stage": str(words.STAGES[found.present]),
        "name": words.short_name(place.instrument, indicator),
        "versions": scoring_page.version_lines(versions_of(found.draft)) if found.draft else (),
    }
    return render(request, "evaluations/score_versions.html", context)


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
) -> HttpResponse:
    day = clock.today()
    found = rated_or_404(place, indicator)
    page = scoring_page.build(
        place, found, shown(place, found, day=day), day=day, typed=typed, problems=problems
    )
    context = {
        **_frame(place, indicator),
        "page": page,
        "live": page.live,
        "problems": problems,
        "errors": dict(reversed(problems)),
        "is_fresh": typed is None,
        "is_settled": "settled" in request.GET,
    }
    return render(request, "evaluations/score.html", context, status=422 if problems else 200)


def _live(
    place: Place,
    indicator: str,
    opinion: Opinion,
    version: int,
    *,
    saved_at: str = "",
    worth: Decimal | None = None,
    problems: Problems = (),
) -> scoring_live.Live:
    day = clock.today()
    found = rated_or_404(place, indicator)
    return scoring_live.live(
        place,
        found,
        shown(place, found, day=day),
        opinion,
        day=day,
        version=version,
        saved_at=saved_at,
        index_with=worth,
        problems=problems,
    )


def _live_part(request: HttpRequest, place: Place, live: scoring_live.Live) -> str:
    return render_to_string("evaluations/score_live.html", {**frame(place), "live": live}, request)


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


def _back(place: Place, indicator: str) -> HttpResponse:
    return redirect("evaluations:score", place.organization.code, place.participation.year, indicator)


def _stages_url(place: Place) -> str:
    return reverse("evaluations:stages", args=[place.organization.code, place.participation.year])


def _frame(place: Place, indicator: str) -> dict[str, object]:
    return frame(place, (_("Assessors' levels"), _stages_url(place)), (indicator, None))


def _in_words(problems: tuple[Problem, ...]) -> Problems:
    return tuple((one.field, str(one.message)) for one in problems)
