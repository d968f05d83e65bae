"""What an adopter sets for a parameter: checked one way for the form, the write and the API; inherited downwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.manifest import Parameter, ParameterType

LONGEST_TEXT: Final = 300
LONGEST_LONG_TEXT: Final = 5000
MOST_LETTERHEAD_LINES: Final = 6
#: what an official is known by; a rank and a number may be empty
OFFICIAL_PARTS: Final = ("name", "rank", "number")
_WHOLE: Final = frozenset({ParameterType.INTEGER, ParameterType.MONEY, ParameterType.DAYS})


class Wrong(StrEnum):
    """What is wrong with a value."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_PLAIN_TEXT = "not_plain_text"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_DAY = "not_a_day"
    NOT_AN_OPTION = "not_an_option"
    TOO_MANY_LINES = "too_many_lines"
    LOOSER = "looser"  # more than what holds above a place, of a number that may only become stricter


@dataclass(frozen=True, slots=True)
class Taken:
    """A value as it is kept (`None` when nothing was said), or what is wrong with it."""

    value: object = None
    wrong: Wrong | None = None


def taken(parameter: Parameter, said: Mapping[str, str]) -> Taken:
    """This function will return what an officer typed as a value.

    `said` holds the parts of the field by name: `""` for a plain one; name, rank and number of an official. Numbers may
    carry the points of thousands and `Rp`. Nothing said is no value: whether it is owed is asked when going live.
    """
    if parameter.type is ParameterType.OFFICIAL:
        return _official(said)
    if parameter.type is ParameterType.LETTERHEAD:
        return _lines(said.get("", ""))
    text = said.get("", "").strip()
    if not text:
        return Taken()
    if parameter.type in _WHOLE:
        return _whole(parameter, text)
    if parameter.type is ParameterType.DATE:
        return _day(text)
    if parameter.type is ParameterType.YES_NO:
        return Taken(text == "yes") if text in ("yes", "no") else Taken(wrong=Wrong.NOT_AN_OPTION)
    if parameter.type is ParameterType.CHOICE:
        known = {option.value for option in parameter.options}
        return Taken(text) if text in known else Taken(wrong=Wrong.NOT_AN_OPTION)
    most = LONGEST_LONG_TEXT if parameter.type is ParameterType.LONG_TEXT else LONGEST_TEXT
    return _text(text, most)


def effective(
    parameter: Parameter, values: Mapping[tuple[str, str], object], units: tuple[str, ...]
) -> tuple[object, str] | None:
    """This function will return the value that holds for a unit, and the unit that set it; None when nobody did.

    Of a number that may only become stricter the least of all levels holds, so that what was set above later holds too.
    `values` by (unit, parameter); `units` from the nearest upwards: village, district, then "" for the adopter.
    """
    held: tuple[object, str] | None = None
    for unit in units:
        if (unit, parameter.id) not in values:
            continue
        value = values[unit, parameter.id]
        if held is None or is_looser(parameter, held[0], value):
            held = value, unit
        if not parameter.only_stricter:
            break
    return held


def is_looser(parameter: Parameter, value: object, above: object) -> bool:
    """This function will return whether a place's number is above the one that holds above it, and may not be."""
    return parameter.only_stricter and isinstance(value, int) and isinstance(above, int) and value > above


def _text(text: str, most: int) -> Taken:
    if len(text) > most:
        return Taken(wrong=Wrong.TOO_LONG)
    if any(not character.isprintable() and character != "\n" for character in text):
        return Taken(wrong=Wrong.NOT_PLAIN_TEXT)
    return Taken(text)


def _whole(parameter: Parameter, text: str) -> Taken:
    digits = text.removeprefix("Rp").strip().replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        return Taken(wrong=Wrong.NOT_A_WHOLE_NUMBER)
    number = int(digits)
    if parameter.minimum is not None and number < parameter.minimum:
        return Taken(wrong=Wrong.TOO_SMALL)
    if parameter.maximum is not None and number > parameter.maximum:
        return Taken(wrong=Wrong.TOO_LARGE)
    return Taken(number)


def _day(text: str) -> Taken:
    try:
        return Taken(date.fromisoformat(text).isoformat())
    except ValueError:
        return Taken(wrong=Wrong.NOT_A_DAY)


def _official(said: Mapping[str, str]) -> Taken:
    parts = {part: " ".join(said.get(part, "").split()) for part in OFFICIAL_PARTS}
    if not any(parts.values()):
        return Taken()
    if not parts["name"]:
        return Taken(wrong=Wrong.MISSING)
    problems = [_text(part, LONGEST_TEXT).wrong for part in parts.values() if part]
    return Taken(wrong=next(filter(None, problems), None)) if any(problems) else Taken(parts)


def _lines(text: str) -> Taken:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not lines:
        return Taken()
    if len(lines) > MOST_LETTERHEAD_LINES:
        return Taken(wrong=Wrong.TOO_MANY_LINES)
    problems = [_text(line, LONGEST_TEXT).wrong for line in lines]
    return Taken(wrong=next(filter(None, problems), None)) if any(problems) else Taken({"lines": lines})
