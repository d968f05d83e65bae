"""Who gives the codes by which applicants pay, as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from livinglab.config.outside_places import DEFAULT_SECONDS, is_address, seconds_of

#: characters of the secret that signs what the payment system tells: RFC 2104 wants as many bytes as the hash has
SHORTEST_SECRET: Final = 32


class PaymentsRefused(ValueError):
    """A variable about payments is missing or wrong; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSystem:
    """The region's payment system; `seconds` is how long an answer is waited for, `secret` signs what it tells."""

    url: str
    token: str = field(repr=False)
    secret: str = field(repr=False)
    seconds: float


def read_payments(variables: Mapping[str, str]) -> PaymentSystem | None:
    """This function will return the payment system, None for none. Errors: `PaymentsRefused`."""
    url = variables.get("PAYMENT_URL", "")
    token = variables.get("PAYMENT_TOKEN", "")
    secret = variables.get("PAYMENT_SECRET", "")
    seconds = seconds_of("PAYMENT_SECONDS", variables.get("PAYMENT_SECONDS", DEFAULT_SECONDS))
    if isinstance(seconds, str):
        raise PaymentsRefused(seconds)
    if not (url or token or secret):
        return None
    if not (url and token and secret):
        raise PaymentsRefused("PAYMENT_URL, PAYMENT_TOKEN and PAYMENT_SECRET are set together")
    if not is_address(url):
        raise PaymentsRefused("PAYMENT_URL is the https address of the payment system")
    if len(secret) < SHORTEST_SECRET:
        raise PaymentsRefused(f"PAYMENT_SECRET has at least {SHORTEST_SECRET} characters")
    return PaymentSystem(url=url, token=token, secret=secret, seconds=seconds)
