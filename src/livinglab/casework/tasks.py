"""What time does to cases. Each task may run twice."""

from contextlib import suppress
from typing import Final
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from livinglab.casework.events import CaseMoved
from livinglab.casework.operations import (
    attachments,
    billing,
    counting,
    escalating,
    farewells,
    forgetting,
    moving,
    outside,
    paying,
    rings,
    telling,
)
from livinglab.casework.operations.asking_later import ASK_TASK, QUEUE
from livinglab.kernel import clock
from livinglab.kernel.events import subscribe
from livinglab.kernel.looking import look_at_clock

#: what was begun must not end with a database that was away; what comes by the clock comes again anyway
_RETRIED: Final = RetryStrategy(max_attempts=8, exponential_wait=3)
#: after midnight in all three zones: 01:20 WIB, in UTC
_NIGHTLY: Final = "20 18 * * *"
#: hourly by day, in UTC (5:37 to 16:37 in the west): a machine that slept is late by an hour, not by a day
_BY_DAY: Final = "37 22-23,0-9 * * *"
_HOURLY: Final = "7 * * * *"
#: when those are through: 02:50 WIB
_BEFORE_DAWN: Final = "50 19 * * *"


@app.periodic(cron="* * * * *")
@app.task(name="casework.ring_due", queue="casework", queueing_lock="casework.ring_due")
def ring_due(timestamp: int) -> None:
    """This function will have the cases whose timers are due moved, each region's in a job of its own.

    A region whose job waits already needs no second one, and keeps no other region from its own. After the clock jumped
    nothing moves for an hour: it may be wrong, and what lapsed by it would stay so.
    """
    if not look_at_clock(at=clock.now()).may_move:
        return
    for organization_id in rings.regions_due(at=clock.now()):
        with suppress(AlreadyEnqueued), transaction.atomic():
            ring_region.configure(queueing_lock=f"casework.ring.{organization_id}").defer(
                organization_id=str(organization_id)
            )


@app.task(name="casework.ring_region", queue="casework")
def ring_region(organization_id: str) -> None:
    """This function will move the cases of one region whose timers are due; a job that waited over a jump does not."""
    if not look_at_clock(at=clock.now()).may_move:
        return
    rings.ring_region(organization_id=UUID(organization_id), at=clock.now())


@app.periodic(cron=_NIGHTLY)
@app.task(name="casework.forget_due", queue="casework", queueing_lock="casework.forget_due")
def forget_due(timestamp: int) -> None:
    """This function will have the data deleted whose last day is over, each region's in a job of its own.

    Not on the day after the clock jumped; the next night does it.
    """
    if not look_at_clock(at=clock.now()).may_delete:
        return
    for organization_id in counting.with_services():
        with suppress(AlreadyEnqueued), transaction.atomic():
            forget_region.configure(queueing_lock=f"casework.forget.{organization_id}").defer(
                organization_id=str(organization_id)
            )


@app.periodic(cron=_BY_DAY)
@app.task(name="casework.escalate_due", queue="casework", queueing_lock="casework.escalate_due")
def escalate_due(timestamp: int) -> None:
    """This function will have superiors told what is late, each region's in a job of its own; not after a jump."""
    if not look_at_clock(at=clock.now()).may_move:
        return
    for organization_id in counting.with_services():
        with suppress(AlreadyEnqueued), transaction.atomic():
            name = f"casework.escalate.{organization_id}"
            escalate_region.configure(queueing_lock=name, lock=name).defer(
                organization_id=str(organization_id)
            )


@app.task(name="casework.escalate_region", queue="casework", retry=_RETRIED)
def escalate_region(organization_id: str) -> None:
    """This function will mark what is late in one region, then mail its superiors."""
    if not look_at_clock(at=clock.now()).may_move:
        return
    escalating.escalate(organization_id=UUID(organization_id), at=clock.now())
    escalating.mail(organization_id=UUID(organization_id), at=clock.now())


@app.task(name=attachments.TASK, queue="casework", retry=_RETRIED)
def forget_file(organization_id: str, sha256: str) -> None:
    """This function will delete a stored file once no answer names it."""
    attachments.forget(organization_id=UUID(organization_id), sha256=sha256)


@app.periodic(cron=_BEFORE_DAWN)
@app.task(
    name="casework.forget_leftovers",
    queue="casework",
    queueing_lock="casework.forget_leftovers",
    retry=_RETRIED,
)
def forget_leftovers(timestamp: int) -> None:
    """This function will delete stored files that no answer names since more than a day; not after a jump."""
    if not look_at_clock(at=clock.now()).may_delete:
        return
    attachments.forget_leftovers(at=clock.now())


@app.task(name="casework.forget_region", queue="casework", retry=_RETRIED)
def forget_region(organization_id: str) -> None:
    """This function will delete what one region keeps no longer; a job that waited over a jump does not."""
    if not look_at_clock(at=clock.now()).may_delete:
        return
    forgetting.forget_due(organization_id=UUID(organization_id), at=clock.now())


@app.task(name=moving.TASK, queue="casework", retry=_RETRIED)
def move_cases(organization_id: str, before_id: str, after_id: str, by: str) -> None:
    """This function will move the open cases of a version to another one, each that fits."""
    moving.move_open(
        organization_id=UUID(organization_id),
        before_id=UUID(before_id),
        after_id=UUID(after_id),
        by=UUID(by),
        at=clock.now(),
    )


@app.task(name=telling.TASK, queue=telling.QUEUE, retry=_RETRIED)
def tell(organization_id: str, delivery_id: str) -> None:
    """This function will try to tell one message by one way."""
    telling.tell(organization_id=UUID(organization_id), delivery_id=UUID(delivery_id), at=clock.now())


@app.task(name=farewells.TASK, queue=telling.QUEUE, retry=_RETRIED)
def say_farewell(organization_id: str, farewell_id: str) -> None:
    """This function will try to tell somebody by one way that their data was deleted, as they asked."""
    farewells.tell(organization_id=UUID(organization_id), farewell_id=UUID(farewell_id), at=clock.now())


@app.periodic(cron=_HOURLY)
@app.task(name="casework.pick_up_farewells", queue=telling.QUEUE, queueing_lock="casework.pick_up_farewells")
def pick_up_farewells(timestamp: int) -> None:
    """This function will let go of addresses that were kept for a last message long enough, region by region."""
    for organization_id in counting.with_services():
        farewells.pick_up(organization_id=organization_id, at=clock.now())


@app.task(name=ASK_TASK, queue=QUEUE, retry=_RETRIED)
def ask_outside(organization_id: str, call_id: str) -> None:
    """This function will ask a system outside once for a case."""
    outside.ask(organization_id=UUID(organization_id), call_id=UUID(call_id), at=clock.now())


@app.task(name=billing.GO_ON_TASK, queue=QUEUE, retry=_RETRIED)
def go_on(organization_id: str, bill_id: str) -> None:
    """This function will let a case go on by what was paid."""
    paying.go_on(organization_id=UUID(organization_id), bill_id=UUID(bill_id), at=clock.now())


@subscribe(CaseMoved, name="casework.count_case")
def count_case(event: CaseMoved) -> None:
    """This function will bring the figures of a service up to what the case says now."""
    if event.organization_id is not None:
        counting.count_case(organization_id=event.organization_id, case_id=event.case_id)
