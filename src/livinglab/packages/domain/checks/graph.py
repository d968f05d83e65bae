"""The process as a graph: who comes before whom, and what has run on every way to a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from livinglab.packages.domain.bookings import is_booking
from livinglab.packages.domain.process import Diagram, Flow, Node, NodeKind, Process

#: what has run: ("rule", id), ("task", id of its form), ("document", id) ("check", register) or ("booking", its step)
Ran = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Graph:
    """A process with its arrows by node. Boundary events count as reached from what they are attached to."""

    process: Process

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        """The flows that leave each node."""
        return self._by(lambda flow: flow.source)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        """The flows that enter each node."""
        return self._by(lambda flow: flow.target)

    def _by(self, key: object) -> Mapping[str, tuple[Flow, ...]]:
        assert callable(key)
        found: dict[str, list[Flow]] = {name: [] for name in self.process.nodes}
        for flow in self.process.flows.values():
            if key(flow) in found:
                found[key(flow)].append(flow)
        return {name: tuple(flows) for name, flows in found.items()}

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Node, ...]]:
        """The boundary events of each node."""
        found: dict[str, list[Node]] = {}
        for node in self.process.nodes.values():
            if node.kind is NodeKind.BOUNDARY:
                found.setdefault(node.attached_to, []).append(node)
        return {name: tuple(nodes) for name, nodes in found.items()}

    @cached_property
    def after(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes that may come next after each, with its boundary events."""
        return {
            name: tuple(
                dict.fromkeys(
                    [
                        *(flow.target for flow in self.outgoing[name] if flow.target in self.process.nodes),
                        *(event.id for event in self.boundaries.get(name, ())),
                    ]
                )
            )
            for name in self.process.nodes
        }

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes that may come right before each."""
        found: dict[str, list[str]] = {name: [] for name in self.process.nodes}
        for name, following in self.after.items():
            for other in following:
                found[other].append(name)
        return {name: tuple(others) for name, others in found.items()}

    def of_kind(self, kind: NodeKind) -> list[Node]:
        """This function will return the nodes of a kind, in the order of the file."""
        return [node for node in self.process.nodes.values() if node.kind is kind]

    def reached(self, start: Iterable[str], *, backwards: bool = False) -> set[str]:
        """This function will return all nodes on ways from (or, backwards, to) the given ones, with themselves."""
        steps = self.before if backwards else self.after
        waiting = list(start)
        found = set(waiting)
        while waiting:
            for name in steps[waiting.pop()]:
                if name not in found:
                    found.add(name)
                    waiting.append(name)
        return found


@dataclass(frozen=True, slots=True)
class History:
    """What has run before and after each node, and at the end: on every way (`always`), or on at least one."""

    always_before: Mapping[str, Ran]
    perhaps_before: Mapping[str, Ran]
    always_after: Mapping[str, Ran]
    perhaps_after: Mapping[str, Ran]
    always_done: Ran
    perhaps_done: Ran


def histories(diagram: Diagram) -> Mapping[str, History]:
    """This function will return the history of each process; what a called process runs counts for its caller."""
    done: dict[str, History] = {}
    processes = {diagram.main.id: diagram.main, **diagram.called}
    for _ in processes:  # callers learn from the called, as deep as calls go
        for name, process in processes.items():
            done[name] = _history(process, done, _entry(name, processes, done))
    return done


def _entry(name: str, processes: Mapping[str, Process], done: Mapping[str, History]) -> tuple[Ran, Ran]:
    """Return what has always and perhaps run when a process is called."""
    calls = [
        (done[caller], node.id)
        for caller, process in processes.items()
        for node in process.nodes.values()
        if node.calls == name and caller in done
    ]
    if not calls:
        return frozenset(), frozenset()
    always = frozenset.intersection(*(history.always_before[node] for history, node in calls))
    perhaps = frozenset[tuple[str, str]]().union(*(history.perhaps_before[node] for history, node in calls))
    return always, perhaps


def _history(process: Process, done: Mapping[str, History], entry: tuple[Ran, Ran]) -> History:
    graph = Graph(process)
    everything = _everything(process, done)
    always = dict.fromkeys(process.nodes, everything)
    perhaps: dict[str, Ran] = dict.fromkeys(process.nodes, frozenset())
    adds = {name: _adds(node, done) for name, node in process.nodes.items()}
    changed = True
    while changed:
        changed = False
        for name, node in process.nodes.items():
            least, most = _arriving(graph, node, always, perhaps, adds, entry)
            if (least, most) != (always[name], perhaps[name]):
                always[name], perhaps[name], changed = least, most, True
    ends = [node.id for node in graph.of_kind(NodeKind.END)]
    return History(
        always,
        perhaps,
        {name: always[name] | adds[name][0] for name in process.nodes},
        {name: perhaps[name] | adds[name][1] for name in process.nodes},
        frozenset.intersection(*(always[name] for name in ends)) if ends else frozenset(),
        frozenset[tuple[str, str]]().union(*(perhaps[name] for name in ends)),
    )


def _arriving(
    graph: Graph,
    node: Node,
    always: Mapping[str, Ran],
    perhaps: Mapping[str, Ran],
    adds: Mapping[str, tuple[Ran, Ran]],
    entry: tuple[Ran, Ran],
) -> tuple[Ran, Ran]:
    if node.kind is NodeKind.START:
        return entry
    if node.kind is NodeKind.BOUNDARY:
        before = node.attached_to
        return always.get(before, frozenset()), perhaps.get(before, frozenset())
    sources = [flow.source for flow in graph.incoming[node.id] if flow.source in graph.process.nodes]
    if not sources:
        return frozenset(), frozenset()
    least = [always[source] | adds[source][0] for source in sources]
    joined = frozenset.union if node.kind is NodeKind.PARALLEL else frozenset.intersection
    most = frozenset[tuple[str, str]]().union(*(perhaps[source] | adds[source][1] for source in sources))
    return joined(*least), most


def _adds(node: Node, done: Mapping[str, History]) -> tuple[Ran, Ran]:
    """Return what a node itself runs: always, and perhaps."""
    own: Ran = frozenset()
    if node.kind is NodeKind.RULE:
        own = frozenset({("rule", node.said.get("rule", ""))})
    elif node.kind is NodeKind.USER:
        own = frozenset({("task", node.said.get("form", ""))})
        if "publishes" in node.said:
            own |= {("publication", "")}
    elif node.kind is NodeKind.SERVICE and node.said.get("kind") == "issue":
        own = frozenset({("document", node.said.get("document", ""))})
    elif is_booking(node):
        own = frozenset({("booking", node.id)})
    elif node.register is not None:
        own = frozenset({("check", node.register.value)})
    called = done.get(node.calls) if node.kind is NodeKind.CALL else None
    return (called.always_done, called.perhaps_done) if called else (own, own)


def _everything(process: Process, done: Mapping[str, History]) -> Ran:
    return frozenset[tuple[str, str]]().union(*(_adds(node, done)[1] for node in process.nodes.values()))
