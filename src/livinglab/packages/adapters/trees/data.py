"""Plain data as a tree: which lists have keys, where order means something, which texts are prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Run, Scalar, Shape
from livinglab.packages.domain.compare.merging import ORIGIN, VERSION

_KEYS: Final = ("id", "value")
_ORDERED: Final = frozenset({"x-pages", "x-options", "options", "fields"})
_IN_PLACE: Final = frozenset({"lines", "steps"})  # lists whose items are told apart by their place
_TEXTS: Final = frozenset({"id", "en"})


def tree(data: object) -> Element:
    """This function will return the tree of a file that holds plain data."""
    return _element(data, "", prose=False)


def _element(data: object, name: str, *, prose: bool) -> Element:
    if isinstance(data, Mapping):
        return _map(data, name, identified=not name)
    if isinstance(data, list):
        return _list(data, name)
    assert data is None or isinstance(data, Scalar)
    return Leaf(data, prose=prose and isinstance(data, str))


def _map(data: Mapping[str, object], name: str, *, identified: bool) -> Branch:
    """Turn an object into a branch; in one without an identity, `id` and `en` are texts in two languages."""
    texts = frozenset() if identified else _TEXTS
    children = {
        key: (
            Leaf(part, kind=VERSION)
            if identified and not name and key == "version" and isinstance(part, str)
            else _element(part, key, prose=key in texts)
        )
        for key, part in data.items()
    }
    origin = children.get("derived_from") if not name else None
    if isinstance(origin, Branch):
        children["derived_from"] = Branch(origin.children, kind=ORIGIN)
    rows_in_order = name == "" and data.get("hit") == "first"
    if rows_in_order and isinstance(rows := children.get("rows"), Branch):
        children["rows"] = Branch(rows.children, rows.shape, ordered=True, key=rows.key)
    return Branch(children)


def _list(data: list[object], name: str) -> Branch | Run:
    ordered = name in _ORDERED
    if name not in _IN_PLACE and data:
        if name == "indicators" and (keys := _joined_keys(data)):
            return _keyed_list(data, keys, "indicator", ordered=False)
        for key in _KEYS:
            named = [item.get(key) if isinstance(item, Mapping) else None for item in data]
            if all(isinstance(one, str) for one in named) and len(set(named)) == len(named):
                return _keyed_list(data, [str(one) for one in named], key, ordered=ordered)
        words = [str(item) for item in data]
        if not any(isinstance(item, Mapping | list) for item in data) and len(set(words)) == len(words):
            leaves = [Leaf(item) for item in data if item is None or isinstance(item, Scalar)]
            return Branch(dict(zip(words, leaves, strict=True)), Shape.SET, ordered=ordered)
    if name in _IN_PLACE or data:
        return Run(tuple(_element(item, "item", prose=False) for item in data))
    return Branch({}, Shape.SET, ordered=ordered)


def _joined_keys(data: list[object]) -> list[str]:
    """Name indicators by instrument and number; nothing where that does not tell them apart."""
    names = [
        f"{item['instrument']}:{item['indicator']}"
        for item in data
        if isinstance(item, Mapping) and "instrument" in item and "indicator" in item
    ]
    return names if len(set(names)) == len(data) else []


def _keyed_list(data: list[object], keys: list[str], key: str, *, ordered: bool) -> Branch:
    items = [_map(item, "item", identified=True) for item in data if isinstance(item, Mapping)]
    return Branch(dict(zip(keys, items, strict=True)), Shape.LIST, ordered=ordered, key=key)
