"""How messages leave: by mail, or through the HTTP gateway of whoever carries WhatsApp messages or SMS.

A gateway takes `POST URL` with `Authorization: Bearer TOKEN`, `Idempotency-Key: KEY` and JSON `{"to", "channel",
"text"}`. 2xx: taken, or known by its key; 409: known; 408, 425 and 429: later, after `Retry-After` seconds if it says
so; 401 and 403: our sign-in; any other 4xx: the number. No address and no text stands in an exception or a log.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused
from typing import Final, Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from livinglab.casework.adapters.posting import Unanswered, post
from livinglab.casework.domain.contacts import Way
from livinglab.casework.domain.deliveries import Obstacle

_OK: Final = range(200, 300)
_KNOWN: Final = 409
_LATER: Final = frozenset({408, 425, 429})
_OURS: Final = frozenset({401, 403})
_THEIRS: Final = range(400, 500)
#: from here on a mail server's refusal of an address is for good (RFC 5321 section 4.2.1)
_FOR_GOOD: Final = 500


@dataclass(frozen=True, slots=True)
class Errand:
    """A message to be told: `key` is the same for every try, so that the other side recognises a repeat."""

    key: str
    way: Way
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


class NotTold(Exception):
    """A message did not leave; `wait` is how long the other side asks us to wait at least."""

    def __init__(self, obstacle: Obstacle, wait: timedelta = timedelta(0)) -> None:
        super().__init__(obstacle)
        self.obstacle, self.wait = obstacle, wait


class Messenger(Protocol):
    """Carries messages by one way."""

    def tell(self, errand: Errand) -> None:
        """This function will hand a message over. Errors: `NotTold`."""


class Mailer:
    """Hands messages to the mail server; a repeat carries the same Message-ID."""

    def tell(self, errand: Errand) -> None:
        """This function will send a message as mail. Errors: `NotTold`."""
        host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        headers = {"Message-ID": f"<{errand.key.replace('/', '.')}@{host}>"}
        mail = EmailMessage(
            " ".join(errand.subject.split()), f"{errand.text}\n", to=[errand.to], headers=headers
        )
        try:
            mail.send()
        except SMTPRecipientsRefused as refused:
            codes = [code for code, _said in refused.recipients.values()]
            for_good = codes and min(codes) >= _FOR_GOOD
            # what was raised quotes the address, so it is not chained
            raise NotTold(Obstacle.REFUSED if for_good else Obstacle.BUSY) from None
        except SMTPAuthenticationError:
            raise NotTold(Obstacle.SIGNED_OUT) from None
        except SMTPException:
            raise NotTold(Obstacle.BROKEN) from None
        except OSError:
            raise NotTold(Obstacle.SILENT) from None


@dataclass(frozen=True, slots=True)
class Gateway:
    """Hands messages to an HTTP gateway; `seconds` is how long an answer is waited for."""

    url: str
    token: str = field(repr=False)
    seconds: float

    def tell(self, errand: Errand) -> None:
        """This function will hand a message to the gateway. Errors: `NotTold`."""
        text = f"{errand.subject}\n\n{errand.text}".strip()
        said = {"to": errand.to, "channel": errand.way, "text": text}
        try:
            answered = post(self.url, said, token=self.token, key=errand.key, seconds=self.seconds)
        except Unanswered as none:
            raise NotTold(Obstacle.BROKEN if none.is_broken else Obstacle.SILENT) from None
        status, wait = answered.status, answered.wait
        if status in _OK or status == _KNOWN:
            return
        if status in _LATER:
            raise NotTold(Obstacle.BUSY, wait)
        if status in _OURS:
            raise NotTold(Obstacle.SIGNED_OUT)
        raise NotTold(Obstacle.REFUSED if status in _THEIRS else Obstacle.BROKEN, wait)


class Outbox:
    """Takes every message and keeps it where it is: outside production, where no gateway is set."""

    def tell(self, errand: Errand) -> None:
        """This function will let a message stay in the outbox."""


class Nowhere:
    """Stands where nothing carries messages."""

    def tell(self, errand: Errand) -> None:
        """This function will raise `NotTold`."""
        raise NotTold(Obstacle.NOT_SET)


def messenger_for(way: Way) -> Messenger:
    """This function will return what carries messages by a way here."""
    if way is Way.EMAIL:
        return Mailer() if settings.MAIL or settings.KEEPS_OUTBOX else Nowhere()
    if (gateway := settings.MESSAGE_GATEWAYS.get(way)) is not None:
        return Gateway(gateway.url, gateway.token, gateway.seconds)
    return Outbox() if settings.KEEPS_OUTBOX else Nowhere()


def ways() -> tuple[Way, ...]:
    """This function will return the ways by which messages can leave here."""
    return tuple(one for one in Way if not isinstance(messenger_for(one), Nowhere))
