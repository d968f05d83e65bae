"""Work that need not be done twice: a stamp is the fingerprint of what a piece of work was done from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *facts: str) -> str:
    """This function will give a SHA-256 that changes when a file's name or content, or a fact, changes."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(f"fact {fact}\0".encode())
    for path in sorted(paths):
        digest.update(f"file {path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def files(root: Path, *patterns: str) -> list[Path]:
    """This function will list the files under a folder that match a pattern, compiled Python left out."""
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def is_current(stamp: Path, wanted: str) -> bool:
    """This function will say whether a stamp file carries the wanted fingerprint."""
    try:
        return stamp.read_text() == wanted
    except FileNotFoundError:
        return False


def write(stamp: Path, value: str) -> None:
    """This function will write a stamp in one step, so that a killed run leaves the old one or the new."""
    beside = stamp.with_suffix(".new")
    beside.write_text(value)
    beside.replace(stamp)
