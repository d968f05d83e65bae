"""Asking the region's payment system for a code by which an applicant pays; or a fake of it, outside production.

The system takes `POST URL` with `Authorization: Bearer TOKEN`, `Idempotency-Key: KEY` and JSON `{"key", "number",
"amount", "currency": "IDR", "until"}`, and answers 200 or 201 with `{"code", "until"}`. A repeat of a key gets the
code it had. How it refuses stands in `questions.py`, what it tells later in `docs/casework.md` (Payment).
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Protocol

from django.conf import settings

from livinglab.casework.adapters.questions import NotAnswered, answer_to
from livinglab.casework.domain.outside import LONGEST_CODE, Fault

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
        return _read(
            answer_to(self.url, charge.said(), token=self.token, key=charge.key, seconds=self.seconds)
        )


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
