"""The form for what the head of region signed at the end of a visit."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.assessments.queries import Instrument, get_instrument
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.languages import language
from livinglab.visits import policies
from livinglab.visits.access import Sight, person_visit_page
from livinglab.visits.domain.kinds import Manner
from livinglab.visits.domain.process import VisitState
from livinglab.visits.domain.promises import Fault, Promised, StepKey
from livinglab.visits.models import Visit
from livinglab.visits.operations import commitments as operations
from livinglab.visits.web import words
from livinglab.visits.web.frame import Problems, breadcrumbs, problem_of, visit_title
from livinglab.visits.web.step_rows import (
    Row,
    indicator_options,
    key_of,
    level_options,
    rows_of,
    typed_rows,
)

_FIELDS = {
    "title_missing": "title",
    "title_too_long": "title",
    "number_missing": "number",
    "number_too_long": "number",
    "signer_missing": "signer",
    "signer_too_long": "signer",
    "days_of_paper_missing": "signed_on",
    "signed_to_come": "signed_on",
    "signed_before_visit": "signed_on",
    "end_past": "ends_on",
    "indicator_unknown": "indicator-1",
    "level_unknown": "level-1",
    "promised_already": "indicator-1",
    Fault.NONE_NAMED: "indicator-1",
    Fault.TWICE: "indicator-1",
    Fault.HELD: "indicator-1",
    Fault.PAST: "due-1",
    Fault.AFTER_END: "due-1",
    Fault.BEFORE_LOWER: "due-1",
}
_GIVEN = ("title", "number", "signer", "signed_on", "ends_on")


@require_http_methods(["GET", "HEAD", "POST"])
@person_visit_page
def commit(request: HttpRequest, visit: Visit, sight: Sight, user: User) -> HttpResponse:
    """This function will show the form with the visit's steps, and enter the commitment."""
    assert sight.actor is not None, "the door lets nobody in who is not signed in"
    refusal = policies.may_commit(
        sight.actor, sight.parties, state=VisitState(visit.state), has_minutes=bool(visit.minutes)
    )
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    instrument = get_instrument(next(iter(visit.steps.all())).instrument)
    problems: Problems = ()
    if request.method == "POST":
        try:
            signed = operations.sign(
                visit_id=visit.id, paper=_paper(request, instrument), by=user, at=clock.now()
            )
        except Refused as refused:
            problems = problem_of(refused.refusal, _FIELDS)
        except DayUnread as unread:
            problems = (("signed_on", str(unread)),)
        except _DueMissing as missing:
            words_ = _("Enter the last day for indicator %(indicator)s, or empty its row.")
            problems = ((f"due-{missing.row.number}", words_ % {"indicator": missing.row.indicator}),)
        else:
            messages.success(request, _("The commitment is entered."))
            return redirect("visits:commitment", signed.id)
    is_sent = request.method == "POST"
    context = {
        "visit": visit,
        "title": visit_title(visit),
        "instrument_name": instrument.short.in_language(language()),
        "rows": typed_rows(request.POST.dict()) if is_sent else rows_of(_keys(visit)),
        "indicators": indicator_options(instrument),
        "levels": level_options(instrument),
        "manners": [("", _("in our own way")), *((one.value, str(words.MANNERS[one])) for one in Manner)],
        "given": {key: request.POST.get(key, "") for key in _GIVEN},
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": breadcrumbs(
            (visit_title(visit), reverse("visits:visit", args=[visit.id])), (_("Commitment"), None)
        ),
    }
    return render(request, "visits/commit.html", context, status=422 if problems else 200)


class _DueMissing(Exception):
    """A row names a step without its last day."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.number)
        self.row = row


def _keys(visit: Visit) -> list[StepKey]:
    return [StepKey(one.indicator, one.to_level) for one in visit.steps.all()]


def _paper(request: HttpRequest, instrument: Instrument) -> operations.Paper:
    given = request.POST
    return operations.Paper(
        title=given.get("title", ""),
        number=given.get("number", ""),
        signer=given.get("signer", ""),
        signed_on=read_day(given.get("signed_on", "")),
        ends_on=read_day(given.get("ends_on", "")),
        instrument=instrument.code,
        promises=tuple(_promises(typed_rows(given.dict()))),
    )


def _promises(rows: list[Row]) -> list[Promised]:
    found = []
    for row in rows:
        key = key_of(row)
        if key is None:
            continue
        due = read_day(row.due)
        if due is None:
            raise _DueMissing(row)
        found.append(Promised(key, due, Manner(row.manner) if row.manner in list(Manner) else None))
    return found
