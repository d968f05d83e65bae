"""Messages leave: planned with the step that says them, tried by a job each, tried again, given up and shown.

Before a try its successor is planned, in the same transaction that counts it: a worker that dies on the way loses
nothing, and the other side recognises the repeat by its key. So a message leaves at least once.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import translation
from procrastinate.contrib.django import app

from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.adapters.messengers import Errand, NotTold, messenger_for
from livinglab.casework.adapters.plain import plain
from livinglab.casework.domain.contacts import Contact, Way
from livinglab.casework.domain.deliveries import DeliveryState, is_given_up, key_of, wait_after
from livinglab.casework.models import Case, Delivery, Message
from livinglab.casework.operations import asking
from livinglab.casework.operations.locking import lock_case
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization

_log = logging.getLogger(__name__)
#: the job that tells one message by one way
TASK: Final = "casework.tell"
QUEUE: Final = "messages"


class UnknownDelivery(Exception):
    """The organisation has no such message on its way."""


def contact_of(row: Case) -> Contact:
    """This function will return where the applicant of a case agreed to be told."""
    return Contact(row.email, row.phone, Way(row.by_phone) if row.by_phone else None, row.told_in)


def put_contact(row: Case, contact: Contact | None, *, at: datetime) -> None:
    """This function will write a contact into the fields of a case, without saving it; None takes it back."""
    found = contact or Contact(language=row.told_in or "id")
    row.email, row.phone, row.by_phone = found.email, found.phone, found.by_phone or ""
    row.told_in, row.consented_at = found.language, at if contact else None


def plan(row: Case, messages: Iterable[Message]) -> None:
    """This function will put new messages of a case on their way, by each way that its applicant agreed to."""
    found = [
        Delivery(
            organization_id=row.organization_id,
            case=row,
            message=message,
            way=way,
            tries_at=message.at,
            made_at=message.at,
        )
        for message in messages
        for way in contact_of(row).addresses
    ]
    Delivery.objects.bulk_create(found)
    for one in found:
        _plan_try(one)


def change_contact(
    *, organization: Organization, case_id: UUID, contact: Contact | None, by: UUID | None, at: datetime
) -> Case:
    """This function will keep another contact of an applicant, or none; the caller has checked that it is theirs.

    What still waits for a way that they took back leaves no more. Errors: `UnknownCase`.
    """
    with tenancy(organization.id):
        row = lock_case(organization.id, case_id)
        put_contact(row, contact, at=at)
        row.save(update_fields=["email", "phone", "by_phone", "told_in", "consented_at"])
        ways = sorted(contact_of(row).addresses)
        Delivery.objects.filter(case_id=row.id).exclude(state=DeliveryState.TOLD).exclude(
            way__in=ways
        ).delete()
        audit.record(
            organization_id=organization.id,
            by=by,
            at=at,
            action="casework.contact_changed",
            subject=row.number,
            facts={"ways": ways},
        )
    return row


def tell(*, organization_id: UUID, delivery_id: UUID, at: datetime) -> bool:
    """This function will try to tell a message by its way, and return whether it left now.

    What left already, was given up, was taken back, or is not due yet stays as it is.
    """
    errand = _begun(organization_id, delivery_id, at=at)
    if errand is None:
        return False
    try:
        messenger_for(errand.way).tell(errand)
    except NotTold as failed:
        _failed(organization_id, delivery_id, failed, at=at)
        return False
    _told(organization_id, delivery_id, at=at)
    return True


def try_again(*, organization: Organization, delivery_id: UUID, by: UUID, at: datetime) -> Delivery:
    """This function will put a message that was given up on its way again, from the first try.

    Errors: `UnknownDelivery`; `Refused` while it is on its way, and when it has left.
    """
    with tenancy(organization.id):
        row = Delivery.objects.select_for_update(of=("self",)).select_related("case").defer("case__state")
        one = row.filter(organization_id=organization.id, id=delivery_id).first()
        if one is None:
            raise UnknownDelivery(delivery_id)
        ensure(policies.may_try_again(DeliveryState(one.state)))
        one.state, one.obstacle, one.tries, one.tries_at = DeliveryState.WAITING, "", 0, at
        one.save(update_fields=["state", "obstacle", "tries", "tries_at"])
        _plan_try(one)
        audit.record(
            organization_id=organization.id,
            by=by,
            at=at,
            action="casework.message_tried_again",
            subject=one.case.number,
            facts={"ways": [one.way]},
        )
    return one


def _begun(organization_id: UUID, delivery_id: UUID, *, at: datetime) -> Errand | None:
    """Count a try and plan the next one, then return what is to be told; None where there is nothing to do."""
    with tenancy(organization_id):
        rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        one = (
            rows.select_related("case", "message")
            .defer("case__state")
            .filter(id=delivery_id, state=DeliveryState.WAITING, tries_at__lte=at)
            .first()
        )
        if one is None:
            return None
        way = Way(one.way)
        text = one.message.texts.get(one.case.told_in) or one.message.texts.get("id")
        address = contact_of(one.case).addresses.get(way)
        if address is None or text is None:
            one.delete()
            return None
        one.tries += 1
        one.tries_at = at + wait_after(one.tries)
        one.save(update_fields=["tries", "tries_at"])
        _plan_try(one)
        key = key_of(one.case_id, one.message.nth, way)
        with translation.override(one.case.told_in):
            asks = asking.invitation(one.case, at=one.message.at, nth=one.message.nth)
        parts = (plain(text["body"]), asks)
        return Errand(key, way, address, text["subject"], "\n\n".join(each for each in parts if each))


def _told(organization_id: UUID, delivery_id: UUID, *, at: datetime) -> None:
    with tenancy(organization_id):
        waiting = Delivery.objects.filter(id=delivery_id, state=DeliveryState.WAITING)
        waiting.update(state=DeliveryState.TOLD, obstacle="", told_at=at, tries_at=at)
        Message.objects.filter(deliveries__id=delivery_id, told_at__isnull=True).update(told_at=at)


def _failed(organization_id: UUID, delivery_id: UUID, failed: NotTold, *, at: datetime) -> None:
    with tenancy(organization_id):
        one = Delivery.objects.select_for_update().filter(id=delivery_id, state=DeliveryState.WAITING).first()
        if one is None:
            return  # taken back meanwhile
        one.obstacle = failed.obstacle
        if is_given_up(one.tries, failed.obstacle):
            one.state, one.tries_at = DeliveryState.FAILED, at
            _log.warning("a message is given up", extra={"delivery": str(one.id), "why": failed.obstacle})
        elif (asked := at + failed.wait) > one.tries_at:
            one.tries_at = asked
            _plan_try(one)
        one.save(update_fields=["state", "obstacle", "tries_at"])


def _plan_try(one: Delivery) -> None:
    """A job that comes too early or too late finds nothing to do, so one more never harms."""
    app.configure_task(TASK, queue=QUEUE, schedule_at=one.tries_at, allow_unknown=True).defer(
        organization_id=str(one.organization_id), delivery_id=str(one.id)
    )
