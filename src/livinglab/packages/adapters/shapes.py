"""Plain data that a schema has found sound, as typed values: each function names the type it takes out."""

from __future__ import annotations

from collections.abc import Mapping

from livinglab.packages.domain.manifest import Option
from livinglab.packages.domain.words import Words

Object = Mapping[str, object]


def an_object(value: object) -> Object:
    """This function will return an object as a mapping."""
    assert isinstance(value, dict)
    return value


def objects(value: object) -> list[Object]:
    """This function will return a list of objects; a missing one is empty."""
    return [an_object(one) for one in a_list(value)]


def a_list(value: object) -> list[object]:
    """This function will return a list; a missing one is empty."""
    return value if isinstance(value, list) else []


def texts(value: object) -> tuple[str, ...]:
    """This function will return a list of texts; a missing one is empty."""
    return tuple(str(one) for one in a_list(value))


def text(value: object) -> str:
    """This function will return a text; a missing one is empty."""
    return value if isinstance(value, str) else ""


def whole(value: object) -> int:
    """This function will return a whole number."""
    assert isinstance(value, int)
    return value


def maybe_whole(value: object) -> int | None:
    """This function will return a whole number, or None for a missing one."""
    return None if value is None else whole(value)


def words(value: object) -> Words:
    """This function will return the text of an object with `id` and perhaps `en`."""
    found = an_object(value)
    return Words(text(found["id"]), text(found.get("en")))


def maybe_words(value: object) -> Words | None:
    """This function will return a text in its languages, or None for a missing one; a plain text is Indonesian."""
    if value is None:
        return None
    return Words(value) if isinstance(value, str) else words(value)


def options(value: object) -> tuple[Option, ...]:
    """This function will return choices with their texts."""
    return tuple(Option(text(one["value"]), words(one["text"])) for one in objects(value))
