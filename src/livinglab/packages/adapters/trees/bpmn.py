"""A process as a tree: elements by id, each telling its lane and its process itself; diagrams are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from livinglab.packages.adapters.located import refused
from livinglab.packages.adapters.xml_files import Element as Node
from livinglab.packages.adapters.xml_files import read_xml
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Shape, children

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES: Final = {
    MODEL: "",
    "urn:livinglab:package:1": "ll",
    "http://www.omg.org/spec/BPMN/20100524/DI": "bpmndi",
    "http://www.omg.org/spec/DD/20100524/DC": "dc",
    "http://www.omg.org/spec/DD/20100524/DI": "di",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
}
DIAGRAM: Final = "bpmndi:BPMNDiagram"
_PROSE: Final = frozenset({"name", "documentation"})
_SAID_BY_FLOWS: Final = frozenset({"incoming", "outgoing"})


def local(name: tuple[str, str]) -> str:
    """This function will write a name with its usual prefix; one of an unknown namespace as `{address}name`."""
    address, rest = name
    if address not in NAMESPACES:
        return f"{{{address}}}{rest}" if address else rest
    return f"{NAMESPACES[address]}:{rest}" if NAMESPACES[address] else rest


def tag_of(node: Node) -> str:
    """This function will return the name of an XML element with its usual prefix."""
    return local((node.namespace, node.name))


def bpmn_tree(path: str, text: str) -> Branch:
    """This function will return the tree of a process file. Errors: PackageRefused."""
    root = read_xml(path, text)
    processes: dict[str, Element] = {}
    lanes: dict[str, Element] = {}
    elements: dict[str, Element] = {}
    others: list[Node] = []
    for node in root.children:
        name = tag_of(node)
        if name == "process":
            process = _identity(path, node, processes)
            processes[process] = _process(path, node, process, lanes, elements)
        elif name != DIAGRAM:
            others.append(node)
    return Branch(
        {
            "definitions": Branch({**_attributes(root), **_parts(path, others, 0)}),
            "processes": Branch(processes, Shape.LIST, key="id"),
            "lanes": Branch(lanes, Shape.LIST, key="id"),
            "elements": Branch(elements, Shape.LIST, key="id"),
        }
    )


def _process(
    path: str, process: Node, name: str, lanes: dict[str, Element], elements: dict[str, Element]
) -> Branch:
    lane_of: dict[str, str] = {}
    others: list[Node] = []
    sets: list[Node] = []
    for node in process.children:
        if tag_of(node) == "laneSet":
            sets.append(node)
            for lane in node.children:
                lanes[_identity(path, lane, lanes)] = _lane(path, lane, name, lane_of)
    for node in process.children:
        tag = tag_of(node)
        if tag == "laneSet":
            continue
        if not _id(node) or tag == "extensionElements":
            others.append(node)
            continue
        key = _identity(path, node, elements)
        told = {"element": tag, "process": name} | ({"lane": lane_of.pop(key)} if key in lane_of else {})
        elements[key] = Branch(
            {**{part: Leaf(value) for part, value in told.items()}, **_inside(path, node, 1)}
        )
    for stray, at in lane_of.items():
        lanes[at] = _with_stray(lanes[at], stray)
    facts: dict[str, Element] = {**_attributes(process), **_parts(path, others, 1)}
    return Branch({**facts, "laneSet": Leaf(_id(sets[0]))} if sets and _id(sets[0]) else facts)


def _with_stray(lane: Element, stray: str) -> Branch:
    """Keep in a lane the name of an element that its process does not have."""
    strays: dict[str, Element] = {**children(lane, "strays"), stray: Leaf(stray)}
    parts: dict[str, Element] = {**children(lane), "strays": Branch(strays, Shape.SET)}
    return Branch(parts)


def _lane(path: str, lane: Node, process: str, lane_of: dict[str, str]) -> Branch:
    name = _id(lane)
    others: list[Node] = []
    for node in lane.children:
        member = node.text.strip()
        if tag_of(node) != "flowNodeRef":
            others.append(node)
        elif member in lane_of:
            raise refused(
                "P018", path, node.line, problem="xml_lane", found=member, wanted=lane_of[member], other=name
            )
        else:
            lane_of[member] = name
    return Branch({"process": Leaf(process), **_attributes(lane), **_parts(path, others, 2)})


def _id(node: Node) -> str:
    return node.attributes.get(("", "id"), "")


def _identity(path: str, node: Node, known: Mapping[str, object]) -> str:
    key = _id(node)
    if not key or key in known:
        raise refused("P018", path, node.line, problem="xml_id", found=key, wanted=tag_of(node))
    return key


def _inside(path: str, node: Node, level: int) -> dict[str, Element]:
    kept = [part for part in node.children if tag_of(part) not in _SAID_BY_FLOWS]
    found = {**_attributes(node), **_parts(path, kept, level)}
    said = node.text.strip()
    if said:
        found["text"] = Leaf(said)
    return found


def _parts(path: str, nodes: list[Node], level: int) -> dict[str, Element]:
    """Return the children by tag; of several with one tag, the second and further carry their number."""
    seen: Counter[str] = Counter()
    found: dict[str, Element] = {}
    for node in nodes:
        tag = tag_of(node)
        seen[tag] += 1
        key = tag if seen[tag] == 1 else f"{tag}[{seen[tag]}]"
        inner = _inside(path, node, level + 1)
        if tag == "conditionExpression":
            inner.pop("xsi:type", None)  # says only that it is an expression
        only = inner.get("text") if set(inner) == {"text"} else None
        found[f"<{key}>"] = Leaf(only.value, prose=tag in _PROSE) if isinstance(only, Leaf) else Branch(inner)
    return found


def _attributes(node: Node) -> dict[str, Element]:
    return {local(key): Leaf(value, prose=key[1] in _PROSE) for key, value in node.attributes.items()}


def diagram_of(root: Node) -> Iterator[Node]:
    """This function will yield the shapes and edges of a file's diagram."""
    for node in root.children:
        if tag_of(node) in ("bpmndi:BPMNShape", "bpmndi:BPMNEdge"):
            yield node
        yield from diagram_of(node)
