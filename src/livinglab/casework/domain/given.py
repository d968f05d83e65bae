"""Whether answers that came as JSON are of the kinds that a form can hold, before anything else looks at them."""

from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.running.answers import Mistake

#: numbers have at most fifteen digits before the point, as on the pages; infinity and NaN are none
_LARGEST: Final = 10**15
_NUMBERS: Final = frozenset({FieldType.INTEGER, FieldType.MONEY, FieldType.NUMBER})
_MANY: Final = frozenset({FieldType.CHOICES, FieldType.LIST})


def misfits(fields: Mapping[str, Field], given: Mapping[str, object]) -> tuple[Mistake, ...]:
    """This function will return what cannot be kept: answers to no question, of another kind, and files.

    A text fits every question with one answer: what is wrong with it is for the form to say. A file needs the page.
    """
    return tuple(
        Mistake(name, "wrong" if name in fields else "unasked")
        for name, value in given.items()
        if value is not None and not (name in fields and _fits(fields[name], value))
    )


def _fits(one: Field, value: object) -> bool:
    match value:
        case _ if one.type is FieldType.FILE:
            return False
        case str():
            return one.type not in _MANY and _is_plain(value)
        case bool():
            return one.type is FieldType.YES_NO
        case int() | float():
            return one.type in _NUMBERS and abs(value) < _LARGEST
        case list() if one.type is FieldType.CHOICES:
            return all(isinstance(each, str) and _is_plain(each) for each in value)
        case list() if one.type is FieldType.LIST:
            return all(isinstance(row, dict) and _is_row(one, row) for row in value)
        case _:
            return False


def _is_row(one: Field, row: Mapping[str, object]) -> bool:
    columns = {each.id: each for each in one.fields}
    return all(
        name in columns and (value is None or _fits(columns[name], value)) for name, value in row.items()
    )


def _is_plain(text: str) -> bool:
    """This function will tell whether PostgreSQL can store a text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
