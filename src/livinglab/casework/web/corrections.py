"""An office asks, or has refused: the applicant completes the form, or objects; meanwhile the deadlines stand still."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.casework.models import Message
from livinglab.casework.operations import attachments, cases
from livinglab.casework.operations.attachments import Place
from livinglab.casework.queries.applications import Application, messages_of
from livinglab.casework.queries.attachments import is_file, waiting_answers
from livinglab.casework.uploads import takes_files
from livinglab.casework.web import attaching, free_hours
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.packages.queries import answering, case_words
from livinglab.packages.queries.cases import AnswersRefused, Mistake
from livinglab.packages.queries.filling import has_files


@require_http_methods(["GET", "HEAD", "POST"])
@applicant_page
@takes_files
def correct(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will show the form as it was sent and take what is changed; a mistake is said with 422."""
    if found.case is None or not found.asked_for:
        return redirect("casework:application", found.organization.code, found.token)
    waiting = _waiting_files(found)
    if request.method != "POST":
        return _page(request, found, {**found.answers, **waiting}, (), key=str(new_id()))
    key = request.POST.get("_key", "")[:64] or str(new_id())
    shown, form = request.POST.get("_shown", "").split(), found.package.form
    fields = [form.fields[one] for one in shown if one in form.fields]
    place = Place(case_id=found.case.id)
    read = attaching.read(
        request, fields, {**found.answers, **waiting}, organization=found.organization, place=place
    )
    given = read.answers
    together = {**found.answers, **given}
    attachments.settle(found.organization.id, place, together)
    if {"_add", "_remove"} & request.POST.keys() or (
        {one.id for one in found.asked(together).fields} - set(shown)
    ):  # an answer brought up another question
        return _page(request, found, together, read.mistakes, key=key, status=read.status)
    if read.mistakes:
        mistakes = read.together(found.mistakes(together))
        return _page(request, found, together, mistakes, key=key, status=read.status)
    full = free_hours.mistakes(found, together, shown, language=language())
    if full and not found.may_object:  # who objects need not find another hour first
        return _page(request, found, together, full, key=key)
    try:
        cases.answer(
            organization=found.organization,
            case_id=found.case.id,
            task=found.asked_for,
            answers=given,
            key=key,
            by=request.user.pk if request.user.is_authenticated else None,
            at=clock.now(),
        )
    except AnswersRefused as refused:
        return _page(request, found, together, refused.mistakes, key=key)
    said = _("Your answer arrived. The office goes on with your application.")
    if found.may_object:
        said = _("Your objection arrived. Your application is looked at again.")
    messages.success(request, said)
    return redirect("casework:application", found.organization.code, found.token)


def objection(found: Application, told: Sequence[Message]) -> dict[str, object] | None:
    """This function will return until when a refused applicant may object, and why they were refused; else None.

    `told` are the messages of the case, the newest first: the newest that left when the step began says why.
    """
    if not found.may_object or found.state is None:
        return None
    waits = next(one for one in found.runs.waiting(found.state) if one.node.id == found.asked_for)
    why = next((one for one in told if one.at <= waits.since), None)
    return {"until": case_words.deadline(waits.due, language()) if waits.due else "", "why": _body(why)}


def _body(told: Message | None) -> str:
    text = (told.texts.get(language()) or told.texts.get("id")) if told else None
    return mark_safe(text["body"]) if text else ""  # noqa: S308  CommonMark without HTML


def _waiting_files(found: Application) -> dict[str, object]:
    """Return the files that were attached to this answer before it was sent."""
    if found.case is None or not has_files(found.package.form):
        return {}
    return waiting_answers(found.organization.id, case_id=found.case.id, form="")


def _page(
    request: HttpRequest,
    found: Application,
    answers: Mapping[str, object],
    mistakes: tuple[Mistake, ...],
    *,
    key: str,
    status: int = 422,
) -> HttpResponse:
    assert found.case is not None
    form, told = found.package.form, messages_of(found.case)
    refused = objection(found, told)
    questions = answering.questions(
        found.asked(answers).fields, answers, mistakes, language=language(), places=found.places()
    )
    questions = free_hours.offered(found, questions, answers, language=language())
    context = {
        "key": key,
        "removed": [one for one, answer in found.answers.items() if is_file(answer) and not answers.get(one)],
        "asked": refused["why"] if refused else _body(told[0] if told else None),
        "objection": refused,
        "questions": questions,
        "more": answering.brought_up(questions, request.POST),
        "problems": answering.problems(mistakes, form, language=language()),
    }
    title = _("Object to the refusal") if refused else _("Complete your application")
    return show(
        request, "casework/correct.html", found, context, title=title, status=status if mistakes else 200
    )
