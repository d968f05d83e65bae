"""Where the parts of a process stand in its drawing: lanes below each other, steps from left to right.

Each step has a cell of its own (lane, row, column), so that none covers another. A flow runs in the gaps between
columns and in the gutters below rows, where nothing else stands; flows to one step share their track. The same
process is always drawn the same. All numbers are pixels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from livinglab.packages.domain.process import Node, NodeKind, Process
from livinglab.packages.domain.process_order import columns, in_order, is_attached

Point = tuple[int, int]

_LEFT: Final = 160
_TOP: Final = 80
_HEADER: Final = 30  # a lane's name
_CELL: Final = (100, 80)  # a task fills it
_ROUND: Final = 36
_DIAMOND: Final = 50
_GATEWAYS: Final = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL})
_EVENTS: Final = frozenset({NodeKind.START, NodeKind.END, NodeKind.TIMER, NodeKind.BOUNDARY})
_GAP: Final = 50  # between columns, without tracks
_GUTTER: Final = 50  # below a row, without tracks: the name of an event or a gateway stands there
_TRACK: Final = 12
_PADDING: Final = 24  # above the first row of a lane


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Its right border."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower border."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A process as drawn: boxes of lanes and steps, the corners of each flow, and boxes for names that stand aside."""

    lanes: Mapping[str, Box]
    nodes: Mapping[str, Box]
    flows: Mapping[str, tuple[Point, ...]]
    labels: Mapping[str, Box]


def lay_out(process: Process) -> Drawing:
    """This function will return where everything stands. A flow from or to a step that is not there is left out."""
    return _Layout(process, columns(process)).drawing()


@dataclass(slots=True)
class _Way:
    """How a flow runs: by the gap behind its source, a gutter, the gap before its target; None where it need not."""

    first_gap: int | None = None
    gutter: int | None = None
    last_gap: int | None = None


@dataclass(slots=True)
class _Tracks:
    """Which tracks a gap or gutter has; a flow shares that of other flows to the same step."""

    taken: dict[int, dict[str, int]] = field(default_factory=dict)

    def take(self, place: int, target: str) -> None:
        here = self.taken.setdefault(place, {})
        here.setdefault(target, len(here))

    def at(self, place: int, target: str) -> int:
        return self.taken[place][target]

    def width(self, place: int) -> int:
        return _TRACK * len(self.taken.get(place, ()))


