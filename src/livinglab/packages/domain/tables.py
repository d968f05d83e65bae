"""A decision table. docs/package-format.md section 5."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from livinglab.packages.domain.words import Words


class Hit(StrEnum):
    """Which rows count: the first that is true, or all."""

    FIRST = "first"
    COLLECT = "collect"


class OutputType(StrEnum):
    """The type of an output's value; money is whole rupiah."""

    BOOLEAN = "boolean"
    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Input:
    """A column that is looked at; `value` is an expression."""

    id: str
    title: Words
    value: str


@dataclass(frozen=True, slots=True)
class Output:
    """A column that comes out."""

    id: str
    title: Words
    type: OutputType


@dataclass(frozen=True, slots=True)
class Row:
    """A row: unary tests by input id, expressions by output id, and why."""

    id: str
    when: Mapping[str, str]
    then: Mapping[str, str]
    because: Words | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table."""

    id: str
    path: str
    title: Words
    hit: Hit
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
