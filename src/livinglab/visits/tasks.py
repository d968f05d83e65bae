"""What time does to visits and commitments, looked at every night; and who is told. Each task may run twice."""

from procrastinate.contrib.django import app

from livinglab.kernel import clock
from livinglab.kernel.events import subscribe
from livinglab.organizations.queries import tell_waiting
from livinglab.visits.events import VisitRequested
from livinglab.visits.operations import commitments, letters, visits
from livinglab.visits.queries.waiting import requests_waiting

tell_waiting(requests_waiting)

#: after midnight in all three zones, before people begin
_NIGHTLY = "10 17 * * *"  # 00:10 WIB, in UTC
_LATER = "20 17 * * *"


@app.periodic(cron=_NIGHTLY)
@app.task(name="visits.close_late", queue="visits")
def close_late(timestamp: int) -> None:
    """This function will show visits without a commitment after their days as not followed up."""
    visits.close_late(at=clock.now())


@app.periodic(cron=_LATER)
@app.task(name="visits.end_commitments", queue="visits")
def end_commitments(timestamp: int) -> None:
    """This function will end commitments whose last day is over or that are kept."""
    commitments.end_over(at=clock.now())


@subscribe(VisitRequested, name="visits.tell_host")
def tell_host(event: VisitRequested) -> None:
    """This function will mail those who answer for the host of a request."""
    letters.tell_host(event.visit_id)
