"""Reads a file of districts and villages: CSV in UTF-8 with the header `code,name`."""

import csv
import io
from dataclasses import dataclass
from typing import BinaryIO, Final

from livinglab.organizations.domain.areas import AreaRow, Problem, parse_area

#: the whole country's villages are 2 MB; ten times that is no area file
LARGEST_FILE: Final = 20 * 1024 * 1024
LONGEST_LINE: Final = 1_000
HEADER: Final = ["code", "name"]


@dataclass(frozen=True, slots=True)
class AreaFile:
    """What a file states, and what is wrong with it."""

    rows: tuple[AreaRow, ...]
    problems: tuple[Problem, ...]


def read_areas(stream: BinaryIO) -> AreaFile:
    """This function will read every line; what cannot be taken becomes a problem with its line, never an exception."""
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        return _refused(1, f"the file is larger than {LARGEST_FILE // 1024**2} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(
            content.count(b"\n", 0, error.start) + 1, "this is not UTF-8 text; save the file as CSV UTF-8"
        )
    return _read(text)


def _refused(line: int, message: str) -> AreaFile:
    return AreaFile((), (Problem(line, message),))


def _read(text: str) -> AreaFile:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[AreaRow] = []
    problems: list[Problem] = []
    line = 1
    try:
        header = next(lines, [])
        if header != HEADER:
            return _refused(1, f"the header is {','.join(header)[:80]!r}; it must be 'code,name'")
        line = lines.line_num + 1
        for cells in lines:
            if cells:
                found = _row(line, cells)
                (rows if isinstance(found, AreaRow) else problems).append(found)  # type: ignore[arg-type]
            line = lines.line_num + 1
    except csv.Error as error:
        problems.append(Problem(line, f"this line is not CSV: {error}"))
    if not rows and not problems:
        problems.append(Problem(1, "the file has no rows"))
    return AreaFile(tuple(rows), tuple(problems))


def _row(line: int, cells: list[str]) -> AreaRow | Problem:
    if len(cells) != len(HEADER):
        return Problem(line, f"the line has {len(cells)} cells instead of {len(HEADER)}")
    if sum(map(len, cells)) > LONGEST_LINE:
        return Problem(line, f"the line is longer than {LONGEST_LINE} characters")
    return parse_area(line, *cells)
