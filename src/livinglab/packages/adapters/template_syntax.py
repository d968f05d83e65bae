"""What a template reads, found without running it: only the constructs that the standard allows pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from jinja2 import Environment, TemplateError, TemplateSyntaxError, nodes

from livinglab.packages.adapters.templates import DEEPEST_LOOP, FILTERS
from livinglab.packages.domain.checks.kinds import Loop, NameUse, Reading
from livinglab.packages.domain.faults import Fault

_PARSER: Final = Environment(autoescape=True)
_RAW: Final = re.compile(r"\{%[-+]?\s*raw\b")
_LONGEST_NUMBER: Final = 15
_UNKNOWN_TAG: Final = re.compile(r"unknown tag '([^']*)'")
_TOO_EARLY: Final = re.compile(r"end of template|Missing end of", re.IGNORECASE)

Scope = Mapping[str, tuple[str, ...]]


def read_template(path: str, text: str) -> tuple[Reading, list[Fault]]:
    """This function will return the names and lists that a template reads, and what it may not do, by line."""
    if raw := _RAW.search(text):
        return Reading(), [Fault("P602", path, text.count("\n", 0, raw.start()) + 1, {"construct": "raw"})]
    try:
        tree = _PARSER.parse(text)
    except TemplateSyntaxError as error:
        return Reading(), [Fault("P601", path, error.lineno, _problem(error.message or ""))]
    except (TemplateError, RecursionError, ValueError):
        return Reading(), [Fault("P601", path, 1, _problem(""))]
    reader = _Reader(path)
    for node in tree.body:
        reader.statement(node, {}, 0)
    return Reading(tuple(reader.names), tuple(reader.loops)), reader.faults


def _problem(said: str) -> dict[str, str]:
    """Return what Jinja met as a code of ours, with the statement that it names."""
    if named := _UNKNOWN_TAG.search(said):
        return {"problem": "template_tag", "found": named[1][:40]}
    return {"problem": "template_end" if _TOO_EARLY.search(said) else "template_sign"}


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.names: list[NameUse] = []
        self.loops: list[Loop] = []
        self.faults: list[Fault] = []

    def _refuse(self, code: str, node: nodes.Node, **said: str) -> None:
        self.faults.append(Fault(code, self.path, node.lineno, said))

    def statement(self, node: nodes.Node, scope: Scope, depth: int) -> None:
        match node:
            case nodes.TemplateData():
                pass
            case nodes.Output():
                for one in node.nodes:
                    if isinstance(one, nodes.TemplateData):
                        continue
                    self.expression(one, scope)
            case nodes.If():
                self.expression(node.test, scope)
                for inner in (*node.body, *node.elif_, *node.else_):
                    self.statement(inner, scope, depth)
            case nodes.For():
                self._loop(node, scope, depth)
            case _:
                self._refuse("P602", node, construct=type(node).__name__.lower())

    def _loop(self, node: nodes.For, scope: Scope, depth: int) -> None:
        path = self._path(node.iter, scope)
        if (
            path is None
            or not isinstance(node.target, nodes.Name)
            or node.recursive
            or node.test
            or node.else_
        ):
            self._refuse("P602", node, construct="for")
            return
        if depth >= DEEPEST_LOOP:
            self._refuse("P617", node, most=str(DEEPEST_LOOP))
        self.loops.append(Loop(path, node.lineno))
        for inner in node.body:
            self.statement(inner, {**scope, node.target.name: path}, depth + 1)

    def expression(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Name() | nodes.Getattr():
                path = self._path(node, scope)
                if path:
                    self.names.append(NameUse(path, node.lineno))
            case nodes.Const():
                if isinstance(node.value, int | float) and len(str(node.value)) > _LONGEST_NUMBER:
                    self._refuse("P602", node, construct="number")
            case nodes.And() | nodes.Or():
                self.expression(node.left, scope)
                self.expression(node.right, scope)
            case nodes.Not():
                self.expression(node.node, scope)
            case nodes.Compare():
                self.expression(node.expr, scope)
                for operand in node.ops:
                    self.expression(operand.expr, scope)
            case nodes.Filter():
                self._filter(node, scope)
            case _:
                self._refuse("P602", node, construct=type(node).__name__.lower())

    def _filter(self, node: nodes.Filter, scope: Scope) -> None:
        if node.name not in FILTERS:
            self._refuse("P603", node, filter=node.name[:40], known=", ".join(sorted(FILTERS)))
        has_arguments = bool(node.args) and node.name != "default"
        if has_arguments or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
            self._refuse("P602", node, construct=f"{node.name[:40]}(…)")
        for one in (*([node.node] if node.node else []), *node.args):
            self.expression(one, scope)

    def _path(self, node: nodes.Node, scope: Scope) -> tuple[str, ...] | None:
        """Return the path that dots write, with a loop's variable as the list it stands for; refuse the rest."""
        steps: list[str] = []
        while isinstance(node, nodes.Getattr):
            steps.append(node.attr)
            node = node.node
        if not isinstance(node, nodes.Name):
            self._refuse("P602", node, construct=type(node).__name__.lower())
            return None
        hidden = next((one for one in (*steps, node.name) if one.startswith("_")), None)
        if hidden:
            self._refuse("P604", node, name=hidden[:40])
            return None
        return (*scope.get(node.name, (node.name,)), *reversed(steps))


def without_expressions(text: str) -> str:
    """This function will return a template's text with each expression as one letter and each statement as nothing.

    Line ends inside them stay, so that lines can still be counted.
    """
    return _MARK.sub(_blank, text)


_MARK: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
#: stands for a value; of Unicode's private use, so that no author writes it
VALUE: Final = "\ue000"


def _blank(found: re.Match[str]) -> str:
    lines = "\n" * found[0].count("\n")
    return (VALUE if found[0].startswith("{{") else "") + lines


def lines_matching(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """This function will yield the line and the text of each place where a pattern is found."""
    for found in pattern.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0]
