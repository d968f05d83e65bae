"""An officer's task: the application as it was sent, and the form of the task."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from livinglab.kernel import clock
from livinglab.packages.domain.form import Form
from livinglab.packages.queries import answering, case_words, registers
from livinglab.packages.queries.cases import IllegalMove, Mistake
from livinglab.packages.queries.filling import fitting, read_posted
from livinglab.sandboxes import operations
from livinglab.sandboxes.domain.limits import MOST_CHARACTERS
from livinglab.sandboxes.queries.sandboxes import Trial
from livinglab.sandboxes.web import words
from livinglab.sandboxes.web.frame import in_sandbox, language, open_trial, problems, rows_of, show, told


@require_http_methods(["GET", "HEAD", "POST"])
@in_sandbox
def task(request: HttpRequest, address: str, task: str) -> HttpResponse:
    """This function will show a task and do it; what is wrong is said with 422."""
    found = open_trial(address)
    if found.case is None:
        raise IllegalMove("not_waiting", task)
    if refused := found.runs.refusal(found.case, task=task, by=found.actor(task)):
        raise refused
    form = found.task_form(task)
    if request.method != "POST":
        return _page(request, found, task, form, ())
    if form is not None:
        shown = request.POST.get("_shown", "").split()
        fields = [form.fields[one] for one in shown if one in form.fields]
        given = read_posted(fields, request.POST, request.FILES, found.stage.drafts.get(task, {}))
        kept, overlong = fitting(form, given, {}, most=MOST_CHARACTERS)
        found = operations.keep_answers(address=address, task=task, answers=kept, at=clock.now())
        if overlong:
            return _page(request, found, task, form, overlong, typed=given)
        answers = found.stage.drafts.get(task, {})
        assert found.case is not None, "it was there a moment ago"
        mistakes = found.runs.task_mistakes(found.case, task=task, answers=answers, at=found.stage.clock)
        now_asked = {one.id for one in found.runs.task_asked(found.case, task=task, answers=answers).fields}
        told = tuple(one for one in mistakes if one.field.split(".")[0] in shown)
        if told or {"_add", "_remove"} & request.POST.keys() or now_asked - set(shown):
            return _page(request, found, task, form, told)
    operations.complete(address=address, task=task, at=clock.now())
    return redirect("sandboxes:hub", address)


def _page(
    request: HttpRequest,
    found: Trial,
    task: str,
    form: Form | None,
    mistakes: tuple[Mistake, ...],
    *,
    typed: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Answer with a task. `typed`: what was given and could not all be kept."""
    assert found.case is not None, "the view refuses a task without a case"
    answers = {**found.stage.drafts.get(task, {}), **(typed or {})}
    asked = found.runs.task_asked(found.case, task=task, answers=answers)
    citizen = found.asked(found.case.answers)
    questions = answering.questions(
        asked.fields, answers, told(mistakes), language=language(), places=words.PLACES
    )
    context = {
        "task": task,
        "questions": questions,
        "more": answering.brought_up(questions, request.POST),
        "problems": problems(mistakes, form) if form else (),
        "application": rows_of(citizen.fields, found.case.answers, is_masked=True),
        "checks": registers.shown(found.case, language=language()),
        "is_second": found.actor(task).person.endswith("-2"),
    }
    title = case_words.node_name(found.runs, task, language())
    return show(request, "sandboxes/task.html", found, context, title=title, status=422 if mistakes else 200)
