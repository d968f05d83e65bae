"""Files in a folder of this machine."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from livinglab.evidence.adapters.storage import NotStored, StorageFailed, Stored, checked


@dataclass(frozen=True, slots=True)
class LocalStorage:
    """Keeps files below a folder that only the server's own user reads."""

    folder: Path

    def put(self, key: str, source: Path) -> bool:
        """This function will store a file: written beside its place, flushed to disk, then renamed into it."""
        target = self.folder / checked(key)
        if target.exists():
            return False
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as part:
                self._fill(Path(part.name), part, source)
            Path(part.name).replace(target)
            _flush_folder(target.parent)
        except OSError as error:
            raise StorageFailed(f"{error.strerror}: {target.parent}") from error
        return True

    @staticmethod
    def _fill(path: Path, part: IO[bytes], source: Path) -> None:
        try:
            with source.open("rb") as stream:
                shutil.copyfileobj(stream, part)
            part.flush()
            os.fsync(part.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def open(self, key: str) -> BinaryIO:
        """This function will return a stream to read and close. Errors: `NotStored`."""
        try:
            return (self.folder / checked(key)).open("rb")
        except FileNotFoundError:
            raise NotStored(key) from None

    def delete(self, key: str) -> None:
        """This function will forget what lies under a key, if anything does."""
        (self.folder / checked(key)).unlink(missing_ok=True)

    def stored(self) -> Iterator[Stored]:
        """This function will return everything that lies here."""
        for path in sorted(self.folder.glob("*/*")):
            if not path.name.startswith("."):
                since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                yield Stored(path.relative_to(self.folder).as_posix(), since)


def _flush_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is (POSIX); Windows has no such thing."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
