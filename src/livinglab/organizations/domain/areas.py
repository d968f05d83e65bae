"""Codes and names of districts and villages as the Ministry of Home Affairs writes them.

PP.KK.CC is a district (kecamatan) of regency or city PP.KK; PP.KK.CC.DDDD a village of that district, whose
first digit tells its kind: 1 kelurahan, 2 desa, 3 desa adat (Permendagri 58/2021, as amended; codes after
Kepmendagri 300.2.2-2138/2025).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from livinglab.organizations.domain.kinds import AreaKind

LONGEST_NAME: Final = 120
_CODE: Final = re.compile(
    r"(?P<region>[0-9]{2}\.[0-9]{2})\.(?P<district>[0-9]{2})(?:\.(?P<village>[0-9]{4}))?"
)
_VILLAGE_KINDS: Final[Mapping[str, AreaKind]] = MappingProxyType(
    {"1": AreaKind.URBAN_VILLAGE, "2": AreaKind.VILLAGE, "3": AreaKind.CUSTOMARY_VILLAGE}
)
_AUTONOMOUS: Final = frozenset("23")  # of these kinds the ones that govern themselves
_FORMULA: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line of the file cannot be taken. Lines count from 1, the header is line 1."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A district or village as one line of a file states it."""

    line: int
    code: str
    name: str
    kind: AreaKind
    parent_code: str
    region_code: str


def governs_itself(code: str) -> bool:
    """This function will return whether a place governs itself: a desa or desa adat does (UU 6/2014 pasal 1).

    A district (kecamatan) and a kelurahan are part of the region's own government (UU 23/2014 pasal 229).
    """
    found = _CODE.fullmatch(code)
    return found is not None and (found["village"] or "")[:1] in _AUTONOMOUS


def parse_area(line: int, code: str, name: str) -> AreaRow | Problem:
    """This function will return the area that a line states, or what is wrong with it."""
    found = _CODE.fullmatch(code)
    if found is None:
        return Problem(line, f"code {code[:40]!r} is neither PP.KK.CC (district) nor PP.KK.CC.DDDD (village)")
    wrong = _wrong_name(name)
    if wrong is not None:
        return Problem(line, wrong)
    region, village = found["region"], found["village"]
    if village is None:
        return AreaRow(line, code, name, AreaKind.DISTRICT, region, region)
    kind = _VILLAGE_KINDS.get(village[0])
    if kind is None:
        return Problem(
            line, f"village {code} begins with {village[0]}; it is 1 (kelurahan), 2 (desa) or 3 (desa adat)"
        )
    return AreaRow(line, code, name, kind, f"{region}.{found['district']}", region)


def _wrong_name(name: str) -> str | None:
    if not name.strip():
        return "the name is empty"
    if name.startswith(_FORMULA):
        return f"the name {name[:40]!r} begins like a spreadsheet formula"
    if any(unicodedata.category(sign).startswith("C") for sign in name):
        return f"the name {name[:40]!r} holds a control character"
    if len(name) > LONGEST_NAME:
        return f"the name is longer than {LONGEST_NAME} characters: {name[:40]!r}…"
    if name != name.strip():
        return f"the name {name[:40]!r} has spaces around it"
    return None


def duplicates(rows: Iterable[AreaRow]) -> Iterator[Problem]:
    """This function will yield a problem for each code that an earlier line has already."""
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.code, row.line)
        if first != row.line:
            yield Problem(row.line, f"code {row.code} is on line {first} already")


def orphans(rows: Collection[AreaRow], *, known: Collection[str]) -> Iterator[Problem]:
    """This function will yield a problem for each area whose parent is neither known nor in the same file."""
    parents = {*known, *(row.code for row in rows if row.kind is AreaKind.DISTRICT)}
    for row in rows:
        if row.parent_code not in parents:
            what = "regency or city" if row.kind is AreaKind.DISTRICT else "district"
            yield Problem(row.line, f"{row.code} belongs to {what} {row.parent_code}, which is not known")
