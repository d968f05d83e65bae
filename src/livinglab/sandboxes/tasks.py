"""What time does to sandboxes. The task may run twice."""

from procrastinate.contrib.django import app

from livinglab.kernel import clock
from livinglab.sandboxes import operations


@app.periodic(cron="25 * * * *")
@app.task(name="sandboxes.delete_ended", queue="sandboxes")
def delete_ended(timestamp: int) -> None:
    """This function will delete the sandboxes whose day is over."""
    operations.delete_ended(at=clock.now())
