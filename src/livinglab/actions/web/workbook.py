"""A plan's actions as a spreadsheet: out, back in, looked at, confirmed."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.actions.access import actions_page
from livinglab.actions.adapters.workbook_in import MAXIMUM_BYTES, WorkbookRefused
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, ActionPlan, PlanWorkbook
from livinglab.actions.operations import workbooks
from livinglab.actions.operations.workbooks import ChoicesRefused, PreviewOutdated
from livinglab.actions.policies import may_change_plan
from livinglab.actions.queries.places import Place
from livinglab.actions.web import words, workbook_page
from livinglab.actions.web.frame import find_plan_or_404, plan_part_frame
from livinglab.assessments.queries import get_instrument
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.languages import LANGUAGES, language

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@actions_page
def workbook(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponseBase:
    """This function will offer the actions of a plan as a spreadsheet, and take a filled one."""
    plan = find_plan_or_404(place, plan_id)
    if request.method != "POST":
        return _page(request, place, plan)
    given = request.FILES.get("file")
    if given is None or given.size is None:
        return _page(request, place, plan, _("Choose the workbook that you filled."))
    if given.size > MAXIMUM_BYTES:
        return _page(request, place, plan, _("The file is larger than 5 MB. A plan is far smaller."))
    try:
        found = workbooks.upload(place=place, plan=plan, content=given.read(), at=clock.now())
    except WorkbookRefused as refused:
        return _page(request, place, plan, refused.message)
    except Refused as refused:
        return _page(request, place, plan, refused.refusal.reason)
    return redirect("actions:workbook-preview", place.organization.code, plan_id, found.id)


def _page(request: HttpRequest, place: Place, plan: ActionPlan, problem: str | Promise = "") -> HttpResponse:
    refusal = may_change_plan(place.actor, plan)
    context = {
        **plan_part_frame(place, plan, _("Spreadsheet")),
        "languages_offered": tuple(LANGUAGES),
        "refusal": refusal.reason if refusal else "",
        "problem": problem,
    }
    return render(request, "actions/workbook.html", context, status=422 if problem else 200)


@require_safe
@actions_page
def workbook_file(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponse:
    """This function will answer the actions of a plan as XLSX in the language asked for."""
    plan = find_plan_or_404(place, plan_id)
    asked = request.GET.get("language", language())
    if asked not in LANGUAGES:
        raise Http404(asked)
    instrument = get_instrument(plan.instrument)

    def named(action: Action) -> tuple[str, str]:
        step = words.step_name(instrument, action.indicator, action.to_level)
        return f"{action.indicator}. {step}", str(words.STATES[ActionState(action.state)])

    with override(asked):
        content = workbooks.export(place=place, plan=plan, named=named, language=asked)
    response = HttpResponse(content, content_type=_XLSX)
    name = f"rencana-aksi-{place.organization.code}-{asked}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@actions_page
def workbook_preview(
    request: HttpRequest, place: Place, plan_id: UUID, workbook_id: UUID
) -> HttpResponseBase:
    """This function will show what an upload would change; then store all of it, or forget it."""
    plan = find_plan_or_404(place, plan_id)
    found = workbooks.find_workbook(place, plan_id, workbook_id, at=clock.now())
    if found is None:
        raise Http404(str(workbook_id))
    if request.method != "POST":
        return _preview(request, place, plan, workbooks.preview(place, found))
    if request.POST.get("action") == "discard":
        workbooks.discard(place=place, workbook=found, at=clock.now())
        messages.success(request, _("The upload is discarded. Nothing was changed."))
        return redirect(reverse("actions:workbook", args=[place.organization.code, plan_id]))
    return _store(request, place, plan, found)


def _store(request: HttpRequest, place: Place, plan: ActionPlan, found: PlanWorkbook) -> HttpResponseBase:
    try:
        changed = workbooks.apply(
            place=place,
            workbook=found,
            seen=request.POST.get("seen", ""),
            choices=workbook_page.choices_of(request.POST),
            at=clock.now(),
        )
    except PreviewOutdated as outdated:
        problem = _("Something changed since you looked. This is how it stands now; nothing was stored yet.")
        return _preview(request, place, plan, outdated.preview, (("", problem),))
    except ChoicesRefused as refused:
        problems = tuple(
            (f"conflict-{one.number}", f"{one.number}. {reason}")
            for one in refused.refusals
            for reason in one.reasons
        )
        return _preview(request, place, plan, workbooks.preview(place, found), problems)
    except Refused as refused:
        problem = str(refused.refusal.reason)
        return _preview(request, place, plan, workbooks.preview(place, found), (("", problem),))
    said = ngettext("%(num)s action was stored.", "%(num)s actions were stored.", changed)
    messages.success(request, said % {"num": changed})
    return redirect("actions:plan", place.organization.code, plan.id)


def _preview(
    request: HttpRequest,
    place: Place,
    plan: ActionPlan,
    found: workbooks.Preview,
    problems: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    refusal = may_change_plan(place.actor, plan)
    context = {
        **plan_part_frame(place, plan, _("Spreadsheet")),
        "page": workbook_page.build(place, plan, found, request.POST),
        "problems": problems,
        "refusal": refusal.reason if refusal else "",
    }
    return render(request, "actions/workbook_preview.html", context, status=422 if problems else 200)
