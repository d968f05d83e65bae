"""What people write into an action: kept whole, compared field by field when two wrote at once."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """An action as somebody wants it. `cost` in whole rupiah, None while nobody knows it."""

    due_on: date
    title: str = ""
    agency_id: UUID | None = None
    assignee_id: UUID | None = None
    starts_on: date | None = None
    lever: str = ""
    evidence_wanted: str = ""
    sub_activity: str = ""
    planning_year: int | None = None
    cost: int | None = None


FIELDS: Final = tuple(field.name for field in fields(ActionDraft))


@dataclass(frozen=True, slots=True)
class Merge:
    """Two drafts of one base: what both agree on or only one changed, and the fields that both changed."""

    merged: ActionDraft
    conflicts: tuple[str, ...]


def merge(base: ActionDraft, ours: ActionDraft, theirs: ActionDraft) -> Merge:
    """This function will merge two drafts of the same base field by field; a field both changed differently conflicts.

    In a conflict the merged draft holds theirs, which is stored already.
    """
    values, conflicts = {}, []
    for name in FIELDS:
        was, mine, stored = getattr(base, name), getattr(ours, name), getattr(theirs, name)
        if mine in (was, stored):
            values[name] = stored
        elif stored == was:
            values[name] = mine
        else:
            values[name] = stored
            conflicts.append(name)
    return Merge(ActionDraft(**values), tuple(conflicts))
