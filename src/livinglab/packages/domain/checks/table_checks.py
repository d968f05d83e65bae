"""Checks of decision tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from livinglab.packages.domain.checks.kinds import ERROR, HINT, WARNING, Case, Check, Part, gettext_noop
from livinglab.packages.domain.checks.kinds_of_values import Judge
from livinglab.packages.domain.checks.names import Path, Thing, names_of
from livinglab.packages.domain.checks.regions import coverage
from livinglab.packages.domain.expressions.parsing import parse
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.domain.tables import Hit, Table

_TABLE: Final = "section 5: rules"

CHECKS: Final = (
    Check(
        "P501",
        ERROR,
        Part.RULES,
        _TABLE,
        gettext_noop("The id in the file, “%(id)s”, is not the name of the file."),
    ),
    Check("P502", ERROR, Part.RULES, _TABLE, gettext_noop("“%(id)s” stands twice in this table.")),
    Check(
        "P503",
        ERROR,
        Part.RULES,
        _TABLE,
        gettext_noop(
            "The last row has conditions. End with a row that always holds, so that there is always an "
            "answer."
        ),
    ),
    Check(
        "P504",
        ERROR,
        Part.RULES,
        _TABLE,
        gettext_noop("The row “%(row)s” asks the column “%(column)s”, which is not there."),
    ),
    Check(
        "P505", ERROR, Part.RULES, _TABLE, gettext_noop("The row “%(row)s” gives no value for “%(column)s”.")
    ),
    Check(
        "P506",
        WARNING,
        Part.RULES,
        _TABLE,
        gettext_noop("The row “%(row)s” never counts: those above it cover it. Move it up or remove it."),
    ),
    Check(
        "P507",
        HINT,
        Part.RULES,
        _TABLE,
        gettext_noop(
            "The rows “%(first)s” and “%(second)s” can hold together; the upper one counts. Is that meant?"
        ),
    ),
    Check(
        "P508",
        WARNING,
        Part.RULES,
        _TABLE,
        gettext_noop("The rule “%(rule)s” is used nowhere in the process."),
    ),
    Check(
        "P509",
        HINT,
        Part.RULES,
        "UU 30/2014 article 55",
        gettext_noop("The row “%(row)s” gives no reason. Add because: people may ask why."),
    ),
    Check("P510", HINT, Part.RULES, _TABLE, gettext_noop("The column “%(column)s” is asked in no row.")),
    Check(
        "P511",
        ERROR,
        Part.RULES,
        _TABLE,
        gettext_noop("The tables have %(number)s cells together; at most %(most)s are allowed."),
    ),
)


def table_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the decision tables."""
    diagram = case.package.diagram
    used = {
        node.said.get("rule")
        for process in (diagram.main, *diagram.called.values())
        for node in process.nodes.values()
        if node.kind is NodeKind.RULE
    }
    names = names_of(case.package)
    for key, table in case.package.rules.items():
        if table.id != key:
            yield Fault("P501", table.path, case.package.line(table.path, "id"), {"id": table.id})
        if key not in used:
            yield Fault("P508", table.path, 0, {"rule": key})
        yield from _id_faults(case, table)
        yield from _row_faults(table)
        yield from _coverage_faults(table, names)


def _id_faults(case: Case, table: Table) -> Iterator[Fault]:
    for part, ids in (
        ("inputs", [one.id for one in table.inputs]),
        ("outputs", [one.id for one in table.outputs]),
        ("rows", [one.id for one in table.rows]),
    ):
        for place, one in enumerate(ids):
            if one in ids[:place]:
                yield Fault("P502", table.path, case.package.line(table.path, part, place), {"id": one})
    asked = {key for row in table.rows for key in row.when}
    for place, column in enumerate(table.inputs):
        if column.id not in asked:
            line = case.package.line(table.path, "inputs", place)
            yield Fault("P510", table.path, line, {"column": column.id})


def _row_faults(table: Table) -> Iterator[Fault]:
    inputs, outputs = {one.id for one in table.inputs}, {one.id for one in table.outputs}
    for row in table.rows:
        for key in sorted((row.when.keys() - inputs) | (row.then.keys() - outputs)):
            yield Fault("P504", table.path, row.line, {"row": row.id, "column": key})
        for key in sorted(outputs - row.then.keys()):
            yield Fault("P505", table.path, row.line, {"row": row.id, "column": key})
        if row.because is None:
            yield Fault("P509", table.path, row.line, {"row": row.id})
    if table.hit is Hit.FIRST and table.rows[-1].when:
        yield Fault("P503", table.path, table.rows[-1].line)


def _coverage_faults(table: Table, names: Mapping[Path, Thing]) -> Iterator[Fault]:
    columns: dict[str, Thing] = {}
    for one in table.inputs:
        try:
            columns[one.id] = Judge(names).of(parse(one.value))
        except ExpressionRefused:  # said by P401
            return
    known = set(columns)
    if any(row.when.keys() - known for row in table.rows) or len({row.id for row in table.rows}) < len(
        table.rows
    ):
        return  # said by P502 and P504
    found = coverage(table, columns)
    if found is None:
        return
    lines = {row.id: row.line for row in table.rows}
    for row in found.never:
        yield Fault("P506", table.path, lines[row], {"row": row})
    for first, second in found.overlapping:
        yield Fault("P507", table.path, lines[second], {"first": first, "second": second})
