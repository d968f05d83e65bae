"""A plan's actions that were filled offline: what the workbook said, and what it would change.

A spreadsheet keeps one kind of line break and no control characters: a text that differs only in these is unchanged.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from livinglab.actions.domain.drafts import FIELDS, ActionDraft, merge

#: what people fill in the workbook; whom an action is given to stays on the platform
FILLED: Final = (
    "title",
    "agency_id",
    "starts_on",
    "due_on",
    "lever",
    "evidence_wanted",
    "sub_activity",
    "planning_year",
    "cost",
)
TEXTS: Final = ("title", "evidence_wanted", "sub_activity")
DAYS: Final = ("starts_on", "due_on")
#: what XML 1.0 cannot hold (XML 1.0, 2.2)
_NOT_KEPT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK: Final = re.compile(r"\r\n?")

Value = str | int | date | UUID | None


class CellFault(StrEnum):
    """Why a cell cannot be read as what its column holds."""

    NOT_A_DAY = "not_a_day"
    NOT_A_YEAR = "not_a_year"
    NOT_RUPIAH = "not_rupiah"
    NOT_A_LEVER = "not_a_lever"
    NOT_A_TEXT = "not_a_text"
    NO_SUCH_AGENCY = "no_such_agency"
    DAY_MISSING = "day_missing"
    BASE_CHANGED = "base_changed"


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell such as F12, and what is wrong with it."""

    cell: str
    fault: CellFault


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What one row of the workbook says about one action; `row` is its place in the sheet.

    `base` is the action as it was when the workbook was made, at version `base_version`.
    """

    number: int
    row: int
    base_version: int
    base: ActionDraft
    draft: ActionDraft
    wrong: tuple[WrongCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A field that the workbook changes and nobody else did."""

    number: int
    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that the workbook and somebody on the platform changed differently since the workbook was made."""

    number: int
    field: str
    base: Value
    theirs: Value
    mine: Value


@dataclass(frozen=True, slots=True)
class Compared:
    """One row beside what is stored: the draft that would stand, with theirs where both changed the same field."""

    row: ReadRow
    version: int
    stored: ActionDraft
    merged: ActionDraft
    conflicts: tuple[Conflict, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The fields that would change without anybody choosing."""
        return tuple(
            Change(self.row.number, name, getattr(self.stored, name), getattr(self.merged, name))
            for name in FIELDS
            if getattr(self.stored, name) != getattr(self.merged, name)
        )

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to write or to choose."""
        return bool(self.conflicts) or self.merged != self.stored

    def chosen(self, mine: frozenset[str]) -> ActionDraft:
        """Return the draft with the workbook's value in those conflicting fields that were chosen so."""
        values = {one.field: one.mine for one in self.conflicts if one.field in mine}
        return replace(self.merged, **values)  # type: ignore[arg-type]  # each value is of its own field


def compare(row: ReadRow, *, stored: ActionDraft, version: int) -> Compared:
    """This function will set a row beside what is stored now, field by field against what it was made from."""
    mine = _as_meant(row.draft, row.base, stored)
    found = merge(row.base, mine, stored)
    conflicts = tuple(
        Conflict(row.number, name, getattr(row.base, name), getattr(stored, name), getattr(mine, name))
        for name in found.conflicts
    )
    return Compared(row, version, stored, found.merged, conflicts)


def kept(text: str) -> str:
    """This function will return what a spreadsheet can keep of a text."""
    return _NOT_KEPT.sub("", _LINE_BREAK.sub("\n", text))


def _as_meant(draft: ActionDraft, base: ActionDraft, stored: ActionDraft) -> ActionDraft:
    """Return the draft with texts as they were written where only the spreadsheet made them differ.

    What no column holds stays as it was when the workbook was made.
    """
    title, evidence, code = (_text_as_meant(name, draft, base, stored) for name in TEXTS)
    return replace(
        draft,
        assignee_id=base.assignee_id,
        title=title,
        evidence_wanted=evidence,
        sub_activity=code,
    )


def _text_as_meant(name: str, draft: ActionDraft, base: ActionDraft, stored: ActionDraft) -> str:
    read: str = getattr(draft, name)
    for earlier in (getattr(base, name), getattr(stored, name)):
        if kept(read).strip() == kept(earlier).strip():
            return str(earlier)
    return kept(read).strip()


def fingerprint(rows: Iterable[Compared]) -> str:
    """This function will return a name for what somebody saw: another one as soon as anything of it is different."""
    seen = [
        [
            one.row.number,
            one.version,
            draft_to_json(one.merged),
            [[each.field, str(each.base), str(each.theirs), str(each.mine)] for each in one.conflicts],
        ]
        for one in rows
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def draft_to_json(draft: ActionDraft) -> dict[str, str | int | None]:
    """This function will return a draft as JSON values."""
    return {name: _plain(getattr(draft, name)) for name in FIELDS}


def _plain(value: Value) -> str | int | None:
    return value if value is None or isinstance(value, str | int) else str(value)


def draft_from_json(value: Mapping[str, object]) -> ActionDraft:
    """This function will rebuild a draft that `draft_to_json` wrote. Errors: ValueError for anything else."""
    match value:
        case {
            "due_on": str(due_on),
            "title": str(title),
            "agency_id": str() | None as agency_id,
            "assignee_id": str() | None as assignee_id,
            "starts_on": str() | None as starts_on,
            "lever": str(lever),
            "evidence_wanted": str(evidence_wanted),
            "sub_activity": str(sub_activity),
            "planning_year": int() | None as planning_year,
            "cost": int() | None as cost,
        }:
            return ActionDraft(
                due_on=date.fromisoformat(due_on),
                title=title,
                agency_id=UUID(agency_id) if agency_id else None,
                assignee_id=UUID(assignee_id) if assignee_id else None,
                starts_on=date.fromisoformat(starts_on) if starts_on else None,
                lever=lever,
                evidence_wanted=evidence_wanted,
                sub_activity=sub_activity,
                planning_year=planning_year,
                cost=cost,
            )
    raise ValueError("not an action")


def row_to_json(row: ReadRow) -> dict[str, object]:
    """This function will return a row as JSON values, for the time between looking and confirming."""
    return {
        "number": row.number,
        "row": row.row,
        "base_version": row.base_version,
        "base": draft_to_json(row.base),
        "draft": draft_to_json(row.draft),
        "wrong": [[one.cell, one.fault.value] for one in row.wrong],
    }


def row_from_json(value: Mapping[str, object]) -> ReadRow:
    """This function will rebuild a row that `row_to_json` wrote. Errors: ValueError for anything else."""
    match value:
        case {
            "number": int(number),
            "row": int(row),
            "base_version": int(version),
            "base": dict(base),
            "draft": dict(draft),
            "wrong": list(wrong),
        }:
            cells = tuple(WrongCell(cell, CellFault(fault)) for cell, fault in wrong)
            return ReadRow(number, row, version, draft_from_json(base), draft_from_json(draft), cells)
    raise ValueError("not a row of a workbook")
