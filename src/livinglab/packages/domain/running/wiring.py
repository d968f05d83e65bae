"""The arrows of a package's processes, ready to be followed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from livinglab.packages.domain.process import Diagram, Flow, Node, NodeKind, Process
from livinglab.packages.domain.running.refusals import BrokenPackage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wiring:
    """A process with its flows by source and target, and its boundary events by the task they stand on."""

    process: Process
    leaving: Mapping[str, tuple[Flow, ...]]
    arriving: Mapping[str, tuple[Flow, ...]]
    boundaries: Mapping[str, tuple[Node, ...]]

    @property
    def start(self) -> Node:
        """The start event. Errors: `BrokenPackage` where there is none."""
        for node in self.process.nodes.values():
            if node.kind is NodeKind.START:
                return node
        raise BrokenPackage("no_start", self.process.id)

    def node(self, node: str) -> Node:
        """This function will return a node by its id. Errors: `BrokenPackage` where there is none."""
        try:
            return self.process.nodes[node]
        except KeyError:
            raise BrokenPackage("no_node", node) from None


def wire(diagram: Diagram) -> Mapping[str, Wiring]:
    """This function will return the wiring of each process by its id."""
    return {process.id: _wire(process) for process in (*diagram.called.values(), diagram.main)}


def _wire(process: Process) -> Wiring:
    leaving: dict[str, list[Flow]] = defaultdict(list)
    arriving: dict[str, list[Flow]] = defaultdict(list)
    boundaries: dict[str, list[Node]] = defaultdict(list)
    for flow in process.flows.values():
        leaving[flow.source].append(flow)
        arriving[flow.target].append(flow)
    for node in process.nodes.values():
        if node.kind is NodeKind.BOUNDARY:
            boundaries[node.attached_to].append(node)
    return Wiring(process, _fixed(leaving), _fixed(arriving), _fixed(boundaries))


def _fixed(lists: Mapping[str, list[T]]) -> Mapping[str, tuple[T, ...]]:
    return {key: tuple(items) for key, items in lists.items()}
