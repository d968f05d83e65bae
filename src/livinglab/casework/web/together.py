"""The same step of several applications on one page: its form once, and what became of each."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.casework.access import office_page
from livinglab.casework.models import Seat
from livinglab.casework.operations.gathering import Gathered, gathered
from livinglab.casework.operations.together import Outcome, complete_each
from livinglab.casework.queries.applications import places_for
from livinglab.casework.queries.inbox import ON_A_PAGE
from livinglab.casework.queries.running import package_of, runner_of, state_of
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import answering, case_words
from livinglab.packages.queries.cases import Mistake
from livinglab.packages.queries.filling import read_answers

_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@office_page
def together(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will show the form of a step once for several applications, and give all of them its answers."""
    if request.method != "POST":
        found = gathered(organization, seats, by=user.id, task_ids=_ids(request.GET.getlist("task")))
        return _page(request, organization, found, {}, (), key=str(new_id()))
    case_ids, node = _ids(request.POST.getlist("case")), storable(request.POST.get("node", ""))[:80]
    key = request.POST.get("_key", "")[:64] or str(new_id())
    found = gathered(organization, seats, by=user.id, case_ids=case_ids, node=node or "-")
    answers: dict[str, object] = {}
    if found.tasks:
        first = found.tasks[0]
        runs, state = runner_of(first.case.version, zone=organization.zone), state_of(first.case)
        form = runs.task_form(node)
        shown = request.POST.get("_shown", "").split()
        fields = [form.fields[one] for one in shown if one in form.fields] if form else []
        answers = read_answers(fields, request.POST, {}, {})
        asked = runs.task_asked(state, task=node, answers=answers)
        is_more = bool({"_add", "_remove"} & request.POST.keys()) or bool(
            {one.id for one in asked.fields} - set(shown)
        )
        mistakes = () if is_more else runs.task_mistakes(state, task=node, answers=answers, at=clock.now())
        if is_more or mistakes:
            return _page(request, organization, found, answers, mistakes, key=key)
    outcomes = complete_each(
        organization=organization,
        seats=seats,
        case_ids=case_ids,
        task=node or "-",
        answers=answers,
        key=key,
        by=user,
        at=clock.now(),
    )
    return _results(request, organization, outcomes)


def _ids(values: Iterable[str]) -> list[UUID]:
    """Return the ids that were sent, as many as a page shows; what is none is passed over."""
    found: list[UUID] = []
    for one in list(values)[:ON_A_PAGE]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _page(
    request: HttpRequest,
    organization: Organization,
    found: Gathered,
    answers: dict[str, object],
    mistakes: tuple[Mistake, ...],
    *,
    key: str,
) -> HttpResponse:
    left = [(number, str(one.reason)) for number, one in found.left]
    if not found.tasks:
        title = _("Nothing of what you ticked can be done together")
        return _render(request, organization, title, {"left": left, "results": []})
    first = found.tasks[0]
    runs, package = runner_of(first.case.version, zone=organization.zone), package_of(first.case.version)
    form = runs.task_form(first.node)
    asked = runs.task_asked(state_of(first.case), task=first.node, answers=answers)
    step = case_words.node_name(runs, first.node, language())
    places = places_for(organization, first.service_id)
    number = len(found.tasks)
    title = ngettext(
        "%(step)s: one answer for %(num)s application",
        "%(step)s: one answer for %(num)s applications",
        number,
    ) % {"step": step, "num": number}
    context = {
        "name": package.manifest.name.in_language(language()),
        "rows": [
            {
                "case_id": one.case_id,
                "number": one.case.number,
                "href": reverse("casework:task", args=[organization.code, one.id]),
                "due": case_words.deadline(one.due, language()),
            }
            for one in found.tasks
        ],
        "left": left,
        "node": first.node,
        "key": key,
        "results": [],
        "questions": answering.questions(asked.fields, answers, mistakes, language=language(), places=places),
        "problems": answering.problems(mistakes, form, language=language()) if form else (),
        "is_synthetic": any(one.case.is_synthetic for one in found.tasks),
    }
    return _render(request, organization, title, context, status=_UNPROCESSABLE if mistakes else 200)


def _results(request: HttpRequest, organization: Organization, outcomes: Sequence[Outcome]) -> HttpResponse:
    done = sum(not one.why for one in outcomes)
    title = ngettext("%(num)s application is done", "%(num)s applications are done", done) % {"num": done}
    if not done:
        title = _("Nothing was done")
    return _render(request, organization, title, {"results": outcomes, "left": []})


def _render(
    request: HttpRequest,
    organization: Organization,
    title: str,
    context: dict[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    empty = {"name": organization.name, "rows": [], "problems": (), "is_synthetic": False}
    trail = [
        (organization.name, None),
        (_("What waits"), reverse("casework:desk", args=[organization.code])),
        (_("Several at once"), None),
    ]
    said = {"organization": organization, "title": title, "here": request.path, "breadcrumbs": trail}
    return render(request, "casework/together.html", {**empty, **said, **context}, status=status)
