"""Which other parts of a package use one of its parts, each place said so that somebody finds it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.domain.compare.elements import Element, Tree, child, children, keys_of, text
from livinglab.packages.domain.compare.references import FORM, PACKAGE, PROCESS, Name, leanings
from livinglab.packages.domain.contents import BESIDE, identifier, kind_of

__all__ = ["uses_of"]

Texts = Mapping[str, str]  # the files of a package by path


def uses_of(texts: Texts, name: Name, *, besides: str = "", language: str = "id") -> tuple[str, ...]:
    """This function will say every place that uses a name, such as ("outputs", "eligibility", "urgent").

    What begins with the path `besides` is left out: what a part says of itself. In the language in force, with the
    titles that `language` has. Errors: PackageRefused for a file nobody can read.
    """
    tree = {path: read_tree(path, content) for path, content in texts.items() if path not in BESIDE}
    places = (place for place, used in leanings(tree) if used[: len(name)] == name)
    told = (_told(tree, place, language) for place in places if not (besides and place.startswith(besides)))
    return tuple(dict.fromkeys(told))


def _told(tree: Tree, place: str, language: str) -> str:
    path, *keys = keys_of(place)
    file = tree.get(path)
    if path == PROCESS and len(keys) > 1:
        return _in_process(children(file, "elements"), keys[1])
    if path == PACKAGE:
        return _in_package(file, keys, language)
    title = _title(file, language) or identifier(path) or path
    if path == FORM or path.startswith("tasks/"):
        field = _title(child(file, "properties", keys[1]), language) if len(keys) > 1 else ""
        return _("form “%(form)s”, field “%(field)s”") % {"form": title, "field": field or keys[-1]}
    if path.startswith("rules/"):
        return _in_rule(file, title, keys)
    if path.startswith("scenarios/"):
        if keys[:1] == ["steps"] and len(keys) > 1:
            return _("scenario “%(scenario)s”, step %(step)s") % {"scenario": title, "step": keys[1]}
        return _("scenario “%(scenario)s”") % {"scenario": title}
    if kind_of(path) == "message":
        return _("message “%(message)s”") % {"message": identifier(path)}
    return _("document “%(document)s”") % {"document": identifier(path)}


def _in_process(elements: Mapping[str, Element], key: str) -> str:
    element = elements.get(key)
    if text(element, "element") != "sequenceFlow":
        return _("process, step “%(step)s”") % {"step": text(element, "name") or key}
    ends = {
        side: text(elements.get(text(element, end)), "name") or text(element, end)
        for side, end in (("one", "sourceRef"), ("other", "targetRef"))
    }
    return _("process, the way from “%(one)s” to “%(other)s”") % ends


def _in_package(file: Element | None, keys: list[str], language: str) -> str:
    if keys[:1] == ["standard"]:
        return _("service standard, fee")
    title = _title(child(file, *keys[:2]), language) or keys[-1]
    return _("service, “%(part)s”") % {"part": title}


def _in_rule(file: Element | None, title: str, keys: list[str]) -> str:
    if keys[:1] == ["rows"] and len(keys) > 1:
        number = list(children(file, "rows")).index(keys[1]) + 1
        return _("decision table “%(table)s”, row %(row)s") % {"table": title, "row": number}
    return _("decision table “%(table)s”, what is looked at") % {"table": title}


def _title(element: Element | None, language: str) -> str:
    for key in ("x-title", "title", "name"):
        said = child(element, key)
        if said is not None:
            return text(said, language) or text(said, "id") or text(element, key)
    return ""
