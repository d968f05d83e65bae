"""What a workbook of a plan would change, in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.actions.domain.kinds import Lever
from livinglab.actions.domain.sheet import Change, Conflict, Value
from livinglab.actions.models import ActionPlan
from livinglab.actions.operations.workbooks import MINE, THEIRS, Preview
from livinglab.actions.queries.places import Place
from livinglab.actions.queries.records import actions_of
from livinglab.actions.web import words
from livinglab.assessments.queries import get_instrument
from livinglab.organizations.queries import agencies, closed_agencies

_CHOICE: Final = "choice-"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One row of the list of changes."""

    number: int
    name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A field that two people changed; `key` is the name of the form's field."""

    number: int
    name: str
    field: str
    key: str
    base: str
    theirs: str
    mine: str
    chosen: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The page that asks for confirmation; `refusals` are pairs of what is left out and the reasons."""

    heading: str
    changes: tuple[ShownChange, ...]
    conflicts: tuple[ShownConflict, ...]
    refusals: tuple[tuple[str, tuple[str | Promise, ...]], ...]
    unchanged: str
    seen: str

    @property
    def has_work(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.changes or self.conflicts)


def build(place: Place, plan: ActionPlan, found: Preview, given: Mapping[str, str]) -> PreviewPage:
    """This function will return a preview in the reader's words; `given` keeps what was chosen already."""
    here, instrument = place.organization.id, get_instrument(plan.instrument)
    names = {one.number: words.name(instrument, one) for one in actions_of(here, plan.id)}
    known = {one.id: one.name for kind in (agencies, closed_agencies) for one in kind(here)}
    unchanged = ngettext(
        "%(num)s action stays as it is.", "%(num)s actions stay as they are.", found.unchanged
    )
    return PreviewPage(
        heading=_heading(found),
        changes=tuple(_change(one, names, known) for row in found.touched for one in row.changes),
        conflicts=tuple(
            _conflict(one, names, known, given) for row in found.touched for one in row.conflicts
        ),
        refusals=tuple((_row_name(one.row, one.number), one.reasons) for one in found.refusals),
        unchanged=unchanged % {"num": found.unchanged},
        seen=found.seen,
    )


def choices_of(given: Mapping[str, str]) -> dict[tuple[int, str], str]:
    """This function will return what a form says of each (action, field) in conflict."""
    found: dict[tuple[int, str], str] = {}
    for name, value in given.items():
        field, _dash, number = name.removeprefix(_CHOICE).partition("-")
        if name.startswith(_CHOICE) and value in (MINE, THEIRS) and number.isascii() and number.isdigit():
            found[int(number[:9]), field] = value
    return found


def _heading(found: Preview) -> str:
    touched = len(found.touched)
    if not touched and found.refusals:
        return _("Nothing of this workbook can be stored")
    if not touched:
        return _("The workbook changes nothing")
    said = ngettext("The workbook changes %(num)s action", "The workbook changes %(num)s actions", touched)
    return said % {"num": touched}


def _row_name(row: int, number: int) -> str:
    if number < 0:
        return _("Row %(row)s") % {"row": row}
    return _("Row %(row)s, action %(number)s") % {"row": row, "number": number}


def _change(one: Change, names: Mapping[int, str], known: Mapping[UUID, str]) -> ShownChange:
    return ShownChange(
        number=one.number,
        name=names.get(one.number, ""),
        field=str(words.FIELDS[one.field]),
        before=_said(one.field, one.before, known),
        after=_said(one.field, one.after, known),
    )


def _conflict(
    one: Conflict, names: Mapping[int, str], known: Mapping[UUID, str], given: Mapping[str, str]
) -> ShownConflict:
    key = f"{_CHOICE}{one.field}-{one.number}"
    return ShownConflict(
        number=one.number,
        name=names.get(one.number, ""),
        field=str(words.FIELDS[one.field]),
        key=key,
        base=_said(one.field, one.base, known),
        theirs=_said(one.field, one.theirs, known),
        mine=_said(one.field, one.mine, known),
        chosen=given.get(key, ""),
    )


def _said(field: str, value: Value, known: Mapping[UUID, str]) -> str:
    match value:
        case None | "":
            return _("empty")
        case UUID():
            return known.get(value, "")
        case date():
            return words.day(value)
        case int():
            return words.rupiah(value) if field == "cost" else str(value)
        case _:
            return str(words.LEVERS[Lever(value)]) if field == "lever" and value in set(Lever) else value
