"""Ways of a process added without its drawing: a time limit at a step, a decision, one more way out of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import normalize

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web.editing_frame import Bench, NotKept, Problems, editor, keep, show
from livinglab.adoptions.web.editing_process import CANNOT, PATH, home_of, overtaken_by, problems_of, where_of
from livinglab.adoptions.web.process_fields import Field, Options, choices_of, fields_of, posted
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.process import NodeKind, Outcome, Process
from livinglab.packages.queries import process_adding as adding
from livinglab.packages.queries.process_adding import Onward
from livinglab.packages.queries.process_editing import diagram_of
from livinglab.packages.queries.process_file import CannotChange
from livinglab.packages.queries.process_words import OUTCOMES, Names, names_of
from livinglab.packages.queries.reading import parse_package
from livinglab.ui.languages import language

_STEP, _END, _BETWEEN = "step", "end", "|"
#: what a new time limit says of itself before somebody says more: the step is broken off
_LIMIT: Final[Mapping[str, str]] = {"name": "", "timer": "P1D", "ll:calendar": "", "cancelActivity": "true"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks: its heading and button, the fields of a step, what else it asks, and where it may stand."""

    heading: str
    button: str
    fields: tuple[Field, ...] = ()
    asks_name: bool = False
    asks_way: bool = False
    where: Options = ()
    lanes: Options = ()


@editor
def add(request: HttpRequest, bench: Bench, step: str) -> HttpResponse:
    """This function will ask for a time limit at a step, or for one more way out of a decision, and keep it."""
    home = home_of(bench.texts[PATH], step)
    kind = home.nodes[step].kind
    if kind not in adding.LIMITED and kind is not NodeKind.EXCLUSIVE:
        raise Http404(step)
    names = _names(bench)
    asked = _limit(request, bench, home, step, names) if kind in adding.LIMITED else _way(home, step)
    if request.method != "POST":
        return _page(request, bench, home, names, asked)
    name = home.nodes[step].name or step
    if missing := _missing(request, asked):
        return _page(request, bench, home, names, asked, missing)
    try:
        if kind in adding.LIMITED:
            said = posted(NodeKind.BOUNDARY, request.POST, _LIMIT)
            after, _ident = adding.add_limit(
                bench.texts[PATH], step, said, _onward(request, bench, said["name"])
            )
        else:
            way, condition = _typed(request, "way"), _typed(request, "condition")
            after, _ident = adding.add_way(
                bench.texts[PATH], step, way, condition, _onward(request, bench, way or name)
            )
    except CannotChange as cannot:
        return _page(request, bench, home, names, asked, (("where-on", str(CANNOT[cannot.why])),))
    return _kept(request, bench, home, names, asked, after)


@editor
def decide(request: HttpRequest, bench: Bench) -> HttpResponse:
    """This function will ask for a decision between two steps, and keep it."""
    names, diagram = _names(bench), diagram_of(bench.texts[PATH])
    flow = request.POST.get("where") or request.GET.get("where", "")
    home = next((one for one in diagram.called.values() if flow in one.flows), diagram.main)
    asked = Asked(
        heading=_("Put a decision in"),
        button=_("Put it in"),
        asks_name=True,
        asks_way=True,
        where=where_of(diagram),
        lanes=tuple((one, names.roles.get(one, one)) for one in home.lanes),
    )
    if request.method != "POST":
        return _page(request, bench, home, names, asked)
    if missing := _missing(request, asked):
        return _page(request, bench, home, names, asked, missing)
    said = {one: _typed(request, one) for one in ("name", "lane", "way")}
    onward = _onward(request, bench, said["way"] or said["name"])
    try:
        after, _ident = adding.decide(bench.texts[PATH], flow, said, _typed(request, "condition"), onward)
    except CannotChange as cannot:
        return _page(request, bench, home, names, asked, (("where", str(CANNOT[cannot.why])),))
    return _kept(request, bench, home, names, asked, after)


def _kept(
    request: HttpRequest, bench: Bench, home: Process, names: Names, asked: Asked, after: str
) -> HttpResponse:
    try:
        diagram_of(after)
    except PackageRefused as refused:
        return _page(request, bench, home, names, asked, problems_of(after, refused))
    not_kept = keep(request, bench, {PATH: after})
    if not_kept is not None:
        found = not_kept.problems
        if not_kept.findings:
            found = problems_of(after, PackageRefused(tuple(one.fault for one in not_kept.findings)))
        return _page(request, bench, home, names, asked, found, not_kept, after)
    return redirect("adoptions:edit_process", bench.organization.code, bench.row.id)


