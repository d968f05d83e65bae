"""A git repository in one zip file, as people send a folder: written for download, and read without trusting it."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from livinglab.packages.adapters.git_objects import broken
from livinglab.packages.adapters.git_repositories import Edition, read_repository, write_repository
from livinglab.packages.adapters.located import refused
from livinglab.packages.adapters.zips import write_zip

#: how the last part of a zip begins; without it the file was cut off
_END: Final = b"PK\x05\x06"
_MOST_ENTRIES: Final = 20_000
_MOST_BYTES: Final = 32 * 1024 * 1024
#: what of a repository is read; everything else in the zip is left where it is: hooks, settings, checked-out files
_PARTS: Final = re.compile(
    r"HEAD|packed-refs|refs/(?:heads|tags)/[A-Za-z0-9._-]{1,100}|objects/[0-9a-f]{2}/[0-9a-f]{38}"
    r"|objects/pack/pack-[0-9a-f]{40}\.(?:idx|pack)",
    re.ASCII,
)


def write_repository_zip(editions: Sequence[Edition]) -> bytes:
    """This function will return a bare repository with a commit and a tag for each version, oldest first, as a zip."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "repository"
        write_repository(root, editions)
        return write_zip(
            {str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()}
        )


def read_repository_zip(content: bytes) -> dict[str, bytes] | None:
    """This function will return the package at the newest commit of a zipped repository, None for a zip without one.

    The repository stands at the top of the zip, in its only folder, or in `.git` of either. Errors: PackageRefused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = _repository_in(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise refused("P040", "", 0, problem="zip_table" if _END in content else "zip_end") from error
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for path, part in found.items():
            place = Path(folder) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(part)
        (Path(folder) / "objects").mkdir(exist_ok=True)
        return read_repository(Path(folder))


def _repository_in(archive: zipfile.ZipFile) -> Mapping[str, bytes] | None:
    names = {one.filename for one in archive.infolist()}
    root = next(_roots(names), None)
    if root is None:
        return None
    if len(names) > _MOST_ENTRIES:
        raise broken("git_size")
    parts = [one for one in archive.infolist() if _PARTS.fullmatch(one.filename.removeprefix(root))]
    if sum(one.file_size for one in parts) > _MOST_BYTES:
        raise broken("git_size")
    return {one.filename.removeprefix(root): _part(archive, one) for one in parts if _is_below(one, root)}


def _is_below(one: zipfile.ZipInfo, root: str) -> bool:
    return one.filename.startswith(root)


def _roots(names: set[str]) -> Iterator[str]:
    """Yield where in a zip a repository may stand: a HEAD with objects beside it, at most two folders deep."""
    for name in sorted(names):
        root, _slash, last = name.rpartition("/")
        prefix = f"{root}/" if root else ""
        if (
            last == "HEAD"
            and root.count("/") <= 1
            and any(one.startswith(f"{prefix}objects/") for one in names)
        ):
            yield prefix


def _part(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """Return one file, never more of it than the zip said it holds."""
    try:
        with archive.open(one) as opened:
            found = opened.read(one.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise refused("P043", one.filename[:200], 0) from error
    if len(found) != one.file_size:
        raise broken("git_size")
    return found
