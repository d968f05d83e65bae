"""The tree that packages are compared in: leaves, branches with keys, and runs without."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Scalar = str | int | float | None
_STEP: Final = re.compile(r"/([^/\[\]]+)|\[(?:\w+=)?([^\]]*)\]")


class Shape(StrEnum):
    """How the children of a branch are told apart, and how the branch is written."""

    MAP = "map"  # by name
    LIST = "list"  # by what a part of each says, such as its id
    SET = "set"  # by their own value
    RUN = "run"  # by the names that aligning gave them
    TEXT = "text"  # a part of a text that holds others: a section, a list, a table


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One value. `prose` is text for people: compared without regard to line ends, merged by sentence.

    `before` is layout in front of a block of text (empty lines, a list's marker) and never compared.
    """

    value: Scalar
    prose: bool = False
    kind: str = ""
    before: str = ""
    identity: object = field(init=False)

    def __post_init__(self) -> None:
        value = self.value
        told = _unwrapped(value) if self.prose and isinstance(value, str) else value
        object.__setattr__(self, "identity", (type(value).__name__, told, self.kind))


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """Elements by key. Their order is compared only where it means something (`ordered`)."""

    children: Mapping[str, Element]
    shape: Shape = Shape.MAP
    ordered: bool = False
    key: str = ""
    kind: str = ""
    before: str = ""
    identity: object = field(init=False)

    def __post_init__(self) -> None:
        pairs = [(key, child.identity) for key, child in self.children.items()]
        if not self.ordered:
            pairs.sort(key=lambda pair: pair[0])
        object.__setattr__(self, "identity", (self.shape.value, self.kind, tuple(pairs)))


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Elements in order that have no key of their own: blocks of a text, steps of a scenario."""

    items: tuple[Element, ...]
    kind: str = ""
    before: str = ""
    identity: object = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "identity", ("run", tuple(item.identity for item in self.items)))


Element = Leaf | Branch | Run
Tree = Mapping[str, Element]  # the files of a package by path


def same(one: Element | None, other: Element | None) -> bool:
    """This function will tell whether two elements say the same, whatever their layout; None is no element."""
    if one is None or other is None:
        return one is other
    return one is other or one.identity == other.identity


def plain(element: Element | None) -> object:
    """This function will return an element as JSON data; a part of a text as its text, no element as None."""
    if element is None:
        return None
    if isinstance(element, Leaf):
        return element.value
    if isinstance(element, Run):
        return written(element).strip() if _is_text(element) else [plain(item) for item in element.items]
    if element.shape is Shape.TEXT:
        return written(element).strip()
    if element.shape is Shape.MAP:
        return {key: plain(child) for key, child in element.children.items()}
    return [plain(child) for child in element.children.values()]


def written(element: Element) -> str:
    """This function will return a part of a text as it stands in the file, with the layout before it."""
    if isinstance(element, Leaf):
        return f"{element.before}{element.value}"
    parts: Sequence[Element]
    parts = element.items if isinstance(element, Run) else tuple(element.children.values())
    return element.before + "".join(written(part) for part in parts)


def child(element: Element | None, *keys: str) -> Element | None:
    """This function will return what is found under the keys, or None."""
    for key in keys:
        element = element.children.get(key) if isinstance(element, Branch) else None
    return element


def children(element: Element | None, *keys: str) -> Mapping[str, Element]:
    """This function will return the children of the branch found under the keys; none where there is no branch."""
    found = child(element, *keys)
    return found.children if isinstance(found, Branch) else {}


def text(element: Element | None, *keys: str) -> str:
    """This function will return the text of the leaf found under the keys, or an empty text."""
    found = child(element, *keys)
    return found.value if isinstance(found, Leaf) and isinstance(found.value, str) else ""


def keys_of(path: str) -> tuple[str, ...]:
    """This function will return the file and the keys that a path such as `rules/fees.json#/rows[id=free]` names."""
    file, _, inner = path.partition("#")
    return (file, *(found.group(1) or found.group(2) for found in _STEP.finditer(inner)))


def standing_at(tree: Tree, path: str) -> Element | None:
    """This function will return the element at a path of named keys, or None."""
    file, *keys = keys_of(path)
    element = tree.get(file)
    for key in keys:
        element = child(element, _own_key(element, key))
    return element


def put_at(tree: Tree, path: str, element: Element | None) -> Tree:
    """This function will return the tree with this element at a path, or without one; its parents must stand."""
    file, *keys = keys_of(path)
    whole = _put(tree.get(file), keys, element)
    rest = {name: other for name, other in tree.items() if name != file}
    return rest if whole is None else {**rest, file: whole}


def _put(parent: Element | None, keys: Sequence[str], element: Element | None) -> Element | None:
    if not keys:
        return element
    if not isinstance(parent, Branch):
        return parent
    key = _own_key(parent, keys[0])
    inner = _put(parent.children.get(key), keys[1:], element)
    parts = {name: part for name, part in parent.children.items() if name != key or inner is not None}
    if inner is not None:
        parts[key] = inner
    return Branch(parts, parent.shape, parent.ordered, parent.key, parent.kind, parent.before)


def _own_key(element: Element | None, key: str) -> str:
    """Return the key of a child that a path names: a part of an XML element is `<name>` there."""
    inside = isinstance(element, Branch) and key not in element.children and f"<{key}>" in element.children
    return f"<{key}>" if inside else key


def step(branch: Branch, key: str) -> str:
    """This function will return how a path goes on from a branch to its child."""
    match branch.shape:
        case Shape.LIST:
            return f"[{branch.key}={key}]"
        case Shape.SET:
            return f"[{key}]"
        case Shape.RUN:
            return key
        case Shape.TEXT:
            return "" if key == "parts" else f"/{key}"
        case Shape.MAP:
            return f"/{key.strip('<>')}"  # a part of an XML element reads like its attributes


def _is_text(run: Run) -> bool:
    return any(
        (isinstance(item, Leaf) and item.kind) or (isinstance(item, Branch) and item.kind)
        for item in run.items
    )


def _unwrapped(value: str) -> str:
    """Return a text without the layout of its lines; two spaces or a backslash at an end break a line in earnest."""
    lines = (
        " ".join(line.split()) + ("\r" if line.endswith(("  ", "\\")) else " ") for line in value.split("\n")
    )
    return "".join(lines).strip()
