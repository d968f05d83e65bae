"""Reads answers from CSV with the header U1…U9 line by line: a million of them take no more memory than one."""

import csv
from collections.abc import Iterator
from typing import BinaryIO, Final

from livinglab.surveys.domain.elements import ELEMENTS, HIGHEST, LOWEST, Answers

#: nine answers take twenty; longer lines are no answers, and are not read to their end
LONGEST_LINE: Final = 1_000
_SHOWN: Final = 20
_BOM: Final = b"\xef\xbb\xbf"
_ANSWERS: Final = {str(answer): answer for answer in range(LOWEST, HIGHEST + 1)}
_HEADER: Final = ",".join(ELEMENTS)


class AnswerFileError(ValueError):
    """A file of answers that cannot be scored; the message says in which line and column, and what to do."""


def read_answers(opened: BinaryIO) -> Iterator[Answers]:
    """This function will yield each person's nine answers in the order of the elements. Errors: `AnswerFileError`.

    UTF-8 with or without a byte order mark; the columns may stand in any order; empty lines are passed over.
    """
    reader = csv.reader(_lines(opened), strict=True)
    try:
        header = next(reader, [])
        order = _order(header)
        for cells in reader:
            if cells:
                yield _row(cells, order, reader.line_num)
    except csv.Error as error:
        raise AnswerFileError(f"line {reader.line_num}: not CSV: {error}") from error


def _lines(opened: BinaryIO) -> Iterator[str]:
    number = 0
    while raw := opened.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            raise AnswerFileError(f"line {number}: longer than {LONGEST_LINE} bytes; expected nine answers")
        if b"\0" in raw:
            raise AnswerFileError(f"line {number}: holds a null character; save the file as CSV UTF-8")
        try:
            yield (raw.removeprefix(_BOM) if number == 1 else raw).decode()
        except UnicodeDecodeError as error:
            raise AnswerFileError(f"line {number}: not UTF-8; save the file as CSV UTF-8") from error


def _order(header: list[str]) -> list[int]:
    """Return in which column each element stands."""
    names = [name.strip().upper() for name in header]
    if not any(names):
        raise AnswerFileError(f"line 1: nothing is there; expected the header {_HEADER}")
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        found = "semicolons" if ";" in names[0] else "tabs"
        raise AnswerFileError(
            f"line 1: the columns are separated by {found}; save the file as CSV with commas"
        )
    for place, name in enumerate(names, start=1):
        if name not in ELEMENTS:
            raise AnswerFileError(
                f"line 1, column {place}: {_shown(header[place - 1])} is none of U1 to U9; "
                f"expected the header {_HEADER}"
            )
        if name in names[: place - 1]:
            raise AnswerFileError(f"line 1, column {place}: {name} comes twice; leave one of the two out")
    missing = [element.value for element in ELEMENTS if element not in names]
    if missing:
        raise AnswerFileError(
            f"line 1: column {', '.join(missing)} is missing; expected the header {_HEADER}"
        )
    return [names.index(element) for element in ELEMENTS]


def _row(cells: list[str], order: list[int], line: int) -> Answers:
    if len(cells) != len(order):
        hint = "; separate columns by commas" if ";" in cells[0] else ""
        raise AnswerFileError(f"line {line}: {len(cells)} cells under {len(order)} columns{hint}")
    try:
        return tuple([_ANSWERS[cells[place]] for place in order])
    except KeyError:
        return tuple(
            _answer(cells[place], element, line) for element, place in zip(ELEMENTS, order, strict=True)
        )


def _answer(cell: str, element: str, line: int) -> int:
    answer = _ANSWERS.get(cell.strip())
    if answer is None:
        said = f"{_shown(cell)} is no answer" if cell.strip() else "nothing is there"
        raise AnswerFileError(f"line {line}, column {element}: {said}; answers are {', '.join(_ANSWERS)}")
    return answer


def _shown(text: str) -> str:
    cut = text.strip()[:_SHOWN]
    return cut if cut and cut.isprintable() else repr(cut)
