"""A step of an office on its page: what was applied for, the office's part of it, and doing it."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.casework.access import task_page
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Task
from livinglab.casework.operations import attachments, cases
from livinglab.casework.operations.attachments import Place
from livinglab.casework.operations.papers import complete_signing
from livinglab.casework.policies import CHANGED, may_work
from livinglab.casework.queries.applications import places_for
from livinglab.casework.queries.attachments import waiting_answers
from livinglab.casework.queries.past import past_of
from livinglab.casework.queries.reopening import reopening_of
from livinglab.casework.queries.running import package_of, runner_of, state_of
from livinglab.casework.queries.signing import foreseen
from livinglab.casework.remarks import refused as in_words
from livinglab.casework.uploads import takes_files
from livinglab.casework.web import assigning, attaching, disposing, words
from livinglab.casework.web.disposing import Handing
from livinglab.casework.web.files import files_at_desk
from livinglab.casework.web.frame import language
from livinglab.casework.web.past import documents, lines, told
from livinglab.casework.web.signing import block, draft, missing, sheets_of, signature_of
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import FieldType, Form
from livinglab.packages.domain.running.state import Happened
from livinglab.packages.queries import answering, case_words, registers, standing
from livinglab.packages.queries.cases import AnswersRefused, Case, IllegalMove, Mistake, Runner
from livinglab.packages.queries.filling import Places, answer_rows, has_files, read_answers


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passphrase", "nik")
@task_page
@takes_files
def task(request: HttpRequest, organization: Organization, user: User, found: Task) -> HttpResponse:
    """This function will show an application and the office's part of it, and do it; a mistake is said with 422."""
    runs = runner_of(found.case.version, zone=organization.zone)
    form = runs.task_form(found.node)
    place = Place(case_id=found.case_id, form=runs.form_id(found.node))
    waiting = _waiting_files(organization, place, form)
    looked_at = _looked_at(request, organization, user, found, runs, waiting)
    if looked_at is not None:
        return looked_at
    state, key = state_of(found.case), request.POST.get("_key", "")[:64] or str(new_id())
    answers: dict[str, object] = {}
    if form is not None:
        shown = request.POST.get("_shown", "").split()
        fields = [form.fields[one] for one in shown if one in form.fields]
        read = attaching.read(request, fields, waiting, organization=organization, place=place, by=user.id)
        answers = read.answers
        if has_files(form):
            attachments.settle(organization.id, place, answers)
        asked = runs.task_asked(state, task=found.node, answers=answers)
        is_more = bool(
            {"_add", "_remove"} & request.POST.keys() or {one.id for one in asked.fields} - set(shown)
        )
        if is_more or read.mistakes:
            return _page(request, organization, found, runs, answers, read.mistakes, key=key)
    if found.kind == SeatKind.SIGNER:
        return _signed(request, organization, user, found, runs, answers, key=key)
    try:
        cases.complete(
            organization=organization,
            case_id=found.case_id,
            task=found.node,
            answers=answers,
            key=key,
            by=user,
            at=clock.now(),
        )
    except AnswersRefused as refused:
        return _page(request, organization, found, runs, answers, refused.mistakes, key=key)
    except IllegalMove as refused:
        messages.error(request, in_words(refused))
    except Refused as refused:
        messages.error(request, str(refused.refusal.reason))
    else:
        messages.success(request, _("%(number)s: done.") % {"number": found.case.number})
    return redirect("casework:desk", organization.code)


def _looked_at(
    request: HttpRequest,
    organization: Organization,
    user: User,
    found: Task,
    runs: Runner,
    waiting: dict[str, object],
) -> HttpResponse | None:
    """Answer who looks at a task, or typed while a colleague took it over; None for who may do it now."""
    if request.method != "POST":
        return _page(request, organization, found, runs, waiting, (), key=str(new_id()))
    if may_work(is_seated=True, assignee=found.assignee, by=user.id) is None:
        return None
    form = runs.task_form(found.node)
    typed = read_answers(form.fields.values(), request.POST, {}, waiting) if form is not None else {}
    key = request.POST.get("_key", "")[:64] or str(new_id())
    return _page(request, organization, found, runs, typed, (), key=key, is_taken=True)


