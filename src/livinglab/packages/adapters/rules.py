"""Decision tables, evaluated row by row in ZEN."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from livinglab.packages.adapters import expressions
from livinglab.packages.domain.running.state import Decision
from livinglab.packages.domain.tables import Hit, Output, OutputType, Row, Table


def decide(table: Table, names: Mapping[str, object]) -> Decision:
    """This function will return the rows that hold and the outputs: of the first row, or lists of all rows.

    Errors: `ExpressionRefused`, `Unevaluable`.
    """
    columns = {one.id: expressions.value(one.value, names) for one in table.inputs}
    held: list[Row] = []
    for row in table.rows:
        if all(expressions.is_met(cell, columns.get(column), names) for column, cell in row.when.items()):
            held.append(row)
            if table.hit is Hit.FIRST:
                break
    given = [{one.id: _output(one, row, names) for one in table.outputs} for row in held]
    if table.hit is Hit.FIRST:
        return Decision(tuple(row.id for row in held), given[0] if given else {})
    return Decision(
        tuple(row.id for row in held),
        {one.id: [outputs[one.id] for outputs in given] for one in table.outputs},
    )


def _output(output: Output, row: Row, names: Mapping[str, object]) -> object:
    expression = row.then.get(output.id)
    if expression is None:
        return None
    if output.type is OutputType.BOOLEAN:
        return expressions.holds(expression, names)
    found = expressions.value(expression, names)
    if found is None:
        return None
    if output.type is OutputType.TEXT:
        return str(found)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise expressions.Unevaluable(expression)
    return found if output.type is OutputType.NUMBER else _whole(found)


def _whole(number: float) -> int:
    """This function will return a number rounded half up: rupiah have no cents."""
    return int(Decimal(str(number)).quantize(Decimal(1), ROUND_HALF_UP))
