"""A package as a zip file: read without trusting anything it says, written the same way every time."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from livinglab.packages.adapters.located import refused
from livinglab.packages.domain.contents import (
    MOST_BYTES,
    MOST_BYTES_OF_A_FILE,
    MOST_FILES,
    name_faults,
    set_faults,
)
from livinglab.packages.domain.faults import Fault, PackageRefused

#: content, and what the zip file itself needs for 250 names
MOST_BYTES_OF_ZIP: Final = MOST_BYTES + 256 * 1024
_END: Final = struct.Struct("<4s4H2LH")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_ENCRYPTED: Final = 0x1 | 0x40
_UNIX: Final = 3
_STORED: Final = 0
_DEFLATED: Final = 8
_LONGEST_DESCRIPTOR: Final = 16
#: the first moment that a zip file can write; the same for every file, so that equal content is an equal file
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    at: int
    mode: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


def read_zip_file(path: Path) -> dict[str, bytes]:
    """This function will return the files of a zip file on disk, which is not read where it is too large."""
    if path.stat().st_size > MOST_BYTES_OF_ZIP:
        raise refused("P044", "", 0, most=str(MOST_BYTES_OF_ZIP // 1024))
    with path.open("rb") as opened:
        return read_zip(opened.read(MOST_BYTES_OF_ZIP + 1))


def read_zip(content: bytes) -> dict[str, bytes]:
    """This function will return the files of a zip file by path.

    Every name, kind and size is judged before anything is unpacked, and nothing is unpacked beyond its declared size.
    Errors: PackageRefused with all faults.
    """
    if len(content) > MOST_BYTES_OF_ZIP:
        raise refused("P044", "", 0, most=str(MOST_BYTES_OF_ZIP // 1024))
    entries = list(_entries(content))
    faults = [fault for entry in entries for fault in _entry_faults(entry)]
    files = [entry for entry in entries if not entry.is_folder]
    faults += [
        Fault("P010", entry.name, 0)
        for entry in entries
        if entry.is_folder and not any(one.name.startswith(entry.name) for one in files)
    ]
    faults += set_faults([entry.name for entry in files])
    if sum(entry.size for entry in files) > MOST_BYTES:
        faults.append(Fault("P009", "", 0, {"most": str(MOST_BYTES // 1024)}))
    if not faults:
        faults += _overlaps(content, entries)
    if faults:
        raise PackageRefused(tuple(faults))
    return {entry.name: _unpacked(content, entry) for entry in files}


def _entries(content: bytes) -> Iterator[_Entry]:
    """Yield what the table at the end says of each entry. One plain table at the very end is all that is read."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - _END.size))
    if at < 0 or at + _END.size != len(content):
        raise refused("P040", "", 0, problem="zip_end")
    _, disk, start_disk, here, number, size, start, _ = _END.unpack_from(content, at)
    if disk or start_disk or here != number or start + size != at:
        raise refused("P040", "", 0, problem="zip_table")
    if number > 2 * MOST_FILES:
        raise refused("P007", "", 0, most=str(MOST_FILES))
    place = start
    for _ in range(number):
        if place + _CENTRAL.size > at:
            raise refused("P040", "", 0, problem="zip_table")
        entry, place = _entry(content, place)
        yield entry
    if place != at:
        raise refused("P040", "", 0, problem="zip_table")


def _entry(content: bytes, place: int) -> tuple[_Entry, int]:
    mark, made_by, _, flags, method, _, _, checksum, packed, size, name, extra, comment, _, _, outside, at = (
        _CENTRAL.unpack_from(content, place)
    )
    end = place + _CENTRAL.size + name
    if mark != b"PK\x01\x02":
        raise refused("P040", "", 0, problem="zip_table")
    try:
        path = content[place + _CENTRAL.size : end].decode()
    except UnicodeDecodeError as error:
        raise refused("P040", "", 0, problem="zip_name") from error
    mode = outside >> 16 if made_by >> 8 == _UNIX else 0
    return _Entry(path, flags, method, checksum, packed, size, at, mode), end + extra + comment


def _entry_faults(entry: _Entry) -> Iterator[Fault]:
    kind = stat.S_IFMT(entry.mode)
    if kind and kind != (stat.S_IFDIR if entry.is_folder else stat.S_IFREG):
        yield Fault("P029", entry.name, 0)
    if entry.flags & _ENCRYPTED or entry.method not in {_STORED, _DEFLATED}:
        yield Fault("P041", entry.name, 0)
    if entry.is_folder:
        yield from (fault for fault in name_faults(f"{entry.name}x") if fault.code != "P005")
        if entry.size or entry.packed:
            yield Fault("P043", entry.name, 0)
        return
    yield from name_faults(entry.name)
    if entry.size > MOST_BYTES_OF_A_FILE:
        yield Fault("P008", entry.name, 0, {"most": str(MOST_BYTES_OF_A_FILE // 1024)})


def _overlaps(content: bytes, entries: list[_Entry]) -> Iterator[Fault]:
    """Yield entries that do not follow each other: a bomb lets many entries share one packed piece."""
    end = 0
    table = _END.unpack_from(content, len(content) - _END.size)[6]
    for entry in sorted(entries, key=lambda one: one.at):
        after = _start_of(content, entry) + entry.packed
        gap = entry.at - end
        if gap < 0 or gap > _LONGEST_DESCRIPTOR or after > table:
            yield Fault("P042", entry.name, 0)
        end = max(after, end)
    if not 0 <= table - end <= _LONGEST_DESCRIPTOR:
        yield Fault("P042", "", 0)


def _start_of(content: bytes, entry: _Entry) -> int:
    """Return where the packed bytes of an entry begin. Errors: PackageRefused where it has another name there."""
    if entry.at + _LOCAL.size > len(content):
        raise refused("P042", entry.name, 0)
    mark, _, flags, method, _, _, _, _, _, name, extra = _LOCAL.unpack_from(content, entry.at)
    begins = entry.at + _LOCAL.size
    same = content[begins : begins + name] == entry.name.encode() and (flags, method) == (
        entry.flags,
        entry.method,
    )
    if mark != b"PK\x03\x04" or not same:
        raise refused("P043", entry.name, 0)
    return int(begins + name + extra)


def _unpacked(content: bytes, entry: _Entry) -> bytes:
    start = _start_of(content, entry)
    packed = content[start : start + entry.packed]
    if entry.method == _STORED:
        found = packed
    else:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            found = unpacker.decompress(packed, entry.size + 1)
        except zlib.error as error:
            raise refused("P043", entry.name, 0) from error
        if not unpacker.eof or unpacker.unused_data:
            raise refused("P043", entry.name, 0)
    if len(found) != entry.size or zlib.crc32(found) != entry.checksum:
        raise refused("P043", entry.name, 0)
    return found


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """This function will return a zip file of these files: the same content is the same file, byte for byte.

    Nothing is compressed, because two versions of a compressor may give different bytes.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files, key=str.encode):
            entry = zipfile.ZipInfo(path, _MOMENT)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[path])
    return written.getvalue()
