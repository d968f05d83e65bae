"""The three-way merge of trees: every edit of either side is in the result or in a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.compare.aligning import can_be_keyed, keyed, unkeyed
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
    text,
)
from livinglab.packages.domain.compare.ordering import merged_order
from livinglab.packages.domain.compare.placing import rows_at_one_place
from livinglab.packages.domain.compare.sentences import joined, sentences
from livinglab.packages.domain.compare.versions import higher

_LONGEST_PROSE: Final = 20_000  # characters: a longer text is one piece

VERSION: Final = "version"  # kind of a leaf: the higher one stands
ORIGIN: Final = "origin"  # kind of a branch: where the package comes from, taken whole
PLACES: Final = "places"  # kind of a branch: which field follows which on a page


class Reason(StrEnum):
    """Why a person must decide."""

    DIFFERS = "differs"  # both changed it, each to something else
    REMOVED = "removed"  # one took it away, the other changed it
    ORDER = "order"  # both moved its parts, and no order keeps both
    PLACE = (
        "place"  # both put a row at one place of a table where the first that holds counts, and both may hold
    )
    NEEDED = "needed"  # one took it away, something of the other leans on it
    INCOMPLETE = "incomplete"  # what one added lacks what the other's addition asks of it
    CROSSED = "crossed"  # limits of both sides leave no value between them
    CROWDED = "crowded"  # together they add more than fits
    CUT_OFF = "cut_off"  # together they leave a step that no way leads to, or none from


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question for a person: what stands at `path` in base, ours and theirs; None where it does not stand.

    `needed_by` are the paths of what leans on it, for the reason NEEDED.
    """

    path: str
    base: object
    ours: object
    theirs: object
    reason: Reason = Reason.DIFFERS
    needed_by: tuple[str, ...] = ()


def question(path: str, sides: Sequence[object], reason: Reason, needed_by: tuple[str, ...] = ()) -> Conflict:
    """This function will return the conflict over what base, ours and theirs (`sides`) say at a path."""
    base, ours, theirs = sides
    return Conflict(path, base, ours, theirs, reason, needed_by)


class Side(StrEnum):
    """Whose word stands where both disagree."""

    BASE = "base"  # the same from either side: what conflicts are found with
    OURS = "ours"  # what runs here today: what is written until somebody decides
    THEIRS = "theirs"


Choices = Mapping[str, Side]  # what people decided, by the path of the conflict
_NOTHING_CHOSEN: Final[Choices] = {}


