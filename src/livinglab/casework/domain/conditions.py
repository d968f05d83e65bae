"""Conditions of questions as data, for a page that shows a form without a network and evaluates no text."""

from typing import Final

from livinglab.packages.domain.expressions.nodes import (
    Comparison,
    Junction,
    Literal,
    Membership,
    Name,
    Node,
    Not,
)
from livinglab.packages.domain.expressions.parsing import parse

#: what a condition is as data: its operator, and then its parts
Data = list[object]
_ANSWER_OF: Final = "form"
_LENGTH_OF_AN_ANSWER: Final = 2


def as_data(condition: str) -> Data | None:
    """This function will return a condition as nested lists, None where the page cannot tell whether it holds.

    `["is", field, value]` (null: no answer), `["not", c]`, `["and", a, b]`, `["or", a, b]`. What compares by size,
    computes, or asks for anything but the answers of the form is left to the server. Errors: `ExpressionRefused`.
    """
    return _data(parse(condition))


def _data(node: Node) -> Data | None:
    match node:
        case Name() as name:
            return _is(name, Literal(True))
        case Comparison("==" | "!=" as operator, left, right):
            held = _is(left, right) or _is(right, left)
            return _negated(held, is_negated=operator == "!=")
        case Membership(value, items, is_negated):
            return _negated(_any(value, items), is_negated=is_negated)
        case Not(of):
            return _negated(_data(of), is_negated=True)
        case Junction(operator, left, right):
            first, second = _data(left), _data(right)
            return None if first is None or second is None else [operator, first, second]
        case _:
            return None


def _is(name: Node, value: Node) -> Data | None:
    if not isinstance(name, Name) or not isinstance(value, Literal) or value.is_number:
        return None
    is_answer = name.path[0] == _ANSWER_OF and len(name.path) == _LENGTH_OF_AN_ANSWER
    return ["is", name.path[1], value.value] if is_answer else None


def _any(value: Node, items: tuple[Literal, ...]) -> Data | None:
    held = [_is(value, one) for one in items]
    found: Data | None = None
    for one in held:
        if one is None:
            return None
        found = one if found is None else ["or", found, one]
    return found


def _negated(held: Data | None, *, is_negated: bool) -> Data | None:
    return ["not", held] if is_negated and held is not None else held
