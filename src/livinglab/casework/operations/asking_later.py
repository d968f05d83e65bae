"""The job that puts one question to a system outside."""

from typing import Final

from procrastinate.contrib.django import app

from livinglab.casework.models import OutsideCall

#: asks a system outside once
ASK_TASK: Final = "casework.ask_outside"
QUEUE: Final = "outside"


def ask_later(call: OutsideCall) -> None:
    """This function will plan the next try; a job that comes too early or too late finds nothing to do."""
    app.configure_task(ASK_TASK, queue=QUEUE, schedule_at=call.tries_at, allow_unknown=True).defer(
        organization_id=str(call.organization_id), call_id=str(call.id)
    )
