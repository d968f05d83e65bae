"""Registers in a case: what answers at once does so within the move; what is over a network is asked by a job."""

from datetime import datetime

from livinglab.casework.adapters.questions import NotAnswered
from livinglab.casework.adapters.registers import Inquiry, register_for
from livinglab.casework.domain.outside import CallState, Fault, OutsideKind
from livinglab.casework.models import Case, OutsideCall, Step
from livinglab.casework.operations.asking_later import ask_later
from livinglab.kernel.identifiers import new_id
from livinglab.packages.domain.process import Node, Register
from livinglab.packages.domain.registers import Person, person_of
from livinglab.packages.domain.running.state import Entry, Happened
from livinglab.packages.queries import cases
from livinglab.packages.queries.cases import Runner
from livinglab.packages.queries.registers import waiting_for


def settled(runs: Runner, state: cases.Case, *, at: datetime) -> cases.Case:
    """This function will return a case after every register that can be asked without a network has answered.

    That is the stand-in outside production, nobody where no register is set up, and nobody without a NIK to ask about.
    A process cannot pass a register again without waiting for somebody (P335), so this comes to an end.
    """
    while (node := _at_once(runs, state)) is not None:
        assert node.register is not None
        system = register_for(node.register)
        try:
            says = system.ask(Inquiry("", node.register, _person(runs, state)))
        except NotAnswered as failed:
            state = runs.checked(state, task=node.id, says=None, why=failed.fault, at=at)
        else:
            state = runs.checked(state, task=node.id, says=says, source=system.source, at=at)
    return state


def plan(row: Case, after: cases.Case, happened: tuple[Entry, ...], first: int, runs: Runner) -> None:
    """This function will keep each question to a register, and have those that were not answered at once asked.

    `first` is the place of the first of the steps that `happened`.
    """
    for nth, entry in enumerate(happened):
        node = runs.node(entry.on) if entry.what is Happened.OUTSIDE else None
        if node is not None and node.register is not None:
            is_answered = any(one.what is Happened.CHECKED and one.on == node.id for one in happened[nth:])
            _forget(row, node)
            _keep(row, after, runs, node.register, place=first + nth, is_answered=is_answered, at=entry.at)


def step_of(call: OutsideCall) -> str:
    """This function will return the step of the process that asks. One query."""
    return Step.objects.values_list("on", flat=True).get(case_id=call.case_id, place=call.place)


def inquiry_of(call: OutsideCall, runs: Runner, state: cases.Case) -> Inquiry | None:
    """This function will return what a register is asked, None where the case waits for it no more."""
    step = step_of(call)
    if not any(one.id == step for one in waiting_for(runs, state)):
        return None
    person = person_of(runs.package, state.answers)
    return Inquiry(str(call.id), Register(call.kind), person) if person else None


def _at_once(runs: Runner, state: cases.Case) -> Node | None:
    """Return the first step whose register needs no network."""
    has_nik = person_of(runs.package, state.answers) is not None
    for node in waiting_for(runs, state):
        assert node.register is not None
        if not has_nik or register_for(node.register).is_at_once:
            return node
    return None


def _person(runs: Runner, state: cases.Case) -> Person:
    person = person_of(runs.package, state.answers)
    if person is None:
        raise NotAnswered(Fault.NO_NIK)  # the form asked for none, or it was hidden
    return person


def _forget(row: Case, node: Node) -> None:
    """Give up what the same step asked before; another step may wait for the same register at the same time."""
    before = Step.objects.filter(case_id=row.id, on=node.id, what=Happened.OUTSIDE).values("place")
    OutsideCall.objects.filter(
        case_id=row.id, place__in=before, state__in=[CallState.WAITING, CallState.FAILED]
    ).update(state=CallState.DEAD, fault=Fault.NOT_NEEDED)


def _keep(
    row: Case,
    after: cases.Case,
    runs: Runner,
    register: Register,
    *,
    place: int,
    is_answered: bool,
    at: datetime,
) -> None:
    call = OutsideCall(
        id=new_id(),
        organization_id=row.organization_id,
        case=row,
        kind=OutsideKind(register.value),
        place=place,
        tries_at=at,
        made_at=at,
    )
    person = person_of(runs.package, after.answers)
    call.digest = Inquiry("", register, person).digest if person else ""
    check = after.checks.get(register.value) if is_answered else None
    if check is not None and check.why:
        call.state, call.fault = CallState.DEAD, check.why
    elif check is not None:
        call.state, call.answered_at = CallState.DONE, check.at
    call.save(force_insert=True)
    if check is None and not after.is_over:
        ask_later(call)
