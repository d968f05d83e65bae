"""What the variables of every system outside have in common: an address, and how long an answer is waited for."""

from typing import Final
from urllib.parse import urlsplit

DEFAULT_SECONDS: Final = "10"
_LONGEST: Final = 60
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def seconds_of(name: str, seconds: str) -> int | str:
    """This function will return a whole number of seconds, 1 to 60, or a sentence that says what is wrong."""
    if not seconds.isdecimal() or not 1 <= int(seconds) <= _LONGEST:
        return f"{name} is {seconds!r}; it is a whole number of seconds, 1 to {_LONGEST}"
    return int(seconds)


def is_address(url: str) -> bool:
    """This function will tell whether an address is https, or on this machine, and carries no sign-in."""
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
    return bool(parts.hostname) and "@" not in parts.netloc and is_safe
