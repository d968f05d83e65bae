"""A package in a folder: its files, read only after their names and sizes were found sound."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
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

_DEEPEST: Final = 3
_MOST_ENTRIES: Final = 2 * MOST_FILES
#: what a version control program keeps at the top of a folder; never part of a package
_NOT_CONTENT: Final = frozenset({".git"})


def read_folder(folder: Path, *, whole: bool = True) -> dict[str, bytes]:
    """This function will return the files of a folder by their path in it; `whole` refuses one that lacks some.

    Symbolic links, devices, pipes, empty folders, names that no package has and files that are too large are refused
    before anything is read. Errors: PackageRefused.
    """
    faults: list[Fault] = []
    sizes: dict[str, int] = {}
    for number, (name, entry) in enumerate(_entries(folder, "")):
        if number >= _MOST_ENTRIES:
            raise refused("P007", "", 0, most=str(MOST_FILES))
        if entry is None:
            faults.append(Fault("P010", name, 0))
            continue
        mode = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(mode.st_mode):
            faults.append(Fault("P029", name, 0))
            continue
        faults += name_faults(name)
        sizes[name] = mode.st_size
        if mode.st_size > MOST_BYTES_OF_A_FILE:
            faults.append(Fault("P008", name, 0, {"most": str(MOST_BYTES_OF_A_FILE // 1024)}))
    faults += [fault for fault in set_faults(sizes) if whole or fault.code != "P001"]
    if sum(sizes.values()) > MOST_BYTES:
        faults.append(Fault("P009", "", 0, {"most": str(MOST_BYTES // 1024)}))
    if faults:
        raise PackageRefused(tuple(faults))
    return {name: _read(folder, name) for name in sizes}


def _entries(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Yield each entry that is no folder; a folder that is empty or too deep comes without its entry."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    if not entries and prefix:
        yield prefix, None
    for entry in entries:
        name = prefix + entry.name
        if name in _NOT_CONTENT:
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield name, entry
        elif name.count("/") + 1 >= _DEEPEST:
            yield f"{name}/", None
        else:
            yield from _entries(Path(entry.path), f"{name}/")


def _read(folder: Path, name: str) -> bytes:
    """Read one file through an opened handle, so that it can be neither a link nor larger than it was."""
    handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as opened:
        content = opened.read(MOST_BYTES_OF_A_FILE + 1)
    if len(content) > MOST_BYTES_OF_A_FILE:
        raise refused("P008", name, 0, most=str(MOST_BYTES_OF_A_FILE // 1024))
    return content
