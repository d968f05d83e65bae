"""Objects of a git repository, loose or packed, read without the git program and never beyond a limit of size.

A pack can hold a gigabyte in a few kilobytes, so that nothing is inflated before its declared size was judged.
Formats: git's own documentation, gitformat-pack(5) and gitrepository-layout(5).
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from livinglab.packages.adapters.located import refused
from livinglab.packages.domain.faults import PackageRefused

HASH: Final = re.compile(r"[0-9a-f]{40}", re.ASCII)
_KINDS: Final = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_BY_OFFSET, _BY_NAME = 6, 7
_DEEPEST_DELTA: Final = 50
_LARGEST: Final = 1024 * 1024
_LARGEST_PACK: Final = 512 * 1024 * 1024
_INDEX: Final = b"\xfftOc\x00\x00\x00\x02"
_HEADER: Final = re.compile(rb"(commit|tree|blob|tag) ([0-9]{1,18})\x00")
_MOST_HEADER: Final = 64


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object's kind (commit, tree, blob, tag) and content."""

    kind: str
    content: bytes


def broken(problem: str = "git_damaged", **said: str) -> PackageRefused:
    """This function will return the failure of a repository that cannot be read."""
    return refused("P045", "", 0, problem=problem, **said)


class ObjectStore:
    """The objects under `objects/` of one repository; other repositories that it borrows from are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        packs = sorted((folder / "pack").glob("*.idx")) if (folder / "pack").is_dir() else []
        self._packs = [_Pack(index) for index in packs[:100]]

    def get(self, name: str) -> GitObject:
        """This function will return an object by its name. Errors: PackageRefused: missing, broken or too large."""
        if not HASH.fullmatch(name):
            raise broken()
        loose = self._folder / name[:2] / name[2:]
        found = _loose(loose) if loose.is_file() and not loose.is_symlink() else None
        for pack in self._packs:
            if found is None:
                found = pack.get(name, self)
        if found is None:
            raise broken("git_object", found=name)
        header = f"{found.kind} {len(found.content)}\0".encode()
        if hashlib.sha1(header + found.content, usedforsecurity=False).hexdigest() != name:
            raise broken("git_object", found=name)
        return found


def _loose(path: Path) -> GitObject:
    if path.stat().st_size > _LARGEST:
        raise broken("git_size")
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(path.read_bytes(), _LARGEST + _MOST_HEADER)
    except zlib.error as error:
        raise broken() from error
    header = _HEADER.match(content)
    if not header or not unpacker.eof:
        raise broken()
    if len(content) - header.end() != int(header[2]):
        raise broken("git_size")
    return GitObject(header[1].decode(), content[header.end() :])


class _Pack:
    """One pack with its index (version 2)."""

    def __init__(self, index: Path) -> None:
        self._pack = index.with_suffix(".pack")
        if index.is_symlink() or self._pack.is_symlink() or not self._pack.is_file():
            raise broken()
        if index.stat().st_size > _LARGEST_PACK // 8 or self._pack.stat().st_size > _LARGEST_PACK:
            raise broken("git_size")
        self._index = index.read_bytes()
        if not self._index.startswith(_INDEX) or len(self._index) < len(_INDEX) + 1024:
            raise broken()
        self._fan = struct.unpack_from(">256L", self._index, len(_INDEX))
        self._number = self._fan[255]
        if len(self._index) < len(_INDEX) + 1024 + self._number * 28:
            raise broken()

    def get(self, name: str, store: ObjectStore) -> GitObject | None:
        """This function will return an object of this pack, or None where it has none of that name."""
        at = self._offset(bytes.fromhex(name))
        if at is None:
            return None
        with self._pack.open("rb") as opened:
            return _packed(_Source(opened.read(), store), at, 0)

    def _offset(self, name: bytes) -> int | None:
        low, high = (self._fan[name[0] - 1] if name[0] else 0), self._fan[name[0]]
        names = len(_INDEX) + 1024
        for place in range(low, min(high, self._number)):
            if self._index[names + 20 * place : names + 20 * place + 20] == name:
                offsets = names + 24 * self._number
                (found,) = struct.unpack_from(">L", self._index, offsets + 4 * place)
                if found >> 31:
                    raise broken("git_size")
                return int(found)
        return None


@dataclass(frozen=True, slots=True)
class _Source:
    content: bytes
    store: ObjectStore

    def byte(self, at: int) -> int:
        if not 0 <= at < len(self.content):
            raise broken()
        return self.content[at]


def _packed(source: _Source, at: int, depth: int) -> GitObject:
    if depth > _DEEPEST_DELTA:
        raise broken()
    begins = at
    first = source.byte(at)
    at += 1
    kind, size, shift = (first >> 4) & 7, first & 15, 4
    byte = first
    while byte & 0x80:
        byte = source.byte(at)
        size |= (byte & 0x7F) << shift
        shift, at = shift + 7, at + 1
    if size > _LARGEST:
        raise broken("git_size")
    if kind in _KINDS:
        return GitObject(_KINDS[kind], _inflated(source, at, size))
    if kind == _BY_OFFSET:
        back, at = _back(source, at)
        if not 0 < back <= begins:
            raise broken()
        base = _packed(source, begins - back, depth + 1)
    elif kind == _BY_NAME:
        base = source.store.get(source.content[at : at + 20].hex())
        at += 20
    else:
        raise broken()
    return GitObject(base.kind, _patched(base.content, _inflated(source, at, size)))


def _back(source: _Source, at: int) -> tuple[int, int]:
    byte = source.byte(at)
    back, at = byte & 0x7F, at + 1
    while byte & 0x80:
        byte = source.byte(at)
        back, at = ((back + 1) << 7) | (byte & 0x7F), at + 1
    return back, at


def _inflated(source: _Source, at: int, size: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(source.content[at : at + 2 * _LARGEST], size + 1)
    except zlib.error as error:
        raise broken() from error
    if len(found) != size:
        raise broken("git_size")
    return found


def _patched(base: bytes, delta: bytes) -> bytes:
    """Return the object that a delta makes of its base: pieces copied from it, and pieces of its own."""
    expected, at = _length(delta, 0)
    size, at = _length(delta, at)
    if expected != len(base) or size > _LARGEST:
        raise broken()
    found = bytearray()
    while at < len(delta):
        order = delta[at]
        at += 1
        if order & 0x80:
            start, at = _number(delta, at, order, 4)
            number, at = _number(delta, at, order >> 4, 3)
            found += base[start : start + (number or 0x10000)]
        elif order:
            found += delta[at : at + order]
            at += order
        else:
            raise broken()
        if len(found) > size:
            raise broken()
    if len(found) != size:
        raise broken()
    return bytes(found)


def _length(delta: bytes, at: int) -> tuple[int, int]:
    found = shift = 0
    while at < len(delta):
        byte = delta[at]
        at += 1
        found |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return found, at
        if shift > 28:
            break
    raise broken()


def _number(delta: bytes, at: int, order: int, most: int) -> tuple[int, int]:
    found = 0
    for place in range(most):
        if order & (1 << place):
            if at >= len(delta):
                raise broken()
            found |= delta[at] << (8 * place)
            at += 1
    return found, at
