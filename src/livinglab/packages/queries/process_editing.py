"""A process changed step by step: what may be said of a step, a step put in or taken out, in words about the parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from livinglab.packages.adapters.process_files import diagram_from
from livinglab.packages.domain.bookings import FIELDS, PARAMETERS
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf
from livinglab.packages.domain.process import Diagram, Node, NodeKind, Process
from livinglab.packages.queries.process_file import CannotChange, Opened, Why, new_id, opened, said_with, way

__all__ = [
    "ATTRIBUTES",
    "INSERTED",
    "CannotChange",
    "Why",
    "change",
    "diagram_of",
    "insert",
    "remove",
    "said_of",
]

_PATH: Final = "process.bpmn"

#: kind of step -> what may be said of it besides name and lane, as the file writes it; `timer` is its duration
ATTRIBUTES: Final[Mapping[NodeKind, tuple[str, ...]]] = {
    NodeKind.START: (),
    NodeKind.END: ("ll:outcome",),
    NodeKind.USER: ("ll:form", "ll:within", "ll:calendar", "ll:not-by", "ll:publishes"),
    NodeKind.SERVICE: ("ll:kind", "ll:document", *(f"ll:{one}" for one in (*FIELDS, *PARAMETERS))),
    NodeKind.RULE: ("ll:rule",),
    NodeKind.SEND: ("ll:message",),
    NodeKind.RECEIVE: ("ll:waits-for",),
    NodeKind.EXCLUSIVE: ("default",),
    NodeKind.PARALLEL: (),
    NodeKind.CALL: ("calledElement",),
    NodeKind.TIMER: ("timer", "ll:calendar"),
    NodeKind.BOUNDARY: ("timer", "ll:calendar", "cancelActivity"),
}
#: kinds that a step put in between two others may have: those that one way enters and one leaves
INSERTED: Final = (
    NodeKind.USER,
    NodeKind.SEND,
    NodeKind.RULE,
    NodeKind.SERVICE,
    NodeKind.RECEIVE,
    NodeKind.TIMER,
)


def diagram_of(file: str) -> Diagram:
    """This function will return the processes of a file. Errors: PackageRefused."""
    return diagram_from(_PATH, file)


def said_of(node: Node) -> Mapping[str, str]:
    """This function will return what a file says of a step, by the names of `ATTRIBUTES`, with name and lane."""
    own = {f"ll:{name}": value for name, value in node.said.items()}
    plain = {
        "name": node.name,
        "lane": node.lane,
        "timer": node.timer,
        "default": node.default_flow,
        "calledElement": node.calls,
        "cancelActivity": "true" if node.interrupts else "false",
    }
    names = ("name", "lane", *ATTRIBUTES[node.kind])
    return {name: {**plain, **own}.get(name, "") for name in names}


def change(
    file: str, step: str, said: Mapping[str, str], flows: Mapping[str, tuple[str, str]] | None = None
) -> str:
    """This function will return the file with other words about a step; an empty text takes a fact away.

    `said` is by the names of `ATTRIBUTES`, `name` and `lane`; `flows` has the name and the condition of ways that
    leave the step. Errors: PackageRefused; CannotChange.
    """
    whole = opened(file)
    process = whole.process_of(step)
    node = process.nodes[step]
    if said.get("lane", node.lane) not in process.lanes:
        raise CannotChange(Why.NOT_A_LANE, step)
    known = said_of(node)
    elements = dict(whole.elements())
    for name, value in said.items():
        if name in known and value.strip() != known[name]:
            elements[step] = said_with(elements[step], name, value.strip())
    for flow, (name, condition) in (flows or {}).items():
        if flow not in process.flows or process.flows[flow].source != step:
            raise CannotChange(Why.NO_SUCH_WAY, flow)
        before = process.flows[flow]
        if name.strip() != before.name:
            elements[flow] = said_with(elements[flow], "name", name.strip())
        if condition.strip() != before.condition:
            elements[flow] = said_with(elements[flow], "<conditionExpression>", condition.strip())
    return whole.written(elements)


def insert(file: str, flow: str, kind: NodeKind, said: Mapping[str, str]) -> tuple[str, str]:
    """This function will return the file with a new step on a way, and the new step's id.

    What led to the step behind leads to the new one, and from it on to the step behind.
    Errors: PackageRefused; CannotChange.
    """
    whole = opened(file)
    process = whole.process_with(flow)
    if kind not in INSERTED:
        raise CannotChange(Why.NO_SUCH_WAY, flow)
    if said.get("lane") not in process.lanes:
        raise CannotChange(Why.NOT_A_LANE, flow)
    target = process.flows[flow].target
    known = dict(whole.elements())
    step = new_id(known, said.get("name", ""))
    on = new_id(known, f"{step}_on")
    new: Element = Branch(
        {
            "element": Leaf(kind.value),
            "id": Leaf(step),
            "process": Leaf(process.id),
            "lane": Leaf(said["lane"]),
        }
    )
    for name in ("name", *ATTRIBUTES[kind]):
        if said.get(name, "").strip():
            new = said_with(new, name, said[name].strip())
    elements: dict[str, Element] = {}
    for name, element in known.items():
        elements[name] = said_with(element, "targetRef", step) if name == flow else element
        if name == process.flows[flow].source:
            elements[step] = new
        if name == flow:
            elements[on] = way(process, on, step, target)
    return whole.written(elements, is_drawn=False), step


def remove(file: str, step: str) -> str:
    """This function will return the file without a step: what led to it leads to the step behind it.

    A step to which nothing leads any more, an end too, goes with the ways that leave it.
    Errors: PackageRefused; CannotChange where not exactly one way leaves it, or a time limit stands at it.
    """
    whole = opened(file)
    process = whole.process_of(step)
    leaving = [flow for flow in process.flows.values() if flow.source == step]
    entering = [flow for flow in process.flows.values() if flow.target == step]
    if any(node.attached_to == step for node in process.nodes.values()):
        raise CannotChange(Why.HAS_A_LIMIT, step)
    if process.nodes[step].kind is NodeKind.BOUNDARY:
        return _without(whole, process, step)
    if not entering and process.nodes[step].kind is not NodeKind.START:
        return _without(whole, process, step)
    if len(leaving) != 1 or not entering or leaving[0].target == step:
        raise CannotChange(Why.HAS_NO_SINGLE_WAY_ON, step)
    elements = {
        name: said_with(element, "targetRef", leaving[0].target)
        if name in {flow.id for flow in entering}
        else element
        for name, element in whole.elements().items()
        if name not in (step, leaving[0].id)
    }
    return whole.written(elements, is_drawn=False)


def _without(whole: Opened, process: Process, step: str) -> str:
    """Take out a time limit, or what nothing leads to, with its ways; what only it led to is said by the checker."""
    gone = {step, *(flow.id for flow in process.flows.values() if flow.source == step)}
    return whole.written({name: one for name, one in whole.elements().items() if name not in gone})
