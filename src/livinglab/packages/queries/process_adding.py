"""A process gets another way: a time limit at a step, a decision between two steps, one more way out of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.compare.elements import Branch, Element, Leaf
from livinglab.packages.domain.process import NodeKind, Process
from livinglab.packages.queries.process_file import CannotChange, Why, new_id, opened, said_with, way

__all__ = ["LIMITED", "Onward", "add_limit", "add_way", "decide", "remove_way", "targets_of"]

#: the kinds of step at which a time limit may stand (section 4 of the standard)
LIMITED: Final = frozenset({NodeKind.USER, NodeKind.RECEIVE})
_NO_TARGET: Final = frozenset({NodeKind.START, NodeKind.BOUNDARY})
_CONDITION: Final = "<conditionExpression>"


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a new way leads: on to a step that there is, or else to an end of its own.

    `outcome` is that of the end, empty where only this branch ends. `message` is sent on the way, empty for none;
    `message_name` and `end_name` are what the new steps are called.
    """

    target: str = ""
    outcome: str = ""
    message: str = ""
    message_name: str = ""
    end_name: str = ""


def targets_of(process: Process) -> tuple[str, ...]:
    """This function will return the steps to which a new way may lead, in the order of the file."""
    return tuple(one.id for one in process.nodes.values() if one.kind not in _NO_TARGET)


def add_limit(file: str, step: str, said: Mapping[str, str], onward: Onward) -> tuple[str, str]:
    """This function will return the file with a time limit at a step, and the limit's id.

    `said` has `name`, `timer` (a duration or `=param.ID`), `ll:calendar` and `cancelActivity`.
    Errors: PackageRefused; CannotChange.
    """
    whole = opened(file)
    process = whole.process_of(step)
    host = process.nodes[step]
    if host.kind not in LIMITED:
        raise CannotChange(Why.TAKES_NO_LIMIT, step)
    known = dict(whole.elements())
    limit = new_id(known, said.get("name", ""))
    new: Element = _node(process, NodeKind.BOUNDARY, limit, host.lane, said.get("name", ""))
    new = said_with(new, "attachedToRef", step)
    for name in ("cancelActivity", "ll:calendar", "timer"):
        if name == "timer" or said.get(name):
            new = said_with(new, name, said.get(name, ""))
    known = _behind(known, step, limit, new)
    after, _flow = _leading(known, process, limit, host.lane, onward)
    return whole.written(after, is_drawn=False), limit


def decide(file: str, flow: str, said: Mapping[str, str], condition: str, onward: Onward) -> tuple[str, str]:
    """This function will return the file with a decision on a way, and the decision's id.

    Where the condition holds, the new way is taken; otherwise the case goes on as before. `said` has the `name` of the
    decision, its `lane`, and `way`: what people read at the new way. Errors: PackageRefused; CannotChange.
    """
    whole = opened(file)
    process = whole.process_with(flow)
    if said.get("lane") not in process.lanes:
        raise CannotChange(Why.NOT_A_LANE, flow)
    known = dict(whole.elements())
    gateway = new_id(known, said.get("name", ""))
    before = process.flows[flow]
    new = _node(process, NodeKind.EXCLUSIVE, gateway, said["lane"], said.get("name", ""))
    known[flow] = said_with(known[flow], "targetRef", gateway)
    known = _behind(known, before.source, gateway, new)
    on = new_id(known, f"{gateway}_on")
    known[on] = way(process, on, gateway, before.target)
    known[gateway] = said_with(known[gateway], "default", on)
    after, added = _leading(known, process, gateway, said["lane"], onward)
    after[added] = _worded(after[added], said.get("way", ""), condition)
    return whole.written(after, is_drawn=False), gateway


def add_way(file: str, step: str, name: str, condition: str, onward: Onward) -> tuple[str, str]:
    """This function will return the file with one more way out of a decision, and the way's id.

    Errors: PackageRefused; CannotChange.
    """
    whole = opened(file)
    process = whole.process_of(step)
    node = process.nodes[step]
    if node.kind is not NodeKind.EXCLUSIVE:
        raise CannotChange(Why.NO_SUCH_STEP, step)
    known = dict(whole.elements())
    first = next((flow.id for flow in process.flows.values() if flow.source == step), "")
    if not node.default_flow and first:
        known[step] = said_with(known[step], "default", first)
    after, added = _leading(known, process, step, node.lane, onward)
    after[added] = _worded(after[added], name, condition)
    return whole.written(after, is_drawn=False), added


def remove_way(file: str, flow: str) -> str:
    """This function will return the file without one way out of a decision.

    What only it led to stays, and the checker says so. Errors: PackageRefused; CannotChange for the only way of a
    step, and for the way otherwise.
    """
    whole = opened(file)
    process = whole.process_with(flow)
    source = process.flows[flow].source
    if process.nodes[source].kind is not NodeKind.EXCLUSIVE:
        raise CannotChange(Why.IS_THE_ONLY_WAY, flow)
    if sum(one.source == source for one in process.flows.values()) == 1:
        raise CannotChange(Why.IS_THE_ONLY_WAY, flow)
    if process.nodes[source].default_flow == flow:
        raise CannotChange(Why.IS_THE_WAY_OTHERWISE, flow)
    return whole.written({name: one for name, one in whole.elements().items() if name != flow})


def _leading(
    known: Mapping[str, Element], process: Process, source: str, lane: str, onward: Onward
) -> tuple[dict[str, Element], str]:
    """Lead a new way from a step on; return all elements, and the id of the way that leaves the step."""
    elements = dict(known)
    at, first = source, ""
    if onward.message:
        step = new_id(elements, onward.message_name or onward.message)
        sent = _node(process, NodeKind.SEND, step, lane, onward.message_name or onward.message)
        elements = _behind(elements, at, step, said_with(sent, "ll:message", onward.message))
        first = _joined(elements, process, at, step)
        at = step
    if onward.target:
        if onward.target not in targets_of(process):
            raise CannotChange(Why.LEADS_NOWHERE, onward.target)
        last = _joined(elements, process, at, onward.target)
    else:
        end = new_id(elements, f"{onward.end_name}_end")
        ended = _node(process, NodeKind.END, end, lane, onward.end_name)
        elements = _behind(elements, at, end, said_with(ended, "ll:outcome", onward.outcome))
        last = _joined(elements, process, at, end)
    return elements, first or last


def _joined(elements: dict[str, Element], process: Process, source: str, target: str) -> str:
    ident = new_id(elements, f"{source}_to_{target}")
    elements[ident] = way(process, ident, source, target)
    return ident


def _behind(known: Mapping[str, Element], before: str, name: str, new: Element) -> dict[str, Element]:
    """Put an element behind another one, so that steps stay in the order in which they are taken."""
    found: dict[str, Element] = {}
    for key, element in known.items():
        found[key] = element
        if key == before:
            found[name] = new
    return found


def _node(process: Process, kind: NodeKind, ident: str, lane: str, name: str) -> Branch:
    said = {"element": kind.value, "id": ident, "process": process.id, "lane": lane}
    return said_with(Branch({key: Leaf(value) for key, value in said.items()}), "name", name)


def _worded(element: Element, name: str, condition: str) -> Branch:
    return said_with(said_with(element, "name", name), _CONDITION, condition)
