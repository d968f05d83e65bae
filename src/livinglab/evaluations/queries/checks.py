"""What the quality checks say of an organisation's working sheet. Call these inside its transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from livinglab.evaluations.domain.checks import Remark, check_across, check_sheet
from livinglab.evaluations.domain.sheet import Sheet
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import visible_stages
from livinglab.evaluations.queries.rows import Rows, rows_of
from livinglab.evaluations.queries.sheets import sheet_of
from livinglab.evaluations.rulebooks import rulebook_of

#: said by an answer's state already; beside the answer it would be noise to whoever writes it
SAID_BY_STATE: Final = frozenset({"A006"})


def said_by_no_state(found: Iterable[Remark]) -> tuple[Remark, ...]:
    """This function will return the remarks that say more than the states of the answers do."""
    return tuple(one for one in found if one.check.id not in SAID_BY_STATE)


def sheet_at(place: Place, *, day: date, rows: Rows | None = None) -> Sheet:
    """This function will return the whole working sheet of a place, with the scores of the stages that are seen there.

    As many queries as `sheet_of`; three less with the evaluation's `rows`.
    """
    rows = rows or rows_of(place.organization.id, place.participation.id)
    sheet = sheet_of(
        place.organization,
        place.participation,
        place.instrument,
        day=day,
        earlier=place.earlier,
        rows=rows,
    )
    seen = visible_stages(place, rows.evaluation) if rows.evaluation else ()
    return replace(sheet, scores=tuple(one for one in sheet.scores if one.stage in seen))


def remarks_across(
    place: Place, indicator: str, *, day: date, levels: Mapping[str, Decimal] | None = None
) -> tuple[Remark, ...]:
    """This function will return what the checks that look across answers say of one indicator.

    `levels` stand in for the answers' own. As many queries as `sheet_of`.
    """
    sheet = sheet_at(place, day=day)
    if levels is not None:
        answers = {key: replace(line, level=levels.get(key)) for key, line in sheet.answers.items()}
        sheet = replace(sheet, answers=answers)
    return check_across(sheet, rulebook_of(place.instrument), indicator)


def remarks_of(place: Place, *, day: date, rows: Rows | None = None) -> tuple[Remark, ...]:
    """This function will return every remark on a sheet as it stands on a day, the gravest of each answer first."""
    return check_sheet(sheet_at(place, day=day, rows=rows), rulebook_of(place.instrument))
