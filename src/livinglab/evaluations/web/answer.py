"""The page of one answer: it saves by itself where scripts run, and works as a plain form where they do not."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.accounts.queries import names_of
from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.answers import AnswerStep, Draft
from livinglab.evaluations.operations import answer_steps, answers
from livinglab.evaluations.operations.answers import AnswerRefused, EditConflict, Saved
from livinglab.evaluations.operations.problems import Problem
from livinglab.evaluations.queries.histories import draft_at, history_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.readings import Reading, is_asked, read_answer
from livinglab.evaluations.web import answer_page, level_form, merge_page, words
from livinglab.evaluations.web.answer_form import (
    AUTOSAVE,
    Typed,
    read_merged,
    read_typed,
    to_draft,
    typed_of,
    values_of,
)
from livinglab.evaluations.web.frame import frame
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused

Problems = level_form.Problems
#: the text fields of an answer
TEXTS: Final = ("facts", "analysis", "external_source")
#: the steps from hand to hand, and what is said when one was taken
HANDS: Final = {
    "take_back": gettext_lazy("Indicator %(number)s is yours to write again."),
    "accept": gettext_lazy("Indicator %(number)s is accepted."),
    "return": gettext_lazy("Indicator %(number)s goes back with your reason."),
    "validate": gettext_lazy("Indicator %(number)s is validated."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def answer(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will show an answer, and save what is sent to it."""
    if request.method != "POST":
        return _page(request, place, _read(place, indicator))
    if not is_asked(place, indicator):
        raise Http404(indicator)
    intent = request.POST.get("intent", "save")
    typed = read_merged(request.POST) if intent == "merge" else read_typed(request.POST)
    if intent.startswith("scaffold-"):
        return _with_scaffold(
            request, place, _read(place, indicator), typed, intent.removeprefix("scaffold-")
        )
    return _save(request, place, indicator, typed, hand_in=intent == "hand-in")


