"""What is late is told to the superior: once for each step in its history, and by a mail a day at most."""

import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException
from typing import Final
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, Q

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework.adapters.letters import LateStep, write_letter
from livinglab.casework.models import Case, EscalationDigest, Step, Task
from livinglab.casework.queries.superiors import Superior, superiors
from livinglab.kernel.clock import day_of
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, organizations
from livinglab.packages.domain.running.state import Happened

#: steps that one transaction tells of
BATCH: Final = 200
#: steps that one job tells of; what is left waits for the next hour
MOST: Final = 5_000
#: applications that a mail names
NAMED: Final = 50

_log = logging.getLogger(__name__)


def escalate(*, organization_id: UUID, at: datetime, batch: int = BATCH) -> int:
    """This function will mark the steps of an organisation that are late as told to their superior, each once.

    Nothing is late while its applicant is asked. Each batch has a transaction and an audit entry of its own: what
    stops half-way is gone on with by a second call. Cases on which somebody works at this moment wait for the next.
    """
    told = 0
    while told < MOST:
        with tenancy(organization_id):
            found = _late(organization_id, at=at, limit=batch)
            if found:
                audit.record(
                    organization_id=organization_id,
                    by=None,
                    at=at,
                    action="casework.escalated",
                    facts={"count": len(found)},
                )
        if not found:
            break
        told += len(found)
    return told


def _late(organization_id: UUID, *, at: datetime, limit: int) -> list[Task]:
    """Mark a batch of late steps, and write it into the histories of their cases."""
    late = Task.objects.filter(
        organization_id=organization_id,
        escalated_at__isnull=True,
        due__lt=at,
        case__asked_at__isnull=True,
    ).order_by("due", "id")
    ids = set(late.values_list("case_id", flat=True)[:limit])
    rows = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(
        organization_id=organization_id, id__in=ids
    )
    held = {one.id: one for one in rows.only("id", "organization_id", "steps").order_by("id")}
    found = list(late.filter(case_id__in=list(held)))
    steps: list[Step] = []
    for one in found:
        row = held[one.case_id]
        steps.append(
            Step(
                organization_id=organization_id,
                case_id=row.id,
                place=row.steps,
                what=Happened.ESCALATED,
                at=at,
                on=one.node,
                role=one.lane,
            )
        )
        row.steps += 1
    Step.objects.bulk_create(steps)
    Case.objects.bulk_update({one.case_id: held[one.case_id] for one in found}.values(), ["steps"])
    ids = {one.id for one in found}
    Task.objects.filter(organization_id=organization_id, id__in=ids).update(escalated_at=at)
    return found


def mail(*, organization_id: UUID, at: datetime) -> int:
    """This function will mail each superior what is late below them and was not mailed yet, once a day at most.

    It returns how many mails were sent. One that the server refuses is tried again with the next call; the steps
    stand at the superior's desk all the same.
    """
    organization = organizations().get(id=organization_id)
    day, sent = day_of(at, organization.zone), 0
    with tenancy(organization_id):
        people = superiors(organization_id)
        rows = EscalationDigest.objects.filter(organization_id=organization_id)
        before = {
            row["user_id"]: (row["last"], row["told"])
            for row in rows.values("user_id").annotate(last=Max("day"), told=Max("at"))
        }
    for one in people:
        last, told = before.get(one.user.id, (None, None))
        if last is None or last < day:
            sent += _mail(organization, one, since=told, at=at)
    return sent


def _mail(organization: Organization, one: Superior, *, since: datetime | None, at: datetime) -> bool:
    new = Q(escalated_at__gt=since) if since else Q(escalated_at__isnull=False)
    with tenancy(organization.id):
        rows = Task.objects.filter(one.below, new, organization_id=organization.id)
        number = rows.count()
        if not number:
            return False
        first = rows.select_related("case").defer("case__state").order_by("due", "id")[:NAMED]
        try:
            with transaction.atomic():
                _sent(organization, one.user, first, number=number, at=at)
        except (SMTPException, OSError):
            _log.exception("a superior could not be mailed what is late")
            return False
    return True


def _sent(
    organization: Organization, user: User, first: Iterable[Task], *, number: int, at: datetime
) -> None:
    EscalationDigest.objects.create(
        organization_id=organization.id,
        user_id=user.id,
        day=day_of(at, organization.zone),
        at=at,
        number=number,
    )
    named = [
        LateStep(one.case.number, day_of(one.due, organization.zone), one.case.is_synthetic) for one in first
    ]
    letter = write_letter(organization.name, named, number=number, language=user.language)
    EmailMessage(letter.subject, letter.text, to=[user.email]).send()
