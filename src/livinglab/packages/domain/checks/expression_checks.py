"""Checks of expressions wherever they stand: the language, the names, what has run before, and kinds."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.checks.graph import History, Ran, histories
from livinglab.packages.domain.checks.kinds import ERROR, Case, Check, Part, gettext_noop
from livinglab.packages.domain.checks.kinds_of_values import Judge
from livinglab.packages.domain.checks.names import Kind, Path, Thing, names_of
from livinglab.packages.domain.expressions.nodes import CELL, Node, names_in
from livinglab.packages.domain.expressions.parsing import parse, parse_cell
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.form import Form
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind, Process, Register
from livinglab.packages.domain.tables import Hit, Table

_LANGUAGE: Final = "section 5"

CHECKS: Final = (
    Check(
        "P401",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(expression)s” is not of the language of expressions, near “%(near)s” (%(reason)s)."),
    ),
    Check(
        "P402",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(name)s” does not exist. Name a field, a parameter or an output."),
    ),
    Check(
        "P403",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(name)s” is not known here: on some way to this place the rule has not run."),
    ),
    Check(
        "P404",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(name)s” is never known here: on no way to this place the task was done."),
    ),
    Check(
        "P405",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(expression)s” compares or computes what does not fit: %(operator)s with %(kinds)s."),
    ),
    Check(
        "P406",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(value)s” is none of the values that are compared here."),
    ),
    Check(
        "P407",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(expression)s” is no condition: it is neither true nor false."),
    ),
    Check(
        "P408",
        ERROR,
        Part.PROCESS,
        _LANGUAGE,
        gettext_noop(
            "“%(expression)s” names nothing, so that it always decides the same. A loop behind it could "
            "never be left."
        ),
    ),
    Check(
        "P409",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(expression)s” is of the kind %(found)s; the output is of the type %(wanted)s."),
    ),
    Check(
        "P410",
        ERROR,
        Part.RULES,
        "section 3",
        gettext_noop(
            "“%(name)s” may not decide what a form asks: only its own fields, parameters and what ran before."
        ),
    ),
    Check("P411", ERROR, Part.PROCESS, _LANGUAGE, gettext_noop("The rule “%(rule)s” does not exist.")),
    Check("P412", ERROR, Part.PROCESS, "section 4", gettext_noop("The task form “%(form)s” does not exist.")),
    Check(
        "P413",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(name)s” is never known here: on no way to this place the register was asked."),
    ),
    Check(
        "P414",
        ERROR,
        Part.RULES,
        _LANGUAGE,
        gettext_noop("“%(name)s” is never known here: on no way to this place a place was booked."),
    ),
)

_BPMN: Final = "process.bpmn"
_REGISTERS: Final = frozenset(one.value for one in Register)
#: known once a task was done: its answers, and what it published
_OF_TASKS: Final = frozenset({"task", "publication"})
#: what is known only after the citizen's form was sent
_LATER: Final = frozenset({"task", "rule", "booking"}) | _REGISTERS


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an expression stands, and what has run before it: on every way, and perhaps."""

    path: str
    line: int
    always: Ran
    perhaps: Ran


