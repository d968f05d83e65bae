"""A process as a picture of lines and words, for paper and for pages without a program. The list in words says more."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.layout import Box, Point, lay_out
from livinglab.packages.domain.process import Node, NodeKind, Process

#: characters of a name that fit on a line: in the box of a task, and beside an event or a gateway
_IN_A_BOX: Final = 16
_ASIDE: Final = 18
_LINES: Final = 5
_LINE_HEIGHT: Final = 13
_MARGIN: Final = 10
_HEAD: Final = 7  # of an arrow, in both directions
_ROUND: Final = frozenset({NodeKind.START, NodeKind.END, NodeKind.TIMER, NodeKind.BOUNDARY})
_DIAMONDS: Final = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words: where its middle stands, and what it says."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A step: `form` is box, round or diamond; `is_strong` for an end, `mark` stands inside a gateway."""

    form: str
    box: Box
    is_strong: bool
    mark: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A flow: its corners and its head as points of SVG."""

    points: str
    head: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with the name that stands at its left border, turned."""

    box: Box
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A process as drawn: `view` is the part of the plane to be seen, as SVG says it. All numbers are pixels."""

    view: str
    width: int
    height: int
    lanes: tuple[Lane, ...]
    shapes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]


def picture(process: Process, roles: Mapping[str, str]) -> Picture:
    """This function will return the picture of a process; `roles` are the names of its lanes in a language."""
    drawing = lay_out(process)
    boxes = (*drawing.lanes.values(), *drawing.nodes.values(), *drawing.labels.values())
    left, top = min(one.x for one in boxes) - _MARGIN, min(one.y for one in boxes) - _MARGIN
    width = max(one.right for one in boxes) + _MARGIN - left
    height = max(one.bottom for one in boxes) + _MARGIN - top
    return Picture(
        view=f"{left} {top} {width} {height}",
        width=width,
        height=height,
        lanes=tuple(Lane(box, roles.get(name, name)) for name, box in drawing.lanes.items()),
        shapes=tuple(
            _shape(process.nodes[name], box, drawing.labels.get(name)) for name, box in drawing.nodes.items()
        ),
        arrows=tuple(_arrow(points) for points in drawing.flows.values()),
    )


def _shape(node: Node, box: Box, label: Box | None) -> Shape:
    form = "round" if node.kind in _ROUND else "diamond" if node.kind in _DIAMONDS else "box"
    mark = {NodeKind.EXCLUSIVE: "×", NodeKind.PARALLEL: "+"}.get(node.kind, "")
    return Shape(form, box, node.kind is NodeKind.END, mark, _lines(node.name, form, box, label))


def _lines(name: str, form: str, box: Box, label: Box | None) -> tuple[Line, ...]:
    """Return the name in lines: inside a box, else below the step or where its label stands."""
    said = textwrap.wrap(name, _IN_A_BOX if form == "box" else _ASIDE)[:_LINES]
    x, middle = (label or box).middle
    first = middle - (len(said) - 1) * _LINE_HEIGHT // 2 + _LINE_HEIGHT // 3
    if form != "box" and label is None:
        first = box.bottom + _LINE_HEIGHT
    return tuple(Line(x, first + nth * _LINE_HEIGHT, text) for nth, text in enumerate(said))


def _arrow(points: tuple[Point, ...]) -> Arrow:
    """Return a flow with its head, which points to the right: every flow comes to its target from the left."""
    x, y = points[-1]
    head = ((x, y), (x - _HEAD, y - _HEAD // 2), (x - _HEAD, y + _HEAD // 2))
    return Arrow(_said(points), _said(head))


def _said(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
