"""What kind of value an expression has, and where kinds do not fit each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.checks.names import Kind, Path, Thing
from livinglab.packages.domain.expressions.nodes import (
    Arithmetic,
    Between,
    Call,
    Choice,
    Comparison,
    Junction,
    Literal,
    Membership,
    Name,
    Negative,
    Node,
    Not,
)

_ANY: Final = Thing(Kind.ANY)
_TEXT, _NUMBER, _BOOLEAN = Thing(Kind.TEXT), Thing(Kind.NUMBER), Thing(Kind.BOOLEAN)
_ORDERED: Final = frozenset({Kind.NUMBER, Kind.MOMENT, Kind.ANY})
#: function -> the kinds its arguments may have, and what comes out
_FUNCTIONS: Final[Mapping[str, tuple[frozenset[Kind], Thing]]] = {
    "len": (frozenset({Kind.TEXT, Kind.LIST}), _NUMBER),
    "contains": (frozenset({Kind.TEXT, Kind.LIST, Kind.NUMBER}), _BOOLEAN),
    "startsWith": (frozenset({Kind.TEXT}), _BOOLEAN),
    "endsWith": (frozenset({Kind.TEXT}), _BOOLEAN),
    "lower": (frozenset({Kind.TEXT}), _TEXT),
    "upper": (frozenset({Kind.TEXT}), _TEXT),
    "trim": (frozenset({Kind.TEXT}), _TEXT),
    "abs": (frozenset({Kind.NUMBER}), _NUMBER),
    "floor": (frozenset({Kind.NUMBER}), _NUMBER),
    "ceil": (frozenset({Kind.NUMBER}), _NUMBER),
    "round": (frozenset({Kind.NUMBER}), _NUMBER),
    "min": (frozenset({Kind.NUMBER, Kind.LIST}), _NUMBER),
    "max": (frozenset({Kind.NUMBER, Kind.LIST}), _NUMBER),
    "sum": (frozenset({Kind.NUMBER, Kind.LIST}), _NUMBER),
    "date": (frozenset({Kind.TEXT}), Thing(Kind.MOMENT)),
    "year": (frozenset({Kind.TEXT, Kind.MOMENT}), _NUMBER),
}


class Judge:
    """Works out kinds. `misfits` are the kinds that do not go together; `impossible` the values a choice never has."""

    def __init__(self, names: Mapping[Path, Thing]) -> None:
        self.names = names
        self.misfits: list[tuple[str, str]] = []
        self.impossible: list[str] = []

    def of(self, node: Node) -> Thing:
        """This function will return what comes out of an expression."""
        match node:
            case Literal():
                return _of_literal(node)
            case Name(path):
                return self.names.get(path, _ANY)
            case Arithmetic("-", Call("date") as left, Call("date") as right):
                self.of(left), self.of(right)
                return _NUMBER
            case Arithmetic(operator, left, right):
                return self._arithmetic(operator, self.of(left), self.of(right))
            case Negative(of):
                self._wants(self.of(of), frozenset({Kind.NUMBER}), "-")
                return _NUMBER
            case Choice(condition, then, otherwise):
                self._condition(condition, "?")
                first, second = self.of(then), self.of(otherwise)
                return first if first.kind is second.kind else _ANY
            case Call(function, arguments):
                wanted, result = _FUNCTIONS[function]
                for argument in arguments:
                    self._wants(self.of(argument), wanted, function)
                return result
            case _:
                self._test(node)
                return _BOOLEAN

    def _test(self, node: Node) -> None:
        match node:
            case Comparison(operator, left, right):
                self._compared(operator, left, right)
            case Membership(value, items):
                for item in items:
                    self._compared("==", value, item)
            case Between(value):
                self._wants(self.of(value), frozenset({Kind.NUMBER}), "in")
            case Junction(operator, left, right):
                self._condition(left, operator)
                self._condition(right, operator)
            case Not(of):
                self._condition(of, "not")

    def _condition(self, node: Node, operator: str) -> None:
        self._wants(self.of(node), frozenset({Kind.BOOLEAN}), operator)

    def _wants(self, found: Thing, wanted: frozenset[Kind], operator: str) -> None:
        if found.kind is not Kind.ANY and found.kind not in wanted:
            self.misfits.append((operator, found.kind))

    def _arithmetic(self, operator: str, left: Thing, right: Thing) -> Thing:
        if operator == "+" and Kind.TEXT in (left.kind, right.kind):
            self._wants(left, frozenset({Kind.TEXT}), operator)
            self._wants(right, frozenset({Kind.TEXT}), operator)
            return _TEXT
        self._wants(left, frozenset({Kind.NUMBER}), operator)
        self._wants(right, frozenset({Kind.NUMBER}), operator)
        return _NUMBER

    def _compared(self, operator: str, left: Node, right: Node) -> None:
        first, second = self.of(left), self.of(right)
        is_null = Literal(None) in (left, right)
        if operator in {"==", "!="}:
            known = Kind.ANY not in (first.kind, second.kind) and not is_null
            if known and (first.kind is not second.kind or first.kind in {Kind.OTHER, Kind.LIST}):
                self.misfits.append((operator, f"{first.kind}, {second.kind}"))
            self._possible(first, right)
            self._possible(second, left)
        elif is_null or not {first.kind, second.kind} <= _ORDERED or not _alike(first.kind, second.kind):
            self.misfits.append((operator, f"{first.kind}, {second.kind}"))

    def _possible(self, thing: Thing, node: Node) -> None:
        if (
            thing.values is not None
            and isinstance(node, Literal)
            and isinstance(node.value, str)
            and node.value not in thing.values
        ):
            self.impossible.append(node.value)


def _alike(first: Kind, second: Kind) -> bool:
    return first is second or Kind.ANY in (first, second)


def _of_literal(node: Literal) -> Thing:
    if node.is_number:
        return _NUMBER
    if isinstance(node.value, bool):
        return _BOOLEAN
    return _TEXT if isinstance(node.value, str) else _ANY
