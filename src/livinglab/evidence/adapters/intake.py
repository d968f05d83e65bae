"""A file on its way in or out: on disk while it is looked at, never whole in memory."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from livinglab.evidence.adapters.storage import Storage
from livinglab.evidence.domain.formats import HEAD, Fault

_CHUNK: Final = 256 * 1024


class NotReceived(Exception):
    """A stream held nothing, or more than is taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Received:
    """A file that lies on disk for a moment. `head` are its first bytes."""

    path: Path
    sha256: str
    size: int
    head: bytes


@contextmanager
def received(stream: BinaryIO, *, limit: int) -> Iterator[Received]:
    """This function will lay a stream on disk and hash it on the way; it stops reading behind `limit` bytes.

    Errors: `NotReceived` for an empty stream and for one that is too long.
    """
    with TemporaryDirectory(prefix="livinglab-evidence-") as folder:
        path = Path(folder) / "file"
        sha256, size = hashlib.sha256(), 0
        with path.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise NotReceived(Fault.TOO_LARGE)
                sha256.update(chunk)
                out.write(chunk)
        if size == 0:
            raise NotReceived(Fault.EMPTY)
        with path.open("rb") as back:
            head = back.read(HEAD)
        yield Received(path, sha256.hexdigest(), size, head)


@contextmanager
def on_disk(storage: Storage, key: str) -> Iterator[Path]:
    """This function will lay something stored on disk for a moment. Errors: `NotStored`."""
    with TemporaryDirectory(prefix="livinglab-evidence-") as folder:
        path = Path(folder) / "file"
        with closing(storage.open(key)) as stored, path.open("wb") as out:
            shutil.copyfileobj(stored, out)
        yield path
