"""What is due soon, and what is past its day. Call inside the region's transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from livinglab.actions.domain.due import HORIZON, Occasion, occasion_on
from livinglab.actions.domain.states import ENDED
from livinglab.actions.models import Action, Milestone, Reminder


@dataclass(frozen=True, slots=True)
class Due:
    """An action or one of its milestones whose day has come near."""

    action: Action
    milestone: Milestone | None
    due_on: date
    occasion: Occasion

    @property
    def subject_id(self) -> UUID:
        """What is due."""
        return self.milestone.id if self.milestone else self.action.id


def due_on_day(organization_id: UUID, day: date) -> tuple[Due, ...]:
    """This function will return what is due within 14 days or past its day in the plans in force, soonest first.

    Two queries, however many there are.
    """
    return tuple(sorted(_due(organization_id, day), key=lambda one: (one.due_on, one.action.number)))


def _due(organization_id: UUID, day: date) -> Iterator[Due]:
    horizon = day + timedelta(days=HORIZON)
    open_actions = Action.objects.filter(organization_id=organization_id, plan__closed_at__isnull=True)
    open_actions = open_actions.exclude(state__in=ENDED).select_related("agency", "plan")
    for action in open_actions.filter(due_on__lte=horizon):
        if occasion := occasion_on(day, action.due_on):
            yield Due(action, None, action.due_on, occasion)
    milestones = Milestone.objects.filter(
        organization_id=organization_id,
        done_on__isnull=True,
        due_on__lte=horizon,
        action__plan__closed_at__isnull=True,
    ).exclude(action__state__in=ENDED)
    for one in milestones.select_related("action__agency", "action__plan"):
        if occasion := occasion_on(day, one.due_on):
            yield Due(one.action, one, one.due_on, occasion)


def reminders_of(organization_id: UUID, person_id: UUID, *, limit: int = 200) -> list[tuple[Reminder, bool]]:
    """This function will return what a person was reminded of, newest first, and whether each is still open.

    Open: the action is not ended, its plan is in force, and the day it was about is still the day. Two queries.
    """
    rows = Reminder.objects.filter(organization_id=organization_id, person_id=person_id)
    found = list(rows.select_related("action__plan").order_by("-at", "due_on", "id")[:limit])
    points = Milestone.objects.filter(
        organization_id=organization_id,
        done_on__isnull=True,
        id__in=[one.subject_id for one in found if one.subject_id != one.action_id],
    )
    days = dict(points.values_list("id", "due_on"))
    newest: set[UUID] = set()
    said = []
    for one in found:
        day = one.action.due_on if one.subject_id == one.action_id else days.get(one.subject_id)
        is_alive = one.action.state not in ENDED and one.action.plan.closed_at is None
        said.append((one, is_alive and day == one.due_on and one.subject_id not in newest))
        newest.add(one.subject_id)
    return said
