"""The secret addresses of drafts and cases: whoever has one is the applicant, so only its fingerprint is kept."""

import re
from hashlib import sha256
from typing import Final

#: 256 bits as URL-safe text
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def is_token(text: str) -> bool:
    """This function will tell whether a text has the form of a secret address."""
    return TOKEN.fullmatch(text) is not None


def fingerprint(token: str) -> str:
    """This function will return what is kept of a secret address: its SHA-256, 64 hexadecimal digits."""
    return sha256(token.encode()).hexdigest()
