"""A scenario of an adaptation: what invented people answer and what is expected, so that it proves what was changed."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web import scenario_parts
from livinglab.adoptions.web.editing_boxes import Drawn, at_boxes, drawn
from livinglab.adoptions.web.editing_fields import PLACES
from livinglab.adoptions.web.editing_forms import in_language
from livinglab.adoptions.web.editing_frame import (
    Bench,
    NotKept,
    Problems,
    against,
    editor,
    errors_of,
    keep,
    noted,
    show,
    unread_words,
)
from livinglab.packages.domain.editing import scenarios
from livinglab.packages.domain.editing.boxes import filled
from livinglab.packages.domain.editing.places import standing_at
from livinglab.packages.domain.form import Field
from livinglab.packages.domain.package import Package
from livinglab.packages.queries import answering
from livinglab.packages.queries.cases import runner
from livinglab.packages.queries.editing import examine, written
from livinglab.packages.queries.previews import readable_package
from livinglab.ui.languages import language

#: fields begin with a letter, so that this name is free
_KEEP: Final = "_keep"


class Step(NamedTuple):
    """A step on the page: what happens in it, the page of its answers ("" for none), and its boxes."""

    title: str
    url: str
    boxes: list[Drawn]


@editor
def scenario(request: HttpRequest, bench: Bench, scenario: str) -> HttpResponse:
    """This function will show a scenario step by step, keep what is expected of it, or take it out."""
    path = _path(bench, scenario)
    data = bench.data(path)
    if request.method != "POST":
        return _page(request, bench, scenario, data, NotKept())
    if request.POST.get("do") == "remove":
        not_kept = keep(request, bench, {path: None})
        if not_kept is not None:
            return _page(request, bench, scenario, data, not_kept)
        return redirect("adoptions:edit", bench.organization.code, bench.row.id)
    boxes = [box for group in scenarios.groups_of(data) for box in group.boxes]
    data, unread = filled(data, boxes, request.POST)
    if unread:
        return _page(request, bench, scenario, data, NotKept(problems=unread_words(unread)))
    after = scenario_parts.acted(request, readable_package(bench.texts), scenarios.tidied(data))
    not_kept = keep(request, bench, {path: written(path, after, bench.texts[path])})
    if not_kept is not None:
        return _page(request, bench, scenario, data, not_kept)
    return redirect("adoptions:edit_scenario", bench.organization.code, bench.row.id, scenario)


@editor
def answers(request: HttpRequest, bench: Bench, scenario: str, step: int) -> HttpResponse:
    """This function will show what is answered in a step of a scenario, in the form itself, and keep it."""
    path = _path(bench, scenario)
    data, package = bench.data(path), readable_package(bench.texts)
    groups = {group.step: group for group in scenarios.groups_of(data) if group.has_answers}
    if package is None or step not in groups:
        raise Http404(str(step))
    fields = _fields(package, groups[step])
    overtaken: tuple[str, ...] = ()
    problems: Problems = ()
    if request.method == "POST":
        given = answering.read(fields, request.POST, _kept_files(fields, data, step))
        data = scenarios.with_answers(data, step, given)
        mine = {path: written(path, data, bench.texts[path])}
        not_kept = keep(request, bench, mine) if _KEEP in request.POST else NotKept()
        if not_kept is None:
            return redirect("adoptions:edit_scenario", bench.organization.code, bench.row.id, scenario)
        problems = (*not_kept.problems, *(("", one.said) for one in not_kept.findings))
        overtaken = () if not_kept.overtaken is None else against(not_kept.overtaken, bench, mine)
    found = standing_at(data, ("steps", step, "answers"))
    context = {
        "questions": answering.questions(
            fields,
            found if isinstance(found, Mapping) else {},
            (),
            language=language(),
            places=_places(found),
        ),
        "back": bench.url("edit_scenario", scenario),
    }
    return show(
        request,
        "adoptions/edit_answers.html",
        bench,
        context,
        title=_("Step %(number)s: %(what)s") % {"number": step + 1, "what": _said(package, groups[step])},
        paths=(path,),
        problems=problems,
        overtaken=overtaken,
    )


def _path(bench: Bench, scenario: str) -> str:
    path = f"scenarios/{scenario}.yaml"
    if path not in bench.texts:
        raise Http404(scenario)
    return path


def _fields(package: Package, group: scenarios.Group) -> tuple[Field, ...]:
    form = package.form
    if group.does == "complete":
        found = runner(package).task_form(group.task)
        if found is None:
            raise Http404(group.task)
        form = found
    return tuple(form.fields[name] for page in form.pages for name in page.fields if name in form.fields)


def _kept_files(fields: tuple[Field, ...], data: object, step: int) -> dict[str, Mapping[str, object]]:
    """Return the invented files of the scenario: nobody attaches a real one here."""
    kept = {one.id: standing_at(data, ("steps", step, "answers", one.id)) for one in fields}
    return {name: value for name, value in kept.items() if isinstance(value, Mapping)}


def _places(answers: object) -> dict[str, tuple[tuple[str, str], ...]]:
    """Offer the invented places, and those that the scenario names already."""
    named = [str(one) for one in (answers.values() if isinstance(answers, Mapping) else ()) if _is_place(one)]
    return {
        level: (*known, *((one, one) for one in named if one not in dict(known)))
        for level, known in PLACES.items()
    }


def _is_place(value: object) -> bool:
    return isinstance(value, str) and value.replace(".", "").isdecimal() and "." in value


def _said(package: Package | None, group: scenarios.Group) -> str:
    if not group.does:
        return _("what is expected then")
    roles = {role.id: role.name.in_language(language()) for role in package.manifest.roles} if package else {}
    task = runner(package).node(group.task) if package and group.task else None
    parts = [
        roles.get(group.role, group.role),
        str(words.DOES[group.does]),
        task.name if task else group.task,
    ]
    return " · ".join(part for part in parts if part)


def _page(request: HttpRequest, bench: Bench, scenario: str, data: object, not_kept: NotKept) -> HttpResponse:
    path, groups = _path(bench, scenario), scenarios.groups_of(data)
    examined = examine(bench.texts)
    found = not_kept.findings or errors_of(examined.of(path))
    placed, others = at_boxes(found, [box for group in groups for box in group.boxes])
    errors = {**dict(placed), **dict(not_kept.problems)}
    problems: Problems = not_kept.problems
    if not_kept.findings:
        problems = (*placed, *(("", said) for said in others))
    package = readable_package(bench.texts)
    context = {
        "head": [drawn(box, data, errors) for box in groups[0].boxes],
        "steps": [
            Step(
                _said(package, group),
                bench.url("edit_answers", scenario, str(group.step)) if group.has_answers and package else "",
                [drawn(box, data, errors, empty=_("not said")) for box in group.boxes],
            )
            for group in groups[1:]
        ],
        "choices": scenario_parts.step_choices(package),
        "notes": noted(examined, path),
    }
    mine = {path: written(path, data, bench.texts[path])}
    return show(
        request,
        "adoptions/edit_scenario.html",
        bench,
        context,
        title=in_language(standing_at(data, ("title",))) or scenario,
        paths=(path,),
        problems=problems,
        overtaken=() if not_kept.overtaken is None else against(not_kept.overtaken, bench, mine),
    )
