"""`process.bpmn` as typed values: the subset of BPMN 2.0 that the standard allows, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from livinglab.packages.adapters.xml_files import Element, read_xml
from livinglab.packages.domain import bookings
from livinglab.packages.domain.faults import Fault, PackageRefused
from livinglab.packages.domain.process import (
    Diagram,
    Flow,
    Node,
    NodeKind,
    Outcome,
    Process,
    Publishes,
    ServiceKind,
    Silence,
)

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LL: Final = "urn:livinglab:package:1"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_DRAWINGS: Final = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
    }
)
_ID: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.-]{0,79}", re.ASCII)
_DURATION: Final = re.compile(r"P(?=[0-9T])([0-9]{1,4}D)?(T(?=[0-9])([0-9]{1,4}H)?([0-9]{1,5}M)?)?", re.ASCII)
_PARAMETER: Final = re.compile(r"=param\.[a-z][a-z0-9_]{0,39}", re.ASCII)
_KINDS: Final = {kind.value: kind for kind in NodeKind}
_MOST_NODES: Final = 400

#: what a service task says that books a place
_BOOKS: Final = frozenset({*bookings.FIELDS, *bookings.PARAMETERS})
#: kind of node -> its attributes: of BPMN, of ours, and those of either that must be there
_ATTRIBUTES: Final[Mapping[NodeKind, tuple[frozenset[str], frozenset[str], frozenset[str]]]] = {
    NodeKind.START: (frozenset(), frozenset(), frozenset()),
    NodeKind.END: (frozenset(), frozenset({"outcome"}), frozenset()),
    NodeKind.USER: (
        frozenset(),
        frozenset({"form", "within", "calendar", "not-by", "publishes"}),
        frozenset({"form"}),
    ),
    NodeKind.SERVICE: (frozenset(), frozenset({"kind", "document", *_BOOKS}), frozenset({"kind"})),
    NodeKind.RULE: (frozenset(), frozenset({"rule"}), frozenset({"rule"})),
    NodeKind.SEND: (frozenset(), frozenset({"message"}), frozenset({"message"})),
    NodeKind.RECEIVE: (frozenset(), frozenset({"waits-for"}), frozenset({"waits-for"})),
    NodeKind.EXCLUSIVE: (frozenset({"default"}), frozenset(), frozenset()),
    NodeKind.PARALLEL: (frozenset(), frozenset(), frozenset()),
    NodeKind.CALL: (frozenset({"calledElement"}), frozenset(), frozenset({"calledElement"})),
    NodeKind.TIMER: (frozenset(), frozenset({"calendar"}), frozenset()),
    NodeKind.BOUNDARY: (
        frozenset({"attachedToRef", "cancelActivity"}),
        frozenset({"calendar"}),
        frozenset({"attachedToRef"}),
    ),
}
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "outcome": frozenset(Outcome),
    "silence": frozenset({Outcome.GRANTED, Outcome.REFUSED}),
    "kind": frozenset(ServiceKind),
    "publishes": frozenset(Publishes),
    "calendar": frozenset({"working", "calendar"}),
    "waits-for": frozenset({"answer", "payment"}),
    "cancelActivity": frozenset({"true", "false"}),
    "isExecutable": frozenset({"true", "false"}),
}
_SILENCE: Final = frozenset({"silence", "silence-law", "silence-message", "silence-document"})
_NEEDS_DOCUMENT: Final = frozenset({ServiceKind.ISSUE, ServiceKind.SIGN})


def diagram_from(path: str, text: str) -> Diagram:
    """This function will return the processes of a BPMN file. Errors: PackageRefused with every fault by line."""
    reader = _Reader(path)
    diagram = reader.diagram(read_xml(path, text), text)
    if diagram is None or reader.faults:
        raise PackageRefused(tuple(reader.faults))
    return diagram


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.ids: set[str] = set()

    def _fault(self, code: str, element: Element, /, **said: str) -> None:
        self.faults.append(Fault(code, self.path, element.line, {key: one[:80] for key, one in said.items()}))

    def diagram(self, root: Element, text: str) -> Diagram | None:
        if (root.namespace, root.name) != (BPMN, "definitions"):
            self._fault("P301", root, element=root.name)
            return None
        processes: list[tuple[Process, bool]] = []
        for child in root.children:
            if child.namespace == BPMN and child.name == "process":
                processes.append((self._process(child), child.attributes.get(("", "isExecutable")) == "true"))
            elif child.namespace == BPMN and child.name == "collaboration":
                self._collaboration(child)
            else:
                self._drawing(child)
        main = [process for process, is_executable in processes if is_executable]
        if len(main) != 1:
            self._fault("P307", root, number=str(len(main)))
            return None
        called = {process.id: process for process, is_executable in processes if not is_executable}
        return Diagram(main[0], called, text)

    def _drawing(self, element: Element) -> None:
        if element.namespace not in _DRAWINGS:
            self._fault("P301", element, element=element.name)
            return
        for child in element.children:
            self._drawing(child)

    def _collaboration(self, element: Element) -> None:
        for child in element.children:
            if (child.namespace, child.name) != (BPMN, "participant"):
                self._fault("P301", child, element=child.name)

    def _attributes(self, element: Element, plain: frozenset[str], ours: frozenset[str]) -> dict[str, str]:
        """Return the attributes by name without prefix; refuse others, and values outside their words."""
        found: dict[str, str] = {}
        for (namespace, name), value in element.attributes.items():
            allowed = {"": plain | {"id", "name"}, LL: ours, _XSI: frozenset({"type"})}.get(
                namespace, frozenset()
            )
            if name not in allowed or (namespace == _XSI and not value.endswith("tFormalExpression")):
                self._fault("P302", element, element=element.name, attribute=name)
            elif name in _WORDS and value not in _WORDS[name]:
                known = ", ".join(sorted(_WORDS[name]))
                self._fault("P304", element, attribute=name, value=value, known=known)
            else:
                found[name] = value
        identifier = found.get("id", "")
        if identifier and (identifier in self.ids or not _ID.fullmatch(identifier)):
            self._fault("P305" if identifier in self.ids else "P306", element, id=identifier)
        self.ids.add(identifier)
        return found

    def _process(self, element: Element) -> Process:
        said = self._attributes(element, frozenset({"isExecutable"}), _SILENCE)
        nodes: dict[str, Node] = {}
        flows: dict[str, Flow] = {}
        lanes: dict[str, tuple[str, ...]] = {}
        sets = 0
        for child in element.children:
            if child.namespace != BPMN:
                self._fault("P301", child, element=child.name)
            elif child.name == "laneSet":
                sets += 1
                lanes.update(self._lanes(child))
            elif child.name == "sequenceFlow":
                flow = self._flow(child)
                flows[flow.id] = flow
            elif child.name in _KINDS:
                node = self._node(child, _KINDS[child.name])
                nodes[node.id] = node
            else:
                self._fault("P301", child, element=child.name)
        if sets != 1:
            self._fault("P308", element, number=str(sets))
        if len(nodes) > _MOST_NODES:
            self._fault("P309", element, most=str(_MOST_NODES))
        return Process(
            said.get("id", ""),
            self._placed(element, nodes, lanes),
            flows,
            tuple(lanes),
            self._silence(element, said),
            element.line,
        )

    def _silence(self, element: Element, said: Mapping[str, str]) -> Silence | None:
        more = sorted(name for name in said if name in _SILENCE and name != "silence")
        if "silence" not in said:
            if more and (LL, "silence") not in element.attributes:  # else P304 has said what is wrong
                self._fault("P303", element, element=element.name, attribute="silence")
            return None
        law, message, document = (said.get(f"silence-{one}", "") for one in ("law", "message", "document"))
        return Silence(Outcome(said["silence"]), law, message, document)

    def _placed(
        self, element: Element, nodes: dict[str, Node], lanes: Mapping[str, tuple[str, ...]]
    ) -> dict[str, Node]:
        lane_of: dict[str, str] = {}
        for lane, members in lanes.items():
            for member in members:
                if member not in nodes or member in lane_of:
                    self._fault("P311", element, id=member, lane=lane)
                lane_of[member] = lane
        for node in nodes.values():
            if node.id not in lane_of:
                self.faults.append(Fault("P312", self.path, node.line, {"id": node.id[:80]}))
        return {key: replace(node, lane=lane_of.get(key, "")) for key, node in nodes.items()}

    def _lanes(self, element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
        self._attributes(element, frozenset(), frozenset())
        for child in element.children:
            if (child.namespace, child.name) != (BPMN, "lane"):
                self._fault("P301", child, element=child.name)
                continue
            said = self._attributes(child, frozenset(), frozenset())
            for inner in child.children:
                if (inner.namespace, inner.name) != (BPMN, "flowNodeRef"):
                    self._fault("P301", inner, element=inner.name)
            yield said.get("id", ""), tuple(inner.text.strip() for inner in child.children)

    def _flow(self, element: Element) -> Flow:
        said = self._attributes(element, frozenset({"sourceRef", "targetRef"}), frozenset())
        for key in ("id", "sourceRef", "targetRef"):
            if not said.get(key):
                self._fault("P303", element, element=element.name, attribute=key)
        condition = ""
        for child in element.children:
            if (child.namespace, child.name) != (BPMN, "conditionExpression") or child.children or condition:
                self._fault("P301", child, element=child.name)
                continue
            self._attributes(child, frozenset(), frozenset())
            condition = child.text.strip()
        return Flow(
            said.get("id", ""),
            said.get("sourceRef", ""),
            said.get("targetRef", ""),
            condition,
            element.line,
            said.get("name", ""),
        )

    def _node(self, element: Element, kind: NodeKind) -> Node:
        plain, ours, needed = _ATTRIBUTES[kind]
        said = self._attributes(element, plain, ours)
        for key in sorted(needed | {"id"}):
            if not said.get(key):
                self._fault("P303", element, element=element.name, attribute=key)
        if said.get("kind") in _NEEDS_DOCUMENT and not said.get("document"):
            self._fault("P303", element, element=element.name, attribute="document")
        if said.get("kind") == ServiceKind.BOOK:
            for key in bookings.NEEDED:
                if not said.get(key):
                    self._fault("P303", element, element=element.name, attribute=key)
        if "within" in said and not (
            _DURATION.fullmatch(said["within"]) or _PARAMETER.fullmatch(said["within"])
        ):
            self._fault("P310", element, value=said["within"])
        return Node(
            id=said.get("id", ""),
            kind=kind,
            name=said.get("name", ""),
            said={key: value for key, value in said.items() if key in ours},
            timer=self._timer(element, kind),
            attached_to=said.get("attachedToRef", ""),
            interrupts=said.get("cancelActivity", "true") == "true",
            default_flow=said.get("default", ""),
            calls=said.get("calledElement", ""),
            line=element.line,
        )

    def _timer(self, element: Element, kind: NodeKind) -> str:
        """Return the duration of a timer event. `incoming` and `outgoing`, written by drawing programs, add nothing."""
        inner = [
            child
            for child in element.children
            if (child.namespace, child.name) not in {(BPMN, "incoming"), (BPMN, "outgoing")}
        ]
        if kind not in {NodeKind.TIMER, NodeKind.BOUNDARY}:
            for child in inner:
                self._fault("P301", child, element=child.name)
            return ""
        durations = [one for child in inner for one in child.children if child.name == "timerEventDefinition"]
        if [child.name for child in inner] != ["timerEventDefinition"] or [
            (one.namespace, one.name) for one in durations
        ] != [(BPMN, "timeDuration")]:
            self._fault("P313", element, id=element.attributes.get(("", "id"), ""))
            return ""
        for one in (*inner, *durations):
            self._attributes(one, frozenset(), frozenset())
        value = durations[0].text.strip()
        if not _DURATION.fullmatch(value) and not _PARAMETER.fullmatch(value):
            self._fault("P310", durations[0], value=value)
        return value
