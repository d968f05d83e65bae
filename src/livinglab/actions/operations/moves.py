"""The steps of an action: begun, held up, done, given up, taken up again; and confirmed by a decision."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.domain.states import NEEDS_REASON, ActionState, ActionStep, next_state
from livinglab.actions.models import Action, ActionMove, ActionPlan
from livinglab.actions.operations.projection import project
from livinglab.actions.operations.records import lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.assessments.queries import Level
from livinglab.audit import operations as audit
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_REASON: Final = 500
_CHANGED: Final = ("state", "blocker", "done_on", "confirmed_on", "version", "changed_at", "changed_by")


def take(*, place: Place, action_id: UUID, step: ActionStep, at: datetime, reason: str = "") -> Action:
    """This function will move an action on by one step, after the table of `domain/states.py`.

    Errors: `Refused` by the policy, without a reason where the step needs one (block, drop, reopen) or with one that
    is too long; `UnknownAction`.
    """
    reason = storable(reason)
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_take_step(place.actor, step, action, plan))
        ensure(refusal_of_reason(step, reason))
        before = ActionState(action.state)
        day = day_of(at, place.organization.zone)
        _move(action, step, by=place.actor.user_id, at=at, day=day, reason=reason)
        record(place, _PAST[step], action, at=at, before=before, after=action.state)
        project(plan, [action], at=at)
    return action


def confirm(
    *, organization_id: UUID, instrument: str, levels: Mapping[str, Level], decided_on: date, at: datetime
) -> tuple[Action, ...]:
    """This function will confirm every action whose level a decided evaluation found, and return them by number.

    `levels` are those of the decision, by indicator; nobody does this by hand. Actions of plans of another instrument,
    dropped ones, those confirmed before, and those that go on in a newer plan stay as they are, so that a second call
    changes nothing.
    """
    with tenancy(organization_id):
        plans = {
            plan.id: plan
            for plan in ActionPlan.objects.filter(organization_id=organization_id, instrument=instrument)
        }
        rows = Action.objects.filter(organization_id=organization_id, plan_id__in=plans)
        gone_on = rows.filter(continues_id__isnull=False).values_list("continues_id", flat=True)
        waiting = rows.exclude(id__in=set(gone_on)).select_for_update().order_by("plan_id", "number")
        found = tuple(
            action
            for action in waiting
            if levels.get(action.indicator, 0) >= action.to_level
            and next_state(ActionState(action.state), ActionStep.CONFIRM) is not None
        )
        for action in found:
            _move(action, ActionStep.CONFIRM, by=None, at=at, day=decided_on)
        if found:
            audit.record(
                organization_id=organization_id,
                by=None,
                at=at,
                action="actions.confirmed",
                facts={
                    "instrument": instrument,
                    "steps": [f"{action.indicator}:{action.to_level}" for action in found],
                    "date": decided_on.isoformat(),
                },
            )
        for plan_id, plan in plans.items():
            if own := [action for action in found if action.plan_id == plan_id]:
                project(plan, own, at=at)  # after the trail: its locks come first everywhere
    return found


def refusal_of_reason(step: ActionStep, reason: str) -> Refusal | None:
    """This function will return what is wrong with the words that a step was given."""
    if step in NEEDS_REASON and not reason:
        return Refusal("reason_missing", _("Say why, so that the others know what to do."))
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", _("The reason is too long: at most 500 characters."))
    return None


_PAST: Final[Mapping[ActionStep, str]] = {
    ActionStep.START: "started",
    ActionStep.BLOCK: "blocked",
    ActionStep.UNBLOCK: "unblocked",
    ActionStep.FINISH: "finished",
    ActionStep.REOPEN: "reopened",
    ActionStep.DROP: "dropped",
    ActionStep.TAKE_UP: "taken_up",
}


def _move(
    action: Action, step: ActionStep, *, by: UUID | None, at: datetime, day: date, reason: str = ""
) -> None:
    after = next_state(ActionState(action.state), step)
    assert after is not None, "the policy knows the table"
    action.state = after
    action.blocker = reason if after is ActionState.BLOCKED else ""
    if after is ActionState.CONFIRMED:
        action.confirmed_on, action.done_on = day, action.done_on or day
    else:
        action.done_on = day if after is ActionState.DONE else None
    action.version += 1
    action.changed_at, action.changed_by = at, by
    action.save(update_fields=_CHANGED)
    ActionMove.objects.create(
        organization_id=action.organization_id,
        action=action,
        step=step,
        state=after,
        reason=reason,
        at=at,
        by=by,
    )
