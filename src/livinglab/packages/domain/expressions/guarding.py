"""An expression in the words of ZEN, guarded so that a missing value never stops it.

ZEN stops at a missing value in a comparison, a sum or a function. The standard says what holds instead (section 5):
a comparison by size with a missing value is false; a sum or a function of a missing value is missing itself; a
missing value is not true. The guards are written into the text, so that ZEN alone still evaluates everything.
"""

from dataclasses import dataclass
from typing import Final

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
    names_in,
    walk,
)

_BY_SIZE: Final = {"<", "<=", ">", ">="}
_OF_LISTS: Final = {"min", "max", "sum"}
_NEVER_EMPTY: Final = {"min", "max"}
_A_DAY: Final = 86_400  # ZEN counts seconds between two days; the standard counts days


@dataclass(frozen=True, slots=True)
class Guarded:
    """What ZEN is given: the text, in which `v0`, `v1` … stand for the values at `paths`, in this order."""

    text: str
    paths: tuple[tuple[str, ...], ...]


def as_value(node: Node) -> Guarded:
    """This function will return the text whose value is that of the expression, null where it has none."""
    writer = _Writer(node)
    return Guarded(writer.value(node), writer.paths)


def as_condition(node: Node) -> Guarded:
    """This function will return the text that is true where the expression holds, and otherwise false."""
    writer = _Writer(node)
    return Guarded(writer.condition(node), writer.paths)


class _Writer:
    def __init__(self, node: Node) -> None:
        self.paths = names_in(node)
        self._variables = {path: f"v{place}" for place, path in enumerate(self.paths)}

    def condition(self, node: Node) -> str:
        """This function will return a text that is true or false, never null."""
        match node:
            case Literal(value) if isinstance(value, bool):
                return "true" if value else "false"
            case Literal():
                return "false"
            case Not(of):
                return f"(not {self.condition(of)})"
            case Junction(operator, left, right):
                return f"({self.condition(left)} {operator} {self.condition(right)})"
            case Choice(condition, then, otherwise):
                return f"({self.condition(condition)} ? {self.condition(then)} : {self.condition(otherwise)})"
            case Comparison(operator, left, right) if operator in _BY_SIZE:
                return self._if_known(node, f"({self._raw(left)} {operator} {self._raw(right)})", "false")
            case Comparison(operator, left, right):
                return f"({self.value(left)} {operator} {self.value(right)})"
            case Membership(value, items, is_negated):
                listed = f"({self.value(value)} in [{', '.join(_literal(one) for one in items)}])"
                return f"(not {listed})" if is_negated else listed
            case Between():
                return self._between(node)
            case _:
                return f"({self.value(node)} == true)"

    def value(self, node: Node) -> str:
        """This function will return a text whose value may be null."""
        match node:
            case Literal():
                return _literal(node)
            case Name(path):
                return self._variables[path]
            case Choice(condition, then, otherwise):
                return f"({self.condition(condition)} ? {self.value(then)} : {self.value(otherwise)})"
            case Negative() | Arithmetic() | Call():
                return self._if_known(node, self._raw(node), "null")
            case _:
                return self.condition(node)

    def _raw(self, node: Node) -> str:
        """This function will return the text of a value inside a guard that has asked for everything it names."""
        match node:
            case Negative(of):
                return f"(-{self._raw(of)})"
            case Arithmetic("-", Call("date") as left, Call("date") as right):
                return f"(({self._raw(left)} - {self._raw(right)}) / {_A_DAY})"
            case Arithmetic(operator, left, right):
                return f"({self._raw(left)} {operator} {self._raw(right)})"
            case Choice(condition, then, otherwise):
                return f"({self.condition(condition)} ? {self._raw(then)} : {self._raw(otherwise)})"
            case Call(function, arguments):
                inside = ", ".join(self._raw(one) for one in arguments)
                return (
                    f"{function}([{inside}])"
                    if function in _OF_LISTS and len(arguments) > 1
                    else f"{function}({inside})"
                )
            case _:
                return self.value(node)

    def _between(self, node: Between) -> str:
        opened, closed = "(" if node.is_low_open else "[", ")" if node.is_high_open else "]"
        interval = f"{opened}{_literal(node.low)}..{_literal(node.high)}{closed}"
        held = self._if_known(node, f"({self._raw(node.value)} in {interval})", "false")
        return f"(not {held})" if node.is_negated else held

    def _if_known(self, node: Node, text: str, otherwise: str) -> str:
        guards = [f"{self._variables[path]} != null" for path in names_in(node)]
        guards += [guard for below in reversed(list(walk(node))) for guard in self._limits(below)]
        guards += [f"{_literal(below)} != null" for below in walk(node) if below == Literal(None)]
        return f"({' and '.join(guards)} ? {text} : {otherwise})" if guards else text

    def _limits(self, node: Node) -> list[str]:
        """This function will return what must hold for a part to have a value although nothing in it is missing."""
        match node:
            case Arithmetic("/" | "%", _, right):
                return [f"{self._raw(right)} != 0"]
            case Call(function, (Name(path),)) if function in _NEVER_EMPTY:
                return [f"len({self._variables[path]}) > 0"]
            case _:
                return []


def _literal(node: Literal) -> str:
    if node.is_number:
        return str(node.value)
    if node.value is None:
        return "null"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return f"'{node.value}'"
