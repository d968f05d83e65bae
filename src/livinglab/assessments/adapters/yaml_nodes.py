"""Reads YAML as nodes that keep their line, so that every error can say where it is.

Nothing is constructed: numbers stay text until a caller asks for an exact one, and a double key is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from livinglab.assessments.domain.instrument_rules import InstrumentError, PathStep, Rule
from livinglab.assessments.domain.instruments import Text

MAXIMUM_BYTES = 2_000_000
MAXIMUM_DEPTH = 20

_Result = TypeVar("_Result")
_Word = TypeVar("_Word", bound=StrEnum)
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,9})?")


class Unreadable(Exception):
    """A node that is not what was expected; the error has been recorded."""


def compose(file: str, text: str) -> Node:
    """Return the root node of `text`. Raises Unreadable with an InstrumentError as its argument."""
    try:
        _refuse_aliases_and_depth(file, text)
        node: Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise Unreadable(InstrumentError(file, line, Rule.YAML_SYNTAX, f"not YAML: {problem}")) from error
    if node is None:
        raise Unreadable(InstrumentError(file, 1, Rule.EXPECTED_SHAPE, "the file is empty"))
    return node


def _refuse_aliases_and_depth(file: str, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            message = f"write the value out instead of the alias *{event.anchor}"
            raise Unreadable(InstrumentError(file, _event_line(event), Rule.NO_ALIASES, message))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAXIMUM_DEPTH:
            message = f"nested deeper than {MAXIMUM_DEPTH} levels"
            raise Unreadable(InstrumentError(file, _event_line(event), Rule.EXPECTED_SHAPE, message))


def _event_line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def line_at(node: Node, path: Iterable[PathStep]) -> int:
    """Return the line (from 1) of the node at `path`, or of the nearest one above it that exists."""
    for step in path:
        found = _step_into(node, step)
        if found is None:
            break
        node = found
    return node_line(node)


def _step_into(node: Node, step: PathStep) -> Node | None:
    if isinstance(node, SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    return None


def node_line(node: Node) -> int:
    """Return the line (from 1) on which `node` starts."""
    return int(node.start_mark.line) + 1


class Reader:
    """Turns nodes into exact values and records what is wrong, with its line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[InstrumentError] = []

    def refuse(self, node: Node, rule: Rule, message: str) -> Unreadable:
        """Record an error at `node` and return the exception to raise."""
        self.errors.append(InstrumentError(self.file, node_line(node), rule, message))
        return Unreadable(message)

    def attempt(self, read: Callable[[], _Result]) -> _Result | None:
        """Return what `read` returns, or None where it found something unreadable (already recorded)."""
        try:
            return read()
        except Unreadable:
            return None

    def fields(self, node: Node, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Node]:
        """Return the mapping `node` by key. Records unknown and double keys; raises if one is missing."""
        needed = set(required)
        found = self.pairs(node)
        known = needed | set(optional)
        for key, value in list(found.items()):
            if key not in known:
                self.refuse(
                    value, Rule.KNOWN_KEYS, f"unknown key {key!r}; known here: {', '.join(sorted(known))}"
                )
        missing = sorted(needed - set(found))
        if missing:
            raise self.refuse(node, Rule.REQUIRED_KEYS, f"missing: {', '.join(missing)}")
        return found

    def pairs(self, node: Node) -> dict[str, Node]:
        """Return the mapping `node` by key, in order. Records double keys, of which the first counts."""
        if not isinstance(node, MappingNode):
            raise self.refuse(node, Rule.EXPECTED_SHAPE, "expected keys with values")
        found: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise self.refuse(key, Rule.EXPECTED_SHAPE, "expected a plain key")
            if key.value in found:
                self.refuse(key, Rule.NO_DOUBLE_KEYS, f"the key {key.value!r} comes twice")
                continue
            found[key.value] = value
        return found

    def items(self, node: Node) -> list[Node]:
        """Return the list `node`, which must not be empty."""
        if not isinstance(node, SequenceNode) or not node.value:
            raise self.refuse(node, Rule.EXPECTED_SHAPE, "expected a list with at least one item")
        return list(node.value)

    def every(self, node: Node, read: Callable[[Node], _Result]) -> tuple[_Result, ...]:
        """Return each item of the list `node` through `read`; all of them are tried before it raises."""
        return self.all_of([partial(read, each) for each in self.items(node)])

    def all_of(self, reads: Sequence[Callable[[], _Result]]) -> tuple[_Result, ...]:
        """Return what each of `reads` returns; all of them are tried before it raises."""
        with self.together():
            results = [self.attempt(read) for read in reads]
        return tuple(result for result in results if result is not None)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Raise Unreadable at the end of the block if it recorded any error."""
        before = len(self.errors)
        yield
        if len(self.errors) > before:
            raise Unreadable

    def scalar(self, node: Node) -> str:
        """Return the text of `node`, which must not be empty."""
        if not isinstance(node, ScalarNode) or not str(node.value).strip():
            raise self.refuse(node, Rule.EXPECTED_SHAPE, "expected a text")
        return str(node.value).strip()

    def bilingual(self, node: Node) -> Text:
        """Return `{id: …, en: …}` as a Text."""
        found = self.pairs(node)
        missing = [language for language in ("id", "en") if language not in found]
        unknown = [key for key in found if key not in ("id", "en")]
        if missing or unknown:
            message = "expected `id` and `en`" + "".join(f"; missing: {each}" for each in missing)
            raise self.refuse(
                node, Rule.BOTH_LANGUAGES, message + "".join(f"; unknown: {each}" for each in unknown)
            )
        return Text(self.scalar(found["id"]), self.scalar(found["en"]))

    def integer(self, node: Node) -> int:
        """Return a whole number written without quotes."""
        text = self.scalar(node)
        if node.tag != "tag:yaml.org,2002:int" or not re.fullmatch(r"\d{1,9}", text):
            raise self.refuse(node, Rule.EXPECTED_SHAPE, f"expected a whole number, found {text!r}")
        return int(text)

    def decimal(self, node: Node) -> Decimal:
        """Return an exact decimal, which must be in quotes (a bare 1.30 would be a float elsewhere)."""
        text = self.scalar(node)
        if node.tag != "tag:yaml.org,2002:str" or not _DECIMAL.fullmatch(text):
            message = f'expected a decimal in quotes such as "1.30", found {text}'
            raise self.refuse(node, Rule.QUOTED_DECIMALS, message)
        return Decimal(text)

    def fraction(self, node: Node) -> Fraction:
        """Return an exact decimal in quotes as a fraction."""
        return Fraction(self.decimal(node))

    def day(self, node: Node) -> date:
        """Return a day written as 2021-01-01."""
        text = self.scalar(node)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            message = f"expected a day such as 2021-01-01, found {text!r}"
            raise self.refuse(node, Rule.EXPECTED_SHAPE, message) from error

    def word(self, node: Node, words: type[_Word]) -> _Word:
        """Return one of `words`."""
        text = self.scalar(node)
        if text not in set(words):
            message = f"unknown word {text!r}; known: {', '.join(words)}"
            raise self.refuse(node, Rule.KNOWN_WORDS, message)
        return words(text)
