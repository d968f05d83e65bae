"""Rows of a form in which steps are named: an indicator and a level each, and for a promise its day and manner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument
from livinglab.planning.queries import fixed_inputs
from livinglab.ui.languages import language
from livinglab.visits.domain.promises import StepKey

#: empty rows after those that are filled
_SPARE: Final = 2
MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row, as typed."""

    number: int
    indicator: str = ""
    level: str = ""
    due: str = ""
    manner: str = ""


def rows_of(steps: Iterable[StepKey], *, due: str = "") -> list[Row]:
    """This function will return the rows of a fresh form: one for each step, and empty ones."""
    listed = list(steps)[:MOST]
    filled = [Row(number, one.indicator, str(one.to_level), due) for number, one in enumerate(listed, 1)]
    return filled + [Row(number) for number in range(len(filled) + 1, len(filled) + _SPARE + 1)]


def typed_rows(given: Mapping[str, str]) -> list[Row]:
    """This function will return the rows as they were sent, empty ones too; at least as many as a fresh form has."""
    numbers = [n for n in range(1, MOST + _SPARE + 1) if f"indicator-{n}" in given]
    return [
        Row(
            n,
            given.get(f"indicator-{n}", "").strip(),
            given.get(f"level-{n}", "").strip(),
            given.get(f"due-{n}", "").strip(),
            given.get(f"manner-{n}", "").strip(),
        )
        for n in numbers or range(1, _SPARE + 1)
    ]


def key_of(row: Row) -> StepKey | None:
    """This function will return the step that a row names, None for an empty or half-filled row."""
    if not row.indicator or not row.level.isdecimal():
        return None
    return StepKey(row.indicator, int(row.level))


def indicator_options(instrument: Instrument) -> list[tuple[str, str]]:
    """This function will return the indicators that have steps, for a choice."""
    fixed = fixed_inputs(instrument)
    found = [each for each in instrument.indicators() if each.key not in fixed]
    return [
        ("", _("Choose an indicator")),
        *((each.key, f"{each.key} · {each.name.in_language(language())}") for each in found),
    ]


def level_options(instrument: Instrument) -> list[tuple[str, str]]:
    """This function will return the levels that a step can lead to."""
    return [("", _("Level")), *((str(level), str(level)) for level in instrument.scale.levels[1:])]
