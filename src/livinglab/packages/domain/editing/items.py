"""Items of a list that people add, move and take out on a page before they keep it: rows, choices, laws."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from livinglab.packages.domain.editing.places import moved

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
#: more than any list of the standard may hold, so that what was posted ends somewhere
MOST: Final = 200


def arranged(
    items: list[object], ids: list[str], blank: Callable[[str], dict[str, object]], *, key: str = "id"
) -> list[object]:
    """This function will return the items that a page held, by their ids in order; an unknown id is a blank one."""
    known = {str(one.get(key)): one for one in items if isinstance(one, Mapping)}
    wanted = dict.fromkeys(one for one in ids[:MOST] if one in known or _NAME.fullmatch(one))
    return [known.get(one) or blank(one) for one in wanted]


def acted(items: list[object], act: str, blank: dict[str, object], *, is_last_fixed: bool) -> list[object]:
    """This function will return the items after `add`, `up:2`, `down:2` or `remove:2`; any other word changes nothing.

    `is_last_fixed`: what is added stands before the last one, such as the row that always holds.
    """
    if act == "add":
        at = len(items) - 1 if is_last_fixed and items else len(items)
        return [*items[:at], blank, *items[at:]]
    verb, _, number = act.partition(":")
    place = int(number) if number.isdecimal() and len(number) < 4 else len(items)
    if place >= len(items):
        return items
    match verb:
        case "up":
            return moved(items, place, -1)
        case "down":
            return moved(items, place, 1)
        case "remove":
            return [*items[:place], *items[place + 1 :]]
        case _:
            return items
