"""What every signing service does for us, and how each can fail."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class SigningFailed(Exception):
    """A document was not signed."""


class WrongPassphrase(SigningFailed):
    """The passphrase does not open the official's key."""


class NotRegistered(SigningFailed):
    """The service knows no such official, or has no certificate in force for them."""


class SigningUnavailable(SigningFailed):
    """The service does not answer, or not as it should; try again later."""


class AnswerDistrusted(SigningFailed):
    """What came back is not what was sent, signed by the certificate that was named."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What an official types to sign. It passes through: never stored, never logged, not in its own words."""

    passphrase: str = field(repr=False)
    nik: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why, where and when somebody signs; the words go into the signature."""

    reason: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Credential:
    """The certificate of an official in PEM, and their sealed key where the local authority keeps it."""

    pem: str
    sealed: str = field(default="", repr=False)


class Signer(Protocol):
    """A signing service."""

    def sign(self, pdf: bytes, *, credential: Credential, secret: Secret, occasion: Occasion) -> bytes:
        """This function will return the PDF with a signature appended. Errors: `SigningFailed`."""
