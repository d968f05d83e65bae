"""Asking systems outside, outside the case's transaction: tried, tried again, given up and shown, as messages are.

Before a try its successor is planned, in the same transaction that counts it: a worker that dies on the way loses
nothing, and the other side recognises the repeat by its key.
"""

import logging
from datetime import datetime
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.adapters.payments import Charge, PaymentCode, payments
from livinglab.casework.adapters.questions import NotAnswered
from livinglab.casework.adapters.registers import Inquiry, register_for
from livinglab.casework.domain.deliveries import wait_after
from livinglab.casework.domain.outside import CallState, Fault, OutsideKind, is_dead_letter
from livinglab.casework.models import Bill, OutsideCall
from livinglab.casework.operations import cases
from livinglab.casework.operations.asking_later import ask_later
from livinglab.casework.operations.billing import charge_of
from livinglab.casework.operations.checking import inquiry_of, step_of
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, organizations
from livinglab.packages.queries.cases import BrokenPackage, IllegalMove

_log = logging.getLogger(__name__)


class UnknownCall(Exception):
    """The organisation has no such question to a system outside."""


def ask(*, organization_id: UUID, call_id: UUID, at: datetime) -> bool:
    """This function will ask a system outside once, and return whether it answered now.

    What was answered, was given up, or is not due yet stays as it is. A case that has ended asks nothing more.
    """
    question = _begun(organization_id, call_id, at=at)
    if question is None:
        return False
    try:
        if isinstance(question, Charge):
            answer: PaymentCode | dict[str, object] = payments().code_for(question, at=at)
            source = ""
        else:
            system = register_for(question.register)
            answer, source = system.ask(question), system.source
    except NotAnswered as failed:
        _failed(organization_id, call_id, failed, at=at)
        return False
    if isinstance(answer, PaymentCode):
        return _answered(organization_id, call_id, answer, at=at)
    return _said(organization_id, call_id, answer, source=source, at=at)


def try_again(*, organization: Organization, call_id: UUID, by: UUID, at: datetime) -> OutsideCall:
    """This function will have a question asked again that was asked in vain, from the first try.

    Errors: `UnknownCall`; `Refused` unless it failed, and where the package says no amount.
    """
    with tenancy(organization.id):
        call = _locked(organization.id, call_id)
        ensure(policies.may_ask_again(CallState(call.state), call.fault, OutsideKind(call.kind)))
        call.state, call.fault, call.tries, call.tries_at = CallState.WAITING, "", 0, at
        call.save(update_fields=["state", "fault", "tries", "tries_at"])
        ask_later(call)
        _note(call, "casework.outside_tried_again", by=by, at=at)
    return call


def give_up(*, organization: Organization, call_id: UUID, reason: str, by: UUID, at: datetime) -> OutsideCall:
    """This function will give up a question that was asked in vain.

    Where a code to pay by was asked for the case goes on waiting, or by its timers; of a register it has gone on.

    Errors: `UnknownCall`; `Refused` unless it failed, without a reason, and with one that is too long.
    """
    with tenancy(organization.id):
        call = _locked(organization.id, call_id)
        ensure(policies.may_give_up(CallState(call.state), reason))
        call.state, call.reason = CallState.DEAD, reason
        call.save(update_fields=["state", "reason"])
        _note(call, "casework.outside_given_up", by=by, at=at)
    return call


def _locked(organization_id: UUID, call_id: UUID) -> OutsideCall:
    rows = OutsideCall.objects.select_for_update(of=("self",)).select_related("case").defer("case__state")
    call = rows.filter(organization_id=organization_id, id=call_id).first()
    if call is None:
        raise UnknownCall(call_id)
    return call


def _note(call: OutsideCall, action: str, *, by: UUID, at: datetime) -> None:
    audit.record(
        organization_id=call.organization_id,
        by=by,
        at=at,
        action=action,
        subject=call.case.number,
        facts={"kind": call.kind},
    )


