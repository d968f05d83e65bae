"""Boxes that people type into: each stands for one part of a file, and reads back only what was changed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from livinglab.packages.domain.editing.places import Place, put, standing_at, without

_WHOLE: Final = re.compile(r"-?\d{1,15}")
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_DECIMAL: Final = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
LANGUAGES: Final = ("id", "en")


class Kind(StrEnum):
    """What is typed into a box."""

    LINE = "line"
    LONG = "long"
    WHOLE = "whole"
    NUMBER = "number"
    YES = "yes"  # ticked: true; not ticked: not there
    YES_NO = "yes_no"  # ticked: true; not ticked: false
    CHOICE = "choice"
    MANY = "many"
    NAMES = "names"  # identifiers with commas between them
    VALUE = "value"  # what a rule gives: true, false, a number or a text; emptied it goes away
    WORDS = "words"  # a text for people in both languages
    LONG_WORDS = "long_words"


class Unread(StrEnum):
    """Why what was typed says nothing."""

    NOT_A_NUMBER = "not_a_number"
    NOT_AN_OPTION = "not_an_option"
    NO_INDONESIAN = "no_indonesian"


class Posted(Protocol):
    """What a form sent: every value of a name, in order."""

    def getlist(self, name: str, /) -> list[str]:
        """This function will return the values of a name."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a file that can be typed: where it stands and what it takes.

    `is_owed`: what is left empty stays as an empty text, so that the standard says what is missing; else it goes away.
    """

    place: Place
    kind: Kind
    options: tuple[str, ...] = ()
    is_owed: bool = False

    @property
    def name(self) -> str:
        """The name under which it is posted; texts in two languages have `.id` and `.en` behind it."""
        return ".".join(("at", *map(str, self.place)))


def shown(box: Box, data: object) -> dict[str, str]:
    """This function will return what stands in a box, by the names under which it is posted."""
    value = standing_at(data, box.place)
    if box.kind in (Kind.WORDS, Kind.LONG_WORDS):
        return {f"{box.name}.{one}": _text(standing_at(value, (one,))) for one in LANGUAGES}
    if box.kind is Kind.NAMES:
        return {box.name: ", ".join(chosen(box, data))}
    if box.kind is Kind.VALUE and isinstance(value, bool):
        return {box.name: "true" if value else "false"}
    return {box.name: _text(value)}


def chosen(box: Box, data: object) -> tuple[str, ...]:
    """This function will return which options of a box are ticked."""
    value = standing_at(data, box.place)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def filled(data: object, boxes: Iterable[Box], posted: Posted) -> tuple[object, dict[str, Unread]]:
    """This function will return the data with what was typed, and what of it says nothing, by the name of the field.

    What was typed as it stood leaves the part untouched, also its layout. What says nothing stands in the data as it
    was typed, so that it can be shown again; such data is never kept.
    """
    problems: dict[str, Unread] = {}
    for box in boxes:
        if box.kind in (Kind.WORDS, Kind.LONG_WORDS):
            data = _words(data, box, posted, problems)
        else:
            data = _single(data, box, posted.getlist(box.name), problems)
    return data, problems


def _words(data: object, box: Box, posted: Posted, problems: dict[str, Unread]) -> object:
    names = {one: f"{box.name}.{one}" for one in LANGUAGES}
    typed = {one: posted.getlist(name) for one, name in names.items()}
    if not typed["id"]:
        return data
    said = {one: _tidy(texts[0] if texts else "", box.kind) for one, texts in typed.items()}
    if not any(said.values()) and not box.is_owed:
        return without(data, box.place) if standing_at(data, box.place) is not None else data
    if not said["id"]:
        problems[names["id"]] = Unread.NO_INDONESIAN
    for one in LANGUAGES:
        data = _text_put(data, (*box.place, one), said[one], box.kind, is_owed=one == "id")
    return data


def _single(data: object, box: Box, typed: list[str], problems: dict[str, Unread]) -> object:
    before = standing_at(data, box.place)
    if box.kind in (Kind.YES, Kind.YES_NO):
        after = bool(typed)
        if after is (before is True):
            return data
        return put(data, box.place, after) if after or box.kind is Kind.YES_NO else without(data, box.place)
    if box.kind is Kind.MANY:
        wanted = [one for one in box.options if one in typed]
        return data if set(wanted) == set(chosen(box, data)) else put(data, box.place, wanted)
    if not typed:
        return data
    text = typed[0].strip()
    if box.kind is Kind.NAMES:
        names = [one for one in re.split(r"[,\s]+", text) if one]
        return data if names == list(chosen(box, data)) else put(data, box.place, names)
    if box.kind is Kind.VALUE:
        is_same = shown(box, data)[box.name] == text
        if not text and before not in (None, ""):
            return without(data, box.place)
        return data if is_same else put(data, box.place, _value(text))
    if box.kind in (Kind.LINE, Kind.LONG):
        return _text_put(data, box.place, _tidy(typed[0], box.kind), box.kind, is_owed=box.is_owed)
    if not text:
        return data if before is None else without(data, box.place)
    return _read(data, box, text, problems)


def _read(data: object, box: Box, text: str, problems: dict[str, Unread]) -> object:
    value: object = text
    if box.kind is Kind.CHOICE and text not in box.options:
        problems[box.name] = Unread.NOT_AN_OPTION
    elif box.kind in (Kind.WHOLE, Kind.NUMBER) and isinstance(value := _number(text, box.kind), str):
        problems[box.name] = Unread.NOT_A_NUMBER
    return data if standing_at(data, box.place) == value else put(data, box.place, value)


def _number(text: str, kind: Kind) -> int | float | str:
    """Return the number that people typed, points between thousands, a comma before decimals; else the text."""
    plain = text.removeprefix("Rp").strip()
    if kind is Kind.WHOLE:
        plain = plain.replace(".", "") if _GROUPED.fullmatch(plain) else plain
        return int(plain) if _WHOLE.fullmatch(plain) else text
    if not _DECIMAL.fullmatch(plain):
        return text
    return int(plain) if _WHOLE.fullmatch(plain) else float(plain.replace(",", "."))


def _value(text: str) -> object:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _WHOLE.fullmatch(text) else _number(text, Kind.NUMBER)


def _text_put(data: object, place: Place, text: str, kind: Kind, *, is_owed: bool) -> object:
    before = standing_at(data, place)
    if isinstance(before, str) and _tidy(before, kind) == text:
        return data
    if text or is_owed:
        return put(data, place, text)
    return data if before is None else without(data, place)


def _tidy(text: str, kind: Kind) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    return text if kind in (Kind.LONG, Kind.LONG_WORDS) else " ".join(text.split())


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, bool | list | Mapping) else str(value)
