"""What the quality checks say of an organisation's working sheet. Call these inside its transaction."""

from dataclasses import replace
from datetime import date
from typing import Final

from livinglab.evaluations.domain.checks import Remark, check_sheet
from livinglab.evaluations.domain.sheet import Sheet
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import visible_stages
from livinglab.evaluations.queries.sheets import sheet_of
from livinglab.evaluations.rulebooks import rulebook_of

#: said by an answer's state already; beside the answer it would be noise to whoever writes it
SAID_BY_STATE: Final = frozenset({"A006"})


def sheet_at(place: Place, *, day: date) -> Sheet:
    """This function will return the whole working sheet of a place, with the scores of the stages that are seen there.

    As many queries as `sheet_of`; one more for the organisation itself, once assessors scored.
    """
    sheet = sheet_of(place.organization, place.participation, place.instrument, day=day)
    if place.actor.is_external or all(one.stage is Stage.SELF for one in sheet.scores):
        return sheet
    evaluation = records.find_evaluation(place.organization.id, place.participation.id)
    seen = visible_stages(place, evaluation) if evaluation else ()
    return replace(sheet, scores=tuple(one for one in sheet.scores if one.stage in seen))


def remarks_of(place: Place, *, day: date) -> tuple[Remark, ...]:
    """This function will return every remark on a sheet as it stands on a day, the gravest of each answer first."""
    return check_sheet(sheet_at(place, day=day), rulebook_of(place.instrument))