@require_POST
@evaluation_page
def take_step(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will take the answer back, accept, return or validate it."""
    read = _read(place, indicator)
    chosen = request.POST.get("step", "")
    if chosen not in HANDS:
        return _page(request, place, read, problems=(("", _("Choose what to do with the answer.")),))
    try:
        answer_steps.take_step(
            place=place,
            indicator=indicator,
            step=AnswerStep(chosen),
            reason=request.POST.get("reason", ""),
            at=clock.now(),
        )
    except Refused as refused:
        field = "reason" if refused.refusal.code.startswith("reason_") else ""
        problems = ((field, str(refused.refusal.reason)),)
        reason = request.POST.get("reason", "")
        return _page(request, place, read, problems=problems, reason=reason)
    messages.success(request, HANDS[chosen] % {"number": indicator})
    return redirect("evaluations:answer", place.organization.code, place.participation.year, indicator)


def _save(request: HttpRequest, place: Place, indicator: str, typed: Typed, *, hand_in: bool) -> HttpResponse:
    """Store what was typed; the page around it is read once, afterwards."""
    is_script = AUTOSAVE in request.headers
    draft, unread = to_draft(typed)
    if unread or typed.base_version is None:
        return _refused(request, place, indicator, typed, _in_words(unread))
    try:
        saved = answers.save(
            place=place,
            indicator=indicator,
            draft=draft,
            base_version=typed.base_version,
            at=clock.now(),
        )
    except AnswerRefused as refused:
        return _refused(request, place, indicator, typed, _in_words(refused.problems))
    except Refused as refused:
        return _refused(request, place, indicator, typed, (("", str(refused.refusal.reason)),))
    except EditConflict as conflict:
        return _conflict(request, place, indicator, typed, conflict)
    if is_script:
        return _saved(request, place, typed, saved)
    if hand_in:
        return _hand_in(request, place, indicator)
    here = reverse("evaluations:answer", args=[place.organization.code, place.participation.year, indicator])
    if request.POST.get("intent") == "merge":
        messages.success(request, _("Saved as you chose."))
        return redirect(f"{here}?settled")  # the script then forgets what it kept of the conflict
    text = _("Saved, together with what somebody else wrote meanwhile.") if saved.merged else _("Saved.")
    messages.success(request, text)
    return redirect(here)


def _hand_in(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """Hand in what was just saved; where that is refused the save stands, since nothing typed may be lost."""
    try:
        answer_steps.take_step(place=place, indicator=indicator, step=AnswerStep.HAND_IN, at=clock.now())
    except Refused as refused:
        field = "level" if refused.refusal.code == "level_missing" else ""
        problems = ((field, str(refused.refusal.reason)),)
        return _page(request, place, _read(place, indicator), problems=problems)
    messages.success(request, _("Indicator %(number)s is handed in.") % {"number": indicator})
    return redirect("evaluations:answer", place.organization.code, place.participation.year, indicator)


def _saved(request: HttpRequest, place: Place, typed: Typed, saved: Saved) -> JsonResponse:
    """What the script needs: the new version, when it was, what changed on the page, and somebody else's part."""
    read = _read(place, saved.answer.indicator)
    live = level_form.live(place, read, saved_at=_now(), index=saved.standing.score.index)
    values = typed_of(answers.draft_of(saved.answer), saved.answer.version)
    return JsonResponse(
        {
            "version": saved.answer.version,
            "saved_at": live.saved_at,
            "live": _live_part(request, place, live),
            "merged": values_of(values, TEXTS) if saved.merged else None,
        }
    )


def _refused(
    request: HttpRequest, place: Place, indicator: str, typed: Typed, problems: Problems
) -> HttpResponse:
    read = _read(place, indicator)
    if AUTOSAVE in request.headers:
        live = level_form.live(place, read, problems=problems)
        return JsonResponse(
            {"problems": [text for _field, text in problems], "live": _live_part(request, place, live)},
            status=422,
        )
    return _page(request, place, read, typed=typed, problems=problems)


def _conflict(
    request: HttpRequest, place: Place, indicator: str, typed: Typed, conflict: EditConflict
) -> HttpResponse:
    by = conflict.changed_by
    who = names_of({by}).get(by, "") if by else ""
    if AUTOSAVE in request.headers:
        stored = values_of(typed_of(conflict.stored, conflict.version), TEXTS)
        return JsonResponse({"changed_by": who, "version": conflict.version, "stored": stored}, status=409)
    fresh = _read(place, indicator)
    base = draft_at(fresh.answer, typed.base_version or 0) if fresh.answer else Draft()
    page = merge_page.of_answer(place, fresh, conflict, base=base, who=who)
    context = {**frame(place, *_way(place, fresh)), "page": page}
    return render(request, "evaluations/merge.html", context, status=409)


def _with_scaffold(
    request: HttpRequest, place: Place, read: Reading, typed: Typed, field: str
) -> HttpResponse:
    """The form again with the sentences put under what was typed; nothing is stored yet."""
    text = answer_page.scaffolds(place, read.indicator).get(field)
    if text is None:
        return _page(request, place, read, typed=typed)
    before = getattr(typed, field).rstrip()
    filled = f"{before}\n\n{text}" if before else text
    fields = {one: getattr(typed, one) for one in Typed.__dataclass_fields__} | {field: filled}
    return _page(request, place, read, typed=Typed(**fields))


def _page(
    request: HttpRequest,
    place: Place,
    read: Reading,
    *,
    typed: Typed | None = None,
    problems: Problems = (),
    reason: str = "",
) -> HttpResponse:
    history = history_of(read.answer) if read.answer else []
    page = answer_page.build(place, read, history, typed=typed, problems=problems)
    context = {
        **frame(place, *_way(place, read)),
        "page": page,
        "live": page.live,
        "problems": problems,
        "errors": dict(reversed(problems)),
        "reason": reason,
        "is_fresh": typed is None,
        "is_settled": "settled" in request.GET,
    }
    return render(request, "evaluations/answer.html", context, status=422 if problems else 200)


def _live_part(request: HttpRequest, place: Place, live: level_form.Live) -> str:
    return render_to_string("evaluations/answer_live.html", {**frame(place), "live": live}, request)


def _read(place: Place, indicator: str) -> Reading:
    read = read_answer(place, indicator, day=clock.today())
    if read is None:
        raise Http404(indicator)
    return read


def _way(place: Place, read: Reading) -> tuple[tuple[str, None], ...]:
    return ((_("Indicator %(number)s") % {"number": read.indicator}, None),)


def _in_words(problems: tuple[Problem, ...]) -> Problems:
    return tuple((one.field, str(one.message)) for one in problems)


def _now() -> str:
    return words.clock_time(clock.now())
