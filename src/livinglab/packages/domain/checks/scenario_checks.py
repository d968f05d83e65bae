"""Checks of scenarios: they name what is there, show how a case is granted and refused, and use nobody's data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from livinglab.packages.domain.checks.kinds import ERROR, WARNING, Case, Check, Part, gettext_noop
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.form import FieldType
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.domain.registers import WrongAnswer, complete, steps_of
from livinglab.packages.domain.scenarios import Act, Do, Expect, Kind, Scenario

ENOUGH: Final = 6
_SECTION: Final = "section 6: scenarios"
_FIRST: Final = "scenarios"

CHECKS: Final = (
    Check("P701", ERROR, Part.SCENARIOS, _SECTION, gettext_noop("“%(name)s” does not exist as %(what)s.")),
    Check(
        "P702",
        ERROR,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop("No scenario shows a case that is granted. Add one."),
    ),
    Check(
        "P703",
        ERROR,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop("No scenario shows a case that is refused. Add one."),
    ),
    Check(
        "P704",
        WARNING,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop("There are %(number)s scenarios; %(enough)s show a service well."),
    ),
    Check(
        "P705",
        ERROR,
        Part.SCENARIOS,
        "UU 27/2022 article 65",
        gettext_noop(
            "“%(value)s” may be a person's real number. Use one that begins with 99, a province that "
            "does not exist."
        ),
    ),
    Check(
        "P706",
        WARNING,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop("“%(value)s” could be somebody's name. Use Warga Contoh or Petugas Contoh."),
    ),
    Check(
        "P707",
        ERROR,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop("The scenario is of the kind %(kind)s, but never expects that outcome."),
    ),
    Check(
        "P708",
        ERROR,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop("The scenario expects nothing, so it proves nothing."),
    ),
    Check(
        "P709",
        ERROR,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop("The scenario does not begin with an application."),
    ),
    Check(
        "P710",
        ERROR,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop(
            "The scenario does not come out as it says: %(what)s should be “%(expected)s” and is “%(seen)s”."
        ),
    ),
    Check(
        "P711",
        ERROR,
        Part.SCENARIOS,
        _SECTION,
        gettext_noop(
            "The register “%(register)s” cannot answer so: “%(name)s” is missing or no such answer."
        ),
    ),
)

_OUTCOMES: Final = frozenset({Kind.GRANTED, Kind.REFUSED, Kind.LAPSED, Kind.HANDED_OVER, Kind.WITHDRAWN})
_NOBODY: Final = ("contoh", "fiktif", "example")
_NOBODYS_NUMBER: Final = "99"
_NIK_DIGITS: Final = 16
_NAMES: Final = frozenset({"name", "full_name", "nama", "nama_lengkap"})


def scenario_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the scenarios before any is played."""
    scenarios = case.package.scenarios
    kinds = {scenario.kind for scenario in scenarios.values()}
    for kind, code in ((Kind.GRANTED, "P702"), (Kind.REFUSED, "P703")):
        if kind not in kinds:
            yield Fault(code, _FIRST, 0)
    if len(scenarios) < ENOUGH:
        yield Fault("P704", _FIRST, 0, {"number": str(len(scenarios)), "enough": str(ENOUGH)})
    there = _there(case)
    for scenario in scenarios.values():
        yield from _shape_faults(scenario)
        for what, name, line in _named(scenario):
            if name not in there[what]:
                yield Fault("P701", scenario.path, line, {"name": name, "what": what})
        for key in scenario.parameters:
            if key not in there["parameter"]:
                line = case.package.line(scenario.path, "parameters", key)
                yield Fault("P701", scenario.path, line, {"name": key, "what": "parameter"})
        yield from _people_faults(case, scenario)
        yield from _answer_faults(case, scenario)


def _there(case: Case) -> dict[str, frozenset[str]]:
    package = case.package
    nodes = [
        node
        for process in (package.diagram.main, *package.diagram.called.values())
        for node in process.nodes.values()
    ]
    return {
        "role": frozenset(role.id for role in package.manifest.roles),
        "task": frozenset(node.id for node in nodes if node.kind is NodeKind.USER),
        "check": frozenset(node.id for node in nodes if node.register is not None),
        "step": frozenset(node.id for node in nodes),
        "message": frozenset(key for key, _ in package.messages),
        "document": frozenset(key for key, _ in package.documents),
        "rule": frozenset(package.rules),
        "output": frozenset(
            f"{key}.{one.id}" for key, table in package.rules.items() for one in table.outputs
        ),
        "parameter": frozenset(parameter.id for parameter in package.manifest.parameters),
    }


def _named(scenario: Scenario) -> Iterator[tuple[str, str, int]]:
    """Yield what a scenario names: what it should be, its name, and the line."""
    for step in scenario.steps:
        if isinstance(step, Act):
            if step.role:
                yield "role", step.role, step.line
            if step.task:
                yield "check" if step.do is Do.CHECK else "task", step.task, step.line
            continue
        for name in (step.waiting or frozenset()) | (step.breached or frozenset()):
            yield "step", name, step.line
        for what, names in (("message", step.messages), ("document", step.documents)):
            for name in names or ():
                yield what, name, step.line
        for rule, outputs in step.rules.items():
            yield "rule", rule, step.line
            for output in outputs:
                yield "output", f"{rule}.{output}", step.line


def _shape_faults(scenario: Scenario) -> Iterator[Fault]:
    first = scenario.steps[0]
    if not isinstance(first, Act) or first.do is not Do.APPLY:
        yield Fault("P709", scenario.path, first.line)
    expected = [step for step in scenario.steps if isinstance(step, Expect)]
    if not expected and not any(isinstance(step, Act) and step.refused for step in scenario.steps):
        yield Fault("P708", scenario.path, 1)
    elif scenario.kind in _OUTCOMES and scenario.kind.value not in {step.outcome for step in expected}:
        yield Fault("P707", scenario.path, 1, {"kind": scenario.kind.value})


def _answer_faults(case: Case, scenario: Scenario) -> Iterator[Fault]:
    registers = {node.id: node.register for node in steps_of(case.package)}
    for step in scenario.steps:
        register = registers.get(step.task) if isinstance(step, Act) else None
        if register is None or not isinstance(step, Act) or step.says is None:
            continue
        try:
            complete(register, step.says)
        except WrongAnswer as wrong:
            yield Fault("P711", scenario.path, step.line, {"register": register.value, "name": wrong.on})


def _people_faults(case: Case, scenario: Scenario) -> Iterator[Fault]:
    fields = dict(case.package.form.fields)
    for task in case.package.tasks.values():
        fields.update({key: field for key, field in task.fields.items() if key not in fields})
    for step in scenario.steps:
        for key, value in step.answers.items() if isinstance(step, Act) else ():
            field = fields.get(key)
            if field is None or not isinstance(value, str):
                continue
            is_number = field.type is FieldType.NIK and len(value) == _NIK_DIGITS
            if is_number and not value.startswith(_NOBODYS_NUMBER):
                yield Fault("P705", scenario.path, step.line, {"value": value[:40]})
            is_name = key in _NAMES or field.autocomplete == "name"
            if is_name and value.strip() and not any(word in value.casefold() for word in _NOBODY):
                yield Fault("P706", scenario.path, step.line, {"value": value[:40]})
