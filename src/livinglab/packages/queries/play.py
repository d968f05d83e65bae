"""Playing a scenario: the package's own test, and step by step its guided tour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.domain.running.machine import Actor
from livinglab.packages.domain.running.state import Case
from livinglab.packages.domain.scenarios import Act, Do, Expect, Scenario
from livinglab.packages.queries.cases import AnswersRefused, BrokenPackage, IllegalMove, Runner, runner

_NUMBER: Final = "CONTOH-1"
#: who answers in a scenario, and why nobody does
_SOURCE: Final = "scenario"
_SILENT: Final = "silent"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a step expected and what was seen instead. `what` is waiting, outcome, refused, case, rules.ID.OUTPUT …"""

    what: str
    expected: object
    seen: object
    line: int


@dataclass(frozen=True, slots=True)
class Played:
    """One step of a scenario, how the case stands after it, and what did not fit. `place` counts from 1."""

    place: int
    step: Act | Expect
    case: Case | None
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario that was played: every step up to the first that could not be taken."""

    scenario: Scenario
    steps: tuple[Played, ...]

    @property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """Everything that did not fit; none for a scenario that holds."""
        return tuple(one for step in self.steps for one in step.mismatches)

    @property
    def has_held(self) -> bool:
        """Whether everything was as expected."""
        return not self.mismatches


def play(package: Package, scenario: Scenario) -> Outcome:
    """This function will play a scenario and return each step with what did not fit.

    A step that cannot be taken ends it: a mismatch names why. The clock begins at `starts`, in western Indonesian time.
    """
    machine = runner(package)
    stage = Stage(None, scenario.starts.replace(tzinfo=machine.days.zone))
    steps: list[Played] = []
    for place, step in enumerate(scenario.steps, start=1):
        stage, found = take(machine, scenario, stage, step)
        steps.append(Played(place, step, stage.case, found))
        if found and isinstance(step, Act):
            break
    return Outcome(scenario, tuple(steps))


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a scenario has come: its case, None before there is one, and its clock."""

    case: Case | None
    now: datetime


def take(
    machine: Runner, scenario: Scenario, stage: Stage, step: Act | Expect
) -> tuple[Stage, tuple[Mismatch, ...]]:
    """This function will take one step of a scenario and return the stage after it, and what did not fit."""
    if isinstance(step, Expect):
        return stage, _compared(stage.case, step)
    try:
        case = _act(machine, scenario, stage, step)
    except AnswersRefused as refused:
        seen = tuple(sorted({one.field for one in refused.mistakes}))
        if set(seen) == set(step.refused):
            return stage, ()
        return stage, (Mismatch("refused", tuple(sorted(step.refused)), seen, step.line),)
    except (IllegalMove, BrokenPackage) as refused:
        return stage, (Mismatch("step", step.do.value, f"{refused.code}: {refused.on}", step.line),)
    if step.refused:
        return stage, (Mismatch("refused", tuple(sorted(step.refused)), (), step.line),)
    return Stage(case, case.now if case else stage.now + step.wait), ()


def _act(machine: Runner, scenario: Scenario, stage: Stage, step: Act) -> Case | None:
    by, at = Actor(step.role, step.role), stage.now
    if step.do is Do.APPLY:
        parameters = machine.parameters(scenario.parameters)
        return machine.start(number=_NUMBER, answers=step.answers, parameters=parameters, by=by, at=at)
    if stage.case is None:
        if step.do is Do.WAIT:
            return None
        raise IllegalMove("not_waiting", step.task)
    match step.do:
        case Do.COMPLETE:
            return machine.complete(stage.case, task=step.task, answers=step.answers, by=by, at=at)
        case Do.ANSWER:
            task = step.task or _receiving(machine, stage.case, "answer")
            return machine.answer(stage.case, task=task, answers=step.answers, by=by, at=at)
        case Do.PAY:
            return machine.pay(
                stage.case, task=step.task or _receiving(machine, stage.case, "payment"), by=by, at=at
            )
        case Do.CHECK:
            return machine.checked(
                stage.case, task=step.task, says=step.says, source=_SOURCE, why=_SILENT, at=at
            )
        case Do.WITHDRAW:
            return machine.withdraw(stage.case, by=by, at=at)
        case _:
            return machine.advance(stage.case, to=at + step.wait)


def _receiving(machine: Runner, case: Case, waits_for: str) -> str:
    """This function will return the id of the receive task that waits for something. Errors: `IllegalMove`."""
    for one in machine.waiting(case):
        if one.node.kind is NodeKind.RECEIVE and one.node.said.get("waits-for") == waits_for:
            return one.node.id
    raise IllegalMove("not_waiting", waits_for)


def _compared(case: Case | None, expected: Expect) -> tuple[Mismatch, ...]:
    if case is None:
        return (Mismatch("case", "", None, expected.line),)
    pairs: list[tuple[str, object, object]] = []
    if expected.waiting is not None:
        pairs.append(("waiting", expected.waiting, frozenset(token.node for token in case.tokens)))
    if expected.breached is not None:
        pairs.append(("breached", expected.breached, case.breached))
    if expected.messages is not None:
        pairs.append(("messages", expected.messages, tuple(one.message for one in case.sent)))
    if expected.documents is not None:
        pairs.append(("documents", expected.documents, tuple(one.document for one in case.issued)))
    if expected.outcome is not None:
        pairs.append(("outcome", expected.outcome, case.outcome.value if case.outcome else ""))
    pairs += _rules(case, expected.rules)
    return tuple(
        Mismatch(what, _listed(wanted), _listed(seen), expected.line)
        for what, wanted, seen in pairs
        if wanted != seen
    )


def _rules(case: Case, expected: Mapping[str, Mapping[str, object]]) -> list[tuple[str, object, object]]:
    found: list[tuple[str, object, object]] = []
    for rule, outputs in expected.items():
        given = case.rules[rule].outputs if rule in case.rules else {}
        found += [(f"rules.{rule}.{output}", wanted, given.get(output)) for output, wanted in outputs.items()]
    return found


def _listed(value: object) -> object:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value
