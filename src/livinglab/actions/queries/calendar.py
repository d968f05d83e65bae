"""What stands in a person's calendar, and whose a secret address is. Call inside the region's transaction."""

import hashlib
from collections.abc import Callable
from datetime import date
from uuid import UUID

from livinglab.actions.domain.actors import ACCEPTS, Actor
from livinglab.actions.domain.calendar import CalendarDay
from livinglab.actions.domain.states import ENDED
from livinglab.actions.models import Action, CalendarFeed, Milestone

#: the address of an action's page without host
PathOf = Callable[[Action], str]


def token_hash(token: str) -> str:
    """This function will return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_by_token(organization_id: UUID, token: str) -> CalendarFeed | None:
    """This function will return the feed of a secret, None for any other text. One query.

    It looks for the hash: how long that takes says nothing of a secret of 32 random bytes.
    """
    rows = CalendarFeed.objects.filter(organization_id=organization_id, revoked_at__isnull=True)
    return rows.filter(token_hash=token_hash(token)).first()


def feed_of(organization_id: UUID, person_id: UUID) -> CalendarFeed | None:
    """This function will return a person's feed in a region, None without one. One query."""
    rows = CalendarFeed.objects.filter(organization_id=organization_id, revoked_at__isnull=True)
    return rows.filter(person_id=person_id).first()


def calendar_days(organization_id: UUID, actor: Actor, path_of: PathOf) -> list[CalendarDay]:
    """This function will return what is still to be done in the plans in force, by day: two queries.

    Heads and keepers of plans see everything, others what was given to their agency or to them, to lead or to help.
    """
    rows = Action.objects.filter(organization_id=organization_id, plan__closed_at__isnull=True)
    rows = rows.exclude(state__in=ENDED).select_related("plan", "agency")
    seen = {one.id: one for one in rows if _is_seen(actor, one)}
    points = Milestone.objects.filter(
        organization_id=organization_id, done_on__isnull=True, action_id__in=seen
    )
    found = [
        *(_day(one, one.id, one.due_on, "", path_of) for one in seen.values()),
        *(_day(seen[one.action_id], one.id, one.due_on, one.title, path_of) for one in points),
    ]
    return sorted(found, key=lambda one: (one.day, one.number, one.milestone))


def _is_seen(actor: Actor, action: Action) -> bool:
    if actor.roles & ACCEPTS:
        return True
    return actor.works_on(agencies=action.agencies, people=action.people)


def _day(action: Action, key: UUID, day: date, milestone: str, path_of: PathOf) -> CalendarDay:
    return CalendarDay(
        id=key,
        version=action.version,
        changed_at=action.changed_at,
        day=day,
        number=action.number,
        instrument=action.plan.instrument,
        indicator=action.indicator,
        to_level=action.to_level,
        title=action.title,
        agency=action.agency.name if action.agency else "",
        milestone=milestone,
        path=path_of(action),
        is_synthetic=action.plan.is_synthetic,
    )
