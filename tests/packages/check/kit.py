"""A sound package, and what it becomes with one edit."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from livinglab.packages.domain.faults import Fault
from livinglab.packages.queries.check import check_files
from livinglab.packages.queries.reading import read_files
from tests.packages.first import first_version

SKTM = Path(settings.ROOT) / "packages" / "sktm"
FILES: Mapping[str, bytes] = first_version(read_files(SKTM))


def edited(path: str, old: str, new: str, files: Mapping[str, bytes] = FILES) -> dict[str, bytes]:
    """The files with one text replaced once, which must be there."""
    text = files[path].decode()
    assert old in text, f"{path} does not hold {old!r}"
    return {**files, path: text.replace(old, new, 1).encode()}


def line_of(files: Mapping[str, bytes], path: str, at: str) -> int:
    """The number of the first line of a file that holds a text; 0 for the file as a whole."""
    lines = files[path].decode("utf-8", "replace").split("\n") if at else []
    return next((number for number, line in enumerate(lines, 1) if at in line), 0)


def faults(files: Mapping[str, bytes], code: str = "") -> list[Fault]:
    """What the checker finds, of one code or all."""
    return [one for one in check_files(files).faults if not code or one.code == code]
