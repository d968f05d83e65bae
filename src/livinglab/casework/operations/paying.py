"""Money arrives: told by the payment system, kept once, and the case goes on by it once."""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.casework.models import Bill
from livinglab.casework.operations import cases
from livinglab.casework.operations.billing import newest
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, organizations
from livinglab.packages.queries.cases import BrokenPackage, IllegalMove

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Payment:
    """What a payment system tells: by which key it was asked, its code, the rupiah, when, and its own number of it."""

    key: UUID
    code: str
    amount: int
    paid_at: datetime
    reference: str


class UnknownBill(Exception):
    """The organisation asked for no such payment."""


class OtherPayment(Exception):
    """The payment is of another code or amount than the bill; nothing was kept."""


def take(*, organization: Organization, payment: Payment, by: UUID | None, at: datetime) -> Bill:
    """This function will keep that a bill was paid, and let its case go on; a repeat changes nothing.

    Where the case waits for it no more, the payment is kept and shown to who answers for the services.
    Errors: `UnknownBill`, `OtherPayment`.
    """
    with tenancy(organization.id):
        bill = (
            Bill.objects.select_for_update(of=("self",))
            .select_related("case")
            .defer("case__state")
            .filter(organization_id=organization.id, call_id=payment.key)
            .first()
        )
        if bill is None or not bill.code:
            raise UnknownBill(payment.key)
        if (bill.code, bill.amount) != (payment.code, payment.amount):
            raise OtherPayment(payment.key)
        if bill.paid_at is not None:
            return bill
        bill.paid_at, bill.reference = min(payment.paid_at, at), payment.reference
        bill.save(update_fields=["paid_at", "reference"])
        audit.record(
            organization_id=organization.id,
            by=by,
            at=at,
            action="casework.payment_taken",
            subject=bill.case.number,
            facts={"amount": bill.amount},
        )
        _go_on(organization, bill, at=at)
    return bill


def go_on(*, organization_id: UUID, bill_id: UUID, at: datetime) -> bool:
    """This function will let a case go on by a bill that was paid before it waited for it; return whether it did."""
    organization = organizations().get(id=organization_id)
    with tenancy(organization_id):
        rows = Bill.objects.select_for_update(of=("self",)).select_related("case").defer("case__state")
        bill = rows.filter(id=bill_id, paid_at__isnull=False, went_on_at__isnull=True).first()
        return bill is not None and _go_on(organization, bill, at=at)


def _go_on(organization: Organization, bill: Bill, *, at: datetime) -> bool:
    last = newest(bill.case_id)
    if last is None or last.id != bill.id or bill.paid_at is None:
        return False
    try:
        cases.pay(
            organization=organization,
            case_id=bill.case_id,
            key=f"pay/{bill.id}",
            paid_at=bill.paid_at,
            at=at,
        )
    except IllegalMove:
        return False  # it waits for it later, or no more
    except BrokenPackage:
        _log.exception("a case cannot go on by a payment", extra={"case": str(bill.case_id)})
        return False
    bill.went_on_at = at
    bill.save(update_fields=["went_on_at"])
    return True
