"""What applicants owe: a bill with each step that asks for money, and the question to the payment system."""

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Max, Sum
from procrastinate.contrib.django import app

from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.adapters.payments import Charge
from livinglab.casework.domain.outside import BillState, CallState, Fault, OutsideKind, bill_state
from livinglab.casework.models import Bill, Case, OutsideCall
from livinglab.casework.operations.asking_later import QUEUE, ask_later
from livinglab.casework.operations.locking import lock_case
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.kept_queries import ALL, KeptModels
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.process import NodeKind, ServiceKind
from livinglab.packages.domain.running.state import Entry, Happened, Token
from livinglab.packages.queries import cases
from livinglab.packages.queries.cases import Runner

#: the job that lets a case go on by what was paid
GO_ON_TASK: Final = "casework.go_on"


def plan(
    row: Case,
    before: tuple[Token, ...],
    after: cases.Case,
    happened: tuple[Entry, ...],
    first: int,
    runs: Runner,
) -> None:
    """This function will write a bill for each step that asked for money, and have the payment system asked.

    `first` is the place of the first of the steps that `happened`. What was paid before the case came to wait for it
    lets it go on now.
    """
    for nth, entry in enumerate(happened):
        node = runs.node(entry.on) if entry.what is Happened.OUTSIDE else None
        if node is not None and node.said.get("kind") == ServiceKind.PAY and not after.is_over:
            _bill(row, after, place=first + nth, runs=runs, at=entry.at)
    known = {one.id for one in before}
    if any(one.id not in known and waits_for_payment(runs, one.node) for one in after.tokens):
        for bill in Bill.objects.filter(case_id=row.id, paid_at__isnull=False, went_on_at__isnull=True):
            go_on_later(bill)


def waits_for_payment(runs: Runner, node_id: str) -> bool:
    """This function will tell whether a step waits for a payment."""
    node = runs.node(node_id)
    return node is not None and node.kind is NodeKind.RECEIVE and node.said.get("waits-for") == "payment"


def renew(*, organization: Organization, case_id: UUID, by: UUID | None, at: datetime) -> Bill:
    """This function will ask for another code where the last one has run out; the caller knows the applicant.

    Errors: `UnknownCase`; `Refused` unless the case still waits and its code has run out.
    """
    with tenancy(organization.id):
        row = lock_case(organization.id, case_id)
        last = newest(row.id)
        ensure(policies.may_renew_bill(state_of(last, row, at=at) if last else BillState.VOID))
        assert last is not None
        highest = OutsideCall.objects.filter(case_id=row.id, place=last.place).aggregate(Max("nth"))
        bill = Bill(
            organization_id=organization.id,
            case=row,
            place=last.place,
            amount=last.amount,
            until=last.until,
            made_at=at,
        )
        _ask(row, bill, nth=highest["nth__max"] + 1, fault=None, at=at)
        audit.record(
            organization_id=organization.id, by=by, at=at, action="casework.bill_renewed", subject=row.number
        )
    return bill


def newest(case_id: UUID) -> Bill | None:
    """This function will return the bill that counts in a case, None for none. One query."""
    return _NEWEST.first(case_id)


#: each look at an application asks for it
_NEWEST: Final = KeptModels(
    lambda case_id: Bill.objects.filter(case_id=case_id).order_by("-made_at", "-id")[:1],
    UUID(int=1),
    model=Bill,
    parts={"": ALL, "call": ALL},
)


def state_of(bill: Bill, row: Case, *, at: datetime) -> BillState:
    """This function will return how a bill of a case stands at a moment."""
    return bill_state(
        amount=bill.amount,
        code=bill.code,
        code_until=bill.code_until,
        is_given_up=bill.call is not None and bill.call.state == CallState.DEAD,
        is_paid=bill.paid_at is not None,
        is_over=bool(row.outcome),
        at=at,
    )


def charge_of(bill: Bill, call: OutsideCall, number: str) -> Charge:
    """This function will return what the payment system is asked for a bill."""
    return Charge(str(call.id), number, bill.amount, bill.until)


def go_on_later(bill: Bill) -> None:
    """This function will plan that a case goes on by what was paid."""
    app.configure_task(GO_ON_TASK, queue=QUEUE, allow_unknown=True).defer(
        organization_id=str(bill.organization_id), bill_id=str(bill.id)
    )


def _bill(row: Case, after: cases.Case, *, place: int, runs: Runner, at: datetime) -> None:
    OutsideCall.objects.filter(
        case_id=row.id, kind=OutsideKind.PAYMENT, state__in=[CallState.WAITING, CallState.FAILED]
    ).update(state=CallState.DEAD, fault=Fault.NOT_NEEDED)
    asked = _price(runs, after)
    paid = Bill.objects.filter(case_id=row.id, paid_at__isnull=False).aggregate(Sum("amount"))
    owed = max(0, (asked or 0) - (paid["amount__sum"] or 0))
    timers = [timer.at for one in after.tokens if waits_for_payment(runs, one.node) for timer in one.timers]
    bill = Bill(
        organization_id=row.organization_id,
        case=row,
        place=place,
        amount=owed,
        until=min(timers, default=None),
        made_at=at,
    )
    if asked is not None and not owed:
        bill.paid_at = at
        bill.save(force_insert=True)
        return
    _ask(row, bill, nth=0, fault=Fault.UNPRICED if asked is None else None, at=at)


def _ask(row: Case, bill: Bill, *, nth: int, fault: Fault | None, at: datetime) -> None:
    call = OutsideCall(
        id=new_id(),
        organization_id=row.organization_id,
        case=row,
        kind=OutsideKind.PAYMENT,
        place=bill.place,
        nth=nth,
        state=CallState.FAILED if fault else CallState.WAITING,
        fault=fault or "",
        tries_at=at,
        made_at=at,
    )
    call.digest = charge_of(bill, call, row.number).digest
    call.save(force_insert=True)
    bill.call = call
    bill.save(force_insert=True)
    if not fault:
        ask_later(call)


def _price(runs: Runner, case: cases.Case) -> int | None:
    """What the service costs in rupiah: nothing, or what its rule gave; None where the package says no amount."""
    standard = runs.package.manifest.standard
    if standard.is_free:
        return 0
    if standard.fee_rule is None:
        return None
    rule, output = standard.fee_rule
    given = case.rules[rule].outputs.get(output) if rule in case.rules else None
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        return None
    return int(Decimal(str(given)))
