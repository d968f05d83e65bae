"""Where documents are signed, as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

DEFAULT_SECONDS: Final = "30"


class SigningRefused(ValueError):
    """A variable about signing is missing or wrong; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningService:
    """The national signing service, or one that speaks like it; `seconds` is how long an answer is waited for."""

    url: str
    user: str
    password: str = field(repr=False)
    seconds: float


def read_service(variables: Mapping[str, str]) -> SigningService | None:
    """This function will return the signing service, None when none is named. Errors: `SigningRefused`."""
    given = {
        "BSRE_URL": variables.get("BSRE_URL", ""),
        "BSRE_USER": variables.get("BSRE_USER", ""),
        "BSRE_PASSWORD": variables.get("BSRE_PASSWORD", ""),
    }
    if not any(given.values()):
        return None
    if missing := [name for name, value in given.items() if not value]:
        raise SigningRefused(f"signing with BSrE also needs these variables: {', '.join(missing)}")
    parts = urlsplit(given["BSRE_URL"])
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise SigningRefused("BSRE_URL is the address of the service, such as https://esign.example.go.id")
    seconds = variables.get("BSRE_SECONDS", DEFAULT_SECONDS)
    if not seconds.isdecimal() or not 1 <= int(seconds) <= 120:
        raise SigningRefused(f"BSRE_SECONDS is {seconds!r}; it is a whole number of seconds, 1 to 120")
    return SigningService(
        url=given["BSRE_URL"].rstrip("/"),
        user=given["BSRE_USER"],
        password=given["BSRE_PASSWORD"],
        seconds=int(seconds),
    )
