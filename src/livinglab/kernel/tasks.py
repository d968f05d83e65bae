"""Jobs of the kernel: the delivery of events."""

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from livinglab.kernel import events


@app.task(
    name="kernel.deliver_event",
    queue="events",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def deliver_event(subscription: str, payload: dict[str, Any]) -> None:
    """This function will hand an event to one of its subscribers; a failure is retried with growing waits."""
    events.handle(subscription, payload)


def _enqueue(subscription: str, payload: dict[str, Any]) -> None:
    deliver_event.defer(subscription=subscription, payload=payload)


events.deliver_with(_enqueue)
