"""What differs between two versions of a package, element by element, for people to read and for version numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.compare.aligning import can_be_keyed, keyed
from livinglab.packages.domain.compare.elements import (
    Branch,
    Element,
    Leaf,
    Run,
    Shape,
    Tree,
    child,
    plain,
    same,
    step,
)
from livinglab.packages.domain.compare.merging import PLACES, whole_file
from livinglab.packages.domain.compare.ordering import moved
from livinglab.packages.domain.words import Words

_TITLES: Final = ("x-title", "name", "title", "text", "cite")


class Kind(StrEnum):
    """What became of an element."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `trail` is the file and the keys below it, `owner` how many of them name the part it belongs to.

    `title` is what people call that part; `before` and `after` are its values, None where there is none.
    """

    kind: Kind
    path: str
    trail: tuple[str, ...]
    owner: int
    title: Words
    before: object
    after: object

    @property
    def inside(self) -> tuple[str, ...]:
        """The keys below the part: empty where the part itself came, went or moved."""
        return self.trail[self.owner :]


def changes(old: Tree, new: Tree) -> Iterator[Change]:
    """This function will yield what differs, file by file; equal content in another layout is no difference.

    A choice is told once, by its text, though a form also lists its value (`enum`).
    """
    for path in sorted({*old, *new}):
        found = list(_Walk(path, old.get(path), new.get(path)).changes())
        told = {(one.kind, *one.trail) for one in found}
        yield from (one for one in found if not _is_told(one, told))


def told_with(old: Tree, new: Tree) -> Mapping[str, str]:
    """This function will return the paths of changes that are not told, each with the path of the one that tells it."""
    found: dict[str, str] = {}
    for path in {*old, *new}:
        changes_of_file = list(_Walk(path, old.get(path), new.get(path)).changes())
        told = {(one.kind, *one.trail): one.path for one in changes_of_file}
        found |= {one.path: told[_telling(one)] for one in changes_of_file if _is_told(one, set(told))}
    return found


def _is_told(change: Change, told: set[tuple[str, ...]]) -> bool:
    return change.trail[-2:-1] == ("enum",) and _telling(change) in told


def _telling(change: Change) -> tuple[str, ...]:
    return (change.kind, *change.trail[:-2], "x-options", change.trail[-1])


@dataclass(frozen=True, slots=True)
class _Walk:
    """The two sides of one file."""

    file: str
    old: Element | None
    new: Element | None

    def changes(self) -> Iterator[Change]:
        yield from self._between(self.old, self.new, f"{self.file}#", (self.file,))

    def _between(
        self, old: Element | None, new: Element | None, path: str, trail: tuple[str, ...]
    ) -> Iterator[Change]:
        if same(old, new):
            return
        if isinstance(old, Run) and isinstance(new, Run) and can_be_keyed(old, new):
            before, after, _ = keyed(old, new, None)
            yield from self._children(before, after, path, trail)
        elif isinstance(old, Branch) and isinstance(new, Branch) and old.shape == new.shape:
            yield from self._children(old, new, path, trail)
        else:
            kind = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.CHANGED
            yield self._change(kind, path, trail, plain(old), plain(new))

    def _children(self, old: Branch, new: Branch, path: str, trail: tuple[str, ...]) -> Iterator[Change]:
        for key in dict.fromkeys((*old.children, *new.children)):
            if key == "places":
                continue
            place = path + step(new, key)
            yield from self._between(old.children.get(key), new.children.get(key), place, (*trail, key))
        if new.ordered and old.ordered:
            kept = [key for key in old.children if key in new.children]
            after = [key for key in new.children if key in old.children]
            gone = moved(kept, after)
            for key in after:
                if key in gone:
                    yield self._change(
                        Kind.MOVED,
                        path + step(new, key),
                        (*trail, key),
                        kept.index(key) + 1,
                        after.index(key) + 1,
                    )
        yield from self._places(old, new, path, trail)

    def _places(self, old: Branch, new: Branch, path: str, trail: tuple[str, ...]) -> Iterator[Change]:
        """Find fields that stand elsewhere on the page where they were already."""
        before, after = child(old, "places"), child(new, "places")
        if not (isinstance(before, Branch) and isinstance(after, Branch) and after.kind == PLACES):
            return
        for page, fields in after.children.items():
            was = _keys(before.children.get(page))
            now = _keys(fields)
            kept, left = [key for key in was if key in now], [key for key in now if key in was]
            gone = moved(kept, left)
            for key in left:
                if key in gone:
                    inner = (*trail, "properties", key)
                    at = (kept.index(key) + 1, left.index(key) + 1)
                    yield self._change(Kind.MOVED, f"{path}/properties/{key}", inner, *at)

    def _change(self, kind: Kind, path: str, trail: tuple[str, ...], before: object, after: object) -> Change:
        owner = owner_of(trail)
        renamed = kind is Kind.CHANGED and trail[owner : owner + 1] and trail[owner] in _TITLES
        sides = (self.old, self.new) if renamed else (self.new, self.old)
        title = next(
            (found for side in sides if (found := _title(side, trail[1:owner]))),
            Words(trail[owner - 1]),
        )
        return Change(kind, whole_file(path), trail, owner, title, before, after)


#: keys below a file whose children are parts that people know by name
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "package": ("parameters", "roles", "law", "national", "documents", "indicators", "standard"),
    "form": ("properties", "x-pages"),
    "rule": ("rows", "inputs", "outputs"),
    "process": ("elements", "lanes"),
}


def group_of(file: str) -> str:
    """This function will return what kind of file a path is, as people tell them apart."""
    if file.endswith(".schema.json"):
        return "form"
    folder = file.partition("/")[0]
    return {
        "package.yaml": "package",
        "process.bpmn": "process",
        "rules": "rule",
        "documents": "document",
        "messages": "message",
        "scenarios": "scenario",
        "CHANGELOG.md": "log",
        "README.md": "introduction",
    }.get(folder, "file")


def owner_of(trail: tuple[str, ...]) -> int:
    """This function will return how many keys of a trail name the part that it belongs to; 1 is the file."""
    parts = _PARTS.get(group_of(trail[0]), ())
    return 3 if len(trail) >= 3 and trail[1] in parts else 1


def _keys(element: Element | None) -> list[str]:
    return list(element.children) if isinstance(element, Branch) and element.shape is Shape.SET else []


def _title(file: Element | None, keys: tuple[str, ...]) -> Words | None:
    part = child(file, *keys)
    for name in _TITLES:
        named = child(part, name)
        if isinstance(named, Leaf) and isinstance(named.value, str) and named.value:
            return Words(named.value)
        if isinstance(named, Branch):
            words = plain(named)
            if isinstance(words, dict) and isinstance(words.get("id"), str):
                return Words(words["id"], str(words.get("en") or ""))
    return None
