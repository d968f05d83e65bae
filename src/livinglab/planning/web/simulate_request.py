"""What an address says about levels moved by hand, in one short canonical form: `?to=21:4,22:3&accept=80`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from livinglab.kernel.unknown import UnknownValue, Unprocessable
from livinglab.planning.queries import fixed_inputs
from livinglab.planning.queries.requests import read_acceptance
from livinglab.planning.queries.starts import Start

_FIELD: Final = "level-"
_MOVE: Final = re.compile(r"([0-9A-Za-z-]{1,12}):(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moved:
    """The indicators that stand elsewhere than at the start, in its order, and the percent of claims accepted.

    `instrument` is the code that the address chose, empty where it left the choice to the newest evaluation.
    """

    levels: Mapping[str, int]
    acceptance: int | None = None
    instrument: str = ""

    @property
    def query(self) -> str:
        """The canonical query string without its question mark; empty when nothing is chosen, moved or assumed."""
        written = {"instrument": self.instrument} if self.instrument else {}
        if self.levels:
            written["to"] = ",".join(f"{key}:{level}" for key, level in self.levels.items())
        if self.acceptance is not None:
            written["accept"] = str(self.acceptance)
        return urlencode(written, safe=":,")

    def with_level(self, key: str, level: int) -> Moved:
        """Return the same with one indicator elsewhere."""
        return replace(self, levels={**self.levels, key: level})


def is_form(given: Mapping[str, str]) -> bool:
    """Say whether an address comes from the form, with a field for each indicator, instead of being canonical."""
    return "set" in given or any(name.startswith(_FIELD) for name in given)


def read_moved(given: Mapping[str, str], start: Start) -> Moved:
    """Return what an address moves; levels that are those of the start are no move.

    The form's fields `level-21` count before `to`, and its button `set` before both. Raises UnknownValue for an
    indicator or level that cannot be moved to and Unprocessable for one that is moved twice, naming what is known.
    """
    movable = tuple(key for key in start.levels if key not in fixed_inputs(start.instrument))
    moved = dict(_moves(given.get("to", ""), start, movable))
    for name, value in given.items():
        if name.startswith(_FIELD) and value:
            moved.update(_moves(f"{name.removeprefix(_FIELD)}:{value}", start, movable))
    if given.get("set"):
        moved.update(_moves(given["set"], start, movable))
    ordered = {key: moved[key] for key in movable if key in moved and moved[key] != start.levels[key]}
    chosen = start.instrument.code if given.get("instrument") else ""
    return Moved(ordered, read_acceptance(given.get("accept", "")), chosen)


def _moves(text: str, start: Start, movable: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        key, level = _move(part, start, movable)
        if key in seen:
            raise Unprocessable(
                _("Indicator %(indicator)s is moved twice") % {"indicator": key},
                _("An indicator has one level. Keep one of the two."),
            )
        seen.add(key)
        yield key, level


def _move(part: str, start: Start, movable: tuple[str, ...]) -> tuple[str, int]:
    found = _MOVE.fullmatch(part)
    if found is None or found[1] not in movable:
        raise UnknownValue(_("indicator"), part, movable)
    levels = start.instrument.scale.levels
    if int(found[2]) not in levels:
        raise UnknownValue(_("level"), part, [f"{found[1]}:{level}" for level in levels])
    return found[1], int(found[2])