class _Layout:
    def __init__(self, process: Process, column: Mapping[str, int]) -> None:
        self.process = process
        self.column = column
        self.lanes = process.lanes or ("",)
        self.row: dict[str, int] = {}  # counted over all lanes
        self.first_row: dict[str, int] = {}
        self.rows = 0
        self._place()
        self.filled = {(self.row[name], column[name]) for name in column}
        self.gaps, self.gutters = _Tracks(), _Tracks()
        self.ways = {
            flow.id: self._way(flow.source, flow.target)
            for flow in process.flows.values()
            if flow.source in process.nodes and flow.target in column
        }

    def _place(self) -> None:
        """Give each step the free row of its lane that is nearest to the step before it."""
        before: dict[str, list[str]] = {name: [] for name in self.column}
        for flow in self.process.flows.values():
            if flow.source in self.column and flow.target in self.column:
                before[flow.target].append(flow.source)
        for lane in self.lanes:
            self.first_row[lane] = self.rows
            taken: set[tuple[int, int]] = set()
            own = [name for name in in_order(self.process) if self.process.nodes[name].lane == lane]
            place: dict[str, int] = {}
            for name in sorted(own, key=lambda one: self.column[one]):
                wanted = next((place[one] for one in before[name] if one in place), 0)
                free = (row for row in range(len(own) + 1) if (row, self.column[name]) not in taken)
                place[name] = min(free, key=lambda row: abs(row - wanted))
                taken.add((place[name], self.column[name]))
            self.row |= {name: row + self.rows for name, row in place.items()}
            self.rows += max(place.values(), default=0) + 1

    def _way(self, source: str, target: str) -> _Way:
        start, end = self._host(source), self.column[target]
        way = _Way()
        if is_attached(self.process, source):
            way = _Way(None, self.row[start], end - 1)
        elif not self._is_free(self.row[target], self.column[start], end):
            gutter = min(self.row[start], self.row[target])
            way = _Way(self.column[start], gutter, end - 1)
        elif self.row[start] != self.row[target]:
            way = _Way(self.column[start], None, None)
        for gap in (way.first_gap, way.last_gap):
            if gap is not None:
                self.gaps.take(gap, target)
        if way.gutter is not None:
            self.gutters.take(way.gutter, target)
        return way

    def _host(self, name: str) -> str:
        return self.process.nodes[name].attached_to if is_attached(self.process, name) else name

    def _is_free(self, row: int, start: int, end: int) -> bool:
        """Tell whether a flow may run along the row of its target: forwards, with nothing in between."""
        return start < end and not any((row, column) in self.filled for column in range(start + 1, end))

    def drawing(self) -> Drawing:
        lanes = self._lane_boxes()
        nodes = {name: self._box(self.process.nodes[name]) for name in self.column}
        labels: dict[str, Box] = {}
        standing: dict[str, list[Node]] = {}
        for node in self.process.nodes.values():
            if is_attached(self.process, node.id):
                standing.setdefault(node.attached_to, []).append(node)
        for host, events in standing.items():
            at = nodes[host]
            apart = min(_ROUND + 4, _CELL[0] // len(events))
            for place, event in enumerate(events):
                x = at.right - _ROUND - place * apart
                nodes[event.id] = Box(x, at.bottom - _ROUND // 2, _ROUND, _ROUND)
                labels[event.id] = Box(x - _CELL[0] + 14, at.bottom + _ROUND // 2 - 14, _CELL[0] - 18, 28)
        flows = {name: self._points(name, way, nodes) for name, way in self.ways.items()}
        return Drawing(lanes, nodes, flows, labels)

    def _column_x(self, column: int) -> int:
        gaps = sum(_GAP + self.gaps.width(gap) for gap in range(-1, column))
        return _LEFT + _HEADER + gaps + column * _CELL[0]

    def _row_y(self, row: int) -> int:
        lanes = sum(1 for first in self.first_row.values() if first <= row)
        gutters = sum(_GUTTER + self.gutters.width(one) for one in range(row))
        return _TOP + lanes * _PADDING + row * _CELL[1] + gutters

    def _lane_boxes(self) -> dict[str, Box]:
        last = max(self.column.values(), default=0)
        width = self._column_x(last + 1) - _LEFT
        ends = [*list(self.first_row.values())[1:], self.rows]
        found = {}
        for lane, end in zip(self.lanes, ends, strict=True):
            top = self._row_y(self.first_row[lane]) - _PADDING
            bottom = self._row_y(end - 1) + _CELL[1] + _GUTTER + self.gutters.width(end - 1)
            found[lane] = Box(_LEFT, top, width, bottom - top)
        return found

    def _box(self, node: Node) -> Box:
        width, height = _size(node.kind)
        x = self._column_x(self.column[node.id]) + (_CELL[0] - width) // 2
        return Box(x, self._row_y(self.row[node.id]) + (_CELL[1] - height) // 2, width, height)

    def _points(self, name: str, way: _Way, nodes: Mapping[str, Box]) -> tuple[Point, ...]:
        flow = self.process.flows[name]
        source, target = nodes[flow.source], nodes[flow.target]
        end = (target.x, target.middle[1])
        start = (source.right, source.middle[1])
        if is_attached(self.process, flow.source):
            start = (source.middle[0], source.bottom)
        corners = [start]
        for gap, then in ((way.first_gap, way.gutter), (way.last_gap, None)):
            if gap is not None:
                x = self._column_x(gap) + _CELL[0] + _GAP // 2 + _TRACK * self.gaps.at(gap, flow.target)
                corners += [(x, corners[-1][1]), (x, self._height(then, flow.target, end[1]))]
            elif then is not None:
                corners.append((corners[-1][0], self._height(then, flow.target, end[1])))
        return (*corners, end)

    def _height(self, gutter: int | None, target: str, otherwise: int) -> int:
        if gutter is None:
            return otherwise
        return self._row_y(gutter) + _CELL[1] + _GUTTER - 14 + _TRACK * self.gutters.at(gutter, target)


def _size(kind: NodeKind) -> Point:
    if kind in _GATEWAYS:
        return _DIAMOND, _DIAMOND
    return (_ROUND, _ROUND) if kind in _EVENTS else _CELL
