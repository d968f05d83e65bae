"""Running a package in memory: check answers, start a case, and every act on it. Nothing is stored here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from livinglab.packages.adapters import forms
from livinglab.packages.adapters.kits import Address, Count, PackageKit
from livinglab.packages.domain.bookings import Places
from livinglab.packages.domain.form import Form
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node
from livinglab.packages.domain.running import parameters as settings_of
from livinglab.packages.domain.running.answers import Asked, Mistake, asked
from livinglab.packages.domain.running.days import Days
from livinglab.packages.domain.running.kit import Kit
from livinglab.packages.domain.running.machine import Actor, Machine
from livinglab.packages.domain.running.names import names_before, names_of
from livinglab.packages.domain.running.refusals import BrokenPackage, IllegalMove
from livinglab.packages.domain.running.room import overlong
from livinglab.packages.domain.running.state import Case, Token
from livinglab.packages.queries.calendars import days_of

__all__ = [
    "Actor",
    "AnswersRefused",
    "BrokenPackage",
    "Case",
    "IllegalMove",
    "Mistake",
    "Runner",
    "Waiting",
    "runner",
]


#: the mistake of a day that lies before the first one allowed
_IN_THE_PAST: Final = "before"


class AnswersRefused(Exception):
    """Answers do not fit the form; nothing happened to the case."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.code}" for one in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: at which node, since and until when, and whether its standard was passed."""

    node: Node
    since: datetime
    due: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Runner:
    """A package that runs in a place. Each act returns the next state of the case and keeps nothing.

    Acts raise `AnswersRefused` (with every mistake), `IllegalMove` (it is not the time, or not this role), or
    `BrokenPackage` (only for a package that the checker did not see). Moments are aware.
    """

    package: Package
    kit: Kit
    days: Days

    @property
    def _machine(self) -> Machine:
        return Machine(self.package, self.kit, self.days)

    # before there is a case

    def parameters(self, given: Mapping[str, object]) -> dict[str, object]:
        """This function will return the value of each parameter: the given one, else the origin's hint."""
        return settings_of.with_hints(self.package.manifest.parameters, given)

    def asked(
        self, answers: Mapping[str, object], *, parameters: Mapping[str, object], at: datetime
    ) -> Asked:
        """This function will return which questions of the citizen's form are asked, and which answers are kept."""
        names = names_before(parameters, self.days.local(at).date().isoformat())
        return asked(self.package.form, answers, names, task="", holds=self.kit.holds)

    def mistakes(
        self, answers: Mapping[str, object], *, parameters: Mapping[str, object], at: datetime, page: str = ""
    ) -> tuple[Mistake, ...]:
        """This function will return what is wrong with the answers to the citizen's form, or to one of its pages."""
        found = self._mistakes(
            self.package.form, self.asked(answers, parameters=parameters, at=at), answers, at
        )
        return _on_page(self.package.form, found, page)

    def start(
        self,
        *,
        number: str,
        answers: Mapping[str, object],
        parameters: Mapping[str, object],
        by: Actor,
        at: datetime,
    ) -> Case:
        """This function will return a new case."""
        shown = self.asked(answers, parameters=parameters, at=at)
        self._refuse(self.package.form, shown, answers, at)
        return self._machine.start(number=number, answers=shown.answers, parameters=parameters, by=by, at=at)

    # a case

    def task_form(self, task: str) -> Form | None:
        """This function will return what an officer fills in for a user task, None where that is nothing."""
        return self.package.tasks.get(self.form_id(task))

    def form_id(self, task: str) -> str:
        """This function will return the id of a user task's form, by which its answers are kept; "" without one."""
        node = self.node(task)
        return node.said.get("form", "") if node else ""

    def task_asked(self, case: Case, *, task: str, answers: Mapping[str, object]) -> Asked:
        """This function will return which questions of a task are asked, and what is kept of the answers."""
        form, node = self.task_form(task), self.node(task)
        if form is None or node is None:
            return Asked((), {})
        return asked(form, answers, names_of(case, self.days), task=node.said["form"], holds=self.kit.holds)

    def task_mistakes(
        self, case: Case, *, task: str, answers: Mapping[str, object], at: datetime, page: str = ""
    ) -> tuple[Mistake, ...]:
        """This function will return what is wrong with the answers to a task's form, or to one of its pages."""
        form = self.task_form(task)
        if form is None:
            return ()
        shown = self.task_asked(case, task=task, answers=answers)
        return _on_page(form, self._mistakes(form, shown, answers, at), page)

    def refusal(self, case: Case, *, task: str, by: Actor) -> IllegalMove | None:
        """This function will return why somebody may not do a waiting user task, None where they may."""
        try:
            return self._machine.refusal(case, task=task, by=by)
        except IllegalMove as refused:
            return refused

    def complete(
        self, case: Case, *, task: str, answers: Mapping[str, object], by: Actor, at: datetime
    ) -> Case:
        """This function will return the case after an officer has done a user task."""
        if refused := self.refusal(case, task=task, by=by):
            raise refused
        shown = self.task_asked(case, task=task, answers=answers)
        if form := self.task_form(task):
            self._refuse(form, shown, answers, at)
        return self._machine.complete(case, task=task, answers=shown.answers, by=by, at=at)

    def answer(
        self, case: Case, *, task: str, answers: Mapping[str, object], by: Actor, at: datetime
    ) -> Case:
        """This function will return the case after the applicant has corrected the form; the rest of it stays."""
        together = {**case.answers, **answers}
        shown = self.asked(together, parameters=case.parameters, at=at)
        wrong = overlong(self.package.form.fields, together, {})
        if found := wrong or self.mistakes_again(case, together, at=at):
            raise AnswersRefused(found)
        return self._machine.answer(case, task=task, answers=shown.answers, by=by, at=at)

    def mistakes_again(
        self, case: Case, answers: Mapping[str, object], *, at: datetime, page: str = ""
    ) -> tuple[Mistake, ...]:
        """This function will return what is wrong with a form that its applicant completes, or with one of its pages.

        A day that was in time when it was sent, and stays as it is, is in time still.
        """
        return tuple(
            one
            for one in self.mistakes(answers, parameters=case.parameters, at=at, page=page)
            if one.code != _IN_THE_PAST or _changed(one, case.answers, answers)
        )

    def pay(self, case: Case, *, task: str, by: Actor, at: datetime) -> Case:
        """This function will return the case after the payment that it waits for."""
        return self._machine.pay(case, task=task, by=by, at=at)

    def checked(
        self,
        case: Case,
        *,
        task: str,
        says: Mapping[str, object] | None,
        source: str = "",
        why: str = "",
        at: datetime,
    ) -> Case:
        """This function will return the case after a register answered; `says` is None where it gave no answer.

        `source` is who answered, `why` the reason why nobody did. Errors also: `WrongAnswer`.
        """
        return self._machine.checked(case, task=task, says=says, source=source, why=why, at=at)

    def withdraw(self, case: Case, *, by: Actor, at: datetime) -> Case:
        """This function will return the case after the applicant has withdrawn."""
        return self._machine.withdraw(case, by=by, at=at)

    def reopen(self, case: Case, *, step: str, by: Actor, at: datetime) -> Case:
        """This function will return a case that had ended as it waits for an office's step again.

        `case` has its history; `step` is what `queries.reopening.step_of` found.
        """
        return self._machine.reopen(case, step=step, by=by, at=at)

    def advance(self, case: Case, *, to: datetime) -> Case:
        """This function will return the case at a later moment, with every timer that rang until then."""
        return self._machine.advance(case, to=to)

    # what is to be seen

    def waiting(self, case: Case) -> tuple[Waiting, ...]:
        """This function will return what waits, the soonest due first."""
        found = [
            Waiting(node, token.since, _until(token), case.is_passed(token))
            for token in case.tokens
            if (node := self.node(token.node))
        ]
        return tuple(sorted(found, key=lambda one: (one.due is None, one.due or one.since, one.node.id)))

    def next_deadline(self, case: Case) -> datetime | None:
        """This function will return the next moment at which something becomes late or a timer rings, None for none."""
        if case.is_over:
            return None
        moments = [token.due for token in case.tokens if token.due and not case.asked]
        moments += [timer.at for token in case.tokens for timer in token.timers]
        moments += [] if case.asked else [case.due]
        return min((one for one in moments if one > case.now), default=None)

    def next_ring(self, case: Case) -> datetime | None:
        """This function will return when time moves the case next by itself, None for never."""
        ring = self._machine.next_ring(case)
        return ring.at if ring else None

    def node(self, node: str) -> Node | None:
        """This function will return a node of the package's processes by its id."""
        for process in (self.package.diagram.main, *self.package.diagram.called.values()):
            if node in process.nodes:
                return process.nodes[node]
        return None

    def _mistakes(
        self, form: Form, shown: Asked, given: Mapping[str, object], at: datetime
    ) -> tuple[Mistake, ...]:
        unknown = forms.unknown_fields(form.fields, given)
        return (*forms.mistakes(shown, self.days.local(at).date()), *unknown)

    def _refuse(self, form: Form, shown: Asked, given: Mapping[str, object], at: datetime) -> None:
        found = overlong(form.fields, given, {}) or self._mistakes(form, shown, given, at)
        if found:
            raise AnswersRefused(found)


def runner(
    package: Package,
    *,
    zone: str = "WIB",
    count: Count | None = None,
    places: Places | None = None,
    address: Address | None = None,
) -> Runner:
    """This function will return the runner of a package in a place of that zone.

    `count` gives the numbers of documents and publications from a register, `address` where a publication stands;
    without them they count within the case and stand nowhere. `places` counts who holds a place in an hour; without
    it invented visitors hold some.
    """
    return Runner(package, PackageKit(package, count, places, address), days_of(zone))


def _changed(one: Mistake, before: Mapping[str, object], answers: Mapping[str, object]) -> bool:
    name = one.field.split(".")[0]
    return answers.get(name) != before.get(name)


def _on_page(form: Form, mistakes: tuple[Mistake, ...], page: str) -> tuple[Mistake, ...]:
    if not page:
        return mistakes
    fields = next((one.fields for one in form.pages if one.id == page), ())
    return tuple(one for one in mistakes if one.field.split(".")[0] in fields)


def _until(token: Token) -> datetime | None:
    return token.due or min((timer.at for timer in token.timers), default=None)
