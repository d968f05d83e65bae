"""Checks of the process: its shape, its lanes, and that every course of it ends well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from livinglab.packages.domain import bookings
from livinglab.packages.domain.checks.graph import Graph
from livinglab.packages.domain.checks.kinds import ERROR, WARNING, Case, Check, Part, gettext_noop
from livinglab.packages.domain.checks.soundness import courses_of
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.manifest import ParameterType
from livinglab.packages.domain.process import Node, NodeKind, Outcome, Process
from livinglab.packages.domain.publications import form_problems, publishing_steps
from livinglab.packages.domain.registers import nik_field, steps_of

_SHAPE: Final = "section 4"
_SILENCE: Final = "section 4; UU 30/2014 article 53"
_PUBLISHING: Final = "section 4: publishing"
_SOUND: Final = "section 4: soundness"

CHECKS: Final = (
    Check(
        "P320",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop("A process has exactly one start; “%(process)s” has %(number)s."),
    ),
    Check("P321", ERROR, Part.PROCESS, _SHAPE, gettext_noop("The process “%(process)s” has no end.")),
    Check("P322", ERROR, Part.PROCESS, _SOUND, gettext_noop("“%(id)s” can never be reached.")),
    Check(
        "P323",
        ERROR,
        Part.PROCESS,
        _SOUND,
        gettext_noop(
            "From “%(id)s” no end can be reached: a loop that nobody can leave, or a way that leads nowhere."
        ),
    ),
    Check(
        "P324",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop("“%(id)s” has several ways on. Only a gateway splits."),
    ),
    Check("P325", ERROR, Part.PROCESS, _SHAPE, gettext_noop("“%(id)s” has no way on.")),
    Check(
        "P326",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop(
            "The flow “%(id)s” enters or leaves where it may not: into a start or timer at a task, out "
            "of an end, or to what is not there."
        ),
    ),
    Check(
        "P327",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop("The gateway “%(id)s” splits and names no default flow of its own."),
    ),
    Check("P328", ERROR, Part.PROCESS, _SHAPE, gettext_noop("The flow “%(id)s” needs a condition.")),
    Check(
        "P329",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop(
            "The flow “%(id)s” has a condition that nobody asks. Only flows of an exclusive gateway "
            "that are not its default have one."
        ),
    ),
    Check(
        "P330",
        ERROR,
        Part.PROCESS,
        _SOUND,
        gettext_noop(
            "A case can get stuck at “%(id)s”: it waits for a way that was not taken. Join ways with "
            "the kind of gateway that split them."
        ),
    ),
    Check(
        "P331",
        ERROR,
        Part.PROCESS,
        _SOUND,
        gettext_noop(
            "“%(id)s” can be started twice at once. Join parallel ways with a parallel gateway first."
        ),
    ),
    Check(
        "P332",
        ERROR,
        Part.PROCESS,
        _SOUND,
        gettext_noop("The last end of a case can be one without an outcome. Give it ll:outcome."),
    ),
    Check(
        "P333",
        ERROR,
        Part.PROCESS,
        _SOUND,
        gettext_noop("A case can reach two ends with an outcome. Only one may decide."),
    ),
    Check(
        "P334",
        ERROR,
        Part.PROCESS,
        _SOUND,
        gettext_noop("The process has too many courses to check. Use fewer parallel ways."),
    ),
    Check(
        "P335",
        ERROR,
        Part.PROCESS,
        _SOUND,
        gettext_noop(
            "The loop through “%(id)s” runs by itself without end: nobody and no timer stands in it."
        ),
    ),
    Check(
        "P336",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop("The timer “%(id)s” stands at “%(at)s”. It may stand at a user or receive task only."),
    ),
    Check(
        "P337", ERROR, Part.PROCESS, _SHAPE, gettext_noop("The lane “%(lane)s” is no role of package.yaml.")
    ),
    Check(
        "P338", WARNING, Part.PROCESS, _SHAPE, gettext_noop("The role “%(role)s” has no lane in the process.")
    ),
    Check(
        "P339",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop("“%(id)s” must not be by “%(other)s”, which is no other user task."),
    ),
    Check(
        "P340",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop(
            "“%(id)s” calls “%(other)s”, which is no second process, or which calls itself in the end."
        ),
    ),
    Check(
        "P341",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop("The timer “%(id)s” waits for “%(parameter)s”, which is no parameter of the type days."),
    ),
    Check(
        "P342",
        WARNING,
        Part.PROCESS,
        "UU 25/2009 article 21 letter d",
        gettext_noop("The user task “%(id)s” has no standard. Add ll:within."),
    ),
    Check(
        "P343",
        ERROR,
        Part.PROCESS,
        _SHAPE,
        gettext_noop("An outcome stands at the end of the main process only; “%(id)s” is in another."),
    ),
    Check(
        "P344",
        WARNING,
        Part.PROCESS,
        "WCAG 2.2, 2.4.6",
        gettext_noop("“%(id)s” has no name. People read it on their page."),
    ),
    Check(
        "P345",
        WARNING,
        Part.PROCESS,
        "UU 25/2009 article 21 letter d",
        gettext_noop("The step “%(id)s” may take %(days)s days, longer than the standard of %(most)s."),
    ),
    Check(
        "P346",
        ERROR,
        Part.PROCESS,
        "section 4",
        gettext_noop(
            "“%(id)s” asks a register about the applicant, but the form has no field of the type nik."
        ),
    ),
    Check(
        "P347",
        ERROR,
        Part.PROCESS,
        _SILENCE,
        gettext_noop(
            "Silence means %(outcome)s only where a law says so. Name it in ll:silence-law: the id of an entry of "
            "law in package.yaml whose scope is national, with its article."
        ),
    ),
    Check(
        "P348",
        ERROR,
        Part.PROCESS,
        _SILENCE,
        gettext_noop(
            "A case waits for money at “%(id)s”: who has not paid must not be granted by time. Take the silence away."
        ),
    ),
    Check(
        "P349",
        ERROR,
        Part.PROCESS,
        _SILENCE,
        gettext_noop("“%(id)s” is called by another process. Only the whole case can end by silence."),
    ),
    Check(
        "P350",
        ERROR,
        Part.PROCESS,
        _SILENCE,
        gettext_noop("Silence that means refused issues no document. Take “%(id)s” away."),
    ),
    Check(
        "P351",
        WARNING,
        Part.PROCESS,
        _SILENCE,
        gettext_noop(
            "Nobody tells the applicant when silence decides. Name a message in ll:silence-message."
        ),
    ),
    Check(
        "P352",
        ERROR,
        Part.PROCESS,
        "section 4",
        gettext_noop(
            "“%(id)s” books a place, but its ll:%(attribute)s names “%(value)s”, which is no question or parameter of "
            "the kind that it needs. Hours are choices such as s0830."
        ),
    ),
    Check(
        "P353",
        ERROR,
        Part.PROCESS,
        _PUBLISHING,
        gettext_noop(
            "“%(id)s” publishes as “%(publishes)s”, but the field “%(field)s” of its form does not fit (%(why)s). "
            "Section 4 says which fields there are; everything in this form becomes public."
        ),
    ),
    Check(
        "P354",
        ERROR,
        Part.PROCESS,
        _PUBLISHING,
        gettext_noop("“%(id)s” publishes and has the form of another step. Give it a form of its own."),
    ),
)

_WAITS: Final = frozenset({NodeKind.USER, NodeKind.RECEIVE, NodeKind.TIMER})
_NAMED: Final = frozenset(
    {NodeKind.USER, NodeKind.RECEIVE, NodeKind.END, NodeKind.SERVICE, NodeKind.SEND, NodeKind.RULE}
)
PATH: Final = "process.bpmn"


def process_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the processes."""
    diagram = case.package.diagram
    roles = {role.id for role in case.package.manifest.roles}
    used: set[str] = set()
    for process in (diagram.main, *diagram.called.values()):
        used |= {node.lane for node in process.nodes.values()}
        yield from _shape_faults(process)
        yield from _lane_faults(process, roles)
        yield from _timer_faults(case, process)
        yield from _step_faults(case, process)
        yield from _booking_faults(case, process)
    if nik_field(case.package.form.fields) is None:
        for node in steps_of(case.package):
            yield Fault("P346", PATH, node.line, {"id": node.id})
    for role in sorted(roles - used):
        yield Fault("P338", "package.yaml", case.package.line("package.yaml", "roles"), {"role": role})
    yield from _call_faults(case)
    yield from _silence_faults(case)
    yield from _publishing_faults(case)


