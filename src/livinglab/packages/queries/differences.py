"""Two versions of a package compared: what changed, said for people, and the version number that it requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.domain.compare.changes import Change, Kind, changes, owner_of
from livinglab.packages.domain.compare.elements import Tree, same, text
from livinglab.packages.domain.compare.references import PACKAGE
from livinglab.packages.domain.compare.versions import Bump, Version
from livinglab.packages.domain.compare.weighing import Why, weight_of
from livinglab.packages.domain.contents import BESIDE
from livinglab.packages.domain.words import Words
from livinglab.packages.queries import difference_words as words

__all__ = ["Bump", "Change", "Comparison", "Difference", "Kind", "Version", "Why", "compare"]

Texts = Mapping[str, str]  # the files of a package by path


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, what it requires of the version and why, and its sentence in both languages."""

    change: Change
    requires: Bump
    why: Why
    said: Words
    reason: Words

    def as_json(self) -> dict[str, object]:
        """This function will return the documented JSON object of one change."""
        return {
            "path": self.change.path,
            "change": self.change.kind.value,
            "before": self.change.before,
            "after": self.change.after,
            "said": {"id": self.said.id, "en": self.said.en},
            "requires": self.requires.name.lower(),
            "rule": self.why.value,
            "reason": {"id": self.reason.id, "en": self.reason.en},
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes from one version to another; `before` and `after` are their numbers, None where they have none."""

    differences: tuple[Difference, ...]
    before: Version | None
    after: Version | None

    @property
    def requires(self) -> Bump:
        """The greatest number that must rise."""
        return max((one.requires for one in self.differences), default=Bump.NONE)

    @property
    def least(self) -> Version | None:
        """The least version that these changes may carry."""
        return self.before.after(self.requires) if self.before else None

    @property
    def is_enough(self) -> bool:
        """Whether the new version is as high as the changes require."""
        return self.least is not None and self.after is not None and self.after >= self.least

    def as_json(self) -> dict[str, object]:
        """This function will return the documented JSON object."""
        return {
            "from": str(self.before) if self.before else None,
            "to": str(self.after) if self.after else None,
            "requires": self.requires.name.lower(),
            "least": str(self.least) if self.least else None,
            "enough": self.is_enough,
            "changes": [one.as_json() for one in self.differences],
        }


def compare(old: Texts, new: Texts) -> Comparison:
    """This function will compare two versions of a package. Errors: PackageRefused for a file nobody can read.

    A file whose content is the same in another layout is one change of text: its digest is another.
    """
    before, after = _tree(old), _tree(new)
    found = [_difference(change, before, after) for change in changes(before, after)]
    found += [
        _relaid(path)
        for path in sorted(before)
        if path in after and old[path] != new[path] and same(before[path], after[path])
    ]
    return Comparison(tuple(found), _version(before), _version(after))


def _difference(change: Change, before: Tree, after: Tree) -> Difference:
    bump, why = weight_of(change)
    return Difference(change, bump, why, words.sentence(change, before, after), words.reason(why))


def _relaid(path: str) -> Difference:
    change = Change(Kind.CHANGED, path, (path,), owner_of((path,)), Words(path), None, None)
    return Difference(change, Bump.PATCH, Why.TEXT, words.relaid(path), words.reason(Why.TEXT))


def _tree(files: Texts) -> Tree:
    return {path: read_tree(path, content) for path, content in files.items() if path not in BESIDE}


def _version(tree: Tree) -> Version | None:
    return Version.parse(text(tree.get(PACKAGE), "version"))
