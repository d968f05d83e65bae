"""The pages on which a region writes and publishes its practices; they work without JavaScript."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.catalogue import operations, queries
from livinglab.catalogue.domain.practice_steps import State, Step, open_steps
from livinglab.catalogue.domain.practices import PracticeText
from livinglab.catalogue.policies import RECORDERS, may_take_step
from livinglab.catalogue.queries.practices import WrittenPractice
from livinglab.catalogue.web.own import officer
from livinglab.catalogue.web.practice_form import form_options, in_words, read_form, source_rows, step_rows
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in

STATES = {
    State.DRAFT: gettext_lazy("being written"),
    State.SUBMITTED: gettext_lazy("waiting for publication"),
    State.PUBLISHED: gettext_lazy("published"),
    State.WITHDRAWN: gettext_lazy("withdrawn"),
}
BUTTONS = {
    Step.SUBMIT: gettext_lazy("Hand in for publication"),
    Step.PUBLISH: gettext_lazy("Publish"),
    Step.RETURN: gettext_lazy("Return with the reason"),
    Step.WITHDRAW: gettext_lazy("Withdraw"),
}
DONE = {
    Step.SUBMIT: gettext_lazy("Handed in. The coordinator publishes it."),
    Step.PUBLISH: gettext_lazy("Published. The catalogue shows it within a minute."),
    Step.RETURN: gettext_lazy("Returned with your reason."),
    Step.WITHDRAW: gettext_lazy("Withdrawn. The catalogue forgets it within a minute."),
}


@require_safe
@member_page(RECORDERS)
def own_practices(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show the practices that the region writes, with where each stands."""
    rows = [
        (one.text.title, _url(organization, one.id), str(STATES[one.state]), one.is_public)
        for one in queries.own_practices(organization.id)
    ]
    context = {"region": organization, "rows": rows, "messages": messages.get_messages(request)}
    return render(request, "catalogue/own_practices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(RECORDERS)
def begin(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show an empty practice, and begin it with what the form brings."""
    if request.method != "POST":
        return _form(request, organization, _begun(request, organization))
    text = read_form(request.POST)
    try:
        row = operations.write_practice(
            organization=organization, text=text, by=officer(request), at=clock.now()
        )
    except operations.PracticeRefused as refused:
        return _form(request, organization, text, problems=in_words(refused.problems))
    messages.success(request, _("Saved as a draft. Nobody outside your region sees it."))
    return redirect(_url(organization, row.id))


def _begun(request: HttpRequest, organization: Organization) -> PracticeText:
    """An empty text; about a service on record it begins with what is known of that."""
    wanted = request.GET.get("service", "")
    known = next((one for one in queries.region_services(organization.code) if one.key == wanted), None)
    if known is None:
        return PracticeText()
    return PracticeText(
        title=known.name,
        service=known.key,
        function=known.functions[0] if known.functions else "",
        summary=known.description_id,
        agency=known.agency,
        year=str(known.year or ""),
        url=known.url,
        status=known.status if known.status != "unknown" else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(RECORDERS)
def edit(request: HttpRequest, organization: Organization, practice_id: UUID) -> HttpResponse:
    """This function will show one of the region's practices with its next steps, and store a newer text."""
    found = _found(organization, practice_id)
    if request.method != "POST":
        return _form(request, organization, found.text, practice=found)
    text = read_form(request.POST)
    try:
        operations.save_practice(
            organization=organization,
            practice_id=practice_id,
            base_version=_version(request),
            text=text,
            by=officer(request),
            at=clock.now(),
        )
    except operations.PracticeRefused as refused:
        return _form(request, organization, text, practice=found, problems=in_words(refused.problems))
    except Refused as refused:
        problems = [("title", str(refused.refusal.reason))]
        return _form(request, organization, text, practice=found, problems=problems)
    messages.success(request, _("Saved."))
    return redirect(_url(organization, practice_id))


@require_POST
@member_page(RECORDERS)
def step(request: HttpRequest, organization: Organization, practice_id: UUID) -> HttpResponse:
    """This function will hand a practice in, return, publish or withdraw it."""
    found = _found(organization, practice_id)
    named = request.POST.get("step", "")
    if named not in set(BUTTONS):
        raise Http404
    try:
        operations.move_practice(
            organization=organization,
            practice_id=practice_id,
            step=Step(named),
            reason=request.POST.get("reason", ""),
            by=officer(request),
            at=clock.now(),
        )
    except operations.PracticeRefused as refused:
        return _form(request, organization, found.text, practice=found, problems=in_words(refused.problems))
    except Refused as refused:
        problems = [("reason" if named == Step.RETURN else "", str(refused.refusal.reason))]
        return _form(request, organization, found.text, practice=found, problems=problems)
    messages.success(request, str(DONE[Step(named)]))
    return redirect(_url(organization, practice_id))


def _url(organization: Organization, practice_id: UUID) -> str:
    return reverse("catalogue:own-practice", args=[organization.code, practice_id])


def _found(organization: Organization, practice_id: UUID) -> WrittenPractice:
    found = queries.own_practice(organization.id, practice_id)
    if found is None:
        raise Http404
    return found


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _form(
    request: HttpRequest,
    region: Organization,
    text: PracticeText,
    *,
    practice: WrittenPractice | None = None,
    problems: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    state = practice.state if practice else State.DRAFT
    roles = roles_in(request.user, region.id)
    refusals = {one: may_take_step(roles, state, one) for one in BUTTONS if one in open_steps(state)}
    steps = [(one, str(BUTTONS[one]), str(why.reason) if why else "") for one, why in refusals.items()]
    context = {
        "region": region,
        "text": text,
        "practice": practice,
        "state": str(STATES[state]) if practice else "",
        "may_save": may_take_step(roles, state, Step.SAVE) is None,
        "steps": steps if practice else [],
        "step_rows": step_rows(text),
        "source_rows": source_rows(text),
        "options": form_options(region),
        "problems": problems or [],
        "errors": dict(reversed(problems or [])),
        "messages": messages.get_messages(request),
    }
    return render(request, "catalogue/own_practice.html", context, status=422 if problems else 200)