def _begun(organization_id: UUID, call_id: UUID, *, at: datetime) -> Charge | Inquiry | None:
    """Count a try and plan the next one, then return what is asked; None where there is nothing to do."""
    with tenancy(organization_id):
        rows = OutsideCall.objects.select_for_update(skip_locked=True, of=("self",))
        call = (
            rows.select_related("case__version")
            .defer("case__state", "case__version__content")
            .filter(id=call_id, state=CallState.WAITING, tries_at__lte=at)
            .first()
        )
        if call is None:
            return None
        is_payment = call.kind == OutsideKind.PAYMENT
        inquiry = None if is_payment or call.case.outcome else _inquiry(call)
        if call.case.outcome or not (is_payment or inquiry):
            call.state, call.fault = CallState.DEAD, Fault.NOT_NEEDED
            call.save(update_fields=["state", "fault"])
            return None
        call.tries += 1
        call.tries_at = at + wait_after(call.tries)
        call.save(update_fields=["tries", "tries_at"])
        ask_later(call)
        return inquiry or charge_of(Bill.objects.get(call_id=call.id), call, call.case.number)


def _inquiry(call: OutsideCall) -> Inquiry | None:
    organization = organizations().get(id=call.organization_id)
    return inquiry_of(call, runner_of(call.case.version, zone=organization.zone), state_of(call.case))


def _answered(organization_id: UUID, call_id: UUID, given: PaymentCode, *, at: datetime) -> bool:
    with tenancy(organization_id):
        waiting = OutsideCall.objects.filter(id=call_id, state=CallState.WAITING)
        if not waiting.update(state=CallState.DONE, fault="", answered_at=at, tries_at=at):
            return False  # answered or given up meanwhile
        Bill.objects.filter(call_id=call_id).update(code=given.code, code_until=given.until)
    return True


def _said(
    organization_id: UUID, call_id: UUID, says: dict[str, object], *, source: str, at: datetime
) -> bool:
    """Keep what a register said, and let its case go on by it; the case is locked before its question."""
    with tenancy(organization_id):
        call = _of_case_locked(organization_id, call_id)
        if call is None:
            return False  # answered or given up meanwhile
        call.tries_at = at
        if _gone_on(call, says, source=source, why="", at=at):
            call.state, call.fault, call.answered_at = CallState.DONE, "", at
        else:
            call.state, call.fault = CallState.DEAD, Fault.NOT_NEEDED
        call.save(update_fields=["state", "fault", "tries_at", "answered_at"])
        return call.state == CallState.DONE


def _of_case_locked(organization_id: UUID, call_id: UUID) -> OutsideCall | None:
    rows = OutsideCall.objects.filter(id=call_id, state=CallState.WAITING)
    case_id = rows.values_list("case_id", flat=True).first()
    if case_id is None:
        return None
    lock_case(organization_id, case_id)
    return rows.select_for_update(of=("self",)).first()


def _gone_on(
    call: OutsideCall, says: dict[str, object] | None, *, source: str, why: str, at: datetime
) -> bool:
    """Let a case go on by a register's answer, or without it; False where it waits for it no more."""
    try:
        cases.check(
            organization=organizations().get(id=call.organization_id),
            case_id=call.case_id,
            step=step_of(call),
            says=says,
            source=source,
            why=why,
            key=f"check/{call.id}",
            at=at,
        )
    except IllegalMove:
        return False
    except BrokenPackage:
        _log.exception("a case cannot go on by a register", extra={"case": str(call.case_id)})
        return False
    return True


def _failed(organization_id: UUID, call_id: UUID, failed: NotAnswered, *, at: datetime) -> None:
    with tenancy(organization_id):
        call = _of_case_locked(organization_id, call_id)
        if call is None:
            return  # answered or given up meanwhile
        call.fault = failed.fault
        if is_dead_letter(call.tries, failed.fault):
            call.state, call.tries_at = CallState.FAILED, at
            _log.warning(
                "a question to a system outside is given up",
                extra={"call": str(call.id), "why": failed.fault},
            )
            is_payment = call.kind == OutsideKind.PAYMENT
            if not is_payment and not _gone_on(call, None, source="", why=failed.fault, at=at):
                call.state, call.fault = CallState.DEAD, Fault.NOT_NEEDED
        elif (asked := at + failed.wait) > call.tries_at:
            call.tries_at = asked
            ask_later(call)
        call.save(update_fields=["state", "fault", "tries_at"])
