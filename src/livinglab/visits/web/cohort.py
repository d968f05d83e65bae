"""Cohorts: who belongs to one and who says so, what became of it, and what it moved; a ministry makes them."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.languages import language
from livinglab.ui.web.files import figure_file
from livinglab.visits import policies
from livinglab.visits.models import Cohort
from livinglab.visits.operations import cohorts as operations
from livinglab.visits.queries.cohorts import MemberStatus, find_cohort, members_of
from livinglab.visits.queries.effect import Effect, effect_of
from livinglab.visits.queries.funnel import Asked
from livinglab.visits.queries.kept import kept_funnel
from livinglab.visits.queries.parties import actor_of
from livinglab.visits.web import cohort_words as words
from livinglab.visits.web import effect_words
from livinglab.visits.web.follow import told
from livinglab.visits.web.follow_door import Supervisor, supervisor_page
from livinglab.visits.web.frame import Problems, problem_of

_FIELDS: Final = {
    "code_unfit": "code",
    "code_taken": "code",
    "name_missing": "name",
    "name_too_long": "name",
    "about_too_long": "about",
    "source_missing": "source",
    "source_too_long": "source",
    "region_unknown": "region",
    "status_unknown": "status",
    "reason_missing": "reason",
    "reason_too_long": "reason",
}


@require_safe
@never_cache
def cohort(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show a cohort: its source, its members, its follow-through, what it moved."""
    return _page(request, _cohort(code))


@require_safe
@never_cache
def cohort_file(request: HttpRequest, code: str, key: str, file_format: str) -> HttpResponse:
    """This function will give the members of a cohort, or its effect, as CSV, XLSX or JSON."""
    row = _cohort(code)
    figures = {"members": words.members_figure(row, members_of(row))}
    measured = effect_of(row)
    if isinstance(measured.found, Effect):
        figures["effect"] = effect_words.figure(measured, measured.found)
    return figure_file(figures, key, file_format, name=f"cohort-{code}-{key}")


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor_page
def new_cohort(request: HttpRequest, supervisor: Supervisor) -> HttpResponse:
    """This function will let a ministry make a cohort."""
    _ensure_keeper(supervisor)
    if request.method != "POST":
        return _form(request, ())
    given = request.POST
    try:
        row = operations.make_cohort(
            wanted=operations.WantedCohort(
                code=given.get("code", ""),
                name=given.get("name", ""),
                about=given.get("about", ""),
                source=given.get("source", ""),
                starts_on=read_day(given.get("starts_on", "")),
            ),
            by=supervisor.user,
            at=clock.now(),
        )
    except Refused as refused:
        return _form(request, problem_of(refused.refusal, _FIELDS))
    except DayUnread as unread:
        return _form(request, (("starts_on", str(unread)),))
    messages.success(request, _("The cohort is made. Now name its members."))
    return redirect("visits:cohort", row.code)


@require_http_methods(["POST"])
@supervisor_page
def name_member(request: HttpRequest, supervisor: Supervisor, code: str) -> HttpResponse:
    """This function will let a ministry name a member of a cohort, with the reason and the source."""
    _ensure_keeper(supervisor)
    row, given = _cohort(code), request.POST
    try:
        operations.name_member(
            cohort=row,
            code=given.get("region", ""),
            status=given.get("status", ""),
            reason=given.get("reason", ""),
            source=given.get("source", ""),
            by=supervisor.user,
            at=clock.now(),
        )
    except Refused as refused:
        return _page(request, row, problem_of(refused.refusal, _FIELDS))
    messages.success(request, _("The member is named."))
    return redirect("visits:cohort", code)


def _ensure_keeper(supervisor: Supervisor) -> None:
    refusal = policies.may_keep_cohorts(actor_of(supervisor.user))
    if refusal is not None:
        raise PermissionDenied(refusal.reason)


def _cohort(code: str) -> Cohort:
    found = find_cohort(code)
    if found is None or (found.is_synthetic and not settings.DEMO):
        raise Http404(code)
    return found


def _form(request: HttpRequest, problems: Problems) -> HttpResponse:
    context = {
        "given": request.POST,
        "problems": problems,
        "errors": dict(reversed(problems)),
        "breadcrumbs": ((_("Follow-through"), reverse("visits:follow")), (_("Make a cohort"), None)),
    }
    return render(request, "visits/cohort_new.html", context, status=422 if problems else 200)


def _page(request: HttpRequest, row: Cohort, problems: Problems = ()) -> HttpResponse:
    members, said = members_of(row), told()
    found = kept_funnel(Asked(today=said.today, with_synthetic=said.synthetic), at=clock.now())
    counts = next(one for one in found.cohorts if one.code == row.code)
    measured = effect_of(row)
    name = words.name_of(row)
    user = request.user
    may_keep = isinstance(user, User) and policies.may_keep_cohorts(actor_of(user)) is None
    effect = measured.found if isinstance(measured.found, Effect) else None
    context = {
        "cohort": row,
        "name": name,
        "about": row.about_en if language() == "en" and row.about_en else row.about,
        "size": effect_words.size_known(row, len(members)),
        "members": words.members_figure(row, members),
        "counts": counts,
        "stages": words.member_stages(counts),
        "standing": words.standing(counts),
        "missed": counts.counts.missed,
        "effect": effect,
        "effect_heading": effect_words.heading(measured),
        "effect_reason": effect_words.reason(measured),
        "effect_figure": effect_words.figure(measured, effect) if effect else None,
        "change": effect_words.change(effect.change) if effect else "",
        "expected": effect_words.change(effect.expected) if effect else "",
        "balance": effect_words.balance(effect) if effect else "",
        "left_out": effect_words.left_out(effect) if effect else "",
        "measured": measured,
        "fewest": effect_words.fewest(),
        "may_keep": may_keep,
        "statuses": [("", _("Choose")), *((one, str(words.STATUSES[one])) for one in MemberStatus)],
        "given": request.POST,
        "problems": problems,
        "errors": dict(reversed(problems)),
        "base": reverse("visits:cohort", args=[row.code]),
        "breadcrumbs": ((_("Follow-through"), reverse("visits:follow")), (name, None)),
    }
    return render(request, "visits/cohort.html", context, status=422 if problems else 200)
