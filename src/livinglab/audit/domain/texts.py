"""The fingerprint of a text, which an entry carries instead of it: the chain covers words that it does not hold."""

import hashlib
from typing import Final

_KIND: Final = "sha256:"


def digest(text: str) -> str:
    """This function will return the fingerprint of a text ("sha256:" and 64 hex digits), nothing of an empty one."""
    return f"{_KIND}{hashlib.sha256(text.encode()).hexdigest()}" if text else ""


def is_digest(value: object) -> bool:
    """This function will say whether a fact of an entry is the fingerprint of a text."""
    return isinstance(value, str) and value.startswith(_KIND) and len(value) == len(_KIND) + 64
