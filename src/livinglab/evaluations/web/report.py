"""The report of an evaluation: asked for, followed while it is made, downloaded."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import ReportJob, ReportState
from livinglab.evaluations.operations import reports as operations
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.reports import find_report, reports
from livinglab.evaluations.web.frame import frame
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.languages import LANGUAGES

_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FORMS: Final[Mapping[str, str | Promise]] = {
    "pdf": gettext_lazy("PDF, to read"),
    "docx": gettext_lazy("Word (DOCX), to go on writing"),
}
_PROBLEMS: Final[Mapping[str, Promise]] = {
    "lost": gettext_lazy("The making was interrupted. Ask for the report again."),
    "broken": gettext_lazy(
        "The report could not be made. Ask again; if it fails again, tell the administrator."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def report(request: HttpRequest, place: Place) -> HttpResponseBase:
    """This function will show the reports made of an evaluation, and have one made."""
    if request.method != "POST":
        return _page(request, place)
    try:
        operations.ask(
            place=place,
            language=request.POST.get("language", ""),
            form=request.POST.get("form", ""),
            at=clock.now(),
        )
    except Refused as refused:
        return _page(request, place, refused.refusal.reason)
    return redirect("evaluations:report", place.organization.code, place.participation.year)


def _page(request: HttpRequest, place: Place, problem: str | Promise = "") -> HttpResponse:
    jobs = reports(place.organization.id, place.participation.id, operations.audience_of(place))
    context = {
        **frame(place, (_("Report"), None)),
        "jobs": [_shown(place, job) for job in jobs],
        "is_making": any(job.state in (ReportState.WAITING, ReportState.WORKING) for job in jobs),
        "languages_offered": tuple((code, name, "") for code, name in LANGUAGES.items()),
        "forms_offered": tuple((code, str(name), "") for code, name in _FORMS.items()),
        "is_monitoring": place.kind is RoundKind.MONITORING,
        "problem": problem,
    }
    return render(request, "evaluations/report.html", context, status=422 if problem else 200)


def _shown(place: Place, job: ReportJob) -> dict[str, object]:
    changed_at = place.participation.changed_at
    return {
        "id": job.id,
        "language": LANGUAGES[job.language],
        "form": job.form.upper(),
        "state": job.state,
        "percent": job.percent,
        "problem": str(_PROBLEMS[job.problem]) if job.problem else "",
        "requested_at": job.requested_at,
        "is_older": changed_at is not None and changed_at > job.requested_at,
    }


@require_safe
@evaluation_page
def report_file(request: HttpRequest, place: Place, job_id: UUID) -> HttpResponse:
    """This function will answer a report that is made."""
    audience = operations.audience_of(place)
    job = find_report(place.organization.id, place.participation.id, audience, job_id)
    if job is None or job.content is None:
        raise Http404(str(job_id))
    stem = "laporan" if job.language == "id" else "report"
    name = f"{stem}-{place.organization.code}-{place.participation.year}-{job.language}.{job.form}"
    response = HttpResponse(bytes(job.content), content_type=_TYPES[job.form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
