"""One field of a form edited: which boxes its type has, its choices, and its name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from livinglab.packages.domain.editing.boxes import Box, Kind
from livinglab.packages.domain.editing.places import Place, standing_at
from livinglab.packages.domain.form import FieldType

_PURPOSES: Final = (
    "name",
    "honorific-prefix",
    "nickname",
    "bday",
    "sex",
    "street-address",
    "postal-code",
    "organization",
    "organization-title",
    "tel",
    "email",
)
_LENGTHS: Final = (("minLength", Kind.WHOLE), ("maxLength", Kind.WHOLE))
_LIMITS: Final = (("minimum", Kind.WHOLE), ("maximum", Kind.WHOLE))
_NUMBERS: Final = (("minItems", Kind.WHOLE), ("maxItems", Kind.WHOLE))
_PURPOSE: Final = ("x-autocomplete", Kind.CHOICE)
#: the boxes of each type besides those that every field has; choices and columns are edited apart
_OF_TYPE: Final[Mapping[FieldType, tuple[tuple[str, Kind], ...]]] = {
    FieldType.TEXT: (*_LENGTHS, ("pattern", Kind.LINE), _PURPOSE),
    FieldType.LONG_TEXT: (*_LENGTHS, _PURPOSE),
    FieldType.INTEGER: _LIMITS,
    FieldType.MONEY: _LIMITS,
    FieldType.NUMBER: (("minimum", Kind.NUMBER), ("maximum", Kind.NUMBER), ("multipleOf", Kind.NUMBER)),
    FieldType.DATE: (("x-not-before", Kind.LINE), ("x-not-after", Kind.LINE), _PURPOSE),
    FieldType.YES_NO: (("const", Kind.YES),),
    FieldType.CHOICE: (),
    FieldType.CHOICES: _NUMBERS,
    FieldType.NIK: (),
    FieldType.PHONE: (("maxLength", Kind.WHOLE),),
    FieldType.EMAIL: (("maxLength", Kind.WHOLE),),
    FieldType.FILE: (("x-accept", Kind.MANY), ("x-max-kib", Kind.WHOLE)),
    FieldType.PLACE: (("x-level", Kind.CHOICE),),
    FieldType.LIST: _NUMBERS,
}
_OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "x-personal": ("none", "general", "specific"),
    "x-autocomplete": _PURPOSES,
    "x-accept": ("image", "pdf", "csv", "xlsx"),
    "x-level": ("district", "village"),
}
CHOOSES: Final = frozenset({FieldType.CHOICE, FieldType.CHOICES})
#: what a column of a list cannot be
NO_COLUMN: Final = frozenset({FieldType.FILE, FieldType.LIST})
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_OPTIONS: Final = 100


def boxes_of(place: Place, kind: FieldType, *, is_column: bool) -> list[Box]:
    """This function will return the boxes of the field that stands at a place, as one of this type."""
    texts = [
        Box((*place, "x-title"), Kind.WORDS, is_owed=True),
        Box((*place, "x-hint"), Kind.WORDS),
        Box((*place, "x-why"), Kind.WORDS),
    ]
    parts = [*_OF_TYPE[kind], ("x-personal", Kind.CHOICE)]
    if not is_column:
        parts.append(("x-show-if", Kind.LINE))
    return [*texts, *(Box((*place, key), each, _OPTIONS.get(key, ())) for key, each in parts)]


def option_boxes(place: Place, data: object) -> list[tuple[Box, Box]]:
    """This function will return the boxes of a field's choices: value and text of each."""
    options = standing_at(data, (*place, "x-options"))
    count = len(options) if isinstance(options, list) else 0
    return [
        (
            Box((*place, "x-options", number, "value"), Kind.LINE, is_owed=True),
            Box((*place, "x-options", number, "text"), Kind.WORDS, is_owed=True),
        )
        for number in range(count)
    ]


def sized(options: list[object], count: int) -> list[object]:
    """This function will return as many choices as a page held: those that there are, then blank ones."""
    blank: list[object] = [{"value": "", "text": {"id": ""}}] * max(count - len(options), 0)
    return [*options[: max(count, 0)], *blank][:_MOST_OPTIONS]


def named(options: Iterable[object]) -> list[object]:
    """This function will return choices without those of which nothing was typed; a value is made from its text."""
    found: list[object] = []
    taken: list[str] = []
    for one in options:
        text = standing_at(one, ("text",))
        value = str(standing_at(one, ("value",)) or "")
        said = str(standing_at(text, ("id",)) or "")
        if not (value or said or standing_at(text, ("en",))):
            continue
        value = value or free(name_from(said), taken)
        taken.append(value)
        found.append({"value": value, "text": text})
    return found


def name_from(text: str) -> str:
    """This function will return a name for expressions made from words: `Nama ibu` becomes `nama_ibu`."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30].strip("_")
    return name if _NAME.fullmatch(name) else f"f_{name}".strip("_")


def is_name(text: str) -> bool:
    """This function will tell whether a text may name a field."""
    return bool(_NAME.fullmatch(text))


def free(name: str, taken: Iterable[str]) -> str:
    """This function will return a name that nothing has yet: itself, else with a number behind it."""
    known = set(taken)
    number = 2
    free_name = name
    while free_name in known:
        free_name = f"{name}_{number}"
        number += 1
    return free_name
