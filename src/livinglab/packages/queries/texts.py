"""The files of a package as texts, for comparison and merge."""

from __future__ import annotations

from pathlib import Path

from livinglab.packages.adapters.folders import read_folder
from livinglab.packages.adapters.package_files import text_of
from livinglab.packages.queries.reading import read_files


def read_texts(path: Path) -> dict[str, str]:
    """This function will return the texts of a package in a folder, zip or git repository. Errors: PackageRefused.

    A folder may lack files that a package must have: drafts are compared and merged too.
    """
    is_draft = path.is_dir() and not (path / ".git").exists()
    files = read_folder(path, whole=False) if is_draft else read_files(path)
    return {name: text_of(name, content) for name, content in files.items()}
