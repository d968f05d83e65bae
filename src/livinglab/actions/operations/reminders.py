"""Tells people what is due: a row for each person, thing and occasion, then one mail for each person."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from smtplib import SMTPException
from typing import Final
from uuid import UUID

from django.core.mail import EmailMessage

from livinglab.accounts.queries import User
from livinglab.actions.adapters.letters import write_letter
from livinglab.actions.domain.due import Notice, Occasion
from livinglab.actions.domain.states import ENDED
from livinglab.actions.models import Action, ActionFigure, Reminder
from livinglab.actions.queries.due import Due, due_on_day
from livinglab.assessments.queries import Instrument, get_instrument
from livinglab.audit import operations as audit
from livinglab.kernel.clock import day_of
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role, members, organizations

log = logging.getLogger(__name__)
_KEYS: Final = ("person_id", "subject_id", "occasion", "due_on")


def regions_at_work() -> list[UUID]:
    """This function will return the regions with an action that is not ended. One query; shared rows only."""
    rows = ActionFigure.objects.exclude(state__in=ENDED)
    return list(rows.order_by("organization_id").values_list("organization_id", flat=True).distinct())


def remind(*, organization_id: UUID, at: datetime) -> int:
    """This function will note whom to tell what is due, and return how many notes are new.

    Told are whoever the action was given to, else the officers of its agency, and the coordinators. Nobody is told
    twice of the same occasion and day: a second call notes nothing.
    """
    organization = organizations().get(id=organization_id)
    with tenancy(organization_id):
        due = due_on_day(organization_id, day_of(at, organization.zone))
        told = _told(organization_id, due)
        wanted = [
            Reminder(
                organization_id=organization_id,
                person_id=person_id,
                action=one.action,
                subject_id=one.subject_id,
                occasion=one.occasion,
                due_on=one.due_on,
                at=at,
            )
            for one in due
            for person_id in told(one)
        ]
        known = set(Reminder.objects.filter(organization_id=organization_id).values_list(*_KEYS))
        new = [row for row in wanted if tuple(getattr(row, key) for key in _KEYS) not in known]
        Reminder.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            audit.record(
                organization_id=organization_id,
                by=None,
                at=at,
                action="actions.reminded",
                facts={"count": len(new)},
            )
    return len(new)


def _told(organization_id: UUID, due: Sequence[Due]) -> Callable[[Due], list[UUID]]:
    """Return who is told of each thing that is due; one query for all of them."""
    held = [row for row in members(organization_id) if row.user.is_active] if due else []
    people = {row.user_id for row in held}
    coordinators = {row.user_id for row in held if row.role == Role.COORDINATOR}
    officers: dict[UUID, set[UUID]] = {}
    for row in held:
        if row.role == Role.AGENCY_OFFICER and row.agency_id is not None:
            officers.setdefault(row.agency_id, set()).add(row.user_id)

    def told(one: Due) -> list[UUID]:
        action: Action = one.action
        own = action.people & people
        lead = {action.assignee_id} & own
        if not lead and action.agency_id:
            own |= officers.get(action.agency_id, set())
        for agency_id in action.agencies - {action.agency_id}:
            own |= officers.get(agency_id, set())
        return sorted(coordinators | own)

    return told


def mail(*, organization_id: UUID, at: datetime) -> int:
    """This function will send each person one mail of what they were not mailed yet, and return how many were sent.

    A mail that the server refuses is tried again with the next call; what the person is told stands on their page
    all the same. People who are no active members any more get none.
    """
    organization = organizations().get(id=organization_id)
    sent = 0
    with tenancy(organization_id):
        waiting = (
            Reminder.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(organization_id=organization_id, mailed_at__isnull=True)
            .order_by("person_id", "due_on", "id")
        )
        rows = list(waiting.select_related("action__plan", "action__agency"))
        active = _active(organization_id) if rows else {}
        for person, reminders in _by_person(rows, active):
            letter = write_letter(
                organization.name,
                [_notice(one) for one in reminders],
                language=person.language,
                is_synthetic=any(one.action.plan.is_synthetic for one in reminders),
            )
            try:
                EmailMessage(letter.subject, letter.text, to=[person.email]).send()
            except (SMTPException, OSError):
                log.exception("a reminder could not be mailed")
                continue
            ids = [one.id for one in reminders]
            Reminder.objects.filter(organization_id=organization_id, id__in=ids).update(mailed_at=at)
            sent += 1
    return sent


def _notice(one: Reminder) -> tuple[Instrument, Notice]:
    action = one.action
    notice = Notice(
        occasion=Occasion(one.occasion),
        due_on=one.due_on,
        number=action.number,
        indicator=action.indicator,
        to_level=action.to_level,
        is_milestone=one.subject_id != action.id,
        agency=action.agency.name if action.agency else "",
    )
    return get_instrument(action.plan.instrument), notice


def _active(organization_id: UUID) -> dict[UUID, User]:
    return {row.user_id: row.user for row in members(organization_id) if row.user.is_active}


def _by_person(
    rows: Sequence[Reminder], active: Mapping[UUID, User]
) -> Iterator[tuple[User, list[Reminder]]]:
    for person_id, found in groupby(rows, key=attrgetter("person_id")):
        if (person := active.get(person_id)) is not None:
            yield person, list(found)
