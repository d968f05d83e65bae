"""Reads a set of levels from JSON (`{"levels": {"1": 3, …}}`) or CSV (`indicator,level`)."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal, InvalidOperation
from typing import NoReturn

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DIGITS = 40


class LevelFileError(ValueError):
    """A file of levels that cannot be read; the message says where and why."""


def parse_levels(content: bytes) -> dict[str, object]:
    """Return the levels in `content` by indicator, still unchecked. Raises LevelFileError.

    A file whose first sign is a brace is JSON, any other is CSV. No indicator may come twice.
    """
    if len(content) > MAXIMUM_BYTES:
        raise LevelFileError(f"larger than {MAXIMUM_BYTES} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LevelFileError(f"line {line}: not UTF-8; save the file as UTF-8") from error
    if not text.strip():
        raise LevelFileError("the file is empty")
    return _from_json(text) if text.lstrip()[0] in "{[" else _from_csv(text)


def _from_json(text: str) -> dict[str, object]:
    try:
        document = json.loads(
            text,
            parse_int=_whole,
            parse_float=_exact,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_double_keys,
        )
    except json.JSONDecodeError as error:
        raise LevelFileError(f"line {error.lineno}: not JSON: {error.msg}") from error
    except RecursionError as error:
        raise LevelFileError("not JSON that we read: nested too deeply") from error
    levels = document.get("levels") if isinstance(document, dict) else None
    if not isinstance(levels, dict) or len(document) != 1:
        raise LevelFileError('expected {"levels": {"1": 3, …}} and nothing beside "levels"')
    return levels


def _whole(text: str) -> object:
    """Return the number; one that no level can be stays text, so that the check names its indicator."""
    return int(text) if len(text) <= MAXIMUM_DIGITS else text


def _exact(text: str) -> object:
    """Return the number as written; one beyond every exponent stays text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _refuse_constant(name: str) -> NoReturn:
    raise LevelFileError(f"not JSON: {name} is not a number")


def _without_double_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise LevelFileError(f"{key[:40]!r} comes twice")
        found[key] = value
    return found


def _from_csv(text: str) -> dict[str, object]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    levels: dict[str, object] = {}
    try:
        header = [cell.strip().lower() for cell in next(reader)]
        if header != ["indicator", "level"]:
            raise LevelFileError("line 1: expected the header indicator,level")
        for row in reader:
            if row:
                _add_row(levels, row, reader.line_num)
    except csv.Error as error:
        raise LevelFileError(f"line {reader.line_num}: not CSV: {error}") from error
    return levels


def _add_row(levels: dict[str, object], row: list[str], line: int) -> None:
    if len(row) != 2:
        raise LevelFileError(f"line {line}: expected two columns, found {len(row)}")
    key, level = (cell.strip() for cell in row)
    if key in levels:
        raise LevelFileError(f"line {line}: indicator {key[:40]} comes twice")
    levels[key] = _csv_level(level)


def _csv_level(text: str) -> object:
    if re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        return int(text)
    return Decimal(text) if re.fullmatch(r"-?\d{1,18}\.\d{1,18}", text, re.ASCII) else text
