"""Where files lie. One small contract, two places: a local folder, or an S3-compatible server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, Protocol
from uuid import UUID

#: what marks a file that is no evidence but is kept beside it, such as one that an applicant attached
ATTACHED: Final = ".attached"
#: an organisation's id, then the hash of the content, then perhaps which preview of it, or the mark
_KEY: Final = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{64}(?:\.[0-9]{1,3}\.webp|\.attached)?"
)


class NotStored(Exception):
    """There is nothing under this key."""


class StorageFailed(Exception):
    """The place where files lie does not answer, or not as it should; try again later."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Something that lies in the storage, and since when."""

    key: str
    since: datetime


class Storage(Protocol):
    """Keeps bytes under keys made by `key_of`. Whole or not at all: a reader never sees half a file."""

    def put(self, key: str, source: Path) -> bool:
        """This function will store a file and say whether it is new; what lies there already stays."""

    def open(self, key: str) -> BinaryIO:
        """This function will return a stream to read and close. Errors: `NotStored`."""

    def delete(self, key: str) -> None:
        """This function will forget what lies under a key, if anything does."""

    def stored(self) -> Iterator[Stored]:
        """This function will return everything that lies here."""


def key_of(organization_id: UUID, sha256: str, *, preview: int | None = None) -> str:
    """This function will return where a file of an organisation lies: by content, so the same file lies once."""
    return checked(f"{organization_id}/{sha256}" + (f".{preview}.webp" if preview else ""))


def attached_key_of(organization_id: UUID, sha256: str) -> str:
    """This function will return where a file lies that is kept beside evidence: apart from a piece of equal content."""
    return checked(f"{organization_id}/{sha256}{ATTACHED}")


def checked(key: str) -> str:
    """This function will return the key. Errors: ValueError for one that `key_of` cannot have made."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key[:100]!r} is no key of this storage")
    return key
