"""Where a case that ended can be opened again: at the step of an office from which it comes to an end by itself."""

from collections.abc import Iterable
from typing import Final

from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind, Outcome
from livinglab.packages.domain.running.state import Entry, Happened
from livinglab.packages.domain.running.wiring import Wiring, wire

#: parallel ways within parallel ways, and calls within calls, that are looked into
_DEEPEST: Final = 20
#: what a case passes without anybody
_PASSED: Final = frozenset({NodeKind.SERVICE, NodeKind.RULE, NodeKind.SEND, NodeKind.EXCLUSIVE})


def safe_step(package: Package, history: Iterable[Entry]) -> str:
    """This function will return the office's step to which a case goes back: the last that was done, "" for none.

    A step on one of several parallel ways is passed over for an earlier one: where the ways meet, the case would wait
    for others that do not come again.
    """
    done = [one.on for one in history if one.what is Happened.COMPLETED]
    return next((one for one in reversed(done) if path_to(package, one) is not None), "")


def was_open_to_objection(package: Package, history: Iterable[Entry]) -> bool:
    """This function will tell whether the applicant could object within the case itself.

    That is a step which waits for their answer, and whose time, when it runs out, lets the case end as refused.
    """
    return any(one.what is Happened.ASKED and is_objection(package, one.on) for one in history)


def is_objection(package: Package, step: str) -> bool:
    """This function will tell whether a step waits for an objection to a refusal, not for a correction of the form."""
    return any(
        node.kind is NodeKind.RECEIVE
        and node.said.get("waits-for") == "answer"
        and _lets_refuse(wiring, node)
        for wiring in wire(package.diagram).values()
        for node in wiring.process.nodes.values()
        if node.id == step
    )


def path_to(package: Package, step: str) -> tuple[Node, ...] | None:
    """This function will return the calls that lead to an office's step, outermost first, () in the main process.

    None where a case cannot stand there alone: no such step, on a parallel way, or in a process that is called from
    several places.
    """
    wirings, main = wire(package.diagram), package.diagram.main.id
    path: list[Node] = []
    inside = next((one for one in wirings.values() if step in one.process.nodes), None)
    if inside is None or inside.node(step).kind is not NodeKind.USER:
        return None
    node = step
    while len(path) < _DEEPEST:
        if node not in _alone(inside):
            return None
        if inside.process.id == main:
            return tuple(reversed(path))
        calls = [
            (wiring, one)
            for wiring in wirings.values()
            for one in wiring.process.nodes.values()
            if one.kind is NodeKind.CALL and one.calls == inside.process.id
        ]
        if len(calls) != 1:
            return None
        inside, call = calls[0]
        path.append(call)
        node = call.id
    return None


def _alone(wiring: Wiring) -> set[str]:
    """Return the nodes that no way reaches from a parallel gateway before the ways have met again."""
    found: dict[str, set[int]] = {}
    ahead = [(wiring.start.id, 0)]
    while ahead:
        name, depth = ahead.pop()
        if depth in found.setdefault(name, set()) or depth > _DEEPEST:
            continue
        found[name].add(depth)
        if wiring.node(name).kind is NodeKind.PARALLEL:
            depth -= int(len(wiring.arriving.get(name, ())) > 1 and depth > 0)
            depth += int(len(wiring.leaving.get(name, ())) > 1)
        ahead += [(one, depth) for one in _next(wiring, name)]
    return {name for name, depths in found.items() if depths == {0}}


def _lets_refuse(wiring: Wiring, node: Node) -> bool:
    ahead = [
        flow.target for one in wiring.boundaries.get(node.id, ()) for flow in wiring.leaving.get(one.id, ())
    ]
    seen: set[str] = set()
    while ahead:
        name = ahead.pop()
        one = wiring.node(name)
        if one.kind is NodeKind.END and one.said.get("outcome") == Outcome.REFUSED:
            return True
        if name not in seen and one.kind in _PASSED:
            ahead += [flow.target for flow in wiring.leaving.get(name, ())]
        seen.add(name)
    return False


def _next(wiring: Wiring, node: str) -> Iterable[str]:
    for one in (node, *(timer.id for timer in wiring.boundaries.get(node, ()))):
        yield from (flow.target for flow in wiring.leaving.get(one, ()))
