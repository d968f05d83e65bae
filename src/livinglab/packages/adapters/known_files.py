"""What is known outside packages, from the reference files of this installation: functions, sectors, instruments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from livinglab.packages.domain.checks import Known
from livinglab.packages.domain.national import NationalField
from livinglab.packages.domain.words import Words

_FUNCTIONS: Final = "service-functions.yaml"


def read_known(reference: Path, instruments: Path) -> Known:
    """This function will return functions with their national field, sectors, and the indicators of instruments."""
    root = _compose(reference / _FUNCTIONS)
    fields = {key: _national(node) for key, node in _pairs(_at(root, "fields"))}
    functions: dict[str, str] = {}
    for one in _items(_at(root, "functions")):
        said = dict(_pairs(one))
        field = str(said["field"].value) if "field" in said else ""
        functions[str(said["code"].value)] = fields.get(field, "")
    return Known(
        {path.stem: frozenset(_numbers(_compose(path))) for path in sorted(instruments.glob("*.yaml"))},
        functions,
        frozenset(key for key, _ in _pairs(_at(root, "sectors"))),
    )


def read_national_fields(reference: Path) -> Mapping[str, NationalField]:
    """This function will return the field of national common applications of each function that lies in one."""
    root = _compose(reference / _FUNCTIONS)
    fields = {key: _field(node) for key, node in _pairs(_at(root, "fields"))}
    said = (dict(_pairs(one)) for one in _items(_at(root, "functions")))
    return {str(one["code"].value): fields[str(one["field"].value)] for one in said if "field" in one}


def _field(node: Node) -> NationalField:
    said = {key: str(value.value) for key, value in _pairs(node)}
    return NationalField(Words(said["id"], said["en"]), said.get("application", ""), said.get("address", ""))


def _national(node: Node) -> str:
    """Return a field in words, with its national application where two sources agree on one."""
    said = dict(_pairs(node))
    name = str(said["id"].value)
    return f"{name}: {said['application'].value}" if "application" in said else name


def _numbers(node: Node) -> Iterator[int]:
    """Yield the numbers of all indicators in an instrument's file."""
    for key, value in _pairs(node):
        if key == "indicators":
            for one in _items(value):
                yield int(dict(_pairs(one))["number"].value)
        else:
            yield from _numbers(value)
    for one in _items(node):
        yield from _numbers(one)


def _compose(path: Path) -> Node:
    found: Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert found is not None
    return found


def _at(node: Node, key: str) -> Node:
    found: Mapping[str, Node] = dict(_pairs(node))
    return found[key]


def _pairs(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield str(key.value), value


def _items(node: Node) -> list[Node]:
    return list(node.value) if isinstance(node, SequenceNode) else []
