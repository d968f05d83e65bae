"""Whether an open case can go on under another version of its package, as far as its process goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.bookings import steps_of
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind
from livinglab.packages.domain.running.state import Case
from livinglab.packages.domain.running.walking import MAIN
from livinglab.packages.domain.running.wiring import Wiring, wire

#: parallel ways within parallel ways that are looked into
_DEEPEST: Final = 20
#: what a case has to have been through, where it stands in the way
_WORK: Final = frozenset({NodeKind.USER, NodeKind.RECEIVE, NodeKind.RULE, NodeKind.SERVICE, NodeKind.CALL})


class HindranceKind(StrEnum):
    """Why a case stays on its version."""

    STEP_GONE = "step_gone"  # what waits is no step any more, or one of another kind or office
    STEP_BEFORE = "step_before"  # there is a new step before the place where the case stands
    BRANCHES = "branches"  # parallel ways meet otherwise: the case could wait for one that never comes
    TIMERS = "timers"  # other deadlines hang on the step that waits
    DUE = "due"  # time is about to move the case
    ANSWER_UNREAD = "answer_unread"  # an answer that was given is not read by the new form
    ANSWER_MISSING = "answer_missing"  # a question must be answered that nobody asked
    DOCUMENT_GONE = "document_gone"  # it issued a document that is not there any more
    PLACE_GONE = "place_gone"  # it holds a place in an hour by a step that books none any more


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a case stays on its version, and the node, field or document it is about."""

    kind: HindranceKind
    on: str


def hindrances(case: Case, before: Package, after: Package) -> tuple[Hindrance, ...]:
    """This function will return why tokens, documents and places of a case do not fit the process of another version.

    A place stays with the step that holds it: by another one the case would hold a second place.
    """
    found = dict.fromkeys(_of_tokens(case, before, after))  # in order, each once
    documents = {one.id for one in after.manifest.documents}
    found |= {
        Hindrance(HindranceKind.DOCUMENT_GONE, one.document): None
        for one in case.issued
        if one.document not in documents
    }
    booking = {one.id for one in steps_of(after)}
    found |= {
        Hindrance(HindranceKind.PLACE_GONE, step): None
        for step, said in case.bookings.items()
        if said["free"] and step not in booking
    }
    return tuple(found)


def _of_tokens(case: Case, before: Package, after: Package) -> Iterator[Hindrance]:
    old, new = wire(before.diagram), wire(after.diagram)
    places = [(token.frame, token.node) for token in case.tokens]
    places += [(frame.caller, frame.node) for frame in case.frames]
    called = {frame.id: frame.process for frame in case.frames}
    for frame, node in places:
        is_main = frame == MAIN
        here = old[before.diagram.main.id if is_main else called[frame]]
        there = new.get(after.diagram.main.id if is_main else called[frame])
        other = there.process.nodes.get(node) if there else None
        if there is None or other is None or not _is_same(here.node(node), other, before, after):
            yield Hindrance(HindranceKind.STEP_GONE, node)
            continue
        if _timers(here, node) != _timers(there, node):
            yield Hindrance(HindranceKind.TIMERS, node)
        if _meetings(here, node) != _meetings(there, node):
            yield Hindrance(HindranceKind.BRANCHES, node)
        yield from (Hindrance(HindranceKind.STEP_BEFORE, one) for one in _new_before(here, there, node))


def _is_same(one: Node, other: Node, before: Package, after: Package) -> bool:
    """Whether two nodes wait for the same: the same kind of step, of the same lane, held by the same kind of office."""
    return (
        one.kind is other.kind
        and one.lane == other.lane
        and _office(before, one.lane) == _office(after, other.lane)
        and one.said.get("waits-for") == other.said.get("waits-for")
        and one.register is other.register
        and one.calls == other.calls
    )


def _office(package: Package, lane: str) -> str:
    return next((role.kind.value for role in package.manifest.roles if role.id == lane), "")


def _timers(wiring: Wiring, node: str) -> Mapping[str, bool]:
    return {one.id: one.interrupts for one in wiring.boundaries.get(node, ())}


def _meetings(wiring: Wiring, node: str) -> frozenset[tuple[str, frozenset[str]]]:
    """Return the gateways at which the way from a node meets others that began before it, with all their flows."""
    met: set[tuple[str, frozenset[str]]] = set()
    seen: set[tuple[str, int]] = set()
    ahead = [(one, 0) for one in _next(wiring, node)]
    while ahead:
        name, depth = ahead.pop()
        if (name, depth) in seen or depth > _DEEPEST:
            continue
        seen.add((name, depth))
        if wiring.node(name).kind is NodeKind.PARALLEL:
            arriving = wiring.arriving.get(name, ())
            if len(arriving) > 1 and depth == 0:
                met.add((name, frozenset(flow.id for flow in arriving)))
            depth -= int(len(arriving) > 1 and depth > 0)
            depth += int(len(wiring.leaving.get(name, ())) > 1)
        ahead += [(one, depth) for one in _next(wiring, name)]
    return frozenset(met)


def _new_before(here: Wiring, there: Wiring, node: str) -> Iterable[str]:
    """Return the steps that only the new process has, before a node and not again after it, by id."""
    after = _reached(there, node)
    known = {one.id: one.kind for one in here.process.nodes.values()}
    return sorted(
        one.id
        for one in there.process.nodes.values()
        if one.kind in _WORK
        and known.get(one.id) is not one.kind
        and one.id not in after
        and node in _reached(there, one.id)
    )


def _reached(wiring: Wiring, node: str) -> set[str]:
    found: set[str] = set()
    ahead = list(_next(wiring, node))
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _next(wiring, name)
    return found


def _next(wiring: Wiring, node: str) -> Iterator[str]:
    """Yield what follows a node, also by the timers that hang on it."""
    for one in (node, *(timer.id for timer in wiring.boundaries.get(node, ()))):
        yield from (flow.target for flow in wiring.leaving.get(one, ()))
