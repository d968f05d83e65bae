"""A part of a package under another id: the files that speak of it rewritten, the rest of them left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, children, text
from livinglab.packages.domain.compare.references import PROCESS
from livinglab.packages.domain.contents import kind_of
from livinglab.packages.domain.editing.places import put, standing_at, without
from livinglab.packages.queries.editing import data_of, written
from livinglab.packages.queries.process_file import opened, said_with

__all__ = ["Renamed", "parts_of_steps", "retold", "with_own_id"]

#: (kind of part, its id) -> the id that it has from now on
Renamed = Mapping[tuple[str, str], str]
_QUOTED: Final = re.compile(r"('[^']*'|\"[^\"]*\")")
_FILLED: Final = re.compile(r"(\{\{[^{}]*\}\}|\{%[^{}]*%\})")
_USED: Final = re.compile(r"\b(task|rule)\.([a-z][a-z0-9_]*)")
#: attribute of a step -> the kind of part whose id it holds
_NAMED: Final = {"ll:form": "task", "ll:rule": "rule", "ll:document": "document", "ll:message": "message"}
_CONDITION: Final = "<conditionExpression>"
#: what a step of a scenario expects -> the kind of part that it lists
_EXPECTED: Final = {"messages": "message", "documents": "document"}


def with_own_id(path: str, file: str, ident: str) -> str:
    """This function will return the file of a part that says its own id, a decision table, under another one."""
    return written(path, put(data_of(path, file), ("id",), ident), file) if kind_of(path) == "rule" else file


def parts_of_steps(process: str) -> frozenset[tuple[str, str]]:
    """This function will return the parts that the steps of a process use, by kind and id. Errors: PackageRefused."""
    return frozenset(
        (kind, text(element, attribute))
        for element in opened(process).elements().values()
        for attribute, kind in _NAMED.items()
        if text(element, attribute)
    )


def retold(path: str, file: str, renamed: Renamed) -> str:
    """This function will return a file that speaks of the parts by their new ids; else it stays byte for byte.

    Steps, expressions, templates, the fee and what scenarios expect are followed. Errors: PackageRefused.
    """
    if not renamed:
        return file
    if path == PROCESS:
        return _process(file, renamed)
    match kind_of(path):
        case "rule" | "form" | "task":
            return written(path, _strings(data_of(path, file), renamed), file)
        case "manifest":
            return written(path, _manifest(data_of(path, file), renamed), file)
        case "scenario":
            return written(path, _scenario(data_of(path, file), renamed), file)
        case "document" | "message":
            return _FILLED.sub(lambda found: _expression(found[0], renamed), file)
        case _:
            return file


def _expression(text: str, renamed: Renamed) -> str:
    """Rewrite the names in an expression; texts in quotes are no names."""

    def other(found: re.Match[str]) -> str:
        return f"{found[1]}.{renamed.get((found[1], found[2]), found[2])}"

    pieces = _QUOTED.split(text)
    return "".join(one if number % 2 else _USED.sub(other, one) for number, one in enumerate(pieces))


def _strings(data: object, renamed: Renamed, key: str = "") -> object:
    """Rewrite every expression of a file of data: what stands in texts for people holds none."""
    if isinstance(data, Mapping):
        return {
            name: part if name in _PROSE else _strings(part, renamed, name) for name, part in data.items()
        }
    if isinstance(data, list):
        return [_strings(part, renamed, key) for part in data]
    return _expression(data, renamed) if isinstance(data, str) and key not in _PLAIN else data


_PROSE: Final = frozenset({"title", "because", "x-title", "x-hint", "x-why", "x-options", "enum"})
_PLAIN: Final = frozenset({"id", "pattern", "type", "x-type", "format"})


def _process(file: str, renamed: Renamed) -> str:
    whole = opened(file)
    elements: dict[str, Element] = {}
    for name, element in whole.elements().items():
        after: Element = element
        for attribute, kind in _NAMED.items():
            said = children(element).get(attribute)
            if isinstance(said, Leaf) and (new := renamed.get((kind, str(said.value)))):
                after = said_with(after, attribute, new)
        condition = children(element).get(_CONDITION)
        said = children(condition).get("text") if isinstance(condition, Branch) else condition
        if isinstance(said, Leaf) and (told := _expression(str(said.value), renamed)) != said.value:
            after = said_with(after, _CONDITION, told)
        elements[name] = after
    is_same = all(elements[name] is element for name, element in whole.elements().items())
    return file if is_same else whole.written(elements)


def _manifest(data: object, renamed: Renamed) -> object:
    rule = standing_at(data, ("standard", "fee", "rule"))
    if new := renamed.get(("rule", str(rule))):
        data = put(data, ("standard", "fee", "rule"), new)
    documents = standing_at(data, ("documents",))
    for number, one in enumerate(documents if isinstance(documents, list) else []):
        if new := renamed.get(("document", str(standing_at(one, ("id",))))):
            data = put(data, ("documents", number, "id"), new)
    return data


def _scenario(data: object, renamed: Renamed) -> object:
    steps = standing_at(data, ("steps",))
    for number in range(len(steps) if isinstance(steps, list) else 0):
        for key, kind in _EXPECTED.items():
            place = ("steps", number, "expect", key)
            listed = standing_at(data, place)
            if isinstance(listed, list):
                told = [renamed.get((kind, str(one)), one) for one in listed]
                data = data if told == listed else put(data, place, told)
        rules = standing_at(data, ("steps", number, "expect", "rules"))
        for rule, outputs in rules.items() if isinstance(rules, Mapping) else ():
            if new := renamed.get(("rule", rule)):
                data = without(data, ("steps", number, "expect", "rules", rule))
                data = put(data, ("steps", number, "expect", "rules", new), outputs)
    return data
