"""Three packages made one: by their elements, never by lines (docs/package-format.md, section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from livinglab.packages.adapters.new_folders import FolderTaken, write_new_folder
from livinglab.packages.adapters.trees.files import read_tree, write_tree
from livinglab.packages.domain.compare.consistency import TOGETHER, Sides, broken_together, settled
from livinglab.packages.domain.compare.elements import Tree
from livinglab.packages.domain.compare.merging import Choices, Conflict, Reason, Side, merge_trees, whole_file
from livinglab.packages.domain.contents import BESIDE

__all__ = ["Conflict", "FolderTaken", "Merged", "Reason", "Side", "merge", "save"]

Texts = Mapping[str, str]  # the files of a package by path
_NOTHING_CHOSEN: Final[Choices] = {}
#: what no side's word mends: somebody must change the result
_TO_BE_EDITED: Final = frozenset({Reason.INCOMPLETE, Reason.CROWDED, Reason.CUT_OFF})


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged files. Where a conflict is open, `files` hold what ours says there."""

    files: Texts
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nobody has to decide anything."""
        return not self.conflicts


def merge(base: Texts, ours: Texts, theirs: Texts, choices: Choices = _NOTHING_CHOSEN) -> Merged:
    """This function will merge two packages that came of one base. Errors: PackageRefused for a file nobody can read.

    `choices` are what people decided about conflicts of an earlier merge of the same three, by path. A file that one
    side left as it was is the other side's, byte for byte; a package likewise, with its signature. What both changed
    is written in the platform's own layout. Neither signature nor publiccode.yml survives a merge of two changed
    packages: both belong to one exact content.
    """
    contents = [_content(side) for side in (base, ours, theirs)]
    if contents[0] == contents[1] or contents[1] == contents[2]:
        return Merged(theirs if contents[0] == contents[1] else ours)
    if contents[0] == contents[2]:
        return Merged(ours)
    trees = (_tree(base), _tree(ours), _tree(theirs))
    found = _conflicts(trees, choices)
    merged, _ = merge_trees(*trees, keep=Side.OURS, choices=choices)
    decided = {one.path: choices.get(one.path, Side.OURS) for one in found if one.reason in TOGETHER}
    for path, side in decided.items():
        merged = settled(merged, dict(zip(Side, trees, strict=True))[side], path)
    files = {path: _written(path, merged, contents, decided) for path in sorted(merged)}
    return Merged(files, tuple(one for one in found if not _is_settled(one, choices)))


def _is_settled(conflict: Conflict, choices: Choices) -> bool:
    """Whether a choice answers it. What only the result breaks is answered where the chosen side has a value."""
    side = choices.get(conflict.path)
    if side is None or conflict.reason in _TO_BE_EDITED:
        return False
    return conflict.reason is not Reason.NEEDED or getattr(conflict, side.value) is not None


def _conflicts(trees: tuple[Tree, Tree, Tree], choices: Choices) -> list[Conflict]:
    """Return what must be decided, also what has been decided among what the sides break only together."""
    merged, conflicts = merge_trees(*trees, keep=Side.BASE, choices=choices)
    together = broken_together(Sides(*trees, merged), {one.path for one in conflicts})
    return sorted(
        (replace(one, path=whole_file(one.path)) for one in (*conflicts, *together)), key=lambda one: one.path
    )


def save(merged: Merged, folder: Path) -> None:
    """This function will write the merged files into a new folder, all or none. Errors: FolderTaken, OSError."""
    write_new_folder(folder, {path: text.encode() for path, text in merged.files.items()})


def _content(files: Texts) -> Texts:
    return {path: text for path, text in files.items() if path not in BESIDE}


def _tree(files: Texts) -> Tree:
    return {path: read_tree(path, text) for path, text in _content(files).items()}


def _written(path: str, merged: Tree, contents: list[Texts], decided: Choices) -> str:
    base, ours, theirs = (side.get(path) for side in contents)
    untouched = theirs if ours == base else ours if theirs in (base, ours) else None
    if path in decided and path in contents[list(Side).index(decided[path])]:
        return contents[list(Side).index(decided[path])][path]
    if untouched is not None and not any(one.partition("#")[0] == path for one in decided):
        return untouched
    return write_tree(path, merged[path], (base or "", ours or "", theirs or ""))
