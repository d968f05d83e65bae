"""Asking the region's payment system for a code by which an applicant pays; or a fake of it, outside production.

The system takes `POST URL` with `Authorization: Bearer TOKEN`, `Idempotency-Key: KEY` and JSON `{"key", "number",
"amount", "currency": "IDR", "until"}`, and answers 200 or 201 with `{"code", "until"}`. A repeat of a key gets the
code it had. 408, 425, 429: later, after `Retry-After` seconds if it says so; 401 and 403: our sign-in; any other 4xx:
it does not want this bill; the rest: a fault of its own. What it tells later stands in `docs/casework.md` (Payment).
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Protocol

from django.conf import settings

from livinglab.casework.adapters.posting import Unanswered, post
from livinglab.casework.domain.outside import LONGEST_CODE, Fault

_OK: Final = frozenset({200, 201})
_LATER: Final = frozenset({408, 425, 429})
_OURS: Final = frozenset({401, 403})
_THEIRS: Final = range(400, 500)
_CODE: Final = re.compile(rf"[0-9A-Za-z-]{{4,{LONGEST_CODE}}}")


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be paid: `key` is the same for every try, `amount` in rupiah, `until` the last moment or None."""

    key: str
    number: str
    amount: int
    until: datetime | None

    def said(self) -> dict[str, object]:
        """This function will return the charge as it travels; nobody's name stands in it."""
        until = self.until.isoformat() if self.until else None
        return {
            "key": self.key,
            "number": self.number,
            "amount": self.amount,
            "currency": "IDR",
            "until": until,
        }

    @property
    def digest(self) -> str:
        """The SHA-256 of what travels."""
        return sha256(json.dumps(self.said(), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """The code by which somebody pays, and until when it holds."""

    code: str
    until: datetime


class NotAnswered(Exception):
    """A system outside gave no answer; `wait` is how long it asks us to wait at least."""

    def __init__(self, fault: Fault, wait: timedelta = timedelta(0)) -> None:
        super().__init__(fault)
        self.fault, self.wait = fault, wait


class Payments(Protocol):
    """Gives codes by which people pay."""

    def code_for(self, charge: Charge, *, at: datetime) -> PaymentCode:
        """This function will return the code of a charge, the same for each repeat. Errors: `NotAnswered`."""


@dataclass(frozen=True, slots=True)
class PaymentGateway:
    """Asks a payment system by HTTP; `seconds` is how long an answer is waited for."""

    url: str
    token: str = field(repr=False)
    seconds: float

    def code_for(self, charge: Charge, *, at: datetime) -> PaymentCode:
        """This function will ask the payment system for a code. Errors: `NotAnswered`."""
        try:
            answered = post(self.url, charge.said(), token=self.token, key=charge.key, seconds=self.seconds)
        except Unanswered as none:
            raise NotAnswered(Fault.BROKEN if none.is_broken else Fault.SILENT) from None
        if answered.status in _OK:
            return _read(answered.body)
        if answered.status in _LATER:
            raise NotAnswered(Fault.BUSY, answered.wait)
        if answered.status in _OURS:
            raise NotAnswered(Fault.SIGNED_OUT)
        raise NotAnswered(Fault.REFUSED if answered.status in _THEIRS else Fault.BROKEN, answered.wait)


class DemoPayments:
    """Stands in for a payment system outside production: its codes take made-up money on a page of ours."""

    #: how long its codes hold, unless the charge says sooner
    HOLDS: Final = timedelta(days=1)

    def code_for(self, charge: Charge, *, at: datetime) -> PaymentCode:
        """This function will return a code that follows from the key, beginning with 99."""
        digits = int(sha256(charge.key.encode()).hexdigest(), 16) % 10**12
        until = at + self.HOLDS
        return PaymentCode(f"99{digits:012}", min(until, charge.until) if charge.until else until)


class NoPayments:
    """Stands where no payment system is set."""

    def code_for(self, charge: Charge, *, at: datetime) -> PaymentCode:
        """This function will raise `NotAnswered`."""
        raise NotAnswered(Fault.NOT_SET)


def payments() -> Payments:
    """This function will return what gives codes here."""
    if (system := settings.PAYMENTS) is not None:
        return PaymentGateway(system.url, system.token, system.seconds)
    return DemoPayments() if settings.KEEPS_OUTBOX else NoPayments()


def takes_made_up_money() -> bool:
    """This function will tell whether codes are paid on a page of ours, with nothing."""
    return isinstance(payments(), DemoPayments)


def _read(body: bytes) -> PaymentCode:
    try:
        said = json.loads(body)
        code, until = said["code"], datetime.fromisoformat(said["until"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotAnswered(Fault.GARBLED) from None
    if not isinstance(code, str) or not _CODE.fullmatch(code) or until.tzinfo is None:
        raise NotAnswered(Fault.GARBLED)
    return PaymentCode(code, until)
