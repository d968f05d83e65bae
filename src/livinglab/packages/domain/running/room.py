"""How much text the answers of a form may hold together, and which of them are too long for it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from livinglab.packages.domain.form import Field
from livinglab.packages.domain.running.answers import Mistake

#: the most characters that the answers of a form may have together; a page of print has about 3,000
MOST_CHARACTERS: Final = 200_000


def overlong(
    fields: Mapping[str, Field],
    given: Mapping[str, object],
    before: Mapping[str, object],
    *,
    most: int = MOST_CHARACTERS,
) -> tuple[Mistake, ...]:
    """This function will return which answers given now are too long to be kept, in order; () where all fit.

    The longest are named, as few as leave room for the rest; each says how long it may be and how long it is.
    `before` holds the answers that were there, which those given now replace.
    """
    together = {**before, **given}
    size = sum(length for name, value in together.items() for _where, length in _parts(name, value))
    if size <= most:
        return ()
    parts = [part for name, value in given.items() for part in _parts(name, value)]
    blamed: dict[str, int] = {}
    for where, length in sorted(parts, key=lambda part: -part[1]):
        if size <= most:
            break
        blamed[where] = length
        size -= length
    room = max(most - size, 0) // max(len(blamed), 1)
    return tuple(
        Mistake(where, "too_long", {"limit": str(_limit(fields, where, room)), "count": str(length)})
        for where, length in parts
        if where in blamed
    )


def names_of(mistakes: Iterable[Mistake]) -> frozenset[str]:
    """This function will return the questions that mistakes are about; of a row's, the list."""
    return frozenset(one.field.split(".")[0] for one in mistakes)


def _parts(name: str, value: object) -> Iterator[tuple[str, int]]:
    """Return the parts of an answer, each with its length: the cells of a list apart, anything else as one."""
    if isinstance(value, list | tuple) and any(isinstance(row, Mapping) for row in value):
        for place, row in enumerate(value):
            for column, cell in row.items() if isinstance(row, Mapping) else ():
                yield f"{name}.{place}.{column}", _length(cell)
    elif value is not None:
        yield name, _length(value)


def _length(value: object) -> int:
    match value:
        case str():
            return len(value)
        case Mapping():
            return sum(_length(one) for one in value.values())
        case list() | tuple():
            return sum(_length(one) for one in value)
        case _:
            return len(str(value))


def _limit(fields: Mapping[str, Field], where: str, room: int) -> int:
    """Return how long an answer may be: what room is left, or less where its question says so."""
    name, *cell = where.split(".")
    field = fields.get(name)
    if field is not None and cell:
        field = next((one for one in field.fields if one.id == cell[-1]), None)
    said = field.schema.get("maxLength") if field is not None else None
    return min(room, said) if isinstance(said, int) else room
