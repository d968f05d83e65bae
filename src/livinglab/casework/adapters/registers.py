"""Asking a national register about an applicant; or a stand-in outside production.

A register takes `POST URL` with `Authorization: Bearer TOKEN`, `Idempotency-Key: KEY` and JSON `{"key", "nik"}`, the
identity check also `"name"` and `"birth_date"` where the form asks for them. The identity check answers `{"found",
"active", "name_matches", "birth_date_matches"}`, the welfare data `{"registered", "decile", "as_of"}`. It tells
whether what was written agrees, never what it holds itself; what else it says is neither read nor kept. How it
refuses stands in `questions.py`. The interface is ours: no register could be reached.
"""

import json
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.conf import settings
from django.utils.crypto import salted_hmac

from livinglab.casework.adapters.questions import NotAnswered, answer_to
from livinglab.casework.domain.outside import Fault
from livinglab.packages.domain.process import Register
from livinglab.packages.domain.registers import DERIVED, NAMES, Person, WrongAnswer, complete, stand_in
from livinglab.packages.queries.registers import STAND_IN

#: who answered: the register itself, over its interface
REGISTER: Final = "register"
_SALT: Final = "livinglab.casework.registers"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a register is asked: `key` is the same for every try."""

    key: str
    register: Register
    person: Person = field(repr=False)

    def said(self) -> dict[str, object]:
        """This function will return the question as it travels, with no more of a person than the answer needs."""
        said: dict[str, object] = {"key": self.key, "nik": self.person.nik}
        if self.register is Register.IDENTITY:
            said |= {"name": self.person.name} if self.person.name else {}
            said |= {"birth_date": self.person.birth_date} if self.person.birth_date else {}
        return said

    @property
    def digest(self) -> str:
        """The HMAC-SHA256 of what travels, under the installation's secret: sixteen digits are soon guessed."""
        return salted_hmac(_SALT, json.dumps(self.said(), sort_keys=True), algorithm="sha256").hexdigest()


class Registers(Protocol):
    """Answers about a person."""

    @property
    def source(self) -> str:
        """Who it is."""

    @property
    def is_at_once(self) -> bool:
        """Whether it answers without a network."""

    def ask(self, inquiry: Inquiry) -> dict[str, object]:
        """This function will return what the register says, without what follows from it. Errors: `NotAnswered`."""


@dataclass(frozen=True, slots=True)
class RegisterGateway:
    """Asks a register by HTTP; `seconds` is how long an answer is waited for."""

    url: str
    token: str = field(repr=False)
    seconds: float
    source: str = REGISTER
    is_at_once: bool = False

    def ask(self, inquiry: Inquiry) -> dict[str, object]:
        """This function will ask the register. Errors: `NotAnswered`."""
        body = answer_to(self.url, inquiry.said(), token=self.token, key=inquiry.key, seconds=self.seconds)
        return _read(inquiry, body)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Stands in for a register outside production: it knows invented people, by the last digit of their NIK."""

    source: str = STAND_IN
    is_at_once: bool = True

    def ask(self, inquiry: Inquiry) -> dict[str, object]:
        """This function will return what follows from the NIK. Errors: `NotAnswered` for one that ends in 9."""
        said = stand_in(inquiry.register, inquiry.person)
        if said is None:
            raise NotAnswered(Fault.SILENT)
        return {name: value for name, value in said.items() if name not in DERIVED}


@dataclass(frozen=True, slots=True)
class NoRegister:
    """Stands where no register is set: nobody is asked, and the case goes on without an answer."""

    source: str = ""
    is_at_once: bool = True

    def ask(self, inquiry: Inquiry) -> dict[str, object]:
        """This function will raise `NotAnswered`."""
        raise NotAnswered(Fault.NOT_SET)


def register_for(register: Register) -> Registers:
    """This function will return what answers for a register here."""
    if (system := settings.REGISTERS.get(register.value)) is not None:
        return RegisterGateway(system.url, system.token, system.seconds)
    return StandIn() if settings.KEEPS_OUTBOX else NoRegister()


def is_imitated() -> bool:
    """This function will tell whether a stand-in answers for any register."""
    return any(isinstance(register_for(one), StandIn) for one in Register)


def _read(inquiry: Inquiry, body: bytes) -> dict[str, object]:
    """Return the parts of an answer that were asked for; everything else is dropped unread."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnswered(Fault.GARBLED) from None
    if not isinstance(said, dict):
        raise NotAnswered(Fault.GARBLED)
    kept = {name: said.get(name) for name in NAMES[inquiry.register] if name not in DERIVED}
    compared = {"name_matches": inquiry.person.name, "birth_date_matches": inquiry.person.birth_date}
    for name, asked in compared.items() if inquiry.register is Register.IDENTITY else ():
        if not asked:
            kept[name] = None
        elif kept["found"] is True and not isinstance(kept[name], bool):
            raise NotAnswered(Fault.GARBLED)
    try:
        complete(inquiry.register, kept)
    except WrongAnswer:
        raise NotAnswered(Fault.GARBLED) from None
    return kept
