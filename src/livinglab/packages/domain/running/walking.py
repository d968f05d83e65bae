"""How tokens move: from node to node until each waits for somebody, for a moment, or is done.

The token game of BPMN 2.0 for the elements that the standard allows (section 4). docs/adr/0016 says why it is ours.
"""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from livinglab.packages.domain.bookings import book, steps_of, terms_of
from livinglab.packages.domain.manifest import Calendar
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Flow, Node, NodeKind, Outcome, ServiceKind, Silence
from livinglab.packages.domain.running.days import Days, Duration, DurationUnread, read_duration
from livinglab.packages.domain.running.kit import Kit
from livinglab.packages.domain.running.names import names_of
from livinglab.packages.domain.running.refusals import BrokenPackage
from livinglab.packages.domain.running.state import (
    Arrival,
    Case,
    Entry,
    Frame,
    Happened,
    Issue,
    Sent,
    Timer,
    Token,
)
from livinglab.packages.domain.running.wiring import Wiring, wire

#: nodes that a process may pass between two waits; a loop without a wait is stopped here
MOST_STEPS: Final = 1_000
MAIN: Final = 0

_ANSWER: Final = "answer"


@dataclass(slots=True)
class Walk:
    """A case while its tokens move; afterwards `case` is how it stands."""

    package: Package
    kit: Kit
    days: Days
    case: Case
    wiring: dict[str, Wiring] = field(init=False)
    _moving: deque[tuple[int, str, str]] = field(init=False, default_factory=deque)
    _steps: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.wiring = dict(wire(self.package.diagram))

    # where things are

    def in_frame(self, frame: int) -> Wiring:
        """This function will return the wiring of the process that a frame runs."""
        if frame == MAIN:
            return self.wiring[self.package.diagram.main.id]
        return self.wiring[next(one.process for one in self.case.frames if one.id == frame)]

    def node_of(self, token: Token) -> Node:
        """This function will return the node at which a token waits."""
        return self.in_frame(token.frame).node(token.node)

    # moving

    def begin(self) -> None:
        """This function will put the first token on the start event and move it."""
        self._enter(MAIN, self.in_frame(MAIN).start.id, "")
        self.run()

    def stand(self, frame: int, node: Node) -> None:
        """This function will put a token on a task, as if the case had just come to it."""
        self._wait(frame, node)

    def leave(self, frame: int, node: Node) -> None:
        """This function will send tokens along every flow that leaves a node."""
        for flow in self._ways(frame, node):
            self._enter(frame, flow.target, flow.id)

    def take(self, token: Token) -> None:
        """This function will take a waiting token away; deadlines run again when nobody is asked any more."""
        self._pass(token)
        self.case = replace(self.case, tokens=tuple(one for one in self.case.tokens if one.id != token.id))
        if self.case.asked and not any(self._asks(one) for one in self.case.tokens):
            self._resume()

    def stop_timer(self, token: Token, timer: Timer) -> None:
        """This function will let a token wait on without one of its timers."""
        waiting = replace(token, timers=tuple(one for one in token.timers if one != timer))
        self.case = replace(
            self.case, tokens=tuple(waiting if one.id == token.id else one for one in self.case.tokens)
        )

    def run(self) -> None:
        """This function will move tokens until all wait, and end the case when none is left.

        Errors: `BrokenPackage`, also when more than `MOST_STEPS` nodes are passed.
        """
        while self._moving or self._return():
            if not self._moving:
                continue
            self._steps += 1
            frame, node, flow = self._moving.popleft()
            if self._steps > MOST_STEPS:
                raise BrokenPackage("endless", node)
            self._arrive(frame, self.in_frame(frame).node(node), flow)

    def end(self, outcome: Outcome, on: str) -> None:
        """This function will end the case: nothing waits any more."""
        self._moving.clear()
        for token in self.case.tokens:
            self._pass(token)
        self.case = replace(self.case, tokens=(), frames=(), arrivals=(), outcome=outcome)
        self.note(Happened.ENDED, on)

    def be_silent(self, silence: Silence) -> None:
        """This function will end the case as the law has it when nobody decided in time.

        What the law grants is issued, once, and waits for its signature as other documents do.
        """
        self.note(Happened.SILENT, silence.law)
        if silence.document and not any(one.document == silence.document for one in self.case.issued):
            self._issue(silence.document, "")
            if any(one.id == silence.document and one.signed_by for one in self.package.manifest.documents):
                self._sign(silence.document, "")
        if silence.message:
            self._send(silence.message, "")
        self.end(silence.outcome, "")

    def note(self, what: Happened, on: str) -> None:
        """This function will write into the history what the process itself did."""
        self.case = self.case.noted(Entry(what=what, at=self.case.now, on=on))

    def _enter(self, frame: int, node: str, flow: str) -> None:
        self._moving.append((frame, node, flow))

    def _pass(self, token: Token) -> None:
        """This function will remember that the standard of a task was passed, before its token goes."""
        if self.case.is_passed(token) and token.node not in self.case.passed:
            self.case = replace(self.case, passed=(*self.case.passed, token.node))

    def _new_id(self) -> int:
        self.case = replace(self.case, last_id=self.case.last_id + 1)
        return self.case.last_id

    def _return(self) -> bool:
        """This function will leave a called process in which nothing is left, and tell whether there was one."""
        for frame in self.case.frames:
            busy = (
                *(token.frame for token in self.case.tokens),
                *(arrival.frame for arrival in self.case.arrivals),
                *(other.caller for other in self.case.frames),
            )
            if frame.id not in busy:
                self.case = replace(
                    self.case, frames=tuple(one for one in self.case.frames if one.id != frame.id)
                )
                self.leave(frame.caller, self.in_frame(frame.caller).node(frame.node))
                return True
        return False

    def _ways(self, frame: int, node: Node) -> tuple[Flow, ...]:
        flows = self.in_frame(frame).leaving.get(node.id, ())
        if node.kind is not NodeKind.EXCLUSIVE or len(flows) == 1:
            return flows
        names = names_of(self.case, self.days)
        for flow in flows:
            if flow.id != node.default_flow and flow.condition and self.kit.holds(flow.condition, names):
                return (flow,)
        for flow in flows:
            if flow.id == node.default_flow:
                return (flow,)
        raise BrokenPackage("no_way", node.id)

    # what happens at a node

    def _arrive(self, frame: int, node: Node, flow: str) -> None:
        match node.kind:
            case NodeKind.USER | NodeKind.RECEIVE | NodeKind.TIMER:
                self._wait(frame, node)
                return
            case NodeKind.SERVICE if node.register is not None:
                self.note(Happened.OUTSIDE, node.id)
                self._wait(frame, node)
                return
            case NodeKind.PARALLEL:
                if not self._joined(frame, node, flow):
                    return
            case NodeKind.CALL:
                self._call(frame, node)
                return
            case NodeKind.END:
                self._finish(frame, node)
                return
            case NodeKind.SERVICE:
                self._serve(node)
            case NodeKind.RULE:
                self._decide(node)
            case NodeKind.SEND:
                self._send(node.said.get("message", ""), node.id)
            case _:
                pass
        self.leave(frame, node)

    def _wait(self, frame: int, node: Node) -> None:
        timers = [
            Timer(one.id, self._moment(one, one.timer))
            for one in self.in_frame(frame).boundaries.get(node.id, ())
        ]
        if node.kind is NodeKind.TIMER:
            timers.append(Timer(node.id, self._moment(node, node.timer)))
        within = node.said.get("within", "")
        token = Token(
            id=self._new_id(),
            frame=frame,
            node=node.id,
            since=self.case.now,
            due=self._moment(node, within) if within else None,
            timers=tuple(timers),
        )
        self.case = replace(self.case, tokens=(*self.case.tokens, token))
        if self._asks(token) and self.case.asked is None:
            self.case = replace(self.case, asked=self.case.now)
            self.note(Happened.ASKED, node.id)

    def _moment(self, node: Node, duration: str) -> datetime:
        how = Calendar(node.said.get("calendar", Calendar.WORKING))
        length = self._duration(node, duration)
        return self.days.due(self.case.now, length, how, in_office=_in_office(node))

    def _duration(self, node: Node, text: str) -> Duration:
        if text.startswith("=param."):
            days = self.case.parameters.get(text.removeprefix("=param."))
            if not isinstance(days, int) or days < 0:
                raise BrokenPackage("timer", node.id)
            return Duration(days)
        try:
            return read_duration(text)
        except DurationUnread:
            raise BrokenPackage("timer", node.id) from None

    def _asks(self, token: Token) -> bool:
        node = self.node_of(token)
        return node.kind is NodeKind.RECEIVE and node.said.get("waits-for") == _ANSWER

    def _resume(self) -> None:
        paused = self.case.asked
        assert paused is not None
        within = self.package.manifest.standard.within
        due = self._moved(self.case.due, paused, within.calendar)
        tokens = tuple(self._moved_token(one, paused) for one in self.case.tokens)
        self.case = replace(self.case, tokens=tokens, due=due, asked=None)

    def _moved_token(self, token: Token, paused: datetime) -> Token:
        if token.due is None:
            return token
        node, since = self.node_of(token), max(paused, token.since)
        how = Calendar(node.said.get("calendar", Calendar.WORKING))
        return replace(token, due=self._moved(token.due, since, how, in_office=_in_office(node)))

    def _moved(self, due: datetime, paused: datetime, how: Calendar, *, in_office: bool = False) -> datetime:
        """This function will return a due moment after a pause; one that was passed before the pause stays passed."""
        if due < paused:
            return due
        return self.days.later(due, paused, self.case.now, how, in_office=in_office)

    def _joined(self, frame: int, node: Node, flow: str) -> bool:
        """This function will keep an arrival at a gateway, and tell whether every flow has brought its token."""
        arrivals = [*self.case.arrivals, Arrival(frame, node.id, flow)]
        here = [one.flow for one in arrivals if one.frame == frame and one.node == node.id]
        needed = [one.id for one in self.in_frame(frame).arriving.get(node.id, ())]
        is_complete = set(needed) <= set(here)
        for one in needed if is_complete else ():
            arrivals.remove(Arrival(frame, node.id, one))
        self.case = replace(self.case, arrivals=tuple(arrivals))
        return is_complete

    def _call(self, frame: int, node: Node) -> None:
        if node.calls not in self.wiring or node.calls == self.package.diagram.main.id:
            raise BrokenPackage("no_process", node.id)
        called = Frame(self._new_id(), node.calls, frame, node.id)
        self.case = replace(self.case, frames=(*self.case.frames, called))
        self._enter(called.id, self.wiring[node.calls].start.id, "")

    def _finish(self, frame: int, node: Node) -> None:
        """This function will take a token out; the last one of the main process ends the case."""
        if frame != MAIN or self._moving or self.case.tokens or self.case.frames or self.case.arrivals:
            return
        if "outcome" not in node.said:
            raise BrokenPackage("no_outcome", node.id)
        self.end(Outcome(node.said["outcome"]), node.id)

    def _serve(self, node: Node) -> None:
        match node.said.get("kind"):
            case ServiceKind.ISSUE:
                self._issue(node.said.get("document", ""), node.id)
            case ServiceKind.SIGN:
                self._sign(node.said.get("document", ""), node.id)
            case ServiceKind.BOOK:
                self._book(node)
            case ServiceKind.GIVE_BACK:
                self._give_back(node)
            case _:
                self.note(Happened.OUTSIDE, node.id)

    def _issue(self, document: str, on: str) -> None:
        issued = next((one for one in self.package.manifest.documents if one.id == document), None)
        if issued is None:
            raise BrokenPackage("no_document", on)
        number = self.kit.number(issued.series, self.days.local(self.case.now), len(self.case.issued) + 1)
        names = {**names_of(self.case, self.days), "document": {"number": number, "qr": "qr:"}}
        page = Issue(document, number, self.case.now, self.kit.document(document, names))
        self.case = replace(self.case, issued=(*self.case.issued, page))
        self.note(Happened.ISSUED, document)

    def _sign(self, document: str, on: str) -> None:
        if not any(one.document == document for one in self.case.issued):
            raise BrokenPackage("unsigned", on)
        signer = next(one.signed_by for one in self.package.manifest.documents if one.id == document)
        self.case = replace(
            self.case,
            issued=tuple(
                replace(one, signed_by=signer) if one.document == document else one
                for one in self.case.issued
            ),
        )
        self.note(Happened.SIGNED, document)

    def _book(self, node: Node) -> None:
        terms = terms_of(node, self.package.form.fields, self.case.parameters)
        said = book(terms, self.case.answers, self.kit.places(terms), days=self.days, now=self.case.now)
        self.case = replace(self.case, bookings={**self.case.bookings, node.id: said})
        self.note(Happened.BOOKED if said["free"] else Happened.NO_PLACE, node.id)

    def _give_back(self, node: Node) -> None:
        # whichever step asks, all that the case holds goes back
        if (first := next(steps_of(self.package), None)) is not None:
            self.kit.places(terms_of(first, self.package.form.fields, self.case.parameters)).give_back()
        self.case = replace(self.case, bookings={})
        self.note(Happened.GAVE_BACK, node.id)

    def _decide(self, node: Node) -> None:
        rule = node.said.get("rule", "")
        if rule not in self.package.rules:
            raise BrokenPackage("no_rule", node.id)
        decision = self.kit.decide(self.package.rules[rule], names_of(self.case, self.days))
        self.case = replace(self.case, rules={**self.case.rules, rule: decision})
        self.note(Happened.DECIDED, rule)

    def _send(self, message: str, on: str) -> None:
        texts = self.kit.message(message, names_of(self.case, self.days))
        if not texts:
            raise BrokenPackage("no_message", on)
        self.case = replace(self.case, sent=(*self.case.sent, Sent(message, self.case.now, texts)))
        self.note(Happened.SENT, message)


def _in_office(node: Node) -> bool:
    """Whether the hours of a step count only while offices are open: where its calendar says working days."""
    return node.said.get("calendar") == Calendar.WORKING
