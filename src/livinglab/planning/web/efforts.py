"""The page on which a region says what its steps cost it, and the same efforts as a file."""

import csv
import io
import re
from fractions import Fraction
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import UnknownValue, Unprocessable
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.planning import operations
from livinglab.planning.adapters.row_files import MAXIMUM_BYTES, RowProblems
from livinglab.planning.adapters.step_files import COST_HEADER, EFFORT_HEADER, ToldEfforts, read_efforts
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.policies import EFFORT_SETTERS
from livinglab.planning.queries import open_steps
from livinglab.planning.queries.efforts import edits_of, efforts_of, known_steps
from livinglab.planning.queries.requests import number_text, read_rupiah
from livinglab.planning.queries.starts import Start, read_instrument, start_of
from livinglab.planning.remarks import no_start
from livinglab.planning.web.efforts_page import EffortsPage, Typed
from livinglab.planning.web.file_words import row_in_words

_NUMBER: Final = re.compile(r"\d{1,13}([.,]\d{1,6})?", re.ASCII)
_FIELDS: Final = {
    "effort_wrong": "effort",
    "cost_wrong": "rupiah",
    "same_effort": "effort",
    "default_already": "effort",
    "reason_missing": "reason",
    "reason_too_long": "reason",
    "nothing_changes": "file",
}


class _Problem(Exception):
    """What is wrong with one field of a form."""

    def __init__(self, *found: tuple[str, str]) -> None:
        super().__init__(found)
        self.found = found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(EFFORT_SETTERS)
def efforts(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show what each open step costs and rests on, and store what the region says instead."""
    start = _start(request, organization)
    if request.method != "POST":
        return _page(request, organization, start, Typed(step=_step(request.GET.get("step", ""), start)))
    given = request.POST
    typed = Typed(
        step=_step(given.get("step", ""), start),
        effort=given.get("effort", "").strip(),
        rupiah=given.get("rupiah", "").strip(),
        reason=given.get("reason", ""),
        file_reason=given.get("file_reason", ""),
    )
    try:
        said = _changed(request, organization, start, typed)
    except _Problem as problem:
        return _page(request, organization, start, typed, problem.found)
    except Refused as refused:
        code, reason = refused.refusal.code, str(refused.refusal.reason)
        field = "file_reason" if code == "reason_missing" and typed.step is None else _FIELDS.get(code, "")
        return _page(request, organization, start, typed, ((field, reason),))
    messages.success(request, said)
    chosen = _chosen(request, start)
    url = reverse("planning:efforts", args=[organization.code])
    return redirect(f"{url}?instrument={chosen}" if chosen else url)


@never_cache
@require_safe
@member_page(EFFORT_SETTERS)
def efforts_file(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will answer the effort of every open step as `./livinglab plan --effort` reads it."""
    start = _start(request, organization)
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    held = efforts_of(organization.id, start.instrument, start.levels)
    edits = edits_of(organization.id, start.instrument)
    costs = {key: edit.rupiah for key, edit in edits.items() if edit.rupiah is not None and key in held}
    rows.writerow(COST_HEADER if costs else EFFORT_HEADER)
    rows.writerows((*key, number_text(held[key]), *((costs.get(key, ""),) if costs else ())) for key in held)
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{organization.code}-efforts.csv"'
    return response


def _start(request: HttpRequest, organization: Organization) -> Start:
    wanted = read_instrument(request.GET.get("instrument", ""))
    start = start_of(organization.id, is_member=True, instrument=wanted)
    if start is None:
        said = no_start(organization)
        raise Unprocessable(said["title"], said["text"])
    return start


def _chosen(request: HttpRequest, start: Start) -> str:
    return start.instrument.code if request.GET.get("instrument") else ""


def _step(text: str, start: Start) -> StepKey | None:
    """Return the open step that a form or a link names. Raises UnknownValue naming those there are."""
    if not text:
        return None
    known = {f"{indicator}:{level}": (indicator, level) for indicator, level in _open(start)}
    if text not in known:
        raise UnknownValue(_("step"), text, known)
    return known[text]


def _open(start: Start) -> tuple[StepKey, ...]:
    return open_steps(start.instrument, start.levels)


def _changed(request: HttpRequest, organization: Organization, start: Start, typed: Typed) -> str:
    intent, by, at = request.POST.get("intent", ""), _officer(request), clock.now()
    if intent == "import":
        count = operations.import_efforts(
            organization=organization,
            instrument=start.instrument,
            levels=start.levels,
            told=_uploaded(request, start),
            reason=typed.file_reason,
            by=by,
            at=at,
        )
        return ngettext(
            "%(num)s effort taken over from the file.", "%(num)s efforts taken over from the file.", count
        ) % {"num": count}
    if intent not in ("set", "default") or typed.step is None:
        raise _Problem(("", _("Choose a step from the list, then say what it costs.")))
    operations.set_effort(
        organization=organization,
        instrument=start.instrument,
        step=typed.step,
        effort=_effort(typed) if intent == "set" else None,
        rupiah=_rupiah(typed.rupiah) if intent == "set" else None,
        reason=typed.reason,
        by=by,
        at=at,
    )
    return _("Saved. Plans of your region reckon with it from now on.")


def _effort(typed: Typed) -> Fraction | None:
    """Return the effort that was typed; None, so that the default counts, where only rupiah were."""
    text = typed.effort
    if not text and typed.rupiah:
        return None
    if not _NUMBER.fullmatch(text):
        raise _Problem(("effort", _("Write a number from 0 such as 2.50, with at most six places.")))
    return Fraction(text.replace(",", "."))


def _rupiah(text: str) -> int | None:
    if not text:
        return None
    found = read_rupiah(text)
    if found is None:
        raise _Problem(("rupiah", _("Write whole rupiah from 0, such as 25000000 or 25.000.000.")))
    return found


def _uploaded(request: HttpRequest, start: Start) -> ToldEfforts:
    file = request.FILES.get("file")
    if file is None:
        raise _Problem(("file", _("Choose a CSV file.")))
    try:
        content = file.read(MAXIMUM_BYTES + 1)
        return read_efforts("", content, known_steps(start.instrument, start.levels), ())
    except RowProblems as wrong:
        raise _Problem(*(("file", row_in_words(one)) for one in wrong.problems)) from wrong


def _officer(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("member pages are for people who are signed in")
    return request.user


def _page(
    request: HttpRequest,
    organization: Organization,
    start: Start,
    typed: Typed,
    problems: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    page = EffortsPage(
        region=organization,
        start=start,
        edits=edits_of(organization.id, start.instrument),
        typed=typed,
        problems=problems,
        chosen=_chosen(request, start),
    )
    context = {"page": page, "breadcrumbs": page.breadcrumbs, "messages": messages.get_messages(request)}
    return render(request, "planning/efforts.html", context, status=422 if problems else 200)
