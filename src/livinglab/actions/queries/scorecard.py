"""What each agency of a region promised, delivered and answered late. Call inside the region's transaction."""

from datetime import date
from uuid import UUID

from livinglab.actions.domain.scorecard import AgencyLine, Answered, Promise, scorecard
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action
from livinglab.evaluations.queries.due_answers import due_answers
from livinglab.kernel.clock import day_of
from livinglab.organizations.queries import agencies, closed_agencies


def scorecard_of(organization_id: UUID, *, day: date, zone: str = "WIB") -> tuple[AgencyLine, ...]:
    """This function will return a line for each agency, by name; that of nobody's actions has no name and is first.

    Actions of the plans in force, answers of all evaluations. Five queries.
    """
    names = {one.id: one.name for found in (agencies, closed_agencies) for one in found(organization_id)}
    rows = Action.objects.filter(organization_id=organization_id, plan__closed_at__isnull=True)
    promises = [
        Promise(
            agency=names.get(agency_id, "") if agency_id else "",
            state=ActionState(state),
            due_on=due_on,
            done_on=done_on,
        )
        for agency_id, state, due_on, done_on in rows.values_list("agency_id", "state", "due_on", "done_on")
    ]
    answers = [
        Answered(
            agency=names.get(one.agency_id, ""),
            due_on=one.due_on,
            handed_in_on=day_of(one.handed_in_at, zone) if one.handed_in_at else None,
        )
        for one in due_answers(organization_id)
    ]
    return scorecard(promises, answers, day=day)
