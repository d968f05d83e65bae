"""What time does to surveys. Each task may run twice."""

from procrastinate.contrib.django import app

from livinglab.kernel import clock
from livinglab.kernel.looking import look_at_clock
from livinglab.surveys import operations

#: after midnight in all three zones
_NIGHTLY = "40 17 * * *"  # 00:40 WIB, in UTC


@app.periodic(cron=_NIGHTLY)
@app.task(name="surveys.forget_comments", queue="surveys")
def forget_comments(timestamp: int) -> None:
    """This function will delete the comments whose last day is over.

    Not on the day after the clock jumped: it may be wrong, and what it deletes is gone. The next night does it.
    """
    if not look_at_clock(at=clock.now()).may_delete:
        return
    operations.forget_comments(today=clock.today(), at=clock.now())
