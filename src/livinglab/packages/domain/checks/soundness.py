"""Every course a process can take, by its tokens: none may get stuck, double itself or end without an outcome.

That every node can reach an end is checked before (P323); a course that then neither sticks nor doubles can end.
A state is the set of places that hold a token (a flow, or a node at work) and how many outcomes were reached. A timer
that does not interrupt fires at most once while its node is at work. Nothing is guessed about conditions: each flow
of an exclusive gateway may be taken. W. M. P. van der Aalst, "The application of Petri nets to workflow management",
Journal of Circuits, Systems and Computers 8(1), 1998: a workflow net is sound when every course can end, ends clean,
and every part of it lies on a course.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from livinglab.packages.domain.checks.graph import Graph
from livinglab.packages.domain.process import Node, NodeKind

MOST_STATES: Final = 2_500
MOST_OUTCOMES: Final = 2
_WAITS: Final = frozenset({NodeKind.USER, NodeKind.RECEIVE, NodeKind.TIMER, NodeKind.CALL})

#: places with a token: ("flow", id), ("at", node) or ("timer", boundary event that may still fire)
Places = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """Where the tokens are, and how many ends with an outcome were passed (2 stands for more than one)."""

    places: Places
    outcomes: int = 0


@dataclass(slots=True)
class Courses:
    """What was found on all courses: nodes that get stuck, that are doubled, that run, and how cases end."""

    stuck: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    run: set[str] = field(default_factory=set)
    ends_without_outcome: bool = False
    ends_with_several: bool = False
    is_too_large: bool = False


def courses_of(graph: Graph) -> Courses:
    """This function will walk through every state of a process from its one start, at most 2,500 of them."""
    found = Courses()
    start = graph.of_kind(NodeKind.START)[0]
    first = State(frozenset({("flow", flow.id) for flow in graph.outgoing[start.id]}))
    found.run.add(start.id)
    seen: set[State] = set()
    waiting = [first]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        if len(seen) > MOST_STATES:
            found.is_too_large = True
            return found
        following = list(_steps(graph, state, found))
        found.ends_with_several = found.ends_with_several or state.outcomes > 1
        if state.places and not following and not found.doubled:
            found.stuck |= {_node_of(graph, place) for place in state.places}
        waiting += following
    return found


def _node_of(graph: Graph, place: tuple[str, str]) -> str:
    kind, name = place
    return graph.process.flows[name].target if kind == "flow" else name


def _steps(graph: Graph, state: State, found: Courses) -> Iterator[State]:
    """Yield the states that one step leads to. What nobody waits for goes first and alone, whatever else may happen."""
    for place in sorted(state.places):
        if place[0] == "flow" and _target(graph, place).kind is not NodeKind.PARALLEL:
            yield from _enter(graph, state, place, found)
            return
    for kind, name in sorted(state.places):
        if kind == "flow":
            yield from _join(graph, state, _target(graph, (kind, name)), found)
        elif kind == "at":
            yield from _leave(graph, state, graph.process.nodes[name], found)
        else:
            found.run.add(name)
            yield from _moved(graph, state, {(kind, name)}, _flows(graph, graph.process.nodes[name]), found)


def _target(graph: Graph, place: tuple[str, str]) -> Node:
    return graph.process.nodes[graph.process.flows[place[1]].target]


def _join(graph: Graph, state: State, node: Node, found: Courses) -> Iterator[State]:
    needed = {("flow", flow.id) for flow in graph.incoming[node.id]}
    if needed <= state.places:
        found.run.add(node.id)
        yield from _moved(graph, state, needed, _flows(graph, node), found)


def _enter(graph: Graph, state: State, place: tuple[str, str], found: Courses) -> Iterator[State]:
    node = _target(graph, place)
    found.run.add(node.id)
    if node.kind is NodeKind.END:
        outcomes = min(state.outcomes + ("outcome" in node.said), MOST_OUTCOMES)
        after = State(state.places - {place}, outcomes)
        found.ends_without_outcome = found.ends_without_outcome or not (
            after.places or "outcome" in node.said
        )
        yield after
    elif node.kind is NodeKind.EXCLUSIVE:
        for flow in graph.outgoing[node.id]:
            yield from _moved(graph, state, {place}, {("flow", flow.id)}, found)
    elif node.kind in _WAITS or node.register is not None:
        timers = {("timer", event.id) for event in graph.boundaries.get(node.id, ()) if not event.interrupts}
        yield from _moved(graph, state, {place}, {("at", node.id), *timers}, found)
    else:
        yield from _moved(graph, state, {place}, _flows(graph, node), found)


def _leave(graph: Graph, state: State, node: Node, found: Courses) -> Iterator[State]:
    events = graph.boundaries.get(node.id, ())
    ends = {("at", node.id), *(("timer", event.id) for event in events)}
    yield from _moved(graph, state, ends, _flows(graph, node), found)
    for event in events:
        if event.interrupts:
            found.run.add(event.id)
            yield from _moved(graph, state, ends, _flows(graph, event), found)


def _flows(graph: Graph, node: Node) -> set[tuple[str, str]]:
    return {("flow", flow.id) for flow in graph.outgoing[node.id]}


def _moved(
    graph: Graph, state: State, taken: set[tuple[str, str]], given: set[tuple[str, str]], found: Courses
) -> Iterator[State]:
    left = state.places - taken
    if twice := left & given:
        found.doubled |= {_node_of(graph, place) for place in twice}
        return
    yield State(left | given, state.outcomes)
