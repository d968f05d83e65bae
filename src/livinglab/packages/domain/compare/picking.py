"""Some changes of a tree and not the others: what stands when only the picked ones are made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from livinglab.packages.domain.compare.aligning import can_be_keyed, keyed, unkeyed
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Run, Shape, Tree, same, step
from livinglab.packages.domain.compare.merging import PLACES, whole_file


def picked(old: Tree, new: Tree, paths: Collection[str]) -> Tree:
    """This function will return the old tree with those changes of the new one made that stand at the named paths.

    The paths are those of `changes(old, new)`. All of them give the new tree, none the old one.
    """
    pick = _Pick(frozenset(paths))
    found = {path: pick.between(old.get(path), new.get(path), f"{path}#") for path in sorted({*old, *new})}
    return {path: element for path, element in found.items() if element is not None}


@dataclass(frozen=True, slots=True)
class _Pick:
    paths: frozenset[str]

    def between(self, old: Element | None, new: Element | None, path: str) -> Element | None:
        if same(old, new):
            return old
        if isinstance(old, Run) and isinstance(new, Run) and can_be_keyed(old, new):
            before, after, _ = keyed(old, new, None)
            return unkeyed(self._children(before, after, path), new)
        if isinstance(old, Branch) and isinstance(new, Branch) and old.shape == new.shape:
            if old.kind == new.kind:
                return self._children(old, new, path)
            return new if any(one.startswith(whole_file(path)) for one in self.paths) else old
        return new if whole_file(path) in self.paths else old

    def _children(self, old: Branch, new: Branch, path: str) -> Branch:
        found: dict[str, Element] = {}
        has_places = _has_places(old) or _has_places(new)
        for key in dict.fromkeys((*old.children, *new.children)):
            if key == "places" and has_places:
                continue
            inner = self.between(old.children.get(key), new.children.get(key), path + step(new, key))
            if inner is not None:
                found[key] = inner
        wanted = {key for key in found if whole_file(path + step(new, key)) in self.paths}
        order = _order(tuple(old.children), tuple(new.children), found, wanted)
        parts = {key: found[key] for key in order}
        if has_places and "x-pages" in found:
            parts["places"] = self._places(old, new, found, path)
        whole = Branch(parts, new.shape, new.ordered, new.key, new.kind, new.before)
        return new if same(whole, new) else replace(old, children=parts)

    def _places(self, old: Branch, new: Branch, form: Mapping[str, Element], path: str) -> Branch:
        """Put each field on the page that it names itself now; only picked moves change the order there."""
        before, after, fields = _pages(old), _pages(new), _under(form.get("properties"))
        wanted = {key for key in fields if f"{path}/properties/{key}" in self.paths}
        pages: dict[str, Element] = {}
        for page in _under(form.get("x-pages")):
            here = {key: Leaf(key) for key, field in fields.items() if _page_of(field) == page}
            order = _order(before.get(page, ()), after.get(page, ()), here, wanted)
            pages[page] = Branch({key: here[key] for key in order}, Shape.SET, ordered=True)
        return Branch(pages, kind=PLACES)


def _order(
    old: Sequence[str], new: Sequence[str], kept: Collection[str], wanted: Collection[str]
) -> list[str]:
    """Return the kept keys in the old order; what came, and what was picked, stands after what it follows in new."""
    coming = {key for key in new if key in kept and (key not in old or key in wanted)}
    order = [key for key in old if key in kept and key not in coming]
    previous: str | None = None
    for key in new:
        if key in coming:
            order.insert(order.index(previous) + 1 if previous is not None else 0, key)
        if key in order:
            previous = key
    return order


def _has_places(branch: Branch) -> bool:
    places = branch.children.get("places")
    return isinstance(places, Branch) and places.kind == PLACES


def _pages(form: Branch) -> dict[str, tuple[str, ...]]:
    return {page: tuple(_under(fields)) for page, fields in _under(form.children.get("places")).items()}


def _page_of(field: Element) -> str:
    page = _under(field).get("page")
    return str(page.value) if isinstance(page, Leaf) else ""


def _under(element: Element | None) -> Mapping[str, Element]:
    return element.children if isinstance(element, Branch) else {}
