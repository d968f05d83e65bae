"""What the context does by the clock, and when something happened elsewhere."""

from uuid import UUID

from procrastinate.contrib.django import app

from livinglab.actions.operations import moves, reminders
from livinglab.actions.queries.costs import costs_of_steps
from livinglab.actions.queries.evidence_uses import actions_naming
from livinglab.evaluations.events import EvaluationMoved
from livinglab.evaluations.queries.levels import decided_levels
from livinglab.evidence.queries import tell_uses
from livinglab.kernel import clock
from livinglab.kernel.events import subscribe
from livinglab.planning.queries.costs import tell_costs

tell_uses(actions_naming)
tell_costs(costs_of_steps)

#: the step of an evaluation after which its levels stand
_DECIDED = "decide"


@subscribe(EvaluationMoved, name="actions.confirm_reached")
def confirm_reached(event: EvaluationMoved) -> None:
    """This function will confirm the actions whose level the decision on an evaluation found."""
    if event.step != _DECIDED or event.organization_id is None:
        return
    decided = decided_levels(event.organization_id, event.evaluation_id)
    if decided is not None:
        moves.confirm(
            organization_id=event.organization_id,
            instrument=decided.instrument.code,
            levels=decided.levels,
            decided_on=decided.decided_on,
            at=clock.now(),
        )


#: hourly by day, in UTC (5:07 to 16:07 in the west): a machine that slept is late by an hour, not by a day
@app.periodic(cron="7 22-23,0-9 * * *")
@app.task(name="actions.remind_everybody", queue="events")
def remind_everybody(timestamp: int) -> None:
    """This function will have every region with unfinished actions reminded, each in a job of its own."""
    for organization_id in reminders.regions_at_work():
        remind_region.defer(organization_id=str(organization_id))


@app.task(name="actions.remind_region", queue="events")
def remind_region(organization_id: str) -> None:
    """This function will note what is due in one region, then mail those who were not mailed yet."""
    reminders.remind(organization_id=UUID(organization_id), at=clock.now())
    reminders.mail(organization_id=UUID(organization_id), at=clock.now())
