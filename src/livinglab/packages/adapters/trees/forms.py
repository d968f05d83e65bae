"""A form as a tree in which each field says itself whether it is required and on which page it stands.

So a field that moves to another page, becomes required or goes away is one edit of that field, not three of lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from livinglab.packages.adapters.trees.data import tree
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Shape, children, plain
from livinglab.packages.domain.compare.merging import PLACES

_FORM: Final = "form"
_OWN: Final = frozenset({"required", "page"})


def form_tree(data: object) -> Element:
    """This function will return the tree of a form; of one that does not hold together, the tree of its bare data."""
    bare = tree(data)
    return _told_by_fields(bare) if isinstance(bare, Branch) else bare


def form_data(element: Element) -> object:
    """This function will return a form's data from its tree."""
    return plain(_told_by_lists(element))


def _told_by_fields(form: Branch) -> Branch:
    fields, pages = children(form, "properties"), children(form, "x-pages")
    if not _holds_together(form, fields, pages):
        return form
    page_of = {
        name: page for page, one in pages.items() for name in children(one, "fields") if name in fields
    }
    required = set(children(form, "required"))
    parts = dict(form.children)
    parts["properties"] = Branch(
        {name: _field(field, name in required, page_of.get(name)) for name, field in fields.items()},
        ordered=not pages,
    )
    if "required" in parts:
        parts["required"] = _without(children(form, "required"), fields)
    if pages:
        parts["x-pages"] = Branch(
            {page: _page(one, page, page_of) for page, one in pages.items()},
            Shape.LIST,
            ordered=True,
            key="id",
        )
        parts["places"] = Branch(
            {page: _ordered(children(one, "fields")) for page, one in pages.items()}, kind=PLACES
        )
    return Branch(parts, kind=_FORM)


def _holds_together(form: Branch, fields: Mapping[str, Element], pages: Mapping[str, Element]) -> bool:
    """Whether fields, the required ones and pages are written so that each name can be told apart."""
    lists = [form.children.get("required"), *(page.children.get("fields") for page in _branches(pages))]
    return (
        bool(fields)
        and all(isinstance(field, Branch) and not _OWN & field.children.keys() for field in fields.values())
        and all(one is None or (isinstance(one, Branch) and one.shape is Shape.SET) for one in lists)
        and (("x-pages" in form.children) == bool(pages))
    )


def _branches(elements: Mapping[str, Element]) -> list[Branch]:
    return [one for one in elements.values() if isinstance(one, Branch)]


def _field(field: Element, required: bool, page: str | None) -> Branch:
    assert isinstance(field, Branch)
    parts = dict(field.children)
    inner = parts.get("items")
    if isinstance(inner, Branch):
        parts["items"] = _told_by_fields(inner)
    if required:
        parts["required"] = Leaf(True)
    if page is not None:
        parts["page"] = Leaf(page)
    return Branch(parts)


def _page(page: Element, name: str, page_of: Mapping[str, str]) -> Branch:
    assert isinstance(page, Branch)
    here = {field for field, at in page_of.items() if at == name}
    fields = _without(children(page, "fields"), here)
    return Branch({key: fields if key == "fields" else part for key, part in page.children.items()})


def _without(names: Mapping[str, Element], known: Mapping[str, object] | set[str]) -> Branch:
    return Branch({name: leaf for name, leaf in names.items() if name not in known}, Shape.SET)


def _ordered(names: Mapping[str, Element]) -> Branch:
    return Branch(dict(names), Shape.SET, ordered=True)


def _told_by_lists(element: Element) -> Element:
    if not isinstance(element, Branch) or element.kind != _FORM:
        return element
    fields = children(element, "properties")
    parts = {key: part for key, part in element.children.items() if key != "places"}
    parts["properties"] = Branch({name: _bare(field) for name, field in fields.items()})
    required = [name for name, field in fields.items() if "required" in children(field)]
    if required or "required" in parts:
        strays = children(element, "required")
        parts["required"] = _names([*required, *strays])
    pages = children(element, "x-pages")
    if pages:
        page_of = {name: _said(field, "page") for name, field in fields.items()}
        last = list(pages)[-1]
        page_of = {name: page if page in pages else last for name, page in page_of.items() if page}
        parts["x-pages"] = Branch(
            {page: _full_page(element, one, page, page_of) for page, one in pages.items()},
            Shape.LIST,
            key="id",
        )
    return Branch(parts)


def _full_page(form: Branch, page: Element, name: str, page_of: Mapping[str, str]) -> Branch:
    strays = children(page, "fields")
    order = children(form, "places", name)
    here = [field for field in order if page_of.get(field) == name or field in strays]
    here += [field for field, at in page_of.items() if at == name and field not in here]
    here += [field for field in strays if field not in here]
    return Branch({**children(page), "fields": _names(here)})


def _bare(field: Element) -> Element:
    if not isinstance(field, Branch):
        return field
    return Branch({key: _told_by_lists(part) for key, part in field.children.items() if key not in _OWN})


def _said(field: Element, key: str) -> str:
    leaf = children(field).get(key)
    return str(leaf.value) if isinstance(leaf, Leaf) else ""


def _names(names: list[str]) -> Branch:
    return Branch({name: Leaf(name) for name in names}, Shape.SET)
