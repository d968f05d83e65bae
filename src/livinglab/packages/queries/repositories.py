"""Packages as git repositories in one file: for download, and from an upload."""

from __future__ import annotations

from collections.abc import Sequence

from livinglab.packages.adapters.git_zips import read_repository_zip, write_repository_zip
from livinglab.packages.adapters.zips import write_zip
from livinglab.packages.queries.sealing import Edition

__all__ = ["as_repository", "package_zip"]


def as_repository(editions: Sequence[Edition]) -> bytes:
    """This function will return a zipped bare git repository: a commit and a tag for each version, oldest first."""
    return write_repository_zip(editions)


def package_zip(content: bytes) -> bytes:
    """This function will return the zip of a package: an upload as it is, or the newest commit of a zipped repository.

    What is neither comes back unchanged, for the reader of packages to refuse. Errors: PackageRefused for a broken
    repository.
    """
    if not content.startswith(b"PK"):
        return content
    found = read_repository_zip(content)
    return content if found is None else write_zip(found)
