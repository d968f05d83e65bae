"""A small reader of our YAML reference files that keeps line numbers, so that an error says where it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_LOADER: Final[type[yaml.SafeLoader]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ReferenceRefused(Exception):
    """A reference file says something it may not; line 0 means the file as a whole."""

    def __init__(self, file: str, line: int, rule: str, message: str) -> None:
        super().__init__(f"{file}:{line}: {rule}: {message}")
        self.file, self.line, self.rule = file, line, rule


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping or list of the file, with its line."""

    file: str
    node: Node

    def refuse(self, rule: str, message: str) -> ReferenceRefused:
        """This function will return an error at this place, to be raised."""
        return ReferenceRefused(self.file, self.node.start_mark.line + 1, rule, message)

    def _find(self, key: str) -> Node | None:
        if not isinstance(self.node, MappingNode):
            raise self.refuse("keys_with_values", "expected keys with values")
        found = [value for name, value in self.node.value if name.value == key]
        if len(found) > 1:
            raise self.refuse("no_double_keys", f"{key!r} comes twice")
        return found[0] if found else None

    def child(self, key: str) -> "Entry":
        """This function will return what stands under a key, which must be there."""
        node = self._find(key)
        if node is None:
            raise self.refuse("keys_are_given", f"{key!r} is missing")
        return Entry(self.file, node)

    def children(self) -> Iterator[tuple[str, "Entry"]]:
        """This function will yield each key of a mapping with what stands under it."""
        if not isinstance(self.node, MappingNode):
            raise self.refuse("keys_with_values", "expected keys with values")
        for name, _ in self.node.value:
            yield str(name.value), self.child(name.value)

    def items(self) -> Iterator["Entry"]:
        """This function will yield the items of a list."""
        if not isinstance(self.node, SequenceNode):
            raise self.refuse("lists_are_lists", "expected a list")
        for node in self.node.value:
            yield Entry(self.file, node)

    def text(self, key: str, default: str | None = None) -> str:
        """This function will return the text under a key; without a default there must be one."""
        node = self._find(key)
        if node is None and default is not None:
            return default
        if not isinstance(node, ScalarNode) or not node.value.strip():
            raise self.refuse("texts_are_given", f"{key!r} needs a text")
        return str(node.value).strip()

    def strings(self, key: str) -> tuple[str, ...]:
        """This function will return the texts of the list under a key."""
        return tuple(str(item.node.value) for item in self.child(key).items())

    def number(self, key: str) -> int:
        """This function will return the whole number under a key."""
        return _whole(self, self.child(key).node)

    def numbers(self, key: str) -> tuple[int, ...]:
        """This function will return the whole numbers of the list under a key; none without the key."""
        if self._find(key) is None:
            return ()
        return tuple(_whole(item, item.node) for item in self.child(key).items())


def _whole(entry: Entry, node: Node) -> int:
    if not isinstance(node, ScalarNode) or not node.value.isascii() or not node.value.isdigit():
        raise entry.refuse("numbers_are_whole", f"expected a whole number, found {node.value!r}")
    return int(node.value)


def read_yaml(path: Path) -> Entry:
    """This function will return the root of a YAML file. Errors: `ReferenceRefused` for what is not YAML."""
    try:
        node: Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ReferenceRefused(path.name, mark.line + 1 if mark else 0, "yaml_syntax", str(error)) from error
    if node is None:
        raise ReferenceRefused(path.name, 0, "yaml_syntax", "the file is empty")
    return Entry(path.name, node)
