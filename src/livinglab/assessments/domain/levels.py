"""A set of levels, checked against an instrument: every wrong one is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from livinglab.assessments.domain.instruments import Scale

Level = int | Decimal
MAXIMUM_NAMED = 60


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
        LevelError(key, LevelProblem.UNKNOWN, f"indicator {key[:40]}: not in this instrument (it has 1 to {last})")
        for key in levels
        if key not in known
    )
    return errors


def _level_error(key: str, level: object, scale: Scale) -> Iterable[LevelError]:
    low, high = scale.minimum, scale.maximum
    if isinstance(level, bool) or not isinstance(level, int | Decimal):
        yield LevelError(key, LevelProblem.NOT_A_NUMBER, f"indicator {key}: {str(level)[:40]!r} is not a number")
    elif isinstance(level, Decimal) and not level.is_finite():
        yield LevelError(key, LevelProblem.NOT_A_NUMBER, f"indicator {key}: {level} is not a number")
    elif isinstance(level, Decimal) and scale.decimals == 0:
        message = f"indicator {key}: {str(level)[:40]} is not a whole level; write {low} to {high} without a decimal point"
        yield LevelError(key, LevelProblem.NOT_WHOLE, message)
    elif not low <= level <= high:
        message = f"indicator {key}: {str(level)[:40]} is outside {low} to {high}"
        yield LevelError(key, LevelProblem.OUT_OF_RANGE, message)
    elif level.as_integer_ratio()[0] * 10**scale.decimals % level.as_integer_ratio()[1]:
        message = f"indicator {key}: {str(level)[:40]} has more than {scale.decimals} decimal places"
        yield LevelError(key, LevelProblem.TOO_MANY_PLACES, message)