def _waiting_files(organization: Organization, place: Place, form: Form | None) -> dict[str, object]:
    """Return the files that were attached to a step before it was done."""
    if form is None or place.case_id is None or not has_files(form):
        return {}
    return waiting_answers(organization.id, case_id=place.case_id, form=place.form)


def _signed(
    request: HttpRequest,
    organization: Organization,
    user: User,
    found: Task,
    runs: Runner,
    answers: dict[str, object],
    *,
    key: str,
) -> HttpResponse:
    """Do a signer's step; what it would sign is shown first, and the passphrase asked for, until both are there."""
    at = clock.now()
    try:
        seen = foreseen(organization, found, answers, by=user.id, at=at)
    except AnswersRefused as refused:
        return _page(request, organization, found, runs, answers, refused.mistakes, key=key)
    except IllegalMove as refused:
        messages.error(request, in_words(refused))
        return redirect("casework:desk", organization.code)
    sheets = sheets_of(found, seen)
    asks = block(organization, user, sheets, seal=seen.seal) if sheets else None
    chosen = request.POST.get("_pdf", "")
    if chosen.isdecimal() and 1 <= int(chosen) <= len(sheets):
        return draft(request, organization, sheets[int(chosen) - 1], is_synthetic=found.case.is_synthetic)
    if asks and (why := _not_ready(request, asks)) is not None:
        return _page(request, organization, found, runs, answers, (), key=key, asks=asks, why=why)
    try:
        complete_signing(
            organization=organization,
            task_id=found.id,
            case_id=found.case_id,
            task=found.node,
            answers=answers,
            seal=seen.seal,
            signature=signature_of(request),
            key=key,
            by=user,
            at=at,
        )
    except Refused as refused:
        if asks:
            why = [("passphrase", str(refused.refusal.reason))]
            return _page(request, organization, found, runs, answers, (), key=key, asks=asks, why=why)
        messages.error(request, str(refused.refusal.reason))
    else:
        said = _("%(number)s: done and signed.") if asks else _("%(number)s: done.")
        messages.success(request, said % {"number": found.case.number})
    return redirect("casework:desk", organization.code)


def _not_ready(request: HttpRequest, asks: dict[str, object]) -> list[tuple[str, str]] | None:
    """Return what keeps a step from being signed now, by field: nothing yet where it was not looked through."""
    posted, refusal = request.POST.get("_seal", ""), asks["refusal"]
    if posted and isinstance(refusal, Refusal):
        return [("", str(refusal.reason))]
    if posted == asks["seal"]:
        return missing(request, asks_nik=bool(asks["asks_nik"])) or None
    return [("passphrase", str(CHANGED.reason))] if posted else []


