"""What a workbook would change, in the reader's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from livinglab.evaluations.domain.workbook import Change, Conflict, FieldValue
from livinglab.evaluations.operations.workbooks import MINE, THEIRS, Preview
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.web import words

FIELD_NAMES: Final[Mapping[str, Promise | str]] = {
    "level": gettext_lazy("Level"),
    "met": gettext_lazy("Levels met"),
    "facts": pgettext_lazy("answer", "Facts"),
    "analysis": pgettext_lazy("answer", "Analysis"),
    "external_source": gettext_lazy("Source of an external index"),
}
_CHOICE: Final = "choice-"
#: characters of a long text that are shown around its first difference
_SHOWN, _BEFORE = 280, 60


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One row of the list of changes."""

    indicator: str
    name: str
    field: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A field that two people changed; `name` is that of the form's field."""

    indicator: str
    title: str
    field: str | Promise
    name: str
    base: str
    theirs: str
    mine: str
    chosen: str


@dataclass(frozen=True, slots=True)
class ShownRefusal:
    """A row that is left out, and why."""

    indicator: str
    name: str
    row: int
    reasons: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The page that asks for confirmation."""

    heading: str
    changes: tuple[ShownChange, ...]
    conflicts: tuple[ShownConflict, ...]
    refusals: tuple[ShownRefusal, ...]
    unchanged: str
    seen: str

    @property
    def has_work(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.changes or self.conflicts)


def build(place: Place, found: Preview, given: Mapping[str, str]) -> PreviewPage:
    """This function will return a preview in the reader's words; `given` keeps what was chosen already."""
    return PreviewPage(
        heading=_heading(found),
        changes=tuple(_change(place, one) for row in found.touched for one in row.changes),
        conflicts=tuple(_conflict(place, one, given) for row in found.touched for one in row.conflicts),
        refusals=tuple(
            ShownRefusal(
                one.indicator, words.short_name(place.instrument, one.indicator), one.number, one.reasons
            )
            for one in found.refusals
        ),
        unchanged=ngettext(
            "%(num)s indicator stays as it is.", "%(num)s indicators stay as they are.", found.unchanged
        )
        % {"num": found.unchanged},
        seen=found.seen,
    )


def choices_of(given: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """This function will return what a form says of each (indicator, field) in conflict."""
    found: dict[tuple[str, str], str] = {}
    for name, value in given.items():
        field, _dash, indicator = name.removeprefix(_CHOICE).partition("-")
        if name.startswith(_CHOICE) and value in (MINE, THEIRS):
            found[indicator, field] = value
    return found


def _heading(found: Preview) -> str:
    touched = len(found.touched)
    if not touched and found.refusals:
        return _("Nothing of this workbook can be stored")
    if not touched:
        return _("The workbook changes nothing")
    return ngettext(
        "The workbook changes %(num)s indicator", "The workbook changes %(num)s indicators", touched
    ) % {"num": touched}


def _change(place: Place, one: Change) -> ShownChange:
    before, after = _pair(one.before, one.after)
    name = words.short_name(place.instrument, one.indicator)
    return ShownChange(one.indicator, name, FIELD_NAMES[one.field], before, after)


def _conflict(place: Place, one: Conflict, given: Mapping[str, str]) -> ShownConflict:
    name = f"{_CHOICE}{one.field}-{one.indicator}"
    theirs, mine = _pair(one.theirs, one.mine)
    return ShownConflict(
        indicator=one.indicator,
        title=words.short_name(place.instrument, one.indicator),
        field=FIELD_NAMES[one.field],
        name=name,
        base=_pair(one.base, one.mine)[0],
        theirs=theirs,
        mine=mine,
        chosen=given.get(name, ""),
    )


def _pair(before: FieldValue, after: FieldValue) -> tuple[str, str]:
    """Return both values as the reader writes them; of long texts the part where they begin to differ."""
    first, second = _value(before), _value(after)
    if max(len(first), len(second)) <= _SHOWN:
        return first, second
    same = next(_differing(first, second), min(len(first), len(second)))
    start = max(0, same - _BEFORE)
    return _part(first, start), _part(second, start)


def _differing(first: str, second: str) -> Iterator[int]:
    return (number for number, (a, b) in enumerate(zip(first, second, strict=False)) if a != b)


def _part(text: str, start: int) -> str:
    shown = text[start : start + _SHOWN]
    return ("…" if start else "") + shown + ("…" if start + _SHOWN < len(text) else "")


def _value(value: FieldValue) -> str:
    match value:
        case None:
            return _("no level")
        case Decimal():
            return words.level(value)
        case str():
            return value or _("empty")
        case _:
            return ", ".join(str(level) for level in sorted(value)) or _("none")
