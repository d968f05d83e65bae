"""Paying: the applicant's page with the amount and the code, and the door by which a payment system tells of money."""

import json
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.casework.adapters.payments import takes_made_up_money
from livinglab.casework.domain.outside import LONGEST_REFERENCE, BillState, is_signed
from livinglab.casework.models import Bill, Case
from livinglab.casework.operations import billing, paying
from livinglab.casework.operations.guesses import note_payment_refused
from livinglab.casework.queries.applications import Application
from livinglab.casework.web import words
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.kernel import clock
from livinglab.kernel.tenancy import enter
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import find_organization
from livinglab.packages.queries import case_words
from livinglab.ui import formats

#: bytes of what a payment system tells
_MOST: Final = 4 * 1024
_MOST_RUPIAH: Final = 2**63 - 1


@require_safe
@applicant_page
def pay(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will show what an application costs, the code to pay it by, until when, and how it stands."""
    if found.case is None:
        return redirect("casework:form", found.organization.code, found.token)
    standard = found.package.manifest.standard
    bill = billing.newest(found.case.id)
    state = billing.state_of(bill, found.case, at=clock.now()) if bill else None
    context = {
        "finding": words.payment(state, is_free=standard.is_free),
        "fee": standard.components["fee"].in_language(language()),
        "bill": _facts(bill, state) if bill and state else None,
        "may_renew": state is BillState.EXPIRED,
        "may_be_renewed": state is BillState.OPEN and bill is not None and _outlives_code(bill),
        "may_pay": state is BillState.OPEN and takes_made_up_money(),
        "is_made_up": takes_made_up_money(),
    }
    return show(request, "casework/pay.html", found, context, title=_("Payment"))


def summary(found: Application, case: Case) -> dict[str, object] | None:
    """This function will return what the page of a case says of paying, None for nothing. One query."""
    is_free = found.package.manifest.standard.is_free
    bill = billing.newest(case.id)
    if bill is None and not is_free:
        return None
    state = billing.state_of(bill, case, at=found.at) if bill else None
    return {"finding": words.payment(state, is_free=is_free), "has_bill": bill is not None}


@require_POST
@applicant_page
def renew(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will ask for another code where the last one has run out."""
    if found.case is not None:
        by = request.user.pk if request.user.is_authenticated else None
        billing.renew(organization=found.organization, case_id=found.case.id, by=by, at=clock.now())
    return redirect("casework:pay", found.organization.code, found.token)


@require_POST
@applicant_page
def pay_made_up(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will pay a code with made-up money; where a payment system is set up there is no such page."""
    if not takes_made_up_money():
        raise Http404("made-up money")
    bill = billing.newest(found.case.id) if found.case else None
    now = clock.now()
    if (
        bill is not None
        and found.case is not None
        and bill.call_id is not None
        and billing.state_of(bill, found.case, at=now) is BillState.OPEN
    ):
        made_up = paying.Payment(bill.call_id, bill.code, bill.amount, now, "DEMO")
        paying.take(organization=found.organization, payment=made_up, by=None, at=now)
    return redirect("casework:pay", found.organization.code, found.token)


@csrf_exempt
@require_http_methods(["POST"])
def paid(request: HttpRequest, code: str) -> HttpResponse:
    """This function will take what the payment system tells of a payment, once however often it tells it.

    The header `X-Payment-Signature` is the HMAC-SHA256 of the body. Forged: 403. Unreadable: 400. No such bill: 404.
    Of another code or amount: 409. The last three leave no trace in the case; all but 400 stand in the region's trail.
    """
    organization, system = find_organization(code), settings.PAYMENTS
    if organization is None or system is None:
        return _said(404, "unknown")
    enter(organization.id)
    now = clock.now()
    body = request.read(_MOST + 1)
    if len(body) > _MOST or not is_signed(
        system.secret, body, request.headers.get("X-Payment-Signature", "")
    ):
        note_payment_refused(organization_id=organization.id, at=now)
        return _said(403, "forged")
    payment = _read(body)
    if payment is None:
        return _said(400, "unreadable")
    try:
        paying.take(organization=organization, payment=payment, by=None, at=now)
    except paying.UnknownBill:
        note_payment_refused(organization_id=organization.id, at=now)
        return _said(404, "unknown")
    except paying.OtherPayment:
        note_payment_refused(organization_id=organization.id, at=now)
        return _said(409, "other")
    return _said(200, "paid")


def _said(status: int, what: str) -> HttpResponse:
    return JsonResponse({"state": what}, status=status)


def _read(body: bytes) -> paying.Payment | None:
    try:
        said = json.loads(body)
        paid_at = datetime.fromisoformat(said["paid_at"])
        payment = paying.Payment(
            UUID(said["key"]), said["code"], said["amount"], paid_at, storable(said.get("reference", ""))
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    is_whole = type(payment.amount) is int and 0 < payment.amount <= _MOST_RUPIAH
    is_text = isinstance(payment.code, str) and len(payment.reference) <= LONGEST_REFERENCE
    return payment if is_whole and is_text and paid_at.tzinfo is not None else None


def _outlives_code(bill: Bill) -> bool:
    return bill.code_until is not None and (bill.until is None or bill.code_until < bill.until)


def _facts(bill: Bill, state: BillState) -> list[tuple[str, str]]:
    at = language()
    rows = [(_("Amount"), f"Rp{formats.count(bill.amount, language=at)}")]
    if state in (BillState.OPEN, BillState.EXPIRED):
        rows.append((_("Payment code"), bill.code))
    if state is BillState.OPEN and bill.code_until:
        rows.append((_("This code can be used until"), case_words.deadline(bill.code_until, at)))
    if state in (BillState.PREPARED, BillState.OPEN, BillState.EXPIRED) and bill.until:
        rows.append((_("The application waits for the payment until"), case_words.deadline(bill.until, at)))
    if bill.paid_at and state is BillState.PAID:
        rows.append((_("Paid"), case_words.moment(bill.paid_at, at)))
        rows.append((_("Number of the payment"), bill.reference))
    return [one for one in rows if one[1]]
