"""Who answers what: the coordinator gives indicators to agencies and people, with a day."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.events import IndicatorAssigned
from livinglab.evaluations.models import Answer
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.operations.records import lock_answer, lock_evaluation
from livinglab.evaluations.queries.places import Place
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import queries as organizations


def assign(
    *,
    place: Place,
    indicators: Collection[str],
    agency_id: UUID | None,
    assignee_id: UUID | None,
    due_on: date | None,
    at: datetime,
) -> int:
    """This function will give indicators to an agency, a person, or both, and return how many changed.

    Errors: `Refused` by the policy, for an agency the organisation does not have, for a person who is no member, and
    for an answer that an internal assessor of just this agency has accepted.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_assign(place.actor, state=State(evaluation.state)))
        _ensure_here(place, agency_id, assignee_id)
        earlier: dict[str, dict[str, str]] = {}
        for indicator in indicators:
            answer = lock_answer(evaluation, indicator)
            before = (answer.agency_id, answer.assignee_id, answer.due_on)
            if before == (agency_id, assignee_id, due_on):
                continue
            answer.agency_id, answer.assignee_id, answer.due_on = agency_id, assignee_id, due_on
            _store(answer)
            earlier[indicator] = _assignment_facts(*before)
            publish(
                IndicatorAssigned(
                    organization_id=place.organization.id,
                    evaluation_id=evaluation.id,
                    indicator=indicator,
                    agency_id=agency_id,
                    assignee_id=assignee_id,
                    due_on=due_on,
                    at=at,
                )
            )
        if earlier:
            audit.record(
                organization_id=place.organization.id,
                by=place.actor.user_id,
                at=at,
                action="evaluations.indicators_assigned",
                subject=str(evaluation.id),
                facts={
                    "year": place.participation.year,
                    "indicators": sorted(indicators),
                    **_assignment_facts(agency_id, assignee_id, due_on),
                    "before": earlier,
                },
            )
            project(evaluation=evaluation, instrument=place.instrument, year=place.participation.year, at=at)
    return len(earlier)


def _store(answer: Answer) -> None:
    """Errors: `Refused` where the database finds that its accepted answer would be the accepter's own."""
    try:
        with transaction.atomic():
            answer.save(update_fields=["agency_id", "assignee_id", "due_on"])
    except IntegrityError as error:
        if "own agency" not in str(error):
            raise
        words = _(
            "The answer to indicator %(number)s was accepted by an internal assessor who is this person or of this "
            "agency. Have it returned first, or choose somebody else."
        )
        raise Refused(Refusal("own_agency", words % {"number": answer.indicator})) from error


def _assignment_facts(
    agency_id: UUID | None, assignee_id: UUID | None, due_on: date | None
) -> dict[str, str]:
    return {
        "agency": str(agency_id or ""),
        "user": str(assignee_id or ""),
        "due": due_on.isoformat() if due_on else "",
    }


def _ensure_here(place: Place, agency_id: UUID | None, assignee_id: UUID | None) -> None:
    here = place.organization.id
    if agency_id is not None and not organizations.agencies(here).filter(id=agency_id).exists():
        raise Refused(Refusal("agency_unknown", _("This organisation has no such agency.")))
    if assignee_id is not None and not organizations.roles_held(assignee_id, here):
        raise Refused(Refusal("person_unknown", _("This person is not a member of this organisation.")))
