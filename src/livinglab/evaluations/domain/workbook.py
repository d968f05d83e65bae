"""A working sheet that was filled offline: what the workbook said, and what it would change.

A spreadsheet keeps less than we do: one kind of line break and no control characters. A text that differs only in
what no spreadsheet can keep counts as unchanged, so that a workbook which nobody touched changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from livinglab.evaluations.domain.answers import FIELDS, Draft, merge

#: what XML 1.0 cannot hold (XML 1.0, 2.2), whatever stands for it
_NOT_KEPT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK: Final = re.compile(r"\r\n?")
TEXTS: Final = ("facts", "analysis", "external_source")

FieldValue = Decimal | frozenset[int] | str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Which working sheet a workbook is: a file of another one is refused."""

    round_id: str
    region: str
    instrument: str
    year: int

    def differences(self, other: Identity) -> tuple[str, ...]:
        """Return what differs, by name, the most telling first: instrument, year, region, round."""
        names = ("instrument", "year", "region", "round_id")
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


class CellFault(StrEnum):
    """Why a cell cannot be read as what its column holds."""

    NOT_A_LEVEL = "not_a_level"
    NOT_A_MARK = "not_a_mark"
    NOT_A_TEXT = "not_a_text"
    NOT_A_VERSION = "not_a_version"


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell of the sheet, such as F12, and what is wrong with it."""

    cell: str
    fault: CellFault


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What one row of the workbook says about one indicator. `number` is the row in the sheet."""

    indicator: str
    number: int
    base_version: int
    draft: Draft
    wrong: tuple[WrongCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """A workbook as it was read, before anybody compared it with what is stored."""

    identity: Identity
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A field that the workbook changes and nobody else did."""

    indicator: str
    field: str
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that the workbook and somebody on the platform changed differently since the workbook was made."""

    indicator: str
    field: str
    base: FieldValue
    theirs: FieldValue
    mine: FieldValue


@dataclass(frozen=True, slots=True)
class Compared:
    """One row beside what is stored: the draft that would stand, with theirs where both changed the same field."""

    row: ReadRow
    version: int
    stored: Draft
    mine: Draft
    merged: Draft
    conflicts: tuple[Conflict, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The fields that would change without anybody choosing."""
        return tuple(
            Change(self.row.indicator, name, getattr(self.stored, name), getattr(self.merged, name))
            for name in FIELDS
            if getattr(self.stored, name) != getattr(self.merged, name)
        )

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to write or to choose."""
        return bool(self.conflicts) or self.merged != self.stored

    def chosen(self, mine: frozenset[str]) -> Draft:
        """Return the draft with the workbook's value in those conflicting fields that were chosen so."""
        values = {one.field: one.mine for one in self.conflicts if one.field in mine}
        return replace(self.merged, **values)  # type: ignore[arg-type]  # each value is of its own field


def compare(row: ReadRow, *, base: Draft, stored: Draft, version: int) -> Compared:
    """This function will set a row beside what is stored now, given what was stored when the workbook was made."""
    mine = _as_meant(row.draft, base, stored)
    found = merge(base, mine, stored)
    conflicts = tuple(
        Conflict(row.indicator, name, getattr(base, name), getattr(stored, name), getattr(mine, name))
        for name in found.conflicts
    )
    return Compared(row, version, stored, mine, found.merged, conflicts)


def kept(text: str) -> str:
    """This function will return what a spreadsheet can keep of a text."""
    return _NOT_KEPT.sub("", _LINE_BREAK.sub("\n", text))


def _as_meant(draft: Draft, base: Draft, stored: Draft) -> Draft:
    """Return the draft with texts as they were written where only the spreadsheet made them differ."""
    facts, analysis, source = (_text_as_meant(name, draft, base, stored) for name in TEXTS)
    return replace(draft, facts=facts, analysis=analysis, external_source=source)


def _text_as_meant(name: str, draft: Draft, base: Draft, stored: Draft) -> str:
    read: str = getattr(draft, name)
    for earlier in (getattr(base, name), getattr(stored, name)):
        if kept(read) == kept(earlier):
            return str(earlier)
    return kept(read)


def fingerprint(rows: Iterable[Compared]) -> str:
    """This function will return a name for what somebody saw: another one as soon as anything of it is different."""
    seen = [
        [one.row.indicator, one.version, draft_to_json(one.merged), [_plain(part) for part in one.conflicts]]
        for one in rows
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _plain(one: Conflict) -> list[str]:
    values = (one.base, one.theirs, one.mine)
    return [one.field, *(str(sorted(each) if isinstance(each, frozenset) else each) for each in values)]


def draft_to_json(draft: Draft) -> dict[str, object]:
    """This function will return a draft as JSON values."""
    return {
        "level": None if draft.level is None else str(draft.level),
        "met": sorted(draft.met),
        **{name: getattr(draft, name) for name in TEXTS},
    }


def row_to_json(row: ReadRow) -> dict[str, object]:
    """This function will return a row as JSON values, for the time between looking and confirming."""
    return {
        "indicator": row.indicator,
        "number": row.number,
        "base_version": row.base_version,
        "draft": draft_to_json(row.draft),
        "wrong": [[one.cell, one.fault.value] for one in row.wrong],
    }


def row_from_json(value: Mapping[str, object]) -> ReadRow:
    """This function will rebuild a row that `row_to_json` wrote."""
    match value:
        case {
            "indicator": str(indicator),
            "number": int(number),
            "base_version": int(base_version),
            "draft": {
                "level": str() | None as level,
                "met": list(met),
                "facts": str(facts),
                "analysis": str(analysis),
                "external_source": str(source),
            },
            "wrong": list(wrong),
        }:
            draft = Draft(None if level is None else Decimal(level), frozenset(met), facts, analysis, source)
            cells = tuple(WrongCell(cell, CellFault(fault)) for cell, fault in wrong)
            return ReadRow(indicator, number, base_version, draft, cells)
    raise ValueError("not a row of a workbook")
