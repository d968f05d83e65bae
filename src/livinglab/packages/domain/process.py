"""A process: who does what, in which order, by when. docs/package-format.md section 4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class NodeKind(StrEnum):
    """The subset of BPMN 2.0 elements that a package may use; the value is the element's name."""

    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    SERVICE = "serviceTask"
    RULE = "businessRuleTask"
    SEND = "sendTask"
    RECEIVE = "receiveTask"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    CALL = "callActivity"
    TIMER = "intermediateCatchEvent"
    BOUNDARY = "boundaryEvent"


class ServiceKind(StrEnum):
    """What a service task may do; nothing else reaches outside."""

    ISSUE = "issue"
    SIGN = "sign"
    PAY = "pay"
    CHECK_IDENTITY = "check_identity"
    CHECK_WELFARE = "check_welfare"
    REGISTER = "register"
    BOOK = "book"  # hold a place in an hour, counted by us
    GIVE_BACK = "give_back"  # every place that the case holds


class Publishes(StrEnum):
    """What a user task makes public by being done: an entry of the region, as this kind."""

    DATA = "data"
    LEGAL_DOCUMENT = "legal_document"


class Register(StrEnum):
    """A national register that a service task asks about the applicant; the value is its name in expressions."""

    IDENTITY = "identity"
    WELFARE = "welfare"


_REGISTERS: Final = {
    ServiceKind.CHECK_IDENTITY: Register.IDENTITY,
    ServiceKind.CHECK_WELFARE: Register.WELFARE,
}


class Outcome(StrEnum):
    """How a case ends."""

    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An element of the process. `said` holds its `ll:` attributes by name without prefix."""

    id: str
    kind: NodeKind
    name: str
    lane: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    timer: str = ""  # ISO 8601 duration or "=param.ID"; timers only
    attached_to: str = ""  # boundary events only
    interrupts: bool = True  # boundary events only
    default_flow: str = ""  # exclusive gateways only
    calls: str = ""  # call activities only: id of the other process
    line: int = 0

    @property
    def register(self) -> Register | None:
        """The register that this service task asks and waits for, None for any other node."""
        is_service = self.kind is NodeKind.SERVICE
        return next(
            (one for kind, one in _REGISTERS.items() if is_service and kind == self.said.get("kind")), None
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow; `condition` is an expression or empty, `name` what people read at it."""

    id: str
    source: str
    target: str
    condition: str = ""
    line: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows in law when nobody decides in time: an outcome, by an entry of `law` of package.yaml.

    `message` is what the applicant is told, `document` what is issued to them; "" for none.
    """

    outcome: Outcome
    law: str = ""
    message: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its nodes and flows by id. `silence`: what follows when nobody decides in time."""

    id: str
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: tuple[str, ...]
    silence: Silence | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Diagram:
    """What `process.bpmn` holds: the executable process and those it may call, and the file's text for the engine."""

    main: Process
    called: Mapping[str, Process]
    text: str = field(repr=False)
