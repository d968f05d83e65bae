"""A process file as a drawing program or a viewer wants it, and as it is kept: what was drawn by hand stays."""

from __future__ import annotations

from collections.abc import Mapping

from livinglab.packages.adapters.process_files import diagram_from
from livinglab.packages.adapters.trees.bpmn import bpmn_tree
from livinglab.packages.adapters.trees.bpmn_drawing import (
    geometry,
    geometry_of,
    is_drawn,
    undrawn,
    unlisted,
    with_drawing,
)
from livinglab.packages.adapters.trees.bpmn_writing import write_bpmn
from livinglab.packages.adapters.xml_files import Element as XmlElement
from livinglab.packages.adapters.xml_files import read_xml
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, child, children, same, text
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.layout import lay_out

__all__ = ["called_drawn", "drawn", "kept", "names_by_line"]

_PATH = "process.bpmn"
#: what an attribute means where it is left out (BPMN 2.0): drawing programs leave it out
_MEANT = {"boundaryEvent": {"cancelActivity": "true"}}


def drawn(file: str) -> str:
    """This function will return a process file with a drawing of its main process: its own where that is whole.

    Errors: PackageRefused where the file is not of the subset of the standard.
    """
    process = diagram_from(_PATH, file).main
    if is_drawn(file, process):
        return file
    return with_drawing(undrawn(file), process, lay_out(process))


def called_drawn(file: str) -> tuple[tuple[str, str], ...]:
    """This function will return each process that is called, with a file in which that one is drawn, to be looked at.

    It is laid out by this platform, since a file draws its main process. Errors: PackageRefused.
    """
    called = diagram_from(_PATH, file).called
    plain = undrawn(file) if called else file
    return tuple((name, with_drawing(plain, one, lay_out(one))) for name, one in called.items())


def kept(before: str, sent: str) -> str:
    """This function will return a file that a drawing program sent, as it is kept in place of `before`.

    What the program adds by itself goes away: names of its own on the file, flows listed at steps, and a drawing that
    is as this platform makes it. A file that says the same as before stays as it was, byte for byte, unless it was
    drawn anew. Errors: PackageRefused where the sent file is not of the subset of the standard.
    """
    process = diagram_from(_PATH, sent).main
    tree, old = bpmn_tree(_PATH, sent), bpmn_tree(_PATH, before)
    parts: dict[str, Element] = {
        **tree.children,
        "definitions": old.children["definitions"],
        "elements": _elements(tree, old),
    }
    whole = Branch(parts, tree.shape)
    drawing = geometry_of(sent)
    if same(whole, old) and drawing == geometry_of(drawn(before)):
        return before
    by_hand = drawing != geometry(lay_out(process))
    return write_bpmn(whole, ("", unlisted(sent) if by_hand else "", ""))


def names_by_line(file: str) -> Mapping[int, str]:
    """This function will return what people call the part of a process file that stands on each line.

    A line inside a part is that part's. Nothing is returned of a file that is no XML.
    """
    try:
        root = read_xml(_PATH, file)
    except PackageRefused:
        return {}
    found: dict[int, str] = {}
    _name_lines(root, "", found)
    return found


def _name_lines(part: XmlElement, above: str, found: dict[int, str]) -> None:
    name = part.attributes.get(("", "name")) or part.attributes.get(("", "id")) or above
    found.setdefault(part.line, name)
    for inner in part.children:
        _name_lines(inner, name, found)


def _elements(tree: Branch, old: Branch) -> Branch:
    """Say again what was said before and means the same unsaid."""
    elements = tree.children["elements"]
    assert isinstance(elements, Branch)
    found: dict[str, Element] = {}
    for name, element in elements.children.items():
        was = child(old, "elements", name)
        meant = _MEANT.get(text(element, "element"), {})
        said = {
            key: Leaf(value)
            for key, value in meant.items()
            if key not in children(element) and text(was, key) == value
        }
        found[name] = Branch({**children(element), **said}) if said else element
    return Branch(found, elements.shape, key=elements.key)
