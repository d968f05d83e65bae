"""The secret addresses of drafts and cases: whoever has one is the applicant, so only its fingerprint is kept."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import digest
from typing import Final

#: 256 bits as URL-safe text
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def is_token(text: str) -> bool:
    """This function will tell whether a text has the form of a secret address."""
    return TOKEN.fullmatch(text) is not None


def derived(key: str, name: str) -> str:
    """This function will return the secret address that only who has `key` can make of a name, the same each time."""
    return urlsafe_b64encode(digest(key.encode(), name.encode(), "sha256")).decode().rstrip("=")


def fingerprint(token: str) -> str:
    """This function will return what is kept of a secret address: its SHA-256, 64 hexadecimal digits."""
    return sha256(token.encode()).hexdigest()
