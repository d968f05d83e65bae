"""How the workbook of a working sheet is laid out: read and written by this one description.

Row 1 of the working sheet is hidden and names the columns for us, so that a workbook reads the same in both
languages; row 2 names them for people. A sheet that nobody sees says whose working sheet the file is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FORMAT: Final = "livinglab-working-sheet-1"
IDENTITY_SHEET: Final = "livinglab"
#: the title in either language: a workbook made in one is read in the other
ANSWERS_SHEETS: Final[Mapping[str, str]] = MappingProxyType({"id": "Lembar kerja", "en": "Working sheet"})
KEYS_ROW, NAMES_ROW, FIRST_ROW = 1, 2, 3
MET: Final = "met_"
MARK: Final = "x"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its key for us, its name for people, its width in characters, and whether people fill it."""

    key: str
    name: str | Promise
    width: int
    is_filled: bool = False
    is_hidden: bool = False


def columns(levels: range) -> Iterator[SheetColumn]:
    """Yield the columns of the working sheet from left to right, for an instrument with these levels."""
    yield SheetColumn("indicator", pgettext_lazy("column", "No."), 6)
    yield SheetColumn("name", _("Indicator"), 34)
    yield SheetColumn("aspect", _("Aspect"), 20)
    yield SheetColumn("weight", _("Weight (%)"), 9)
    yield SheetColumn("agency", _("Agency"), 22)
    yield SheetColumn("state", _("State"), 13)
    yield SheetColumn("level", _("Level"), 8, is_filled=True)
    for level in levels:
        yield SheetColumn(f"{MET}{level}", str(level), 5, is_filled=True)
    yield SheetColumn("facts", pgettext_lazy("answer", "Facts"), 50, is_filled=True)
    yield SheetColumn("analysis", pgettext_lazy("answer", "Analysis"), 50, is_filled=True)
    yield SheetColumn("external_source", _("Source of an external index"), 26, is_filled=True)
    yield SheetColumn("evidence", _("Evidence"), 40)
    yield SheetColumn("remarks", _("Remarks"), 30)
    yield SheetColumn("version", "version", 8, is_hidden=True)
