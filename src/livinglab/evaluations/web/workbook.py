"""The working sheet as a spreadsheet: out, back in, looked at, confirmed."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.adapters.workbook_in import MAXIMUM_BYTES, WorkbookRefused
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.models import WorkbookDraft
from livinglab.evaluations.operations import evidence_archives, workbooks
from livinglab.evaluations.operations.workbooks import ChoicesRefused, PreviewOutdated, RowRefusal
from livinglab.evaluations.policies import may_import
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.web import workbook_page
from livinglab.evaluations.web.frame import frame, officer
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.languages import LANGUAGES, language

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def workbook(request: HttpRequest, place: Place) -> HttpResponseBase:
    """This function will offer the working sheet as a spreadsheet, and take a filled one."""
    if request.method != "POST":
        return _page(request, place)
    given = request.FILES.get("file")
    if given is None or given.size is None:
        return _page(request, place, _("Choose the workbook that you filled."))
    if given.size > MAXIMUM_BYTES:
        return _page(request, place, _("The file is larger than 5 MB. A working sheet is far smaller."))
    try:
        draft = workbooks.upload(place=place, content=given.read(), at=clock.now())
    except WorkbookRefused as refused:
        return _page(request, place, refused.message)
    except Refused as refused:
        return _page(request, place, refused.refusal.reason)
    return redirect(
        "evaluations:workbook-preview", place.organization.code, place.participation.year, draft.id
    )


@require_POST
@evaluation_page
def evidence_archive(request: HttpRequest, place: Place) -> HttpResponseBase:
    """This function will send all evidence as a zip; by POST, since opening exempt pieces is logged."""
    try:
        parts = evidence_archives.archive(
            place=place,
            reader_name=officer(request).name,
            with_exempt=request.POST.get("exempt") == "yes",
            at=clock.now(),
        )
    except Refused as refused:
        return _page(request, place, archive_problem=refused.refusal.reason)
    response = StreamingHttpResponse(parts, content_type="application/zip")
    name = f"bukti-dukung-{place.organization.code}-{place.participation.year}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(
    request: HttpRequest,
    place: Place,
    problem: str | Promise = "",
    *,
    archive_problem: str | Promise = "",
) -> HttpResponse:
    context = {
        **frame(place, (_("Spreadsheet"), None)),
        "languages_offered": tuple(LANGUAGES.items()),
        "refusal": may_import(place.actor, state=State(place.participation.state)),
        "problem": problem,
        "archive_problem": archive_problem,
        "exempt": evidence_archives.exempt_pieces(place),
    }
    status = 422 if problem or archive_problem else 200
    return render(request, "evaluations/workbook.html", context, status=status)


@require_safe
@evaluation_page
def workbook_file(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will answer the working sheet as XLSX in the language asked for."""
    asked = request.GET.get("language", language())
    if asked not in LANGUAGES:
        raise Http404(asked)
    content = workbooks.export(place=place, at=clock.now(), language=asked)
    name = f"lembar-kerja-{place.organization.code}-{place.participation.year}-{asked}.xlsx"
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def workbook_preview(request: HttpRequest, place: Place, draft_id: UUID) -> HttpResponseBase:
    """This function will show what an upload would change; then store all of it, or forget it."""
    draft = workbooks.find_draft(place, draft_id, at=clock.now())
    if draft is None:
        raise Http404(str(draft_id))
    if request.method != "POST":
        return _preview(request, place, workbooks.preview(place, draft))
    back = reverse("evaluations:workbook", args=[place.organization.code, place.participation.year])
    if request.POST.get("action") == "discard":
        workbooks.discard(place=place, draft=draft, at=clock.now())
        messages.success(request, _("The upload is discarded. Nothing was changed."))
        return redirect(back)
    return _store(request, place, draft)


def _store(request: HttpRequest, place: Place, draft: WorkbookDraft) -> HttpResponseBase:
    try:
        changed = workbooks.apply(
            place=place,
            draft=draft,
            seen=request.POST.get("seen", ""),
            choices=workbook_page.choices_of(request.POST),
            at=clock.now(),
        )
    except PreviewOutdated as outdated:
        problem = _("Something changed since you looked. This is how it stands now; nothing was stored yet.")
        return _preview(request, place, outdated.preview, problems=(("", problem),))
    except ChoicesRefused as refused:
        return _preview(request, place, workbooks.preview(place, draft), problems=_problems(refused.refusals))
    except Refused as refused:
        return _preview(
            request, place, workbooks.preview(place, draft), problems=(("", refused.refusal.reason),)
        )
    words = ngettext("%(num)s answer was stored.", "%(num)s answers were stored.", changed)
    messages.success(request, words % {"num": changed})
    return redirect("evaluations:sheet", place.organization.code, place.participation.year)


def _problems(refusals: tuple[RowRefusal, ...]) -> tuple[tuple[str, str | Promise], ...]:
    return tuple(
        (f"conflict-{one.indicator}", f"{one.indicator}: {reason}")
        for one in refusals
        for reason in one.reasons
    )


def _preview(
    request: HttpRequest,
    place: Place,
    found: workbooks.Preview,
    *,
    problems: tuple[tuple[str, str | Promise], ...] = (),
) -> HttpResponse:
    back = reverse("evaluations:workbook", args=[place.organization.code, place.participation.year])
    context = {
        **frame(place, (_("Spreadsheet"), back), (_("What would change"), None)),
        "page": workbook_page.build(place, found, request.POST),
        "problems": problems,
        "refusal": may_import(place.actor, state=State(place.participation.state)),
    }
    return render(request, "evaluations/workbook_preview.html", context, status=422 if problems else 200)