def expression_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the expressions of the package, each place once."""
    package = case.package
    names = names_of(package)
    past = histories(package.diagram)
    seen: set[tuple[object, ...]] = set()
    for fault in _everywhere(package, names, past):
        key = (fault.code, fault.path, fault.line, *fault.said.values())
        if key not in seen:
            seen.add(key)
            yield fault


def _everywhere(
    package: Package, names: Mapping[Path, Thing], past: Mapping[str, History]
) -> Iterator[Fault]:
    used_rules: set[str] = set()
    used_forms: set[str] = set()
    yield from _form_faults(package.form, names, Spot(package.form.path, 0, frozenset(), frozenset()), "")
    for process in (package.diagram.main, *package.diagram.called.values()):
        history = past[process.id]
        yield from _flow_faults(process, names, history)
        for node in process.nodes.values():
            spot = Spot(_BPMN, node.line, history.always_before[node.id], history.perhaps_before[node.id])
            if node.kind is NodeKind.RULE:
                table = package.rules.get(node.said["rule"])
                used_rules.add(node.said["rule"])
                yield from _rule_faults(package, table, node.said["rule"], names, spot)
            elif node.kind is NodeKind.USER:
                form = package.tasks.get(node.said["form"])
                used_forms.add(node.said["form"])
                yield from _task_faults(form, node.said["form"], names, spot)
    unused = Spot("", 0, frozenset(), frozenset())
    for key in sorted(package.rules.keys() - used_rules):
        yield from _table_faults(package, package.rules[key], names, unused)
    for key in sorted(package.tasks.keys() - used_forms):
        yield from _form_faults(package.tasks[key], names, unused, key)


def _flow_faults(process: Process, names: Mapping[Path, Thing], history: History) -> Iterator[Fault]:
    for flow in process.flows.values():
        if not flow.condition or flow.source not in process.nodes:
            continue
        spot = Spot(_BPMN, flow.line, history.always_after[flow.source], history.perhaps_after[flow.source])
        node = yield from _read(flow.condition, spot, is_cell=False)
        if node is not None:
            if not names_in(node):
                yield Fault("P408", _BPMN, flow.line, {"expression": flow.condition})
            yield from _meaning(flow.condition, node, names, spot, Kind.BOOLEAN)


def _rule_faults(
    package: Package, table: Table | None, key: str, names: Mapping[Path, Thing], spot: Spot
) -> Iterator[Fault]:
    if table is None:
        yield Fault("P411", spot.path, spot.line, {"rule": key})
    else:
        yield from _table_faults(package, table, names, spot)


def _task_faults(form: Form | None, key: str, names: Mapping[Path, Thing], spot: Spot) -> Iterator[Fault]:
    if form is None:
        yield Fault("P412", spot.path, spot.line, {"form": key})
    else:
        yield from _form_faults(form, names, spot, key)


def _form_faults(form: Form, names: Mapping[Path, Thing], spot: Spot, task: str) -> Iterator[Fault]:
    for field in form.fields.values():
        if not field.show_if:
            continue
        own = frozenset({("task", task)}) if task else frozenset[tuple[str, str]]()
        here = Spot(form.path, field.line, spot.always | own, spot.perhaps | own)
        node = yield from _read(field.show_if, here, is_cell=False)
        if node is None:
            continue
        for path in names_in(node):
            if not task and path[0] in _LATER:
                yield Fault("P410", form.path, field.line, {"name": ".".join(path)})
        if task or not any(path[0] in _LATER for path in names_in(node)):
            yield from _meaning(field.show_if, node, names, here, Kind.BOOLEAN)


def _table_faults(package: Package, table: Table, names: Mapping[Path, Thing], spot: Spot) -> Iterator[Fault]:
    columns: dict[str, Thing] = {}
    for place, one in enumerate(table.inputs):
        here = Spot(table.path, package.line(table.path, "inputs", place), spot.always, spot.perhaps)
        node = yield from _read(one.value, here, is_cell=False)
        if node is not None:
            yield from _meaning(one.value, node, names, here, None)
            columns[one.id] = Judge(names).of(node)
    for row in table.rows:
        here = Spot(table.path, row.line, spot.always, spot.perhaps)
        for key, cell in row.when.items():
            node = yield from _read(cell, here, is_cell=True)
            if node is not None:
                known = {**names, CELL: columns.get(key, Thing(Kind.ANY))}
                yield from _meaning(cell, node, known, here, Kind.BOOLEAN)
        for output in table.outputs:
            cell = row.then.get(output.id, "")
            node = (yield from _read(cell, here, is_cell=False)) if cell else None
            if node is not None:
                yield from _meaning(cell, node, names, here, None)
                yield from _output_faults(table, cell, node, names, here, output.id)


def _output_faults(
    table: Table, cell: str, node: Node, names: Mapping[Path, Thing], spot: Spot, output: str
) -> Iterator[Fault]:
    thing = names[("rule", table.id, output)] if ("rule", table.id, output) in names else Thing(Kind.ANY)
    wanted = thing.of if table.hit is Hit.COLLECT else thing.kind
    found = Judge(names).of(node).kind
    if Kind.ANY not in (found, wanted) and found is not wanted:
        yield Fault("P409", spot.path, spot.line, {"expression": cell, "found": found, "wanted": wanted})


def _read(expression: str, spot: Spot, *, is_cell: bool) -> Generator[Fault, None, Node | None]:
    try:
        return parse_cell(expression) if is_cell else parse(expression)
    except ExpressionRefused as refused:
        said = {"expression": expression[:120], "near": refused.said[:40], "reason": refused.reason}
        yield Fault("P401", spot.path, spot.line, said)
    return None


def _meaning(
    expression: str, node: Node, names: Mapping[Path, Thing], spot: Spot, wanted: Kind | None
) -> Iterator[Fault]:
    for path in names_in(node):
        yield from name_faults(path, names, spot)
    judge = Judge(names)
    found = judge.of(node)
    for operator, kinds in judge.misfits:
        yield Fault(
            "P405", spot.path, spot.line, {"expression": expression, "operator": operator, "kinds": kinds}
        )
    for value in judge.impossible:
        yield Fault("P406", spot.path, spot.line, {"value": value})
    if wanted is Kind.BOOLEAN and found.kind not in {Kind.BOOLEAN, Kind.ANY}:
        yield Fault("P407", spot.path, spot.line, {"expression": expression})


def name_faults(path: Path, names: Mapping[Path, Thing], spot: Spot) -> Iterator[Fault]:
    """This function will yield what is wrong with one name at one place."""
    of_task = ("publication", "") if path[0] == "publication" else path[:2]
    said = {"name": ".".join(path)}
    if path not in names:
        yield Fault("P402", spot.path, spot.line, said)
    elif path[0] == "rule" and ("rule", path[1]) not in spot.always:
        yield Fault("P403", spot.path, spot.line, said)
    elif path[0] in _OF_TASKS and of_task not in spot.perhaps:
        yield Fault("P404", spot.path, spot.line, said)
    elif path[0] in _REGISTERS and ("check", path[0]) not in spot.perhaps:
        yield Fault("P413", spot.path, spot.line, said)
    elif path[0] == "booking" and ("booking", path[1]) not in spot.perhaps:
        yield Fault("P414", spot.path, spot.line, said)
