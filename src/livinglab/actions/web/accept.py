"""A plan as it was found becomes the region's own: what will be made, and the button that makes it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.actions import policies
from livinglab.actions.access import actions_page
from livinglab.actions.operations import plans as operations
from livinglab.actions.queries.places import Place
from livinglab.actions.web import findings, words
from livinglab.actions.web.frame import frame, url_if_any
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.planning.queries.efforts import told_of
from livinglab.planning.queries.made import MadePlan, made_plan
from livinglab.planning.queries.requests import read_asked
from livinglab.planning.queries.starts import Start, read_instrument, start_of
from livinglab.ui.languages import language

Problems = tuple[tuple[str, str], ...]
_FIELDS: Mapping[str, str] = {"title_missing": "title", "title_too_long": "title"}


@require_http_methods(["GET", "HEAD", "POST"])
@actions_page
def accept(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show what accepting a plan makes, and make it; the address says what was asked of it."""
    wanted = read_instrument(request.GET.get("instrument", ""))
    start = start_of(place.organization.id, is_member=True, instrument=wanted)
    if start is None:
        context = {**frame(place, (_("Accept a plan"), None)), "start": None}
        return render(
            request, "actions/accept.html", context, status=422 if request.method == "POST" else 200
        )
    today = clock.today(place.organization.zone)
    asked = read_asked(request.GET.dict(), start, today=today)
    told = told_of(place.organization.id, start.instrument, start.levels)
    made = made_plan(start, asked, told.efforts, told.costs, today=today)
    if request.method != "POST":
        return _page(request, place, made, today)
    if request.POST.get("seen", "") != _mark(made):
        return _page(
            request, place, made, today, (("", _("The plan changed since you opened it. Look at it again.")),)
        )
    try:
        plan = operations.accept(
            place=place,
            start=start,
            document=made.document,
            asked={"query": asked.query()},
            title=request.POST.get("title", ""),
            due_on=asked.by,
            first_year=asked.years(today)[0],
            at=clock.now(),
        )
    except Refused as refused:
        problem = (_FIELDS.get(refused.refusal.code, ""), str(refused.refusal.reason))
        return _page(request, place, made, today, (problem,))
    messages.success(request, _("The plan is the region's own now. Give each action to an agency."))
    return redirect("actions:plan", place.organization.code, plan.id)


def _page(
    request: HttpRequest, place: Place, made: MadePlan, today: date, problems: Problems = ()
) -> HttpResponse:
    start, asked = made.start, made.asked
    steps = operations.steps_of(made.document)
    spans = operations.spans_of(steps, first=today, last=asked.by, first_year=asked.years(today)[0])
    refusal = policies.may_accept(place.actor)
    target = words.index(operations.target_of(made.document))
    context = {
        **frame(place, (_("Accept a plan"), None)),
        "start": start,
        "heading": findings.accept_heading(len(steps), target, asked.by),
        "origin": str(words.ORIGINS[start.origin]),
        "is_synthetic": operations.is_demonstration(place, start),
        "is_reached": made.is_reached,
        "target": target,
        "rows": [
            (
                number,
                step,
                words.step_name(start.instrument, step.indicator, step.to_level),
                span,
                _effort(step),
            )
            for number, (step, span) in enumerate(zip(steps, spans, strict=True), start=1)
        ],
        "former": operations.former_plans(place.organization.id, start.instrument.code),
        "former_words": _former_words,
        "query": asked.query(),
        "plan_url": url_if_any("planning:plan", place.organization.code),
        "seen": _mark(made),
        "title": request.POST.get("title", _usual_title(start, asked.by)),
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(reversed(problems)),
    }
    return render(request, "actions/accept.html", context, status=422 if problems else 200)


def _effort(step: operations.PlanStep) -> Decimal:
    return Decimal(step.effort.numerator) / Decimal(step.effort.denominator)


def _usual_title(start: Start, by: date) -> str:
    name = start.instrument.short.in_language(language())
    return _("Action plan %(instrument)s %(year)s") % {"instrument": name, "year": by.year}


def _former_words(count: int) -> str:
    return ngettext(
        "One plan in force is closed. What was begun, agreed and given for a step of both goes on in the "
        "new plan; the old one stays to be read.",
        "%(count)s plans in force are closed. What was begun, agreed and given for a step of both goes "
        "on in the new plan; the old ones stay to be read.",
        count,
    ) % {"count": count}


def _mark(made: MadePlan) -> str:
    """A short mark of what is shown, so that nobody accepts another plan than the one they read."""
    text = json.dumps([made.start.origin, made.asked.query(), made.document], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]
