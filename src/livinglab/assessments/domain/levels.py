"""A set of levels, checked against an instrument: every wrong one is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeGuard

from livinglab.assessments.domain.instruments import Scale

Level = int | Decimal
MAXIMUM_NAMED = 60
MAXIMUM_SHOWN = 40


class LevelProblem(StrEnum):
    """What can be wrong with one level."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_WHOLE = "not_whole"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_PLACES = "too_many_places"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True)
class LevelError:
    """One wrong level: the indicator's key, what is wrong, and what to do."""

    key: str
    problem: LevelProblem
    message: str

    def __str__(self) -> str:
        return self.message


class LevelErrors(ValueError):
    """All wrong levels of a set, in the order of the instrument; unknown indicators last."""

    def __init__(self, errors: Iterable[LevelError]) -> None:
        self.errors = tuple(errors)
        lines = [error.message for error in self.errors[:MAXIMUM_NAMED]]
        if len(self.errors) > MAXIMUM_NAMED:
            lines.append(f"… and {len(self.errors) - MAXIMUM_NAMED} more")
        super().__init__("\n".join(lines))


def find_level_errors(levels: Mapping[str, object], keys: Iterable[str], scale: Scale) -> list[LevelError]:
    """Return what is wrong with `levels`, for an instrument whose indicators have `keys`."""
    expected = list(keys)
    errors: list[LevelError] = []
    for key in expected:
        if key not in levels:
            errors.append(LevelError(key, LevelProblem.MISSING, f"indicator {key}: the level is missing"))
        else:
            errors.extend(_level_error(key, levels[key], scale))
    known = set(expected)
    last = expected[-1]
    errors.extend(
        LevelError(
            key[:MAXIMUM_SHOWN],
            LevelProblem.UNKNOWN,
            f"indicator {_named(key)}: not in this instrument (it has 1 to {last})",
        )
        for key in levels
        if key not in known
    )
    return errors


def clean_levels(raw: Mapping[str, object], keys: Iterable[str], scale: Scale) -> dict[str, Level]:
    """Return levels that came from outside, checked. Raises LevelErrors naming every wrong one.

    Where the scale has decimals, a level may also be a text such as "3.25": published decimals are texts.
    """
    read = {key: _number(level) if scale.decimals else level for key, level in raw.items()}
    errors = find_level_errors(read, keys, scale)
    if errors:
        raise LevelErrors(errors)
    return {key: level for key, level in read.items() if isinstance(level, int | Decimal)}


def _number(level: object) -> object:
    plain = isinstance(level, str) and re.fullmatch(r"\d{1,3}(\.\d{1,20})?", level, re.ASCII)
    return Decimal(str(level)) if plain else level


def _level_error(key: str, level: object, scale: Scale) -> Iterator[LevelError]:
    low, high = scale.minimum, scale.maximum
    found = f"indicator {key}: {_shown(level)}"
    if not _is_number(level):
        yield LevelError(key, LevelProblem.NOT_A_NUMBER, f"{found} is not a number")
    elif isinstance(level, Decimal) and scale.decimals == 0:
        message = f"{found} is not a whole level; write {low} to {high} without a decimal point"
        yield LevelError(key, LevelProblem.NOT_WHOLE, message)
    elif not low <= level <= high:
        yield LevelError(key, LevelProblem.OUT_OF_RANGE, f"{found} is outside {low} to {high}")
    elif isinstance(level, Decimal) and level != level.quantize(Decimal(1).scaleb(-scale.decimals)):
        message = f"{found} has more than {scale.decimals} decimal places"
        yield LevelError(key, LevelProblem.TOO_MANY_PLACES, message)


def _is_number(level: object) -> TypeGuard[Level]:
    if isinstance(level, Decimal):
        return level.is_finite()
    return isinstance(level, int) and not isinstance(level, bool)


def _named(key: str) -> str:
    """Return an unknown key as it may be printed: short, and with what cannot be seen written out."""
    cut = key[:MAXIMUM_SHOWN]
    return cut if cut and cut.isprintable() else repr(cut)


def _shown(level: object) -> str:
    if isinstance(level, int) and abs(level) >= 10**18:
        return "a number of many digits"
    text = str(level) if isinstance(level, int | Decimal) else repr(level)
    return text if len(text) <= MAXIMUM_SHOWN else f"{text[:MAXIMUM_SHOWN]}…"
