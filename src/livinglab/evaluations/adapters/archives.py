"""Writes a zip while it is sent: no file is whole in memory, and none waits on disk."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

_PIECE: Final = 256 * 1024  # bytes read and sent at a time


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive. `open` is called when its turn comes; None from it leaves the file out."""

    name: str
    open: Callable[[], BinaryIO | None]


class _Sink(io.RawIOBase):
    """What the zip was written into since it was last taken; it cannot be read or moved in."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(memoryview(data))  # type: ignore[arg-type]  # zipfile writes bytes and their views
        self._parts.append(part)
        return len(part)

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def stream_zip(entries: Iterable[Entry], *, at: datetime) -> Iterator[bytes]:
    """Yield a zip of these entries, in order; each is opened, copied and closed before the next.

    Entries are stored as they are: evidence is compressed already. Their moment is `at`, so that the same evidence
    gives the same archive.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for entry in entries:
            yield from _copied(archive, sink, entry, at)
    yield sink.take()


def _copied(archive: zipfile.ZipFile, sink: _Sink, entry: Entry, at: datetime) -> Iterator[bytes]:
    source = entry.open()
    if source is None:
        return
    info = zipfile.ZipInfo(entry.name, at.timetuple()[:6])
    info.external_attr = 0o644 << 16
    with closing(source), archive.open(info, "w", force_zip64=True) as target:
        while part := source.read(_PIECE):
            target.write(part)
            yield sink.take()