def _page(
    request: HttpRequest,
    organization: Organization,
    found: Task,
    runs: Runner,
    answers: dict[str, object],
    mistakes: tuple[Mistake, ...],
    *,
    key: str,
    asks: dict[str, object] | None = None,
    why: Sequence[tuple[str, str]] = (),
    is_taken: bool = False,
    handing: Handing | None = None,
) -> HttpResponse:
    """Answer with a task. `asks`: what it would sign and what that asks for; `why`: what is wrong with that.

    `is_taken`: a colleague took it over while the answers were typed; they are shown and nothing is done.
    `handing`: what was typed to hand it over to an agency, and why it was not.
    """
    past, package = past_of(found.case), package_of(found.case.version)
    state = replace(state_of(found.case), sent=past.sent)
    form: Form | None = runs.task_form(found.node)
    asked = runs.task_asked(state, task=found.node, answers=answers)
    citizen = runs.asked(state.answers, parameters=state.parameters, at=clock.now())
    places = places_for(organization, found.service_id)
    questions = answering.questions(asked.fields, answers, mistakes, language=language(), places=places)
    title = case_words.node_name(runs, found.node, language())
    steps = standing.standing(runs, state, past.history, language=language())
    drawn, called = standing.drawings(package.diagram.text)
    return render(
        request,
        "casework/task.html",
        {
            "organization": organization,
            "number": found.case.number,
            "name": package.manifest.name.in_language(language()),
            "role": case_words.role_name(package.manifest, found.lane, language()),
            "title": title,
            "due": case_words.deadline(found.due, language()),
            "is_late": found.due < clock.now() and found.case.asked_at is None,
            "reopening": _opened(found, state),
            "key": key,
            "here": request.path,
            "questions": questions,
            "more": answering.brought_up(questions, request.POST),
            "problems": (
                *(answering.problems(mistakes, form, language=language()) if form else ()),
                *why,
                *([(disposing.AGENCY, handing.problem)] if handing else []),
            ),
            "asks": asks,
            "errors": dict(why),
            "publishes": (node := runs.node(found.node)) is not None and "publishes" in node.said,
            "signs": found.kind == SeatKind.SIGNER,
            "task_id": found.id,
            "work": assigning.work(request, organization, found),
            "handing": handing or disposing.handing(organization, found),
            "is_taken": is_taken,
            "application": answer_rows(
                citizen.fields, state.answers, language=language(), places=places, is_masked=True
            ),
            "masks_nik": any(one.type is FieldType.NIK for one in citizen.fields),
            "files": files_at_desk(organization, found, runs, state),
            "done": _done(runs, state, places),
            "checks": registers.shown(state, language=language()),
            "steps": steps,
            "drawn": drawn,
            "called": called,
            "marks": standing.marks(steps),
            "history": lines(runs, state, past),
            "said": told(past),
            "documents": documents(organization, found.case, runs, state),
            "is_synthetic": found.case.is_synthetic,
            "breadcrumbs": [
                (organization.name, None),
                (_("What waits"), reverse("casework:desk", args=[organization.code])),
                (found.case.number, None),
            ],
        },
        status=409 if is_taken else 422 if mistakes or why or handing else 200,
    )


def not_handed_over(
    request: HttpRequest, organization: Organization, found: Task, problem: str
) -> HttpResponse:
    """This function will answer 422 with a task, why it was not handed over, and what was typed for that."""
    runs = runner_of(found.case.version, zone=organization.zone)
    place = Place(case_id=found.case_id, form=runs.form_id(found.node))
    waiting = _waiting_files(organization, place, runs.task_form(found.node))
    now = disposing.handing(organization, found) or Handing([], [])
    typed = replace(
        now,
        chosen=request.POST.get(disposing.AGENCY, "")[:40],
        typed=request.POST.get(disposing.INSTRUCTION, ""),
        problem=problem,
    )
    return _page(request, organization, found, runs, waiting, (), key=str(new_id()), handing=typed)


def _opened(found: Task, state: Case) -> dict[str, str] | None:
    """Return why and when a case was opened again, and how it had ended; None where it never was."""
    was_opened = any(one.what is Happened.REOPENED for one in state.history)
    opened = reopening_of(found.case) if was_opened else None
    if opened is None:
        return None
    return {
        "at": case_words.moment(opened.at, language()),
        "reason": opened.reason,
        "outcome": words.outcome(opened.outcome),
    }


def _done(runs: Runner, state: Case, places: Places) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return what offices answered before: each step's name with its questions and answers."""
    steps = {runs.form_id(one.on): one.on for one in state.history if one.what is Happened.COMPLETED}
    return [
        (
            case_words.node_name(runs, node, language()),
            answer_rows(fields, given, language=language(), places=places, is_masked=True),
        )
        for form, given in state.tasks.items()
        for node in (steps.get(form, form),)
        if (fields := runs.task_asked(state, task=node, answers=given).fields)
    ]
