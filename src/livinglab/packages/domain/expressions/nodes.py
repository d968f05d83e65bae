"""The tree of an expression. docs/package-format.md section 5."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: what stands for the value of the column in a cell of a table
CELL: Final = ("$",)

#: the functions that the standard allows, with the least and the greatest number of arguments
FUNCTIONS: Final = {
    "len": (1, 1),
    "contains": (2, 2),
    "startsWith": (2, 2),
    "endsWith": (2, 2),
    "lower": (1, 1),
    "upper": (1, 1),
    "trim": (1, 1),
    "abs": (1, 1),
    "floor": (1, 1),
    "ceil": (1, 1),
    "round": (1, 2),
    "min": (1, 10),
    "max": (1, 10),
    "sum": (1, 10),
    "date": (1, 1),
    "year": (1, 1),
}


@dataclass(frozen=True, slots=True)
class Literal:
    """A number (as written), text, true, false or null."""

    value: str | bool | None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A value by its path: `form.income` is `("form", "income")`."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """The number with the other sign."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * / %` of two values."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`== != < <= > >=` of two values."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Membership:
    """A value in a list of literals, or not."""

    value: "Node"
    items: tuple[Literal, ...]
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Between:
    """A number in an interval, or not; an open end leaves its number out."""

    value: "Node"
    low: Literal
    high: Literal
    is_low_open: bool
    is_high_open: bool
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Junction:
    """`and` or `or` of two conditions."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Choice:
    """`condition ? then : otherwise`."""

    condition: "Node"
    then: "Node"
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """One of the functions that the standard allows."""

    function: str
    arguments: tuple["Node", ...]


Node = (
    Literal
    | Name
    | Negative
    | Arithmetic
    | Comparison
    | Membership
    | Between
    | Junction
    | Not
    | Choice
    | Call
)


def parts(node: Node) -> tuple[Node, ...]:
    """This function will return the nodes that a node is made of, in the order they are written."""
    match node:
        case Negative(of) | Not(of):
            return (of,)
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Junction(_, left, right):
            return (left, right)
        case Membership(value) | Between(value):
            return (value,)
        case Choice(condition, then, otherwise):
            return (condition, then, otherwise)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """This function will return a node and everything below it."""
    yield node
    for part in parts(node):
        yield from walk(part)


def names_in(node: Node) -> tuple[tuple[str, ...], ...]:
    """This function will return the paths that an expression names, each once, in the order they are written."""
    return tuple(dict.fromkeys(one.path for one in walk(node) if isinstance(one, Name)))
