"""A package as a plain git repository: read at its newest commit, and written with one commit per published version."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from livinglab.packages.adapters.git_objects import HASH, ObjectStore, broken
from livinglab.packages.domain.contents import (
    MOST_BYTES,
    MOST_BYTES_OF_A_FILE,
    MOST_FILES,
    name_faults,
    set_faults,
)
from livinglab.packages.domain.faults import Fault, PackageRefused

_REF: Final = re.compile(r"refs/[A-Za-z0-9._/-]{1,200}", re.ASCII)
_MOST_REF_BYTES: Final = 1024 * 1024
_FILE_MODES: Final = frozenset({b"100644", b"100755", b"100664"})
_FOLDER_MODE: Final = b"40000"
_DEEPEST: Final = 2
_DEEPEST_TAG: Final = 5
_BRANCH: Final = "refs/heads/main"


def repository_in(path: Path) -> Path | None:
    """This function will return the folder that holds a repository: a bare one, or `.git` in a folder without files."""
    for folder in (path, path / ".git"):
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir() and not folder.is_symlink():
            return folder
    return None


def read_repository(folder: Path, *, at: str = "HEAD") -> dict[str, bytes]:
    """This function will return the files of a repository at a commit: HEAD, `refs/…`, or a version such as `v1.2.0`.

    Links, submodules and files that no package has are refused before any of it is read. Errors: PackageRefused.
    """
    store = ObjectStore(folder / "objects")
    name = _commit(folder, store, at if at == "HEAD" or at.startswith("refs/") else f"refs/tags/{at}")
    tree = re.match(rb"tree ([0-9a-f]{40})\n", store.get(name).content)
    if tree is None:
        raise broken()
    entries = list(_entries(store, tree[1].decode(), "", 0))
    faults = [fault for path, _ in entries for fault in name_faults(path)]
    faults += [Fault("P029", path, 0) for path, blob in entries if not blob]
    faults += set_faults([path for path, _ in entries])
    if faults:
        raise PackageRefused(tuple(faults))
    return _contents(store, entries)


def _contents(store: ObjectStore, entries: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path, blob in entries:
        content = store.get(blob)
        if content.kind != "blob":
            raise broken()
        if len(content.content) > MOST_BYTES_OF_A_FILE:
            raise PackageRefused((Fault("P008", path, 0, {"most": str(MOST_BYTES_OF_A_FILE // 1024)}),))
        found[path] = content.content
        if sum(map(len, found.values())) > MOST_BYTES:
            raise PackageRefused((Fault("P009", "", 0, {"most": str(MOST_BYTES // 1024)}),))
    return found


def _commit(folder: Path, store: ObjectStore, ref: str) -> str:
    """Return the name of the commit that a reference means, through tags."""
    name = _resolved(folder, ref)
    for _ in range(_DEEPEST_TAG):
        found = store.get(name)
        if found.kind == "commit":
            return name
        target = re.match(rb"object ([0-9a-f]{40})\n", found.content)
        if found.kind != "tag" or target is None:
            break
        name = target[1].decode()
    raise broken("git_ref", found=ref[:80])


def _resolved(folder: Path, ref: str) -> str:
    for _ in range(_DEEPEST_TAG):
        if ref != "HEAD" and (not _REF.fullmatch(ref) or ".." in ref):
            raise broken("git_ref", found=ref[:80])
        path = folder / ref
        text = _short(path).strip() if path.is_file() and not path.is_symlink() else _from_packed(folder, ref)
        if not text.startswith("ref: "):
            return text
        ref = text.removeprefix("ref: ")
    raise broken("git_ref", found=ref[:80])


def _short(path: Path) -> str:
    with path.open("rb") as opened:
        return opened.read(_MOST_REF_BYTES).decode("utf-8", "replace")


def _from_packed(folder: Path, ref: str) -> str:
    packed = folder / "packed-refs"
    for line in _short(packed).splitlines() if packed.is_file() and not packed.is_symlink() else ():
        name, _, found = line.partition(" ")
        if found == ref and HASH.fullmatch(name):
            return name
    raise broken("git_ref", found=ref[:80])


def _entries(store: ObjectStore, tree: str, prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the path and the object of each file; links, submodules and deep folders come without an object."""
    content = store.get(tree).content
    at = number = 0
    while at < len(content):
        mode, _, rest = content[at : at + 300].partition(b" ")
        name, _, _ = rest.partition(b"\0")
        at += len(mode) + len(name) + 22
        if at > len(content) or not name or number > 2 * MOST_FILES:
            raise broken()
        number += 1
        path = prefix + name.decode("utf-8", "backslashreplace")
        blob = content[at - 20 : at].hex()
        if mode == _FOLDER_MODE and depth < _DEEPEST:
            yield from _entries(store, blob, f"{path}/", depth + 1)
        else:
            yield path, blob if mode in _FILE_MODES else ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version to be written as a commit: its version, who published it and when, and all its files."""

    version: str
    publisher: str
    at: datetime
    files: Mapping[str, bytes]


def write_repository(folder: Path, editions: Sequence[Edition]) -> None:
    """This function will write a new bare repository with one commit and one tag `vVERSION` per edition, oldest first.

    The same editions give the same repository, byte for byte. Errors: FileExistsError where something stands there.
    """
    folder.mkdir(parents=True)
    objects = folder / "objects"
    parent = ""
    for edition in editions:
        parent = _write_commit(objects, edition, parent)
        _write(folder / "refs" / "tags" / f"v{edition.version}", f"{parent}\n".encode())
    _write(folder / _BRANCH, f"{parent}\n".encode())
    _write(folder / "HEAD", f"ref: {_BRANCH}\n".encode())
    _write(folder / "config", b"[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n")


def _write_commit(objects: Path, edition: Edition, parent: str) -> str:
    tree = _write_tree(objects, edition.files)
    who = f"{edition.publisher} <{edition.publisher}@packages.invalid> {int(edition.at.timestamp())} +0000"
    lines = [f"tree {tree}", *([f"parent {parent}"] if parent else []), f"author {who}", f"committer {who}"]
    return _write_object(objects, "commit", ("\n".join(lines) + f"\n\n{edition.version}\n").encode())


def _write_tree(objects: Path, files: Mapping[str, bytes]) -> str:
    inside: dict[str, dict[str, bytes]] = {}
    entries: list[tuple[bytes, bytes, str]] = []
    for path, content in files.items():
        folder, slash, name = path.partition("/")
        if slash:
            inside.setdefault(folder, {})[name] = content
        else:
            entries.append((path.encode(), b"100644", _write_object(objects, "blob", content)))
    entries += [(name.encode(), _FOLDER_MODE, _write_tree(objects, part)) for name, part in inside.items()]
    entries.sort(key=lambda entry: entry[0] + (b"/" if entry[1] == _FOLDER_MODE else b""))
    return _write_object(
        objects,
        "tree",
        b"".join(mode + b" " + name + b"\0" + bytes.fromhex(blob) for name, mode, blob in entries),
    )


def _write_object(objects: Path, kind: str, content: bytes) -> str:
    whole = f"{kind} {len(content)}\0".encode() + content
    name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    path = objects / name[:2] / name[2:]
    if not path.exists():
        _write(path, zlib.compress(whole))
    return name


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
