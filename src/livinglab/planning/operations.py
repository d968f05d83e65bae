"""Writes of this context: what a region says its steps cost it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.assessments.queries import Instrument, Level
from livinglab.audit import operations as audit
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, roles_in
from livinglab.planning.adapters.step_files import MAXIMUM_EFFORT, MAXIMUM_RUPIAH, ToldEfforts
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.models import EffortEdit
from livinglab.planning.policies import may_set_efforts
from livinglab.planning.queries.efforts import edits_of, efforts_of, is_step

LONGEST_REASON: Final = 500
_PLACES: Final = Decimal("0.000001")


def set_effort(
    *,
    organization: Organization,
    instrument: Instrument,
    step: StepKey,
    effort: Fraction | None,
    rupiah: int | None = None,
    reason: str,
    by: User,
    at: datetime,
) -> EffortEdit:
    """This function will store what a step costs a region, with the reason; without an effort the default counts again.

    Effort has the unit of the region's choice: 0 to 10¹², at most six places. `rupiah` is 0 to 10¹³; without it the
    step costs its effort at whatever price a plan is asked with. Errors: `Refused` by the policy, for a step that the
    instrument has not, an effort or a cost out of range, no reason, and for what stands there already.
    """
    reason = storable(reason)
    ensure(may_set_efforts(roles_in(by, organization.id)))
    ensure(_refusal_of(instrument, step, effort, rupiah, reason))
    with tenancy(organization.id):
        before = edits_of(organization.id, instrument).get(step)
        if (_own_effort(before), _own_cost(before)) == (effort, rupiah):
            ensure(_unchanged(effort, rupiah))
        row = _row(organization, instrument, step, effort, rupiah, reason, by, at)
        row.save(force_insert=True)
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="planning.effort_dropped" if effort is None and rupiah is None else "planning.effort_set",
            subject=str(row.id),
            facts={"indicator": step[0], "level": step[1]},
        )
    return row


def import_efforts(
    *,
    organization: Organization,
    instrument: Instrument,
    levels: Mapping[str, Level],
    told: ToldEfforts,
    reason: str,
    by: User,
    at: datetime,
) -> int:
    """This function will store those efforts and costs of a file that differ from what counts now, and return how many.

    A step without rupiah in the file keeps what the region said of it. `levels` are where the region stands; rows of
    steps already taken are left alone. One entry in the audit trail. Errors: `Refused` by the policy, for a wrong row
    as `set_effort`, and where nothing would change.
    """
    reason = storable(reason)
    ensure(may_set_efforts(roles_in(by, organization.id)))
    with tenancy(organization.id):
        now, edits = efforts_of(organization.id, instrument, levels), edits_of(organization.id, instrument)
        changed: dict[StepKey, tuple[Fraction | None, int | None]] = {}
        for step, effort in told.efforts.items():
            edit = edits.get(step)
            cost = _cost(told, edit, step)
            if step in now and (effort, cost) != (now[step], _own_cost(edit)):
                changed[step] = _own_effort(edit) if effort == now[step] else effort, cost
        for step, (own, cost) in changed.items():
            ensure(_refusal_of(instrument, step, own, cost, reason))
        if not changed:
            raise Refused(
                Refusal("nothing_changes", _("Nothing in the file differs from the efforts that count now."))
            )
        EffortEdit.objects.bulk_create(
            _row(organization, instrument, step, own, cost, reason, by, at)
            for step, (own, cost) in changed.items()
        )
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="planning.efforts_imported",
            facts={"count": len(changed)},
        )
    return len(changed)


def _refusal_of(
    instrument: Instrument, step: StepKey, effort: Fraction | None, rupiah: int | None, reason: str
) -> Refusal | None:
    if not is_step(instrument, step):
        return Refusal("step_unknown", _("The instrument has no such step that a plan could take."))
    if effort is not None and (not 0 <= effort <= MAXIMUM_EFFORT or _decimal(effort) != effort):
        return Refusal(
            "effort_wrong", _("Write an effort from 0 to 1,000,000,000,000 with at most six places.")
        )
    if rupiah is not None and not 0 <= rupiah <= MAXIMUM_RUPIAH:
        return Refusal("cost_wrong", _("Write whole rupiah from 0 to 10,000,000,000,000."))
    if not reason:
        return Refusal("reason_missing", _("Say why: who reads the plan later wants to know."))
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", _("The reason is too long: at most 500 characters."))
    return None


def _cost(told: ToldEfforts, edit: EffortEdit | None, step: StepKey) -> int | None:
    """Return what a step costs after a file: as it tells, else as the region said before."""
    return int(told.costs[step]) if step in told.costs else _own_cost(edit)


def _own_cost(edit: EffortEdit | None) -> int | None:
    return None if edit is None else edit.rupiah


def _own_effort(edit: EffortEdit | None) -> Fraction | None:
    return None if edit is None or edit.effort is None else Fraction(edit.effort)


def _unchanged(effort: Fraction | None, rupiah: int | None) -> Refusal:
    if effort is None and rupiah is None:
        return Refusal("default_already", _("The default counts for this step already."))
    return Refusal("same_effort", _("This effort counts for the step already."))


def _decimal(effort: Fraction) -> Decimal:
    return (Decimal(effort.numerator) / Decimal(effort.denominator)).quantize(_PLACES)


def _row(
    organization: Organization,
    instrument: Instrument,
    step: StepKey,
    effort: Fraction | None,
    rupiah: int | None,
    reason: str,
    by: User,
    at: datetime,
) -> EffortEdit:
    return EffortEdit(
        organization_id=organization.id,
        instrument=instrument.code,
        indicator=step[0],
        to_level=step[1],
        effort=None if effort is None else _decimal(effort),
        rupiah=rupiah,
        reason=reason,
        at=at,
        by=by.id,
    )