@dataclass(slots=True)
class _Merge:
    keep: Side
    choices: Choices = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def of(
        self, base: Element | None, ours: Element | None, theirs: Element | None, path: str
    ) -> Element | None:
        if same(ours, theirs):
            return ours
        if same(base, ours):
            return theirs
        if same(base, theirs):
            return ours
        if isinstance(ours, Branch) and isinstance(theirs, Branch) and ours.shape == theirs.shape:
            return self._branch(base, ours, theirs, path)
        if isinstance(ours, Run) and isinstance(theirs, Run):
            old = base if isinstance(base, Run) else None
            if not can_be_keyed(old, ours, theirs):
                return self._conflict(base, ours, theirs, path)
            return unkeyed(self._children(*keyed(old, ours, theirs), path), ours)
        if isinstance(ours, Leaf) and isinstance(theirs, Leaf):
            return self._leaf(base, ours, theirs, path)
        return self._conflict(base, ours, theirs, path)

    def _conflict(
        self, base: Element | None, ours: Element | None, theirs: Element | None, path: str
    ) -> Element | None:
        is_gone = base is not None and (ours is None or theirs is None)
        reason = Reason.REMOVED if is_gone else Reason.DIFFERS
        sides = {Side.BASE: base, Side.OURS: ours, Side.THEIRS: theirs}
        return sides[self._ask(path, [plain(side) for side in sides.values()], reason)]

    def _ask(self, path: str, values: Sequence[object], reason: Reason = Reason.DIFFERS) -> Side:
        """Return whose word stands: the chosen one's; else record the question and keep to what stands meanwhile."""
        chosen = self.choices.get(whole_file(path))
        if chosen is None:
            self.conflicts.append(question(path, values, reason))
        return chosen or self.keep

    def _leaf(self, base: Element | None, ours: Leaf, theirs: Leaf, path: str) -> Element | None:
        if ours.kind == theirs.kind == VERSION:
            found = higher(ours.value, theirs.value)
            if found is not None:
                return ours if found == ours.value else theirs
        elif ours.prose and theirs.prose and isinstance(base, Leaf) and base.prose:
            leaves = (base, ours, theirs)
            if any(len(str(leaf.value)) > _LONGEST_PROSE for leaf in leaves):
                return self._conflict(base, ours, theirs, path)
            runs = [sentences(leaf) for leaf in leaves]
            if len(runs[0].items) > 1 or all(len(run.items) > 1 for run in runs[1:]):
                return self._prose(base, ours, runs, path)
        return self._conflict(base, ours, theirs, path)

    def _prose(self, base: Leaf, ours: Leaf, runs: list[Run], path: str) -> Element | None:
        """Merge by sentence. A conflict shows the whole text: a sentence alone says too little to decide on."""
        inner = _Merge(self.keep)
        found = joined(unkeyed(inner._children(*keyed(runs[0], runs[1], runs[2]), path), runs[1]))
        if inner.conflicts:
            whole = [joined(run) for run in runs]
            chosen = self._ask(path, whole)
            if path in self.choices:
                found = dict(zip(Side, whole, strict=True))[chosen]
        return Leaf(found, prose=True, kind=ours.kind, before=ours.before)

    def _branch(self, base: Element | None, ours: Branch, theirs: Branch, path: str) -> Element | None:
        old = base if isinstance(base, Branch) and base.shape == ours.shape else None
        if ours.kind == theirs.kind == PLACES:
            return self._places(old, ours, theirs, path)
        if ours.kind == theirs.kind == ORIGIN:
            return self._origin(base, ours, theirs, path)
        emptied = isinstance(base, Branch) and not base.children
        if ours.kind != theirs.kind or (base is not None and old is None and not emptied):
            return self._conflict(base, ours, theirs, path)
        empty = Branch({}, ours.shape, ours.ordered, ours.key)
        return self._children(old or empty, ours, theirs, path)

    def _children(self, base: Branch, ours: Branch, theirs: Branch, path: str) -> Branch:
        merged: dict[str, Element] = {}
        for key in dict.fromkeys((*base.children, *ours.children, *theirs.children)):
            found = self.of(
                base.children.get(key),
                ours.children.get(key),
                theirs.children.get(key),
                path + step(ours, key),
            )
            if found is not None:
                merged[key] = found
        keys = self._order(base, ours, theirs, merged, path)
        return Branch(
            {key: merged[key] for key in keys},
            ours.shape,
            ours.ordered and theirs.ordered,
            ours.key,
            ours.kind,
            ours.before,
        )

    def _order(
        self, base: Branch, ours: Branch, theirs: Branch, kept: Mapping[str, Element], path: str
    ) -> tuple[str, ...]:
        orders = [tuple(branch.children) for branch in (base, ours, theirs)]
        found = merged_order(orders[0], orders[1], orders[2], kept, keep_base=self.keep is Side.BASE)
        if found.torn and (ours.ordered or theirs.ordered):
            chosen = self._ask(f"{path}/order", [list(one) for one in orders], Reason.ORDER)
            wanted = [key for key in dict(zip(Side, orders, strict=True))[chosen] if key in kept]
            return _led_by(wanted, found.keys)
        if ours.ordered and theirs.ordered and rows_at_one_place(path, orders, found.keys, kept):
            chosen = self._ask(f"{path}/order", [list(one) for one in orders], Reason.PLACE)
            if chosen is Side.THEIRS:
                return merged_order(orders[0], orders[2], orders[1], kept).keys
        return found.keys

    def _places(self, base: Branch | None, ours: Branch, theirs: Branch, path: str) -> Branch:
        """Merge which field follows which; on which page a field stands is said at the field itself."""
        empty = Branch({}, Shape.SET, ordered=True)
        pages: dict[str, Element] = {}
        for page in dict.fromkeys((*ours.children, *theirs.children)):
            sides = [child(side, page) for side in (base, ours, theirs)]
            branches = [side if isinstance(side, Branch) else empty for side in sides]
            every = {key: leaf for side in reversed(branches) for key, leaf in side.children.items()}
            keys = self._order(branches[0], branches[1], branches[2], every, f"{path}[id={page}]/fields")
            pages[page] = Branch({key: every[key] for key in keys}, Shape.SET, ordered=True)
        return Branch(pages, kind=PLACES)

    def _origin(self, base: Element | None, ours: Branch, theirs: Branch, path: str) -> Element | None:
        """Of two versions of one origin the higher stands, whole: a digest belongs to its version."""
        if all(text(ours, key) == text(theirs, key) for key in ("publisher", "id")):
            versions = [text(side, "version") for side in (ours, theirs)]
            found = higher(*versions)
            if found is not None and versions[0] != versions[1]:
                return ours if found == versions[0] else theirs
        return self._conflict(base, ours, theirs, path)


def _led_by(wanted: Sequence[str], keys: Sequence[str]) -> tuple[str, ...]:
    """Put keys in the order of those wanted; each other one stays behind the key it followed."""
    known = set(wanted)
    after: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in keys:
        if key in known:
            last = key
        else:
            after.setdefault(last, []).append(key)
    return (*after.get(None, ()), *(one for key in wanted for one in (key, *after.get(key, ()))))


def merge_trees(
    base: Tree, ours: Tree, theirs: Tree, *, keep: Side, choices: Choices = _NOTHING_CHOSEN
) -> tuple[Tree, tuple[Conflict, ...]]:
    """This function will merge the files of three packages; a conflict is found whichever side comes first.

    Where both disagree the chosen side's word stands, else that of `keep`, and the disagreement is a conflict.
    """
    merge = _Merge(keep, choices)
    merged: dict[str, Element] = {}
    for path in sorted({*base, *ours, *theirs}):
        found = merge.of(base.get(path), ours.get(path), theirs.get(path), f"{path}#")
        if found is not None:
            merged[path] = found
    return merged, tuple(merge.conflicts)


def whole_file(path: str) -> str:
    """This function will return a conflict's path without the mark of an empty place inside its file."""
    return path.removesuffix("#")
