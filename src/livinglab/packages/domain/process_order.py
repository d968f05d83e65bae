"""In which order a process is told and drawn: from its start on, each step before those that follow it."""

from __future__ import annotations

from collections.abc import Mapping

from livinglab.packages.domain.process import NodeKind, Process

#: (id of a flow, where it comes from, where it leads); a flow from a boundary event comes from the step it stands at
Arrow = tuple[str, str, str]


def is_attached(process: Process, node_id: str) -> bool:
    """This function will tell whether a node stands at the border of another one of its process."""
    node = process.nodes[node_id]
    return node.kind is NodeKind.BOUNDARY and node.attached_to in process.nodes


def arrows(process: Process) -> tuple[Arrow, ...]:
    """This function will return the flows between steps, in the order of the file."""
    found = []
    for flow in process.flows.values():
        if flow.source in process.nodes and flow.target in process.nodes:
            source = process.nodes[flow.source]
            found.append(
                (flow.id, source.attached_to if is_attached(process, source.id) else source.id, flow.target)
            )
    return tuple(found)


def in_order(process: Process) -> tuple[str, ...]:
    """This function will return the ids of the steps in order; boundary events belong to the step they stand at.

    Where two ways part, the one that stands first in the file is told last, as it often leads to an early end.
    A way back is left out of account; what nothing leads to follows at the end of what starts.
    """
    following = _following(process)
    starts = [name for name in following if process.nodes[name].kind is NodeKind.START]
    found: dict[str, None] = {}
    for start in (*starts, *following):
        if start not in found:
            found |= dict.fromkeys(reversed(_finished(start, following, found)))
    return tuple(found)


def columns(process: Process) -> Mapping[str, int]:
    """This function will return how many steps lie at most between the start and each step, without ways back."""
    order = {name: place for place, name in enumerate(in_order(process))}
    found = dict.fromkeys(order, 0)
    following = _following(process)
    for name in order:
        for target in following[name]:
            if order[target] > order[name]:
                found[target] = max(found[target], found[name] + 1)
    return found


def _following(process: Process) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in process.nodes if not is_attached(process, name)}
    for _flow, source, target in arrows(process):
        if source in found and target in found and target not in found[source]:
            found[source].append(target)
    return found


def _finished(start: str, following: Mapping[str, list[str]], known: Mapping[str, None]) -> list[str]:
    """Walk in depth, each step after those behind it; without recursion, since 400 steps may stand in a row."""
    opened = {start, *known}
    finished = []
    waiting = [(start, iter(following[start]))]
    while waiting:
        name, rest = waiting[-1]
        step = next((one for one in rest if one not in opened), None)
        if step is None:
            waiting.pop()
            finished.append(name)
        else:
            opened.add(step)
            waiting.append((step, iter(following[step])))
    return finished
