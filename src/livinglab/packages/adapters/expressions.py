"""Expressions and cells of tables, evaluated by ZEN. Only what our own reader has read reaches it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import zen

from livinglab.packages.domain.expressions.guarding import Guarded, as_condition, as_value
from livinglab.packages.domain.expressions.nodes import CELL
from livinglab.packages.domain.expressions.parsing import parse, parse_cell

#: whole numbers beyond this are no longer exact in ZEN's answers
LARGEST: Final = 2**53 - 1
_KEPT: Final = 2_000


class Unevaluable(Exception):
    """An expression cannot be evaluated with these values: kinds that do not fit each other, or a number too large."""

    def __init__(self, expression: str) -> None:
        super().__init__(expression)
        self.expression = expression


def holds(condition: str, names: Mapping[str, object]) -> bool:
    """This function will tell whether a condition holds. Errors: `ExpressionRefused`, `Unevaluable`."""
    return _run(condition, _condition(condition), names) is True


def value(expression: str, names: Mapping[str, object]) -> object:
    """This function will return the value of an expression: text, bool, number (whole ones as int) or None.

    Errors: `ExpressionRefused`, `Unevaluable`.
    """
    return _run(expression, _value(expression), names)


def is_met(cell: str, column: object, names: Mapping[str, object]) -> bool:
    """This function will tell whether a cell of a table holds for the value of its column.

    Errors: `ExpressionRefused`, `Unevaluable`.
    """
    return _run(cell, _cell(cell), {**names, CELL[0]: column}) is True


@lru_cache(_KEPT)
def _condition(text: str) -> "_Compiled":
    return _Compiled(as_condition(parse(text)))


@lru_cache(_KEPT)
def _value(text: str) -> "_Compiled":
    return _Compiled(as_value(parse(text)))


@lru_cache(_KEPT)
def _cell(text: str) -> "_Compiled":
    return _Compiled(as_condition(parse_cell(text)))


class _Compiled:
    __slots__ = ("paths", "program")

    def __init__(self, guarded: Guarded) -> None:
        self.paths = guarded.paths
        self.program = zen.compile_expression(guarded.text)


def _run(text: str, compiled: _Compiled, names: Mapping[str, object]) -> object:
    found = {f"v{place}": _at(names, path) for place, path in enumerate(compiled.paths)}
    if any(isinstance(one, int) and abs(one) > LARGEST for one in found.values()):
        raise Unevaluable(text)
    try:
        answer = compiled.program.evaluate(found)
    except RuntimeError:  # all that ZEN raises; its text holds addresses of the machine
        raise Unevaluable(text) from None
    if isinstance(answer, float) and answer.is_integer():
        if abs(answer) > LARGEST:
            raise Unevaluable(text)
        return int(answer)
    return answer


def _at(names: Mapping[str, object], path: tuple[str, ...]) -> object:
    """This function will return the value at a path, None where there is none; for a list, the column of it."""
    found: object = names
    for step in path:
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, list | tuple):
            found = [row[step] for row in found if isinstance(row, Mapping) and row.get(step) is not None]
        else:
            return None
    return list(found) if isinstance(found, tuple) else found
