"""The points on the way of an action."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.models import Action, ActionPlan, Milestone
from livinglab.actions.operations.records import UnknownAction, lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_TITLE: Final = 200


def add(*, place: Place, action_id: UUID, title: str, due_on: date | None, at: datetime) -> Milestone:
    """This function will add a milestone to an action.

    Errors: `Refused` by the policy, without a name or a day; `UnknownAction`.
    """
    title = " ".join(storable(title).split())
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        ensure(_refusal_of_title(title) or _refusal_of_day(due_on))
        assert due_on is not None, "refused above"
        row = Milestone.objects.create(
            organization_id=place.organization.id, action=action, title=title, due_on=due_on
        )
        record(place, "milestone_added", action, at=at, date=due_on.isoformat())
    return row


def change(
    *, place: Place, milestone_id: UUID, due_on: date | None, done_on: date | None, at: datetime
) -> Milestone:
    """This function will set the day by which a milestone is due, and the day on which it was reached, if it was.

    Errors: `Refused` by the policy, without a due day, and for a day of reaching that is to come; `UnknownAction`.
    """
    with tenancy(place.organization.id):
        row, action, plan = _lock(place, milestone_id)
        ensure(policies.may_work_on(place.actor, action, plan))
        ensure(_refusal_of_day(due_on))
        assert due_on is not None, "refused above"
        if done_on is not None and done_on > day_of(at, place.organization.zone):
            ensure(Refusal("done_in_future", _("A milestone is reached on a day that has come.")))
        if (row.due_on, row.done_on) != (due_on, done_on):
            row.due_on, row.done_on = due_on, done_on
            row.save(update_fields=["due_on", "done_on"])
            facts = {"date": due_on.isoformat(), "after": done_on.isoformat() if done_on else ""}
            record(place, "milestone_changed", action, at=at, **facts)
    return row


def remove(*, place: Place, milestone_id: UUID, at: datetime) -> None:
    """This function will take a milestone away. Errors: `Refused` by the policy, `UnknownAction`."""
    with tenancy(place.organization.id):
        row, action, plan = _lock(place, milestone_id)
        ensure(policies.may_change_plan(place.actor, plan))
        record(place, "milestone_removed", action, at=at, date=row.due_on.isoformat())
        row.delete()


def _lock(place: Place, milestone_id: UUID) -> tuple[Milestone, Action, ActionPlan]:
    row = Milestone.objects.filter(organization_id=place.organization.id, id=milestone_id).first()
    if row is None:
        raise UnknownAction(milestone_id)
    return row, *lock_action(place.organization.id, row.action_id)


def _refusal_of_title(title: str) -> Refusal | None:
    if not title:
        return Refusal("milestone_unnamed", _("Say what is reached at this point."))
    if len(title) > LONGEST_TITLE:
        return Refusal("milestone_too_long", _("The name is too long: at most 200 characters."))
    return None


def _refusal_of_day(due_on: date | None) -> Refusal | None:
    return None if due_on else Refusal("milestone_without_day", _("Enter the day by which it is reached."))
