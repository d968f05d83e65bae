"""A region's own efforts: what it said of a step, else the documented default. Call inside its transaction."""

from collections.abc import Mapping
from fractions import Fraction
from uuid import UUID

from livinglab.assessments.queries import Instrument, Level
from livinglab.planning.adapters.step_files import Known, ToldEfforts
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.models import EffortEdit
from livinglab.planning.queries import default_efforts, fixed_inputs, likely_efforts
from livinglab.planning.queries.costs import costs_of


def efforts_of(
    organization_id: UUID, instrument: Instrument, levels: Mapping[str, Level]
) -> dict[StepKey, Fraction]:
    """Return the effort of every open step: the region's own where it gave one, else the likely default. One query."""
    edits = edits_of(organization_id, instrument)
    return _efforts(edits, likely_efforts(instrument, levels))


def _efforts(
    edits: Mapping[StepKey, EffortEdit], likely: Mapping[StepKey, Fraction]
) -> dict[StepKey, Fraction]:
    return {
        key: default if (edit := edits.get(key)) is None or edit.effort is None else Fraction(edit.effort)
        for key, default in likely.items()
    }


def told_of(
    organization_id: UUID, instrument: Instrument, levels: Mapping[str, Level], *, with_actions: bool = True
) -> ToldEfforts:
    """Return the effort of every open step, and the rupiah of those whose cost the region told.

    What an action says that its step costs counts before what was said of the step alone; it takes a query or two,
    left out without `with_actions`. Call it inside the region's transaction.
    """
    edits, likely = edits_of(organization_id, instrument), likely_efforts(instrument, levels)
    own = {key: edit.rupiah for key, edit in edits.items() if edit.rupiah is not None}
    entered = costs_of(organization_id, instrument.code, likely.keys()) if with_actions else {}
    return ToldEfforts(
        _efforts(edits, likely),
        {key: Fraction(paid) for key, paid in (own | entered).items() if key in likely},
    )


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
