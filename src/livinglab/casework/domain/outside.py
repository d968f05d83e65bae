"""Questions to systems outside: how they stand, what can be in their way, how long they wait, and signed answers."""

import hmac
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from livinglab.casework.domain.deliveries import WAITS

#: letters of a payment code, a payment's number or a signature that are looked at
LONGEST_CODE: Final = 40
LONGEST_REFERENCE: Final = 80
#: characters in which an official says why a question is given up
LONGEST_WHY: Final = 500


class OutsideKind(StrEnum):
    """What a case asks a system outside for."""

    PAYMENT = "payment"  # a code by which the applicant pays
    IDENTITY = "identity"  # whether what the applicant wrote agrees with the population register
    WELFARE = "welfare"  # in which tenth of welfare their household is


class CallState(StrEnum):
    """How a question to a system outside stands."""

    WAITING = "waiting"  # is asked, now or after a wait
    DONE = "done"  # was answered
    FAILED = "failed"  # nobody asks any more, until an official does
    DEAD = "dead"  # was given up for good, or is not needed any more


class Fault(StrEnum):
    """Why a system outside gave no answer."""

    SILENT = "silent"  # no connection, or no answer in time
    BUSY = "busy"  # too much at once
    BROKEN = "broken"  # the other side fails
    GARBLED = "garbled"  # what came is no answer
    SIGNED_OUT = "signed_out"  # the other side does not take our sign-in
    REFUSED = "refused"  # the other side does not want this question
    NOT_SET = "not_set"  # this installation knows no such system
    NO_NIK = "no_nik"  # the application names nobody to ask about
    UNPRICED = "unpriced"  # the package says no amount
    NOT_NEEDED = "not_needed"  # the case ended, or asks anew


class BillState(StrEnum):
    """How a bill stands, as its applicant sees it."""

    FREE = "free"  # nothing is left to pay
    PREPARED = "prepared"  # the code is not there yet
    WITHOUT_CODE = "without_code"  # an official gave up asking for one
    OPEN = "open"
    EXPIRED = "expired"
    PAID = "paid"
    VOID = "void"  # the case ended before it was paid


def is_dead_letter(tries: int, fault: Fault) -> bool:
    """This function will tell whether a question is asked no more: after the last wait, or where none can help."""
    return fault is Fault.REFUSED or tries > len(WAITS)


def bill_state(
    *,
    amount: int,
    code: str,
    code_until: datetime | None,
    is_given_up: bool,
    is_paid: bool,
    is_over: bool,
    at: datetime,
) -> BillState:
    """This function will return how a bill stands at a moment; `is_over` is whether its case has ended."""
    if not amount:
        return BillState.FREE
    if is_paid:
        return BillState.PAID
    if is_over:
        return BillState.VOID
    if not code:
        return BillState.WITHOUT_CODE if is_given_up else BillState.PREPARED
    return BillState.EXPIRED if code_until is not None and code_until <= at else BillState.OPEN


def signature(secret: str, body: bytes) -> str:
    """This function will return the HMAC-SHA256 (RFC 2104) of a body, as 64 hexadecimal digits."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def is_signed(secret: str, body: bytes, given: str) -> bool:
    """This function will tell in constant time whether who sent a body knows the secret."""
    return hmac.compare_digest(signature(secret, body).encode(), given.encode())
