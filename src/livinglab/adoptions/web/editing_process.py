"""The process of an adaptation: what differs from its origin, changed in a drawing or step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from unicodedata import normalize

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.adoptions.web.editing_frame import Bench, NotKept, Problems, against, editor, keep, noted, show
from livinglab.adoptions.web.process_fields import Options, all_fields, choices_of, fields_of, posted
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Diagram, NodeKind, Process, ServiceKind
from livinglab.packages.queries import process_editing as steps
from livinglab.packages.queries.check import sentence
from livinglab.packages.queries.drawing import called_drawn, drawn, kept, names_by_line
from livinglab.packages.queries.editing import examine
from livinglab.packages.queries.process_adding import LIMITED, remove_way
from livinglab.packages.queries.process_changes import changed, marks_of
from livinglab.packages.queries.process_words import KINDS, SERVICES, WAITS, Names, names_of, told
from livinglab.packages.queries.reading import parse_package
from livinglab.ui.languages import language

PATH: Final = "process.bpmn"
_BETWEEN: Final = "|"
CANNOT: Final[Mapping[steps.Why, Promise | str]] = {
    steps.Why.NO_SUCH_STEP: gettext_lazy("There is no such step any more. Look at the list again."),
    steps.Why.NO_SUCH_WAY: gettext_lazy("There is no such way any more. Look at the list again."),
    steps.Why.NOT_A_LANE: gettext_lazy("Choose who takes the step."),
    steps.Why.HAS_NO_SINGLE_WAY_ON: gettext_lazy(
        "Only a step that one way leaves can be taken out; else nobody knows how the case goes on."
    ),
    steps.Why.HAS_A_LIMIT: gettext_lazy("Take out the time limit that stands at this step first."),
    steps.Why.TAKES_NO_LIMIT: gettext_lazy(
        "Only a task of a person and a wait for the applicant can have a time limit."
    ),
    steps.Why.LEADS_NOWHERE: gettext_lazy("Choose a step of the same process to which it leads."),
    steps.Why.IS_THE_ONLY_WAY: gettext_lazy(
        "This is the only way on. Without it a case would get stuck here."
    ),
    steps.Why.IS_THE_WAY_OTHERWISE: gettext_lazy(
        "This is the way otherwise. Choose another one as that first, then take this one out."
    ),
}


@editor
def process(request: HttpRequest, bench: Bench) -> HttpResponse:
    """This function will show the process of an adaptation, keep a drawing of it, and put a step in."""
    if request.method != "POST":
        return _page(request, bench, bench.texts[PATH])
    if request.POST.get("do") == "insert":
        return _inserted(request, bench)
    sent = normalize("NFC", request.POST.get("xml", "").replace("\r\n", "\n"))
    try:
        after = kept(bench.texts[PATH], sent)
    except PackageRefused as refused:
        return _page(request, bench, sent, problems_of(sent, refused), is_sent=True)
    not_kept = keep(request, bench, {PATH: after})
    if not_kept is not None:
        return _page(request, bench, sent, _problems(after, not_kept), not_kept, is_sent=True)
    return redirect("adoptions:edit_process", bench.organization.code, bench.row.id)


@editor
def step(request: HttpRequest, bench: Bench, step: str) -> HttpResponse:
    """This function will show one step of the process, keep what is typed, and take it out."""
    home = home_of(bench.texts[PATH], step)
    if request.method != "POST":
        return _step_page(request, bench, home, step)
    node = home.nodes[step]
    do, _colon, flow = request.POST.get("do", "").partition(":")
    try:
        if do == "remove":
            after = steps.remove(bench.texts[PATH], step)
        elif do == "cut":
            after = remove_way(bench.texts[PATH], flow)
        else:
            said = posted(node.kind, request.POST, steps.said_of(node))
            after = steps.change(bench.texts[PATH], step, said, _ways(request, home, step))
        steps.diagram_of(after)
    except steps.CannotChange as cannot:
        return _step_page(request, bench, home, step, (("", str(CANNOT[cannot.why])),))
    except PackageRefused as refused:
        return _step_page(request, bench, home, step, problems_of(after, refused))
    not_kept = keep(request, bench, {PATH: after})
    if not_kept is not None:
        return _step_page(request, bench, home, step, _problems(after, not_kept), not_kept, after)
    return redirect("adoptions:edit_process", bench.organization.code, bench.row.id)


def _inserted(request: HttpRequest, bench: Bench) -> HttpResponse:
    kind, attribute, value, document = (*request.POST.get("what", "").split(_BETWEEN), "", "", "", "")[:4]
    said = {
        "name": normalize("NFC", request.POST.get("name", "").strip()),
        "lane": request.POST.get("lane", ""),
        attribute: value,
        "ll:document": document,
    }
    if not said["name"] or kind not in set(steps.INSERTED):
        missing = (
            ("name", _("Name the step.")) if not said["name"] else ("what", _("Choose what the step does."))
        )
        return _page(request, bench, bench.texts[PATH], (missing,))
    try:
        after, _step = steps.insert(bench.texts[PATH], request.POST.get("where", ""), NodeKind(kind), said)
    except steps.CannotChange as cannot:
        return _page(request, bench, bench.texts[PATH], (("where", str(CANNOT[cannot.why])),))
    not_kept = keep(request, bench, {PATH: after})
    if not_kept is not None:
        return _page(request, bench, bench.texts[PATH], _problems(after, not_kept), not_kept)
    return redirect("adoptions:edit_process", bench.organization.code, bench.row.id)


def _page(
    request: HttpRequest,
    bench: Bench,
    file: str,
    problems: Problems = (),
    not_kept: NotKept | None = None,
    *,
    is_sent: bool = False,
) -> HttpResponse:
    """Show what is kept in words, and as a drawing what is kept or what was sent and could not be."""
    examined = examine(bench.texts)
    package = examined.package or parse_package(_files(bench.base))
    names = names_of(package, language())
    diagram = steps.diagram_of(bench.texts[PATH])
    found = changed(bench.base[PATH], bench.texts[PATH], names, language())
    choices = choices_of(package, diagram.main, diagram.called, names)
    heading = _("The process is as at the origin.")
    if found:
        heading = ngettext(
            "The process differs in %(num)s thing from its origin.",
            "The process differs in %(num)s things from its origin.",
            len(found),
        ) % {"num": len(found)}
    context = {
        "heading": heading,
        "found": found,
        "marks": marks_of(found),
        "processes": told(diagram, names),
        "edit": lambda step: bench.url("edit_step", step),
        "xml": file if is_sent else drawn(file),
        "called": called_drawn(bench.texts[PATH]),
        "fields": all_fields(choices),
        "words": {
            **{kind.value: str(said) for kind, said in KINDS.items()},
            "connect": _("Connect two steps"),
            "remove": _("Take it out"),
        },
        "where": where_of(diagram),
        "what": _what(package, names),
        "lanes": choices["lane"],
        "given": request.POST,
        "notes": noted(examined, PATH),
    }
    return show(
        request,
        "adoptions/edit_process.html",
        bench,
        context,
        title=_("Process"),
        paths=(PATH,),
        problems=problems,
        overtaken=overtaken_by(bench, not_kept, file),
    )


def _step_page(
    request: HttpRequest,
    bench: Bench,
    home: Process,
    step: str,
    problems: Problems = (),
    not_kept: NotKept | None = None,
    mine: str = "",
) -> HttpResponse:
    examined = examine(bench.texts)
    package = examined.package or parse_package(_files(bench.base))
    names = names_of(package, language())
    diagram = steps.diagram_of(bench.texts[PATH])
    node = home.nodes[step]
    said = steps.said_of(node)
    if request.method == "POST":
        said = {**said, **posted(node.kind, request.POST, said)}
    choices = choices_of(package, home, diagram.called, names)
    own = {flow.id for flow in home.flows.values() if flow.source == step}
    choices["default"] = tuple(one for one in choices["default"] if one[0] in {"", *own})
    context = {
        "heading": node.name or node.id,
        "kind": KINDS[node.kind],
        "fields": fields_of(node.kind, said, choices),
        "ways": [
            {
                "id": flow.id,
                "to": _named(home, flow.target),
                "name": request.POST.get(f"way-name:{flow.id}", flow.name),
                "condition": request.POST.get(f"way-condition:{flow.id}", flow.condition),
            }
            for flow in home.flows.values()
            if flow.id in own
        ],
        "is_decision": node.kind is NodeKind.EXCLUSIVE,
        "more": bench.url("edit_step_more", step) if node.kind in {*LIMITED, NodeKind.EXCLUSIVE} else "",
    }
    return show(
        request,
        "adoptions/edit_step.html",
        bench,
        context,
        title=node.name or node.id,
        paths=(PATH,),
        problems=problems,
        overtaken=overtaken_by(bench, not_kept, mine),
    )


def _ways(request: HttpRequest, home: Process, step: str) -> dict[str, tuple[str, str]]:
    return {
        flow.id: (
            request.POST.get(f"way-name:{flow.id}", flow.name),
            request.POST.get(f"way-condition:{flow.id}", flow.condition),
        )
        for flow in home.flows.values()
        if flow.source == step
    }


def _what(package: Package, names: Names) -> Options:
    """Return what a new step may do, each with what the file says of it."""
    found = [
        (NodeKind.USER, "ll:form", ident, "", _("Somebody fills in “%(form)s”") % {"form": name})
        for ident, name in names.forms.items()
    ]
    found += [
        (NodeKind.SEND, "ll:message", ident, "", _("The applicant is told “%(message)s”") % {"message": name})
        for ident, name in names.messages.items()
    ]
    found += [
        (NodeKind.RULE, "ll:rule", ident, "", _("The table “%(rule)s” decides") % {"rule": name})
        for ident, name in names.rules.items()
    ]
    for service in ServiceKind:
        label = str(SERVICES[service])
        if service in (ServiceKind.ISSUE, ServiceKind.SIGN):
            found += [
                (NodeKind.SERVICE, "ll:kind", service.value, ident, f"{label}: “{name}”")
                for ident, name in names.documents.items()
            ]
        elif (
            service is not ServiceKind.BOOK
        ):  # it names questions and parameters: chosen on the page of a step
            found.append((NodeKind.SERVICE, "ll:kind", service.value, "", label))
    found += [(NodeKind.RECEIVE, "ll:waits-for", one, "", str(said)) for one, said in WAITS.items()]
    found.append((NodeKind.TIMER, "timer", "P1D", "", _("Wait for a day")))
    return tuple(
        (_BETWEEN.join((kind.value, name, value, more)), label) for kind, name, value, more, label in found
    )


def home_of(file: str, step: str) -> Process:
    """This function will return the process of a file that holds a step. Errors: Http404."""
    diagram = steps.diagram_of(file)
    for one in (diagram.main, *diagram.called.values()):
        if step in one.nodes:
            return one
    raise Http404(step)


def where_of(diagram: Diagram) -> Options:
    """This function will return the ways of all processes with the steps that they join, for choosing a place."""
    said = _("between “%(one)s” and “%(other)s”")
    return tuple(
        (flow.id, said % {"one": _named(one, flow.source), "other": _named(one, flow.target)})
        for one in (diagram.main, *diagram.called.values())
        for flow in one.flows.values()
    )


def _named(process: Process, step: str) -> str:
    node = process.nodes.get(step)
    return (node.name if node else "") or step


def problems_of(sent: str, refused: PackageRefused) -> Problems:
    """This function will say why a file was not kept, each time with the name of the step it is about."""
    names = names_by_line(sent)
    found = []
    for fault in refused.faults:
        name = names.get(fault.line, "")
        said = (
            _("At “%(step)s”: %(said)s") % {"step": name, "said": sentence(fault)}
            if name
            else sentence(fault)
        )
        found.append(("", said))
    return tuple(dict.fromkeys(found))


def _problems(after: str, not_kept: NotKept) -> Problems:
    if not not_kept.findings:
        return not_kept.problems
    return problems_of(after, PackageRefused(tuple(one.fault for one in not_kept.findings)))


def overtaken_by(bench: Bench, not_kept: NotKept | None, mine: str) -> tuple[str, ...]:
    """This function will say what keeping mine would change of what somebody else kept meanwhile; else nothing."""
    if not_kept is None or not_kept.overtaken is None:
        return ()
    return against(not_kept.overtaken, bench, {PATH: mine})


def _files(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in texts.items()}
