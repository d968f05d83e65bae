"""Who asked for the deletion of their data is told what became of it, as they agreed to be (UU 27/2022 article 45).

A refusal is a message of the case like any other. A deletion takes contact and messages along, so it leaves one row
for each way: the address, the language, the number. In this order: the data goes and the row is written in one
transaction, so that no mail server can hold a deletion up and none goes untold by a crash; then the message leaves, at
least once and under the same key each time; then the row goes. What cannot be told within 23 hours goes unsaid, however
long the other side asks us to wait: keeping the address until somebody tries again would undo what was asked for. The
trail says so, without the address, and the page of the case says in any case that the data is gone. A job that looks
each hour plans what lost its own job, and lets go what is over; not even a clock that jumped holds it back, since a
message that is missed harms less than an address that is kept.
"""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from livinglab.audit import operations as audit
from livinglab.casework.adapters.messengers import Errand, NotTold, messenger_for
from livinglab.casework.domain.contacts import Way
from livinglab.casework.domain.deliveries import (
    FAREWELL_FOR,
    is_given_up,
    next_farewell,
    wait_after,
)
from livinglab.casework.models import Case, Farewell, Message, Step
from livinglab.casework.operations import telling
from livinglab.casework.operations.telling import QUEUE, contact_of
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.domain.running.state import Happened

_log = logging.getLogger(__name__)
#: the job that tells one of them
TASK: Final = "casework.say_farewell"
#: the name of the message among those of the package
REFUSED: Final = "erasure_refused"
#: a try that is overdue by this has lost its job; until then it may be waiting for a worker
_LOST: Final = timedelta(minutes=15)


def say_refused(row: Case, reason: str, *, at: datetime) -> None:
    """This function will tell an applicant why their data is not deleted, in a case that the caller has locked."""
    texts: dict[str, dict[str, str]] = {}
    for language in ("id", "en"):
        with translation.override(language):
            subject = _("Application %(number)s: your data is kept") % {"number": row.number}
            body = format_html(
                "<p>{}</p><p>{}</p>", _("You asked for its deletion. The region refused, because:"), reason
            )
            texts[language] = {"subject": subject, "body": str(body)}
    here = {"organization_id": row.organization_id, "case": row}
    Step.objects.create(**here, place=row.steps, what=Happened.SENT, at=at, on=REFUSED)
    message = Message.objects.create(**here, nth=row.steps, message=REFUSED, texts=texts, at=at)
    row.steps += 1
    row.save(update_fields=["steps"])
    telling.plan(row, [message])


def plan(row: Case, *, at: datetime) -> None:
    """This function will have an applicant told that their data was deleted; call it before their contact goes."""
    contact = contact_of(row)
    for way, address in contact.addresses.items():
        one = Farewell.objects.create(
            organization_id=row.organization_id,
            number=row.number,
            way=way,
            address=address,
            language=contact.language,
            tries_at=at,
            ends_at=at + FAREWELL_FOR,
        )
        _plan_try(one)


def tell(*, organization_id: UUID, farewell_id: UUID, at: datetime) -> bool:
    """This function will try to tell that data was deleted, and return whether it left now; then the address goes.

    What left already, was given up, or is not due yet stays as it is; what is over goes.
    """
    errand = _begun(organization_id, farewell_id, at=at)
    if errand is None:
        return False
    try:
        messenger_for(errand.way).tell(errand)
    except NotTold as failed:
        _failed(organization_id, farewell_id, failed, at=at)
        return False
    with tenancy(organization_id):
        Farewell.objects.filter(organization_id=organization_id, id=farewell_id).delete()
    return True


def pick_up(*, organization_id: UUID, at: datetime) -> None:
    """This function will let go what is over in a region, and have told again what lost its job."""
    with tenancy(organization_id):
        rows = Farewell.objects.filter(organization_id=organization_id)
        for one in rows.filter(ends_at__lte=at).select_for_update(skip_locked=True):
            _give_up(one, "over", at=at)
        for one in rows.filter(ends_at__gt=at, tries_at__lte=at - _LOST):
            _plan_try(one)


def _begun(organization_id: UUID, farewell_id: UUID, *, at: datetime) -> Errand | None:
    """Count a try and plan the next one, then return what is to be told; None where there is nothing to do."""
    with tenancy(organization_id):
        rows = Farewell.objects.select_for_update(skip_locked=True)
        one = rows.filter(organization_id=organization_id, id=farewell_id).first()
        if one is not None and one.ends_at <= at:
            _give_up(one, "over", at=at)
            return None
        if one is None or one.tries_at > at:
            return None
        one.tries += 1
        one.tries_at = min(at + wait_after(one.tries), one.ends_at)
        one.save(update_fields=["tries", "tries_at"])
        _plan_try(one)
    with translation.override(one.language):
        subject = _("Application %(number)s: your data is deleted") % {"number": one.number}
        text = _(
            "You asked for it. Answers, contacts, messages and the office's copies of your documents are gone, and "
            "this is the last message about this application. What is left stands on its page."
        )
    return Errand(str(one.id), Way(one.way), one.address, subject, text)


def _failed(organization_id: UUID, farewell_id: UUID, failed: NotTold, *, at: datetime) -> None:
    with tenancy(organization_id):
        rows = Farewell.objects.select_for_update()
        one = rows.filter(organization_id=organization_id, id=farewell_id).first()
        if one is None:
            return
        wait = max(wait_after(one.tries), failed.wait)
        following = next_farewell(at=at, wait=wait, ends_at=one.ends_at)
        if following is None or is_given_up(one.tries, failed.obstacle):
            _give_up(one, failed.obstacle, at=at)
        elif following != one.tries_at:
            one.tries_at = following
            one.save(update_fields=["tries_at"])
            _plan_try(one)


def _give_up(one: Farewell, why: str, *, at: datetime) -> None:
    _log.warning("a deletion goes untold", extra={"number": one.number, "why": why})
    audit.record(
        organization_id=one.organization_id,
        by=None,
        at=at,
        action="casework.deletion_untold",
        subject=one.number,
        facts={"way": one.way, "why": why},
    )
    one.delete()


def _plan_try(one: Farewell) -> None:
    """A job that comes too early or too late finds nothing to do, so one more never harms."""
    app.configure_task(TASK, queue=QUEUE, schedule_at=one.tries_at, allow_unknown=True).defer(
        organization_id=str(one.organization_id), farewell_id=str(one.id)
    )
