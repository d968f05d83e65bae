"""What people and time do to a case. Each act takes a case and gives the next one; nothing is kept in between."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from livinglab.packages.domain.manifest import RoleKind
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind, Outcome
from livinglab.packages.domain.registers import complete, unknown
from livinglab.packages.domain.running.days import Days, Duration
from livinglab.packages.domain.running.kit import Kit
from livinglab.packages.domain.running.publishing import publish
from livinglab.packages.domain.running.refusals import BrokenPackage, IllegalMove
from livinglab.packages.domain.running.reopening import path_to
from livinglab.packages.domain.running.state import Case, Check, Entry, Frame, Happened, Timer, Token
from livinglab.packages.domain.running.walking import MAIN, Walk

#: timers that may ring in one push of the clock; a loop of timers is stopped here
MOST_RINGS: Final = 1_000

#: who speaks for the applicant: they themselves, or a counter that fills it in with them
_NEAR: Final = frozenset({RoleKind.CITIZEN, RoleKind.VILLAGE, RoleKind.DISTRICT, RoleKind.AGENCY})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: in which role of the package, and as which person."""

    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A package ready to run cases, with what it needs from outside and the calendar of the place."""

    package: Package
    kit: Kit
    days: Days

    def start(
        self,
        *,
        number: str,
        answers: Mapping[str, object],
        parameters: Mapping[str, object],
        by: Actor,
        at: datetime,
    ) -> Case:
        """This function will return a new case whose tokens wait at the first tasks.

        `answers` are those of the form, already checked. Errors: `IllegalMove` where the role may not apply,
        `BrokenPackage`.
        """
        self._must_be_near(by, "")
        within = self.package.manifest.standard.within.by(parameters)
        due = self.days.due(at, Duration(within.days), within.calendar)
        case = Case(number=number, started=at, now=at, due=due, parameters=parameters, answers=answers)
        walk = self._walk(case.noted(_entry(Happened.APPLIED, at, "", by)))
        walk.begin()
        return walk.case

    def complete(
        self, case: Case, *, task: str, answers: Mapping[str, object], by: Actor, at: datetime
    ) -> Case:
        """This function will return the case after an officer has done a user task.

        Errors: `IllegalMove` where nothing waits there, the lane is another role's, or `ll:not-by` names a task that
        the same person did; `BrokenPackage`.
        """
        case = self.advance(case, to=at)
        token, node = self._waiting(case, task, NodeKind.USER)
        if refusal := self.refusal(case, task=task, by=by):
            raise refusal
        form = node.said.get("form", "")
        case = replace(case, tasks={**case.tasks, form: answers} if form else case.tasks)
        if "publishes" in node.said:
            case = publish(case, node, kit=self.kit, days=self.days)
        return self._done(case, token, _entry(Happened.COMPLETED, at, task, by))

    def answer(
        self, case: Case, *, task: str, answers: Mapping[str, object], by: Actor, at: datetime
    ) -> Case:
        """This function will return the case after the applicant has corrected the form; `answers` are all of it.

        Errors: as `complete`.
        """
        case = self.advance(case, to=at)
        token, node = self._waiting(case, task, NodeKind.RECEIVE)
        if node.said.get("waits-for") != "answer":
            raise IllegalMove("not_waiting", task)
        self._must_be_near(by, task)
        return self._done(replace(case, answers=answers), token, _entry(Happened.ANSWERED, at, task, by))

    def pay(self, case: Case, *, task: str, by: Actor, at: datetime) -> Case:
        """This function will return the case after the payment that it waits for. Errors: as `complete`."""
        case = self.advance(case, to=at)
        token, node = self._waiting(case, task, NodeKind.RECEIVE)
        if node.said.get("waits-for") != "payment":
            raise IllegalMove("not_waiting", task)
        self._must_be_near(by, task)
        return self._done(case, token, _entry(Happened.PAID, at, task, by))

    def checked(
        self, case: Case, *, task: str, says: Mapping[str, object] | None, source: str, why: str, at: datetime
    ) -> Case:
        """This function will return the case after a register answered; `says` is None where it gave no answer.

        Errors: `IllegalMove` where nothing waits there; `WrongAnswer`.
        """
        case = self.advance(case, to=at)
        token, node = self._waiting(case, task, NodeKind.SERVICE)
        assert node.register is not None, "no other service task waits"
        known = complete(node.register, says) if says is not None else unknown(node.register)
        check = Check(at, known, source if says is not None else "", why if says is None else "")
        case = replace(case, checks={**case.checks, node.register.value: check})
        return self._done(case, token, Entry(what=Happened.CHECKED, at=at, on=task))

    def withdraw(self, case: Case, *, by: Actor, at: datetime) -> Case:
        """This function will return the case ended by its applicant. Errors: `IllegalMove` when it is over."""
        case = self.advance(case, to=at)
        if case.is_over:
            raise IllegalMove("over")
        self._must_be_near(by, "")
        walk = self._walk(case.noted(_entry(Happened.WITHDREW, at, "", by)))
        walk.end(Outcome.WITHDRAWN, "")
        return walk.case

    def reopen(self, case: Case, *, step: str, by: Actor, at: datetime) -> Case:
        """This function will return a case that had ended as it waits for an office again; its standard begins anew.

        What was answered, decided and issued stays. `step` is one that `reopening.safe_step` found.
        Errors: `IllegalMove` while it is open, and where it cannot stand at this step.
        """
        if not case.is_over:
            raise IllegalMove("not_over")
        self._must_be_near(by, "")
        path = path_to(self.package, step)
        if path is None:
            raise IllegalMove("not_waiting", step)
        at, within = max(at, case.now), self.package.manifest.standard.within.by(case.parameters)
        frames, last, inside = [], case.last_id, MAIN
        for called in path:
            last += 1
            frames.append(Frame(last, called.calls, inside, called.id))
            inside = last
        opened = replace(
            case,
            outcome=None,
            asked=None,
            bookings={},  # given back when it ended
            now=at,
            due=self.days.due(at, Duration(within.days), within.calendar),
            frames=tuple(frames),
            last_id=last,
        )
        walk = self._walk(opened.noted(_entry(Happened.REOPENED, at, step, by)))
        walk.stand(inside, walk.in_frame(inside).node(step))
        return walk.case

    def advance(self, case: Case, *, to: datetime) -> Case:
        """This function will return the case at a later moment, after every timer up to then has rung in its order.

        Errors: `IllegalMove` for a moment before what already happened; `BrokenPackage` after `MOST_RINGS` timers.
        """
        if to < case.now:
            raise IllegalMove("clock")
        for _ in range(MOST_RINGS):
            ring = self.next_ring(case)
            if ring is None or ring.at > to:
                return replace(case, now=to)
            case = self._ring(replace(case, now=max(ring.at, case.now)), ring)
        raise BrokenPackage("endless", ring.node if ring else "")

    def next_ring(self, case: Case) -> Timer | None:
        """This function will return the timer that rings next, None for none; the silence of offices has node ""."""
        if case.is_over:
            return None
        rings = [timer for token in case.tokens for timer in token.timers]
        if self.package.diagram.main.silence and case.asked is None:
            rings.append(Timer("", case.due))
        return min(rings, key=lambda one: (one.at, one.node), default=None)

    def refusal(self, case: Case, *, task: str, by: Actor) -> IllegalMove | None:
        """This function will return why somebody may not do a waiting user task, None where they may."""
        node = self._waiting(case, task, NodeKind.USER)[1]
        if node.lane != by.role:
            return IllegalMove("wrong_role", task)
        other = node.said.get("not-by", "")
        last = next(
            (one for one in reversed(case.history) if one.what is Happened.COMPLETED and one.on == other),
            None,
        )
        return IllegalMove("four_eyes", task) if last is not None and last.by == by.person else None

    def _done(self, case: Case, token: Token, entry: Entry) -> Case:
        walk = self._walk(case.noted(entry))
        node = walk.node_of(token)
        walk.take(token)
        walk.leave(token.frame, node)
        walk.run()
        return walk.case

    def _ring(self, case: Case, ring: Timer) -> Case:
        walk = self._walk(case)
        if not ring.node:
            assert self.package.diagram.main.silence is not None, "nothing else rings without a node"
            walk.be_silent(self.package.diagram.main.silence)
            return walk.case
        token = next(one for one in case.tokens if ring in one.timers)
        event = walk.in_frame(token.frame).node(ring.node)
        walk.note(Happened.TIMED, event.id)
        if event.kind is NodeKind.BOUNDARY and not event.interrupts:
            walk.stop_timer(token, ring)
        else:
            walk.take(token)
        walk.leave(token.frame, event)
        walk.run()
        return walk.case

    def _waiting(self, case: Case, task: str, kind: NodeKind) -> tuple[Token, Node]:
        if case.is_over:
            raise IllegalMove("over", task)
        token = case.token_at(task)
        if token is None:
            raise IllegalMove("not_waiting", task)
        node = self._walk(case).node_of(token)
        if node.kind is not kind:
            raise IllegalMove("not_waiting", task)
        return token, node

    def _must_be_near(self, by: Actor, on: str) -> None:
        """This function will raise IllegalMove unless the role is the applicant's or an office that helps one."""
        kinds = {role.id: role.kind for role in self.package.manifest.roles}
        if kinds.get(by.role) not in _NEAR:
            raise IllegalMove("wrong_role", on)

    def _walk(self, case: Case) -> Walk:
        return Walk(self.package, self.kit, self.days, case)


def _entry(what: Happened, at: datetime, on: str, by: Actor) -> Entry:
    return Entry(what=what, at=at, on=on, role=by.role, by=by.person)
