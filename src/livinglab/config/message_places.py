"""Who carries WhatsApp messages and SMS, as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

DEFAULT_SECONDS: Final = "10"
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class MessagesRefused(ValueError):
    """A variable about messages is missing or wrong; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageGateway:
    """An HTTP gateway for messages; `seconds` is how long an answer is waited for."""

    url: str
    token: str = field(repr=False)
    seconds: float


def read_gateways(variables: Mapping[str, str]) -> dict[str, MessageGateway]:
    """This function will return the gateways by way: `whatsapp`, `sms`. Errors: `MessagesRefused`."""
    given = {
        "whatsapp": (variables.get("WHATSAPP_URL", ""), variables.get("WHATSAPP_TOKEN", "")),
        "sms": (variables.get("SMS_URL", ""), variables.get("SMS_TOKEN", "")),
    }
    seconds = variables.get("MESSAGES_SECONDS", DEFAULT_SECONDS)
    if not seconds.isdecimal() or not 1 <= int(seconds) <= 60:
        raise MessagesRefused(f"MESSAGES_SECONDS is {seconds!r}; it is a whole number of seconds, 1 to 60")
    found: dict[str, MessageGateway] = {}
    for way, (url, token) in given.items():
        if not url and not token:
            continue
        name = way.upper()
        if not url or not token:
            raise MessagesRefused(f"{name}_URL and {name}_TOKEN are set together")
        if not _is_address(url):
            raise MessagesRefused(f"{name}_URL is the https address of the gateway")
        found[way] = MessageGateway(url=url, token=token, seconds=int(seconds))
    return found


def _is_address(url: str) -> bool:
    """The token travels with each message, so only https will do, except to this machine."""
    parts = urlsplit(url)
    if not parts.hostname or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
