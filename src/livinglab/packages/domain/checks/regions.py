"""Which rows of a decision table can ever count: every combination of what its cells tell apart, tried out.

A column is cut where its cells compare: for numbers at each number, beside it and between; for choices and texts at
each value and one other. A cell that names something besides its column is taken as true or false by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Final

from livinglab.packages.domain.checks.names import Kind, Thing
from livinglab.packages.domain.expressions.nodes import (
    CELL,
    Between,
    Comparison,
    Junction,
    Literal,
    Membership,
    Name,
    Node,
    Not,
    walk,
)
from livinglab.packages.domain.expressions.parsing import parse_cell
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.tables import Hit, Table

MOST_TRIALS: Final = 10_000  # rows tried on combinations
_OTHER_TEXT: Final = "\0other"
_PLAIN: Final = (Comparison, Membership, Between, Junction, Not, Literal, Name)

Value = Fraction | str | bool | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows that never count, and pairs of rows that hold together without one being the narrower."""

    never: tuple[str, ...]
    overlapping: tuple[tuple[str, str], ...]


def coverage(table: Table, columns: Mapping[str, Thing]) -> Coverage | None:
    """This function will try a table out, or return None for one with too many combinations or unreadable cells."""
    try:
        cells = {text: parse_cell(text) for row in table.rows for text in row.when.values()}
    except ExpressionRefused:
        return None
    dimensions: list[tuple[str, Sequence[Value]]] = []
    for one in table.inputs:
        own = [cells[row.when[one.id]] for row in table.rows if one.id in row.when]
        dimensions.append((one.id, _samples(own, columns.get(one.id))))
    opaque = sorted(
        {(key, text) for row in table.rows for key, text in row.when.items() if not _is_plain(cells[text])}
    )
    dimensions += [(f"{key} {text}", (True, False)) for key, text in opaque]
    size = 1
    for _, values in dimensions:
        size *= len(values)
    if size * len(table.rows) > MOST_TRIALS:
        return None
    held: dict[str, set[int]] = {row.id: set() for row in table.rows}
    counted: set[str] = set()
    names = [name for name, _ in dimensions]
    for number, values in enumerate(product(*(values for _, values in dimensions))):
        at = dict(zip(names, values, strict=True))
        rows = [
            row.id
            for row in table.rows
            if all(_holds(cells[text], key, text, at) for key, text in row.when.items())
        ]
        for row in rows:
            held[row].add(number)
        counted.update(rows[:1] if table.hit is Hit.FIRST else rows)
    never = tuple(row.id for row in table.rows if row.id not in counted)
    return Coverage(never, tuple(_overlapping(table, held)) if table.hit is Hit.FIRST else ())


def may_meet(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """This function will tell whether two rows' tests, by column, may hold for one case; True where that is unknown."""
    try:
        pairs = [(parse_cell(one[key]), parse_cell(other[key])) for key in one.keys() & other.keys()]
    except ExpressionRefused:
        return True
    return all(
        not (_is_plain(left) and _is_plain(right))
        or any(_true(left, value) and _true(right, value) for value in _samples((left, right), None))
        for left, right in pairs
    )


def _overlapping(table: Table, held: Mapping[str, set[int]]) -> Iterator[tuple[str, str]]:
    for place, first in enumerate(table.rows):
        for second in table.rows[place + 1 :]:
            one, other = held[first.id], held[second.id]
            if one & other and not one <= other and not other <= one and first.then != second.then:
                yield first.id, second.id


def _is_plain(node: Node) -> bool:
    return all(
        isinstance(one, _PLAIN) and (not isinstance(one, Name) or one.path == CELL) for one in walk(node)
    )


def _value(node: Literal) -> Value:
    return Fraction(str(node.value)) if node.is_number else node.value


def _samples(cells: Sequence[Node], thing: Thing | None) -> Sequence[Value]:
    """Return values of a column of which each stands for all that its cells do not tell apart."""
    if thing is not None and thing.kind is Kind.BOOLEAN:
        return (True, False)
    literals = [_value(one) for cell in cells for node in walk(cell) for one in _literals(node)]
    if thing is not None and thing.values is not None:
        return (*sorted(thing.values), None)
    numbers = sorted({one for one in literals if isinstance(one, Fraction)})
    found: list[Value] = [None, *sorted({one for one in literals if isinstance(one, str)}), _OTHER_TEXT]
    if numbers:
        between = [(low + high) / 2 for low, high in pairwise(numbers)]
        found = [None, *numbers, *between, numbers[0] - 1, numbers[-1] + 1]
    return (*found, *({True, False} if any(isinstance(one, bool) for one in literals) else ()))


def _literals(node: Node) -> tuple[Literal, ...]:
    match node:
        case Literal():
            return (node,)
        case Membership(_, items):
            return items
        case Between(_, low, high):
            return (low, high)
        case _:
            return ()


def _holds(node: Node, key: str, text: str, at: Mapping[str, Value]) -> bool:
    opaque = f"{key} {text}"
    return at[opaque] is True if opaque in at else _true(node, at[key])


def _true(node: Node, value: Value) -> bool:
    match node:
        case Junction(operator, left, right):
            first, second = _true(left, value), _true(right, value)
            return (first and second) if operator == "and" else (first or second)
        case Not(of):
            return not _true(of, value)
        case Membership(_, items, is_negated):
            return any(_same(_value(one), value) for one in items) is not is_negated
        case Between():
            return _between(node, value) is not node.is_negated
        case Comparison(operator, left, right):
            return _compared(operator, _side(left, value), _side(right, value))
        case _:
            return _side(node, value) is True


def _side(node: Node, value: Value) -> Value:
    return _value(node) if isinstance(node, Literal) else value


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def _between(node: Between, value: Value) -> bool:
    low, high = _value(node.low), _value(node.high)
    above = _compared(">" if node.is_low_open else ">=", value, low)
    return above and _compared("<" if node.is_high_open else "<=", value, high)


def _compared(operator: str, left: Value, right: Value) -> bool:
    if operator in {"==", "!="}:
        return _same(left, right) is (operator == "==")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]
    if isinstance(left, str) and isinstance(right, str):
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]
    return False
