"""Files that other contexts keep beside evidence, in its storage: theirs are the rows, and what is forgotten."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from livinglab.evidence.adapters.places import storage
from livinglab.evidence.adapters.storage import ATTACHED, attached_key_of
from livinglab.evidence.domain.formats import Fault
from livinglab.evidence.operations.looking import Looked, Upload, looked_into
from livinglab.evidence.operations.refused import FileRefused
from livinglab.evidence.operations.rows import lock_content, stored_for


def suitable(
    upload: Upload, *, limit: int, content_types: frozenset[str], is_infected: Callable[[], None]
) -> AbstractContextManager[Looked]:
    """This function will look into a file as evidence does, and take these types of content only.

    Errors: `FileRefused`.
    """

    def suits(content_type: str) -> None:
        if content_type not in content_types:
            raise FileRefused(Fault.UNKNOWN)

    return looked_into(upload, limit=limit, suits=suits, is_infected=is_infected)


def keep_beside(organization_id: UUID, sha256: str, place: Path) -> AbstractContextManager[None]:
    """This function will keep a file by its content while its row is written in the block, inside the transaction.

    Errors: `StorageFailed`.
    """
    return stored_for(attached_key_of(organization_id, sha256), place)


def open_beside(organization_id: UUID, sha256: str) -> BinaryIO:
    """This function will return a stream to read and close. Errors: `NotStored`, `StorageFailed`."""
    return storage().open(attached_key_of(organization_id, sha256))


def forget_beside(organization_id: UUID, sha256: str, *, is_named: Callable[[], bool]) -> bool:
    """This function will delete a file that no row names, and say whether it did; writers of it wait meanwhile."""
    key = attached_key_of(organization_id, sha256)
    lock_content(key)
    if is_named():
        return False
    storage().delete(key)
    return True


def lying_beside(*, before: datetime) -> dict[UUID, list[str]]:
    """This function will return what is kept beside evidence since before a moment: of each organisation the hashes.

    Reads the whole storage: for a job at night. Errors: `StorageFailed`.
    """
    found: dict[UUID, list[str]] = defaultdict(list)
    for one in storage().stored():
        if one.since < before and one.key.endswith(ATTACHED):
            organization_id, _slash, name = one.key.partition("/")
            found[UUID(organization_id)].append(name.removesuffix(ATTACHED))
    return found
