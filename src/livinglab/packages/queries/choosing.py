"""An imported package beside the one that has its id: what differs, part by part, and the package that choices make."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.compare.references import FORM, PACKAGE, PROCESS
from livinglab.packages.domain.contents import BESIDE, identifier, kind_of
from livinglab.packages.domain.editing.manifest import ids_of, items_of
from livinglab.packages.domain.editing.places import put
from livinglab.packages.queries.differences import Comparison, Difference, compare
from livinglab.packages.queries.editing import data_of, written
from livinglab.packages.queries.renaming import Renamed, parts_of_steps, retold, with_own_id

__all__ = ["SINGLE", "Choice", "Part", "chosen", "differing"]

Texts = Mapping[str, str]  # the files of a package by path
_LOG: Final = "CHANGELOG.md"
#: parts of which a package may have several: a second one can stand beside the first
_MAY_STAND_BESIDE: Final = frozenset({"scenario", "message", "rule", "document", "task"})
_LONGEST_ID: Final = 40
#: parts of which a package has exactly one, so that no second one can stand beside it
SINGLE: Final = frozenset({PACKAGE, FORM, PROCESS})


class Choice(StrEnum):
    """What becomes of a part that differs."""

    EXISTING = "existing"
    REPLACE = "replace"
    BOTH = "both"  # the imported one under a new id


@dataclass(frozen=True, slots=True)
class Part:
    """A file that differs, what differs in it said in words, and which choices there are."""

    path: str
    differences: tuple[Difference, ...]
    choices: tuple[Choice, ...]


def differing(existing: Texts, imported: Texts) -> tuple[Part, ...]:
    """This function will return the parts in which an imported package differs; the log is none, it goes on."""
    found = compare(existing, imported).differences
    parts = []
    for path in sorted({one.change.path.partition("#")[0] for one in found} - {_LOG}):
        is_twice = path in existing and path in imported and kind_of(path) in _MAY_STAND_BESIDE
        choices = tuple(Choice) if is_twice else (Choice.EXISTING, Choice.REPLACE)
        inside = tuple(one for one in found if one.change.path.partition("#")[0] == path)
        parts.append(Part(path, inside, choices))
    return tuple(parts)


def chosen(existing: Texts, imported: Texts, choices: Mapping[str, Choice]) -> tuple[Texts, Comparison]:
    """This function will return what choices by path make of both, and how that differs from what exists.

    A part without a choice stays as it exists. Of a part that is kept twice, what is taken of the import speaks of the
    imported one under its new id, and what stays speaks of the one that stands; an imported document is listed beside
    it. What both have alike follows the process: it speaks of the imported one where only that is used.
    Errors: ValueError for a choice that a part does not have.
    """
    files = {path: text for path, text in existing.items() if path not in BESIDE}
    known = {part.path: part for part in differing(existing, imported)}
    for path, choice in choices.items():
        if path not in known or choice not in known[path].choices:
            raise ValueError(path)
    twice = [path for path, choice in choices.items() if choice is Choice.BOTH]
    names = _new_names(twice, {**files, **imported})
    for path, choice in choices.items():
        if choice is Choice.BOTH:
            part = kind_of(path), identifier(path)
            text = with_own_id(path, imported[path], names[part])
            files[_under(path, names[part])] = retold(path, text, names)
        elif choice is Choice.REPLACE and path in imported:
            files[path] = retold(path, imported[path], names)
        elif choice is Choice.REPLACE:
            files.pop(path)
    moved = {part: new for part, new in names.items() if _is_moved(files[PROCESS], part, new)}
    for path in files:
        if existing.get(path) == imported.get(path):
            files[path] = retold(path, files[path], moved)
    files[PACKAGE] = _listing_both(files[PACKAGE], existing[PACKAGE], imported[PACKAGE], names)
    return files, compare(existing, files)


def _new_names(paths: Collection[str], taken: Texts) -> dict[tuple[str, str], str]:
    """Give each part that is kept twice the first id with a number that no file of its kind has."""
    found: dict[tuple[str, str], str] = {}
    for kind, name in dict.fromkeys((kind_of(path), identifier(path)) for path in paths):
        used = {identifier(path) for path in taken if kind_of(path) == kind} | set(found.values())
        between = "_" if kind in ("rule", "task") else "-"  # in expressions a-2 would be a difference
        endings = (f"{between}{number}" for number in range(2, len(used) + 3))
        numbered = (f"{name[: _LONGEST_ID - len(ending)]}{ending}" for ending in endings)
        found[kind, name] = next(one for one in numbered if one not in used)
    return found


def _is_moved(process: str, part: tuple[str, str], new: str) -> bool:
    """Tell whether the process uses a part under its new id alone."""
    used = parts_of_steps(process)
    return (part[0], new) in used and part not in used


def _under(path: str, name: str) -> str:
    return path.replace(f"/{identifier(path)}.", f"/{name}.", 1)


def _listing_both(text: str, existing: str, imported: str, names: Renamed) -> str:
    """List of each document that is kept twice both papers: the one that stands, and the imported one."""
    data = data_of(PACKAGE, text)
    listed = ids_of(data, "documents")
    for (kind, name), new in names.items():
        if kind == "document":
            known = {
                name: _entry(existing, name, name),
                new: _entry(imported, name, new),
            }
            missing = [one for ident, one in known.items() if ident not in listed and one]
            data = put(data, ("documents",), [*items_of(data, "documents"), *missing])
    return written(PACKAGE, data, text)


def _entry(manifest: str, name: str, new: str) -> dict[str, object]:
    """Return what a manifest says of a document, under the id that it has in the result; nothing of one it lacks."""
    for one in items_of(data_of(PACKAGE, manifest), "documents"):
        if isinstance(one, Mapping) and one.get("id") == name:
            return {**one, "id": new}
    return {}
