"""A region's own efforts: what it said of a step, else the documented default. Call inside its transaction."""

from collections.abc import Mapping
from fractions import Fraction
from uuid import UUID

from livinglab.assessments.queries import Instrument, Level
from livinglab.planning.adapters.step_files import Known
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.models import EffortEdit
from livinglab.planning.queries import default_efforts, fixed_inputs, likely_efforts


def efforts_of(
    organization_id: UUID, instrument: Instrument, levels: Mapping[str, Level]
) -> dict[StepKey, Fraction]:
    """Return the effort of every open step: the region's own where it gave one, else the likely default. One query."""
    own = {
        key: Fraction(edit.effort)
        for key, edit in edits_of(organization_id, instrument).items()
        if edit.effort is not None
    }
    return {key: own.get(key, likely) for key, likely in likely_efforts(instrument, levels).items()}


def edits_of(organization_id: UUID, instrument: Instrument) -> dict[StepKey, EffortEdit]:
    """Return what a region said last of each step; without an effort it went back to the default. One query."""
    rows = EffortEdit.objects.filter(organization_id=organization_id, instrument=instrument.code)
    newest = rows.order_by("indicator", "to_level", "-at", "-id").distinct("indicator", "to_level")
    return {(row.indicator, row.to_level): row for row in newest}


def known_steps(instrument: Instrument, levels: Mapping[str, Level]) -> Known:
    """Return which indicators and levels an effort can be given for; fixed inputs have no steps."""
    fixed = fixed_inputs(instrument)
    movable = tuple(key for key in levels if key not in fixed)
    return Known(movable, instrument.scale.levels[1:])


def is_step(instrument: Instrument, key: StepKey) -> bool:
    """Say whether an instrument has such a step, with a documented default; a variant's key counts as its indicator."""
    indicator = key[0].split("-")[0]
    return (indicator, key[1]) in default_efforts(instrument) and indicator not in fixed_inputs(instrument)
