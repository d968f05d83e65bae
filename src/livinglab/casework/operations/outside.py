"""Asking systems outside, outside the case's transaction: tried, tried again, given up and shown, as messages are.

Before a try its successor is planned, in the same transaction that counts it: a worker that dies on the way loses
nothing, and the other side recognises the repeat by its key.
"""

import logging
from datetime import datetime
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.adapters.payments import Charge, NotAnswered, PaymentCode, payments
from livinglab.casework.domain.deliveries import wait_after
from livinglab.casework.domain.outside import CallState, Fault, is_dead_letter
from livinglab.casework.models import Bill, OutsideCall
from livinglab.casework.operations.billing import ask_later, charge_of
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization

_log = logging.getLogger(__name__)


class UnknownCall(Exception):
    """The organisation has no such question to a system outside."""


def ask(*, organization_id: UUID, call_id: UUID, at: datetime) -> bool:
    """This function will ask the payment system once, and return whether it answered now.

    What was answered, was given up, or is not due yet stays as it is. A case that has ended asks nothing more.
    """
    charge = _begun(organization_id, call_id, at=at)
    if charge is None:
        return False
    try:
        code = payments().code_for(charge, at=at)
    except NotAnswered as failed:
        _failed(organization_id, call_id, failed, at=at)
        return False
    return _answered(organization_id, call_id, code, at=at)


def try_again(*, organization: Organization, call_id: UUID, by: UUID, at: datetime) -> OutsideCall:
    """This function will have a question asked again that was asked in vain, from the first try.

    Errors: `UnknownCall`; `Refused` unless it failed, and where the package says no amount.
    """
    with tenancy(organization.id):
        call = _locked(organization.id, call_id)
        ensure(policies.may_ask_again(CallState(call.state), call.fault))
        call.state, call.fault, call.tries, call.tries_at = CallState.WAITING, "", 0, at
        call.save(update_fields=["state", "fault", "tries", "tries_at"])
        ask_later(call)
        _note(call, "casework.outside_tried_again", by=by, at=at)
    return call


def give_up(*, organization: Organization, call_id: UUID, reason: str, by: UUID, at: datetime) -> OutsideCall:
    """This function will give up a question that was asked in vain; the case goes on waiting, or by its timers.

    Errors: `UnknownCall`; `Refused` unless it failed, and without a reason.
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


def _begun(organization_id: UUID, call_id: UUID, *, at: datetime) -> Charge | None:
    """Count a try and plan the next one, then return what is asked; None where there is nothing to do."""
    with tenancy(organization_id):
        rows = OutsideCall.objects.select_for_update(skip_locked=True, of=("self",))
        call = (
            rows.select_related("case")
            .defer("case__state")
            .filter(id=call_id, state=CallState.WAITING, tries_at__lte=at)
            .first()
        )
        if call is None:
            return None
        if call.case.outcome:
            call.state, call.fault = CallState.DEAD, Fault.NOT_NEEDED
            call.save(update_fields=["state", "fault"])
            return None
        call.tries += 1
        call.tries_at = at + wait_after(call.tries)
        call.save(update_fields=["tries", "tries_at"])
        ask_later(call)
        return charge_of(Bill.objects.get(call_id=call.id), call, call.case.number)


def _answered(organization_id: UUID, call_id: UUID, given: PaymentCode, *, at: datetime) -> bool:
    with tenancy(organization_id):
        waiting = OutsideCall.objects.filter(id=call_id, state=CallState.WAITING)
        if not waiting.update(state=CallState.DONE, fault="", answered_at=at, tries_at=at):
            return False  # answered or given up meanwhile
        Bill.objects.filter(call_id=call_id).update(code=given.code, code_until=given.until)
    return True


def _failed(organization_id: UUID, call_id: UUID, failed: NotAnswered, *, at: datetime) -> None:
    with tenancy(organization_id):
        call = OutsideCall.objects.select_for_update().filter(id=call_id, state=CallState.WAITING).first()
        if call is None:
            return  # answered or given up meanwhile
        call.fault = failed.fault
        if is_dead_letter(call.tries, failed.fault):
            call.state, call.tries_at = CallState.FAILED, at
            _log.warning(
                "a question to a system outside is given up",
                extra={"call": str(call.id), "why": failed.fault},
            )
        elif (asked := at + failed.wait) > call.tries_at:
            call.tries_at = asked
            ask_later(call)
        call.save(update_fields=["state", "fault", "tries_at"])