def _limit(request: HttpRequest, bench: Bench, home: Process, step: str, names: Names) -> Asked:
    package = parse_package({path: text.encode() for path, text in bench.texts.items()})
    choices = choices_of(package, home, diagram_of(bench.texts[PATH]).called, names)
    said = {**_LIMIT, **(posted(NodeKind.BOUNDARY, request.POST, _LIMIT) if request.method == "POST" else {})}
    named = {"name": _("What the time limit is called")}
    fields = tuple(
        replace(one, label=named.get(one.attribute, one.label))
        for one in fields_of(NodeKind.BOUNDARY, said, choices)
        if one.attribute != "lane"
    )
    name = home.nodes[step].name or step
    return Asked(
        heading=_("A time limit at “%(step)s”") % {"step": name},
        button=_("Add the time limit"),
        fields=fields,
    )


def _way(home: Process, step: str) -> Asked:
    name = home.nodes[step].name or step
    return Asked(
        heading=_("Another way out of “%(step)s”") % {"step": name}, button=_("Add the way"), asks_way=True
    )


def _missing(request: HttpRequest, asked: Asked) -> Problems:
    """Say what was not filled in and has to be."""
    found: list[tuple[str, str]] = []
    if asked.fields and not _typed(request, "step-name"):
        found.append(("step-name", _("Name the time limit.")))
    if asked.asks_name and not _typed(request, "name"):
        found.append(("name", _("Name the decision.")))
    if asked.asks_way and not _typed(request, "condition"):
        found.append(("condition", _("Say when this way is taken, such as form.purpose == 'school'.")))
    if not _typed(request, "where-on"):
        found.append(("where-on", _("Choose where it leads.")))
    return tuple(found)


def _onward(request: HttpRequest, bench: Bench, name: str) -> Onward:
    kind, _between, ident = request.POST.get("where-on", "").partition(_BETWEEN)
    message = request.POST.get("message", "")
    subjects = names_of(parse_package(_files(bench)), "id").messages
    return Onward(
        target=ident if kind == _STEP else "",
        outcome=ident if kind == _END else "",
        message=message if message in subjects else "",
        message_name=subjects.get(message, ""),
        end_name=_typed(request, "end-name") or name,
    )


def _page(
    request: HttpRequest,
    bench: Bench,
    home: Process,
    names: Names,
    asked: Asked,
    problems: Problems = (),
    not_kept: NotKept | None = None,
    mine: str = "",
) -> HttpResponse:
    context = {
        "heading": asked.heading,
        "asked": asked,
        "where_on": _where_on(home),
        "messages_sent": (("", _("none")), *names.messages.items()),
        "given": request.POST or request.GET,
    }
    return show(
        request,
        "adoptions/edit_way.html",
        bench,
        context,
        title=asked.heading,
        paths=(PATH,),
        problems=problems,
        overtaken=overtaken_by(bench, not_kept, mine),
    )


def _where_on(home: Process) -> Options:
    """Return where a new way may lead: to an end of its own, or on to a step that there is."""
    ended = _("End: %(outcome)s")
    ends = [(f"{_END}{_BETWEEN}{one.value}", ended % {"outcome": OUTCOMES[one]}) for one in Outcome]
    ends.append((f"{_END}{_BETWEEN}", _("End: only this branch ends, the case goes on")))
    onward = _("on to “%(step)s”")
    steps = [
        (f"{_STEP}{_BETWEEN}{one}", onward % {"step": home.nodes[one].name or one})
        for one in adding.targets_of(home)
        if home.nodes[one].kind is not NodeKind.END
    ]
    existing = _("on to the end “%(step)s”")
    steps += [
        (f"{_STEP}{_BETWEEN}{one.id}", existing % {"step": one.name or one.id})
        for one in home.nodes.values()
        if one.kind is NodeKind.END
    ]
    return (("", _("Choose…")), *steps, *ends)


def _names(bench: Bench) -> Names:
    return names_of(parse_package(_files(bench)), language())


def _files(bench: Bench) -> dict[str, bytes]:
    return {path: text.encode() for path, text in bench.texts.items()}


def _typed(request: HttpRequest, name: str) -> str:
    return normalize("NFC", request.POST.get(name, "").strip())
