"""Reads small CSV files of the command line; every problem is named with its line and its rule."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAXIMUM_BYTES: Final = 1_000_000
MAXIMUM_NAMED: Final = 20
MAXIMUM_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong with a file: the line (from 1), the rule it breaks, and what to do."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


class RowProblems(ValueError):
    """Everything that is wrong with a file, by line."""

    def __init__(self, problems: list[RowProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda each: each.line))
        lines = [str(each) for each in self.problems[:MAXIMUM_NAMED]]
        if len(self.problems) > MAXIMUM_NAMED:
            lines.append(f"… and {len(self.problems) - MAXIMUM_NAMED} more")
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, and its cells by column."""

    line: int
    cells: dict[str, str]


def read_rows(file: str, content: bytes, headers: tuple[tuple[str, ...], ...]) -> list[Row]:
    """Return the rows under one of the allowed headers. Raises RowProblems."""
    text = _text(file, content)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = tuple(cell.strip().lower() for cell in next(reader, []))
        if header not in headers:
            expected = " or ".join(",".join(each) for each in headers)
            raise RowProblems([RowProblem(file, 1, "header", f"expected the header {expected}")])
        return list(_rows(file, reader, header))
    except csv.Error as error:
        raise RowProblems([RowProblem(file, max(1, reader.line_num), "csv", f"not CSV: {error}")]) from error


def _rows(file: str, reader: Iterator[list[str]], header: tuple[str, ...]) -> Iterator[Row]:
    problems = []
    for cells in reader:
        line: int = reader.line_num  # type: ignore[attr-defined]  # csv's reader counts lines
        if not cells:
            continue
        if len(cells) != len(header):
            message = f"expected {len(header)} columns, found {len(cells)}"
            problems.append(RowProblem(file, line, "columns", message))
            continue
        yield Row(line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    if problems:
        raise RowProblems(problems)


def _text(file: str, content: bytes) -> str:
    if len(content) > MAXIMUM_BYTES:
        raise RowProblems([RowProblem(file, 1, "size", f"larger than {MAXIMUM_BYTES} bytes")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RowProblems([RowProblem(file, line, "utf-8", "not UTF-8; save the file as UTF-8")]) from error


def shown(text: str) -> str:
    """Return text of a file as a message may print it."""
    cut = text[:MAXIMUM_SHOWN]
    return cut if cut.isprintable() and cut else repr(cut)
