"""How the workbook of a plan's actions is laid out: read and written by this one description.

Row 1 is hidden and names the columns for us; row 2 names them for people. A sheet that nobody sees keeps what each
action was when the workbook was made, signed, so that what others changed meanwhile is noticed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglab.actions.domain.kinds import Lever

FORMAT: Final = "livinglab-action-plan-1"
IDENTITY_SHEET: Final = "livinglab"
ACTIONS_SHEETS: Final[Mapping[str, str]] = MappingProxyType({"id": "Rencana aksi", "en": "Action plan"})
KEYS_ROW, NAMES_ROW, FIRST_ROW = 1, 2, 3
#: where the rows of what was begin on the hidden sheet: number, version, JSON
BASE_ROW: Final = 10
SALT: Final = "livinglab.actions.workbook"
#: what a cell of the column lever says, in either language
LEVER_WORDS: Final[Mapping[Lever, Promise]] = {
    Lever.LEADERSHIP: _("leadership"),
    Lever.CAPACITY: _("capacity of the agencies"),
    Lever.CONTROL: _("control by the people"),
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its key for us, its name for people, its width in characters, and whether people fill it."""

    key: str
    name: str | Promise
    width: int
    is_filled: bool = False


COLUMNS: Final = (
    SheetColumn("number", pgettext_lazy("column", "No."), 6),
    SheetColumn("step", _("Step"), 34),
    SheetColumn("state", _("State"), 13),
    SheetColumn("title", _("Name"), 34, is_filled=True),
    SheetColumn("agency_id", _("Agency"), 26, is_filled=True),
    SheetColumn("starts_on", _("Begins on"), 13, is_filled=True),
    SheetColumn("due_on", _("Due on"), 13, is_filled=True),
    SheetColumn("lever", _("Lever"), 24, is_filled=True),
    SheetColumn("evidence_wanted", _("Evidence to produce"), 40, is_filled=True),
    SheetColumn("sub_activity", _("Sub-activity code"), 22, is_filled=True),
    SheetColumn("planning_year", _("Budget year"), 11, is_filled=True),
    SheetColumn("cost", _("Cost"), 18, is_filled=True),
)
