"""Objections: the region's form and the assessors' settlement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.accounts.queries import names_of
from livinglab.evaluations import policies
from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Objection
from livinglab.evaluations.operations import objections as operations
from livinglab.evaluations.operations.objections import SETTLEMENTS, Outcome
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.queries import raters as queries
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.rated import Rated
from livinglab.evaluations.queries.raters import RatedLine
from livinglab.evaluations.web import words
from livinglab.evaluations.web.external import OUTCOMES, assessor_page, lines, rated_or_404, read_level
from livinglab.evaluations.web.frame import frame
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused

Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection as people read it."""

    id: UUID
    key: str
    name: str
    stage: str
    requested: str
    reason: str
    raised_by: str
    raised_at: datetime
    outcome: str
    is_open: bool
    outcome_reason: str
    settled_by: str
    settled_at: datetime | None
    href: str


@require_safe
@evaluation_page
def objections(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will list the objections of the region and what became of them."""
    found = queries.objections(place.organization.id, place.participation.id)
    rows = tuple(_rows(place, found))
    context = {
        **frame(place, (_("Assessors' levels"), stages_url(place)), (_("Objections"), None)),
        "rows": rows,
        "open_count": sum(row.is_open for row in rows),
        "is_external": place.actor.is_external,
    }
    return render(request, "evaluations/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def objection(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will show the assessors' reason for a level, and take the region's objection to it."""
    level, reason = request.POST.get("level", ""), lines(request.POST.get("reason", ""))
    problems: Problems = ()
    if request.method == "POST":
        try:
            operations.raise_objection(
                place=place,
                indicator=indicator,
                requested_level=read_level(level),
                reason=reason,
                at=clock.now(),
            )
        except Refused as refused:
            problems = ((_field(refused.refusal.code), str(refused.refusal.reason)),)
        else:
            messages.success(request, _("The objection is with the assessors."))
            return redirect("evaluations:objections", place.organization.code, place.participation.year)
    return _objection(request, place, indicator, level=level, reason=reason, problems=problems)


def _objection(
    request: HttpRequest, place: Place, indicator: str, *, level: str, reason: str, problems: Problems
) -> HttpResponse:
    found = rated_or_404(place, indicator)
    line = found.line
    refusal = operations.refusal_to_object(place, line, state=found.state)
    withdrawal = policies.may_object(place.actor, state=found.state)
    way = (
        (_("Assessors' levels"), stages_url(place)),
        (_("Objection to indicator %(key)s") % {"key": indicator}, None),
    )
    context = {
        **frame(place, *way),
        "key": indicator,
        "name": words.short_name(place.instrument, indicator),
        "own": words.level(line.own),
        "external": words.level(line.standing),
        "entry": _entry(found, line),
        "options": _requestable(place, line),
        "has_decimals": place.instrument.scale.decimals > 0,
        "rows": tuple(_rows(place, line.objections)),
        "level": level,
        "reason": reason,
        "problems": problems,
        "errors": dict(problems),
        "refusal": str(refusal.reason) if refusal else "",
        "may_withdraw": withdrawal is None,
    }
    return render(request, "evaluations/objection.html", context, status=422 if problems else 200)


@require_POST
@evaluation_page
def withdraw(request: HttpRequest, place: Place, objection_id: UUID) -> HttpResponse:
    """This function will take an open objection back."""
    row = _find(place, objection_id)
    reason = lines(request.POST.get("withdrawal", ""))
    try:
        operations.withdraw(place=place, objection_id=row.id, reason=reason, at=clock.now())
    except Refused as refused:
        problems = (("withdrawal" if not reason else "", str(refused.refusal.reason)),)
        return _objection(request, place, row.indicator, level="", reason="", problems=problems)
    messages.success(request, _("The objection is withdrawn."))
    return redirect("evaluations:objections", place.organization.code, place.participation.year)


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def settle(request: HttpRequest, place: Place, objection_id: UUID) -> HttpResponse:
    """This function will show an objection with both raters' reasons, and settle it."""
    row = _find(place, objection_id)
    given = request.POST
    problems: Problems = ()
    if request.method == "POST":
        problems = _settled(place, row, request)
        if not problems:
            messages.success(request, _("The objection is settled."))
            return redirect("evaluations:objections", place.organization.code, place.participation.year)
    found = rated_or_404(place, row.indicator)
    line = found.line
    refusal = policies.may_settle(place.actor, state=found.state)
    settled = _("This objection is settled already.") if row.outcome else ""
    context = {
        **frame(place, (_("Objections"), objections_url(place)), (_("Settle"), None)),
        "row": next(_rows(place, [row])),
        "own": words.level(line.own),
        "external": words.level(line.standing),
        "entry": _entry(found, line),
        "options": _outcomes(row, line),
        "outcome": given.get("outcome", ""),
        "level": given.get("level", ""),
        "reason": given.get("reason", ""),
        "problems": problems,
        "errors": dict(problems),
        "refusal": settled or (str(refusal.reason) if refusal else ""),
    }
    return render(request, "evaluations/settle.html", context, status=422 if problems else 200)


def _settled(place: Place, row: Objection, request: HttpRequest) -> Problems:
    outcome = request.POST.get("outcome", "")
    if outcome not in set(SETTLEMENTS):
        return (("outcome", _("Choose what becomes of the objection.")),)
    try:
        operations.settle(
            place=place,
            objection_id=row.id,
            outcome=Outcome(outcome),
            reason=lines(request.POST.get("reason", "")),
            level=read_level(request.POST.get("level", "")),
            at=clock.now(),
        )
    except Refused as refused:
        return ((_field(refused.refusal.code), str(refused.refusal.reason)),)
    except ScoreRefused as refused:
        return tuple((one.field, str(one.message)) for one in refused.problems)
    return ()


def stages_url(place: Place) -> str:
    """This function will return the address of the page of both raters."""
    return reverse("evaluations:stages", args=[place.organization.code, place.participation.year])


def objections_url(place: Place) -> str:
    """This function will return the address of the list of objections."""
    return reverse("evaluations:objections", args=[place.organization.code, place.participation.year])


def _find(place: Place, objection_id: UUID) -> Objection:
    row = queries.find_objection(place.organization.id, place.participation.id, objection_id)
    if row is None:
        raise Http404(objection_id)
    return row


_FIELDS = {
    "reason_missing": "reason",
    "reason_too_long": "reason",
    "level_not_to_be_requested": "level",
    "no_middle_way": "level",
    "no_such_outcome": "outcome",
}


def _field(code: str) -> str:
    return _FIELDS.get(code, "")


def _rows(place: Place, found: Sequence[Objection]) -> Iterator[ObjectionRow]:
    people = {one.raised_by for one in found} | {one.settled_by for one in found if one.settled_by}
    names = names_of(people) if people else {}
    code, year = place.organization.code, place.participation.year
    for one in found:
        is_settled_here = place.actor.is_external and not one.outcome
        href = (
            reverse("evaluations:settle", args=[code, year, one.id])
            if is_settled_here
            else reverse("evaluations:objection", args=[code, year, one.indicator])
        )
        yield ObjectionRow(
            id=one.id,
            key=one.indicator,
            name=words.short_name(place.instrument, one.indicator),
            stage=str(words.STAGES[Stage(one.stage)]),
            requested=words.level(one.requested_level),
            reason=one.reason,
            raised_by=names.get(one.raised_by, ""),
            raised_at=one.raised_at,
            outcome=str(OUTCOMES[one.outcome]),
            is_open=not one.outcome,
            outcome_reason=one.outcome_reason,
            settled_by=names.get(one.settled_by, "") if one.settled_by else "",
            settled_at=one.settled_at,
            href=href,
        )


def _entry(found: Rated, line: RatedLine) -> dict[str, object] | None:
    newest = line.newest
    if newest is None:
        return None
    return {
        "stage": str(words.STAGES[line.stage]),
        "level": words.level(newest.level),
        "facts": newest.facts,
        "analysis": newest.analysis,
        "justification": newest.justification,
        "by": found.names.get(newest.scored_by, "") if newest.scored_by else "",
    }


def _requestable(place: Place, line: RatedLine) -> tuple[tuple[str, str, str], ...]:
    """The whole levels from the own one up to next to the assessors'."""
    low, high = sorted((line.own, line.standing))
    whole = [
        level for level in place.instrument.scale.levels if low <= level <= high and level != line.standing
    ]
    return tuple((str(level), str(level), "") for level in whole)


def _outcomes(row: Objection, line: RatedLine) -> tuple[tuple[str, str, str], ...]:
    between = _("A level between %(low)s and %(high)s.")
    asked, stands = words.level(row.requested_level), words.level(line.standing)
    return (
        (Outcome.UPHELD.value, _("Uphold"), _("The level becomes %(level)s.") % {"level": asked}),
        (Outcome.PARTLY.value, _("Uphold in part"), between % {"low": stands, "high": asked}),
        (Outcome.DISMISSED.value, _("Dismiss"), _("Level %(level)s stays.") % {"level": stands}),
    )