def _publishing_faults(case: Case) -> Iterator[Fault]:
    diagram = case.package.diagram
    processes = (diagram.main, *diagram.called.values())
    forms = Counter(node.said.get("form", "") for process in processes for node in process.nodes.values())
    for node, publishes in publishing_steps(case.package):
        form = case.package.tasks.get(node.said.get("form", ""))
        if form is None:  # said by P412
            continue
        if forms[node.said["form"]] > 1:
            yield Fault("P354", PATH, node.line, {"id": node.id})
        for field, why in form_problems(form, publishes):
            said = {"id": node.id, "publishes": publishes.value, "field": field, "why": why}
            yield Fault("P353", PATH, node.line, said)


def course_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the courses of processes whose shape is sound."""
    diagram = case.package.diagram
    for process in (diagram.main, *diagram.called.values()):
        shape = list(_shape_faults(process))
        if not shape:
            yield from _sound_faults(process, is_main=process is diagram.main)


def _shape_faults(process: Process) -> Iterator[Fault]:
    graph = Graph(process)
    starts, ends = graph.of_kind(NodeKind.START), graph.of_kind(NodeKind.END)
    if len(starts) != 1:
        yield Fault("P320", PATH, process.line, {"process": process.id, "number": str(len(starts))})
    if not ends:
        yield Fault("P321", PATH, process.line, {"process": process.id})
    for flow in process.flows.values():
        source, target = process.nodes.get(flow.source), process.nodes.get(flow.target)
        no_source = source is None or source.kind is NodeKind.END
        if no_source or target is None or target.kind in {NodeKind.START, NodeKind.BOUNDARY}:
            yield Fault("P326", PATH, flow.line, {"id": flow.id})
    for node in process.nodes.values():
        yield from _node_faults(graph, node)
    forwards = graph.reached(one.id for one in starts)
    backwards = graph.reached((one.id for one in ends), backwards=True)
    for node in process.nodes.values():
        if starts and node.id not in forwards:
            yield Fault("P322", PATH, node.line, {"id": node.id})
        if ends and node.id not in backwards and node.kind is not NodeKind.BOUNDARY:
            yield Fault("P323", PATH, node.line, {"id": node.id})
    yield from _busy_loops(graph)


def _node_faults(graph: Graph, node: Node) -> Iterator[Fault]:
    ways = graph.outgoing[node.id]
    if not ways and node.kind is not NodeKind.END:
        yield Fault("P325", PATH, node.line, {"id": node.id})
    if len(ways) > 1 and node.kind not in {NodeKind.EXCLUSIVE, NodeKind.PARALLEL}:
        yield Fault("P324", PATH, node.line, {"id": node.id})
    splits = node.kind is NodeKind.EXCLUSIVE and len(ways) > 1
    if splits and node.default_flow not in {flow.id for flow in ways}:
        yield Fault("P327", PATH, node.line, {"id": node.id})
    for flow in ways:
        is_asked = splits and flow.id != node.default_flow
        if is_asked and not flow.condition:
            yield Fault("P328", PATH, flow.line, {"id": flow.id})
        if flow.condition and not is_asked:
            yield Fault("P329", PATH, flow.line, {"id": flow.id})
    at = graph.process.nodes.get(node.attached_to)
    if node.kind is NodeKind.BOUNDARY and not _may_be_timed(at):
        yield Fault("P336", PATH, node.line, {"id": node.id, "at": node.attached_to})


def _may_be_timed(node: Node | None) -> bool:
    return node is not None and (node.kind in {NodeKind.USER, NodeKind.RECEIVE} or node.register is not None)


def _busy_loops(graph: Graph) -> Iterator[Fault]:
    """Yield a loop in which nothing waits: without the nodes that wait, no node may come back to itself."""
    left = {name for name, node in graph.process.nodes.items() if node.kind not in _WAITS}
    dead_ends = left
    while (
        dead_ends
    ):  # take away what leads nowhere or comes from nowhere: what stays lies on or between loops
        dead_ends = {one for one in left if not left & {*graph.after[one]} or not left & {*graph.before[one]}}
        left -= dead_ends
    if left:
        name = min(left, key=lambda one: (graph.process.nodes[one].line, one))
        yield Fault("P335", PATH, graph.process.nodes[name].line, {"id": name})


def _lane_faults(process: Process, roles: set[str]) -> Iterator[Fault]:
    for lane in process.lanes:
        if lane not in roles:
            yield Fault("P337", PATH, process.line, {"lane": lane})


def _silence_faults(case: Case) -> Iterator[Fault]:
    """Yield what is wrong with what follows when nobody decides: no law, money that is still to come, no word of it."""
    diagram, manifest = case.package.diagram, case.package.manifest
    for process in diagram.called.values():
        if process.silence:
            yield Fault("P349", PATH, process.line, {"id": process.id})
    silence, line = diagram.main.silence, diagram.main.line
    if silence is None:
        return
    laws = {one.id for one in manifest.law if one.scope == "national" and one.article.strip()}
    if silence.law not in laws:
        yield Fault("P347", PATH, line, {"outcome": silence.outcome})
    for process in (diagram.main, *diagram.called.values()):
        for node in process.nodes.values():
            if node.kind is NodeKind.RECEIVE and node.said.get("waits-for") == "payment":
                yield Fault("P348", PATH, node.line, {"id": node.id})
    if silence.document and silence.outcome is Outcome.REFUSED:
        yield Fault("P350", PATH, line, {"id": silence.document})
    if not silence.message:
        yield Fault("P351", PATH, line)


def _timer_faults(case: Case, process: Process) -> Iterator[Fault]:
    days = {one.id for one in case.package.manifest.parameters if one.type is ParameterType.DAYS}
    for node in process.nodes.values():
        duration = node.timer or node.said.get("within", "")
        parameter = duration.removeprefix("=param.")
        if duration.startswith("=") and parameter not in days:
            yield Fault("P341", PATH, node.line, {"id": node.id, "parameter": parameter})


def _step_faults(case: Case, process: Process) -> Iterator[Fault]:
    people = {node.id for node in process.nodes.values() if node.kind is NodeKind.USER}
    most = case.package.manifest.standard.within.days
    for node in process.nodes.values():
        if node.kind is NodeKind.USER and "within" not in node.said:
            yield Fault("P342", PATH, node.line, {"id": node.id})
        other = node.said.get("not-by", "")
        if other and (other not in people or other == node.id):
            yield Fault("P339", PATH, node.line, {"id": node.id, "other": other})
        if not node.name and node.kind in _NAMED:
            yield Fault("P344", PATH, node.line, {"id": node.id})
        if process is not case.package.diagram.main and "outcome" in node.said:
            yield Fault("P343", PATH, node.line, {"id": node.id})
        days = _most_days(case, node.said.get("within", ""))
        if days.isdecimal() and int(days) > most:
            yield Fault("P345", PATH, node.line, {"id": node.id, "days": days, "most": str(most)})


def _booking_faults(case: Case, process: Process) -> Iterator[Fault]:
    """Yield what a step that books names and cannot use: questions and parameters of the wrong kind, or none."""
    fields = case.package.form.fields
    parameters = {one.id: one.type for one in case.package.manifest.parameters}
    for node in filter(bookings.is_booking, process.nodes.values()):
        for attribute, value in node.said.items():
            field, type_ = fields.get(value), parameters.get(value)
            is_field = field is not None and field.type in bookings.FIELDS.get(attribute, ())
            is_parameter = type_ is not None and type_ in bookings.PARAMETERS.get(attribute, ())
            if attribute == "hour" and field is not None:
                is_field &= all(bookings.minute_of(one.value) is not None for one in field.options)
            if attribute in {*bookings.FIELDS, *bookings.PARAMETERS} and not (is_field or is_parameter):
                said = {"id": node.id, "attribute": attribute, "value": value}
                yield Fault("P352", PATH, node.line, said)


def _most_days(case: Case, within: str) -> str:
    """Return the days that the standard of a step has at most; of a parameter its maximum, "" where it has none."""
    if not within.startswith("="):
        return within[1:].split("D")[0]
    named = (one for one in case.package.manifest.parameters if within == f"=param.{one.id}")
    return next((str(one.maximum) for one in named if one.maximum is not None), "")


def _call_faults(case: Case) -> Iterator[Fault]:
    diagram = case.package.diagram
    processes = {diagram.main.id: diagram.main, **diagram.called}
    calls = {
        name: {node.calls for node in process.nodes.values() if node.kind is NodeKind.CALL}
        for name, process in processes.items()
    }
    for process in processes.values():
        for node in process.nodes.values():
            if node.kind is NodeKind.CALL and (
                node.calls not in diagram.called or process.id in _called_from(node.calls, calls)
            ):
                yield Fault("P340", PATH, node.line, {"id": node.id, "other": node.calls})


def _called_from(name: str, calls: dict[str, set[str]]) -> set[str]:
    found = {name}
    waiting = [name]
    while waiting:
        for other in calls.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found


def _sound_faults(process: Process, *, is_main: bool) -> Iterator[Fault]:
    found = courses_of(Graph(process))
    if found.is_too_large:
        yield Fault("P334", PATH, process.line)
        return
    for code, names in (("P330", found.stuck), ("P331", found.doubled)):
        for name in sorted(names):
            yield Fault(code, PATH, process.nodes[name].line, {"id": name})
    if found.ends_without_outcome and is_main:
        yield Fault("P332", PATH, process.line)
    if found.ends_with_several and is_main:
        yield Fault("P333", PATH, process.line)
    if not found.stuck and not found.doubled:
        for name in sorted(process.nodes.keys() - found.run):
            yield Fault("P322", PATH, process.nodes[name].line, {"id": name})
