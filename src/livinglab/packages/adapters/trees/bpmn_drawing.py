"""The drawing of a process file (BPMN diagram interchange): read, left out, or made where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from livinglab.packages.adapters.trees.bpmn import DIAGRAM, NAMESPACES, bpmn_tree, diagram_of, tag_of
from livinglab.packages.adapters.trees.bpmn_writing import write_bpmn
from livinglab.packages.adapters.xml_files import Element, read_xml
from livinglab.packages.domain.layout import Box, Drawing, Point
from livinglab.packages.domain.process import NodeKind, Process

#: what a drawing says of each part: the four numbers of its box, or the corners of its line
Geometry = Mapping[str, tuple[Point, ...]]

_PATH: Final = "process.bpmn"
_SPACES: Final = "".join(
    f' xmlns:{prefix}="{address}"'
    for address, prefix in NAMESPACES.items()
    if prefix in ("bpmndi", "dc", "di")
)
_LISTED: Final = re.compile(r"<(?P<tag>(?:[\w.-]+:)?(?:incoming|outgoing))>[^<]*</(?P=tag)>")


def geometry_of(text: str) -> Geometry:
    """This function will return where a file draws its parts, by id; a part that is not drawn is left out."""
    return {
        node.attributes.get(("", "bpmnElement"), ""): tuple(_numbers(node))
        for node in diagram_of(read_xml(_PATH, text))
    }


def is_drawn(text: str, process: Process) -> bool:
    """This function will tell whether a file draws every lane, step and flow of a process."""
    return {*process.lanes, *process.nodes, *process.flows} <= set(geometry_of(text))


def undrawn(text: str) -> str:
    """This function will return a process file without its drawing."""
    if not any(tag_of(part) == DIAGRAM for part in read_xml(_PATH, text).children):
        return text
    return write_bpmn(bpmn_tree(_PATH, text), ("", "", ""))


def unlisted(text: str) -> str:
    """This function will return a process file whose steps do not list their flows (`incoming`, `outgoing`)."""
    return _LISTED.sub("", text)


def with_drawing(text: str, process: Process, drawing: Drawing) -> str:
    """This function will return a process file without a drawing with this one."""
    head, _between, _tail = text.rpartition("</")
    return f"{head.rstrip()}\n" + "\n".join(_lines(process, drawing)) + f"\n</{_tail}"


def geometry(drawing: Drawing) -> Geometry:
    """This function will return a drawing as `geometry_of` reads it."""
    boxes = {**drawing.lanes, **drawing.nodes}
    return {**{name: _corners(box) for name, box in boxes.items()}, **drawing.flows}


def _corners(box: Box) -> tuple[Point, ...]:
    return (box.x, box.y), (box.width, box.height)


def _numbers(shape: Element) -> Iterator[Point]:
    for part in shape.children:
        said = {name: round(float(part.attributes.get(("", name), "0"))) for name in ("x", "y")}
        if part.name == "waypoint":
            yield said["x"], said["y"]
        elif part.name == "Bounds":
            size = [round(float(part.attributes.get(("", name), "0"))) for name in ("width", "height")]
            yield said["x"], said["y"]
            yield size[0], size[1]


def _lines(process: Process, drawing: Drawing) -> Iterator[str]:
    yield f'  <{DIAGRAM} id="drawing"{_SPACES}>'
    yield f'    <bpmndi:BPMNPlane id="drawing_plane" bpmnElement={quoteattr(process.id)}>'
    for name, box in (*drawing.lanes.items(), *drawing.nodes.items()):
        kind = process.nodes[name].kind if name in process.nodes else None
        aside = ' isHorizontal="true"' if kind is None else ""
        aside += ' isMarkerVisible="true"' if kind is NodeKind.EXCLUSIVE else ""
        yield f"      <bpmndi:BPMNShape id={quoteattr(name + '_shape')} bpmnElement={quoteattr(name)}{aside}>"
        yield f"        {_bounds(box)}"
        if name in drawing.labels:
            yield f"        <bpmndi:BPMNLabel>{_bounds(drawing.labels[name])}</bpmndi:BPMNLabel>"
        yield "      </bpmndi:BPMNShape>"
    for name, points in drawing.flows.items():
        yield f"      <bpmndi:BPMNEdge id={quoteattr(name + '_edge')} bpmnElement={quoteattr(name)}>"
        yield from (f'        <di:waypoint x="{x}" y="{y}"/>' for x, y in points)
        yield "      </bpmndi:BPMNEdge>"
    yield "    </bpmndi:BPMNPlane>"
    yield f"  </{DIAGRAM}>"


def _bounds(box: Box) -> str:
    return f'<dc:Bounds x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"/>'
