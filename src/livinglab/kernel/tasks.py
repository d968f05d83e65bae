"""Jobs of the kernel: the delivery of events, and jobs that a worker left behind."""

import logging
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from livinglab.kernel import events, stalled

_log = logging.getLogger(__name__)


@app.task(
    name="kernel.deliver_event",
    queue="events",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def deliver_event(subscription: str, payload: dict[str, Any]) -> None:
    """This function will hand an event to one of its subscribers; a failure is retried with growing waits."""
    events.handle(subscription, payload)


@app.periodic(cron="* * * * *")
@app.task(name="kernel.retry_stalled", queue="kernel", queueing_lock="kernel.retry_stalled")
def retry_stalled(timestamp: int) -> None:
    """This function will have jobs done again whose worker was killed or lost the database meanwhile."""
    if found := stalled.retry_stalled():
        _log.warning("jobs were left behind and are done again", extra={"jobs": found})


def _enqueue(subscription: str, payload: dict[str, Any]) -> None:
    deliver_event.defer(subscription=subscription, payload=payload)


events.deliver_with(_enqueue)
