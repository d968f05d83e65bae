"""A part of what one side changed: the package that came of a base, with some of its changes and not the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from livinglab.packages.adapters.trees.files import read_tree, write_tree
from livinglab.packages.domain.compare.changes import told_with
from livinglab.packages.domain.compare.elements import Tree, same
from livinglab.packages.domain.compare.picking import picked
from livinglab.packages.domain.contents import BESIDE

Texts = Mapping[str, str]  # the files of a package by path

__all__ = ["pick"]


def pick(base: Texts, changed: Texts, paths: Collection[str]) -> Texts:
    """This function will return the base with those changes made that stand at the named paths.

    The paths are those of `differences.compare(base, changed)`. A file all of whose changes are picked is the changed
    side's byte for byte, one of which none is picked the base's. Whether the result is sound is for the checker to say.
    Errors: PackageRefused for a file nobody can read.
    """
    old, new = _tree(base), _tree(changed)
    wanted = {*paths, *(hidden for hidden, told in told_with(old, new).items() if told in paths)}
    found = picked(old, new, wanted)
    files = {}
    for path, element in sorted(found.items()):
        as_before, as_changed = same(element, old.get(path)), same(element, new.get(path))
        if as_changed and (not as_before or path in wanted):
            files[path] = changed[path]
        elif as_before:
            files[path] = base[path]
        else:
            files[path] = write_tree(path, element, (base[path], base[path], changed[path]))
    return files


def _tree(files: Texts) -> Tree:
    return {path: read_tree(path, text) for path, text in files.items() if path not in BESIDE}
