"""Parts of plain data by their place: looked up, put, taken out."""

from collections.abc import Mapping

Place = tuple[str | int, ...]


def standing_at(data: object, place: Place) -> object:
    """This function will return what stands at a place of plain data, None where nothing does."""
    for step in place:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def put(data: object, place: Place, value: object) -> object:
    """This function will return the data with this value at a place; objects on the way are made where missing."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(step, int):
        items = _items(data)
        return [*items[:step], put(items[step], rest, value), *items[step + 1 :]]
    parts = _parts(data)
    return {**parts, step: put(parts.get(step), rest, value)}


def without(data: object, place: Place) -> object:
    """This function will return the data without what stands at a place."""
    step, rest = place[0], place[1:]
    if rest:
        return put(data, (step,), without(standing_at(data, (step,)), rest))
    if isinstance(step, int):
        items = _items(data)
        return [*items[:step], *items[step + 1 :]]
    return {key: part for key, part in _parts(data).items() if key != step}


def moved(items: list[object], place: int, by: int) -> list[object]:
    """This function will return a list with one item moved by so many places; beyond an end it stays there."""
    rest = [*items[:place], *items[place + 1 :]]
    at = min(max(place + by, 0), len(rest))
    return [*rest[:at], items[place], *rest[at:]]


def _parts(data: object) -> dict[str, object]:
    return dict(data) if isinstance(data, Mapping) else {}


def _items(data: object) -> list[object]:
    assert isinstance(data, list)
    return data
