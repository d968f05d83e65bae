"""Plain data read from a file, with the line on which each part of it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from livinglab.packages.domain.faults import Fault, PackageRefused

Place = tuple[str | int, ...]

DEEPEST: Final = 20
#: whole numbers that every reader keeps exactly, also one that knows only IEEE doubles
LONGEST_NUMBER: Final = 15
NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Located:
    """`value` is made of dict, list, str, int, float, bool and None; `lines` has the line (from 1) of each part."""

    path: str
    value: object
    lines: Mapping[Place, int] = field(repr=False)

    def line(self, *place: str | int) -> int:
        """This function will return the line of a part, or of the nearest part around it."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def refused(code: str, path: str, line: int, **said: str) -> PackageRefused:
    """This function will return the failure with one fault, to be raised."""
    return PackageRefused((Fault(code, path, line, said),))


def number_from(text: str, path: str, line: int) -> int | float:
    """This function will return the number that a text such as `-1.5e3` writes. Errors: PackageRefused (P017)."""
    found = NUMBER.fullmatch(text)
    digits = re.sub(r"[eE].*|\D", "", text)
    if not found or len(digits) > LONGEST_NUMBER or (found[2] and abs(int(found[2][1:5])) > LONGEST_NUMBER):
        raise refused("P017", path, line, number=text[:40])
    return float(text) if found[1] or found[2] else int(text)
