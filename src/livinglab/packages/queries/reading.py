"""The door to packages as files: folder, zip or git repository, read into typed values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from livinglab.packages.adapters.folders import read_folder
from livinglab.packages.adapters.git_repositories import read_repository, repository_in
from livinglab.packages.adapters.package_files import package_from, text_of
from livinglab.packages.adapters.zips import read_zip, read_zip_file
from livinglab.packages.domain.contents import digest_of
from livinglab.packages.domain.faults import Fault, PackageRefused
from livinglab.packages.domain.package import Package

__all__ = ["digest_of", "parse_package", "read_files", "read_package", "read_texts", "read_zip"]

_PROBLEMS: Final = {FileNotFoundError: "place_missing", PermissionError: "place_closed"}


def read_files(path: Path) -> dict[str, bytes]:
    """This function will return the files of a package by their path in it.

    `path` is a folder, a zip file, or a git repository without checked-out files, which is read at its newest commit.
    Errors: PackageRefused; nothing of a package is read before names, kinds and sizes were found sound.
    """
    try:
        if not path.is_dir():
            return read_zip_file(path)
        repository = None if (path / "package.yaml").exists() else repository_in(path)
        return read_repository(repository) if repository else read_folder(path)
    except OSError as error:
        raise PackageRefused(
            (Fault("P046", "", 0, {"problem": _PROBLEMS.get(type(error), "place")}),)
        ) from error


def read_texts(path: Path) -> dict[str, str]:
    """This function will return the files of a package as texts. Errors: PackageRefused, also for what is no UTF-8."""
    return {name: text_of(name, content) for name, content in read_files(path).items()}


def parse_package(files: Mapping[str, bytes]) -> Package:
    """This function will return the package that these files hold, by path. Errors: PackageRefused with all faults."""
    return package_from(files)


def read_package(path: Path) -> Package:
    """This function will return the package at a path. Errors: PackageRefused with all faults."""
    return parse_package(read_files(path))
