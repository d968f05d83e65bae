"""Approving, signing and sending the self-assessment: what will be signed, and why it cannot be yet."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.documents.queries import PdfUnavailable, page_as_pdf
from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.operations import process as operations
from livinglab.evaluations.queries.checks import sheet_at
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.rows import rows_of
from livinglab.evaluations.web import minutes_page
from livinglab.evaluations.web.frame import frame
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.web.errors import error_page

Problems = tuple[tuple[str, str], ...]
_FIELDS: Final = {
    "minutes_missing": "minutes_number",
    "minutes_in_future": "minutes_date",
    "number_too_long": "minutes_number",
    "consent_missing": "consent-yes",
}
SAID: Final = {
    Step.APPROVE: gettext_lazy("The self-assessment is approved. The coordinator signs it next."),
    Step.REOPEN: gettext_lazy("The self-assessment is open for work again; what was signed has lapsed."),
    Step.SIGN: gettext_lazy("Minutes and consent are signed. The self-assessment can be sent."),
    Step.SEND: gettext_lazy("The self-assessment is sent. The assessors read it from here on."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def minutes(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show what is signed, and approve, sign, send or open it again."""
    if request.method != "POST":
        return _page(request, place)
    try:
        step = Step(request.POST.get("step", ""))
    except ValueError:
        return _page(request, place, (("", _("Choose what to do with the self-assessment.")),))
    if step not in SAID:
        return _page(request, place, (("", _("Choose what to do with the self-assessment.")),))
    try:
        _take(request, place, step)
    except Refused as refused:
        code = refused.refusal.code
        return _page(request, place, ((_FIELDS.get(code, ""), str(refused.refusal.reason)),))
    except DayUnread as unread:
        return _page(request, place, (("minutes_date", str(unread)),))
    messages.success(request, str(SAID[step]))
    return redirect("evaluations:minutes", place.organization.code, place.participation.year)


def _take(request: HttpRequest, place: Place, step: Step) -> None:
    at = clock.now()
    if step is Step.APPROVE:
        operations.approve(place=place, at=at)
    elif step is Step.REOPEN:
        operations.reopen(place=place, at=at)
    elif step is Step.SIGN:
        operations.sign(
            place=place,
            minutes_number=request.POST.get("minutes_number", ""),
            minutes_date=read_day(request.POST.get("minutes_date", "")),
            has_consent=request.POST.get("consent") == "yes",
            at=at,
        )
    else:
        operations.send(place=place, at=at)


def _page(request: HttpRequest, place: Place, problems: Problems = ()) -> HttpResponse:
    given = request.POST
    context = {
        **frame(place, (_("Minutes and sending"), None)),
        "page": _read(place),
        "minutes_number": given.get("minutes_number", ""),
        "minutes_date": given.get("minutes_date", ""),
        "consent": given.get("consent") == "yes",
        "problems": problems,
        "errors": dict(reversed(problems)),
    }
    return render(request, "evaluations/minutes.html", context, status=422 if problems else 200)


def _read(place: Place) -> minutes_page.MinutesPage:
    rows = rows_of(place.organization.id, place.participation.id)
    return minutes_page.build(place, sheet_at(place, day=clock.today(), rows=rows), rows.evaluation)


@require_safe
@evaluation_page
def minutes_pdf(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will answer the minutes as a PDF to be printed; 503 with the reason where PDFs are off."""
    context = {**frame(place), "page": _read(place), "request": request, "navigation": (), "account": None}
    html = render_to_string("evaluations/minutes_print.html", context, request)
    try:
        pdf = page_as_pdf(html)
    except PdfUnavailable as unavailable:
        return error_page(request, 503, _("PDFs are switched off here"), str(unavailable.explanation))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{place.organization.code}-{place.participation.year}-{_('minutes-file')}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
