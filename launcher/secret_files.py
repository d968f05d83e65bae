"""Passwords and keys that are made once, kept in a file of their owner's, and never committed."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path, *, owner: int | None = None) -> str:
    """This function will read a secret, after making it if it does not exist; letters, digits, - and _ only."""
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(48), owner=owner)
    return path.read_text().strip()


def write_secret(path: Path, content: str, *, owner: int | None = None) -> None:
    """This function will write a file that its owner alone can read.

    It is written beside its place and moved there, so that a killed run leaves no empty secret.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        if owner is not None:
            os.fchown(file.fileno(), owner, -1)
    beside.rename(path)
