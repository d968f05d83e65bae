"""How an applicant wants to be told, with their consent (UU 27/2022 articles 20 to 22): e-mail, WhatsApp or SMS."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Way(StrEnum):
    """How a message leaves."""

    EMAIL = "email"
    WHATSAPP = "whatsapp"
    SMS = "sms"


class ContactMistake(StrEnum):
    """What can be wrong with a contact."""

    NO_EMAIL = "no_email"  # not an address
    NO_PHONE = "no_phone"  # not a number
    NO_WAY = "no_way"  # a number, and no way by which it can be reached
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, slots=True)
class Contact:
    """Where an applicant is told, by which ways and in which language. `phone` is international: +6281…."""

    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    by_phone: Way | None = None
    language: str = "id"

    @property
    def addresses(self) -> dict[Way, str]:
        """The address by each way; empty where the applicant gave none."""
        found = {Way.EMAIL: self.email} if self.email else {}
        return {**found, self.by_phone: self.phone} if self.phone and self.by_phone else found


class ContactRefused(ValueError):
    """A contact cannot be kept; `mistakes` says what is wrong by field."""

    def __init__(self, mistakes: dict[str, ContactMistake]) -> None:
        super().__init__(", ".join(sorted(mistakes.values())))
        self.mistakes = mistakes


#: the most characters that an address may have (RFC 5321 section 4.5.3.1.3)
LONGEST_EMAIL: Final = 254
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
#: country code and number together have at most 15 digits (ITU-T E.164)
_PHONE: Final = re.compile(r"\+[1-9][0-9]{7,14}")
_SPACERS: Final = re.compile(r"[\s().\-]")


def read_contact(
    *, email: str, phone: str, by_phone: str, consents: bool, language: str, ways: Collection[Way]
) -> Contact | None:
    """This function will return what somebody typed as a contact, None where they left it empty.

    `ways` are those by which messages can leave here. A number that begins with 0 is Indonesian.
    Errors: `ContactRefused`.
    """
    email, number = email.strip(), _international(phone)
    if not email and not number:
        return None
    mistakes: dict[str, ContactMistake] = {}
    if email and (len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email)):
        mistakes["email"] = ContactMistake.NO_EMAIL
    if number and not _PHONE.fullmatch(number):
        mistakes["phone"] = ContactMistake.NO_PHONE
    elif number and by_phone not in set(ways) - {Way.EMAIL}:
        mistakes["by_phone"] = ContactMistake.NO_WAY
    if not consents:
        mistakes["consent"] = ContactMistake.NO_CONSENT
    if mistakes:
        raise ContactRefused(mistakes)
    return Contact(email, number, Way(by_phone) if number else None, language)


def _international(phone: str) -> str:
    digits = _SPACERS.sub("", phone)
    if digits.startswith("0"):
        return f"+62{digits[1:]}"
    return f"+{digits}" if digits.startswith("62") else digits


def masked(address: str) -> str:
    """This function will return an address as officials may see it: enough to recognise, too little to use."""
    name, at, host = address.partition("@")
    return f"{name[:1]}…@{host}" if at else f"{address[:3]}…{address[-3:]}"
