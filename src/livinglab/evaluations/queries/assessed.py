"""Which evidence an internal assessor assesses. Call this inside the organisation's transaction."""

from collections.abc import Sequence
from uuid import UUID

from livinglab.evaluations.domain.actors import Actor
from livinglab.evaluations.domain.answers import Duty
from livinglab.evaluations.models import Answer, EvidenceUse
from livinglab.organizations.queries import posts


def assessed_of(organization_id: UUID, user_id: UUID, ids: Sequence[UUID]) -> set[UUID]:
    """This function will return those of the pieces (by id) that a member assesses as an internal assessor.

    A decree on the team is on file in an evaluation (PermenPANRB 59/2020, annex chapter III), and the piece is shown
    there under an answer that the member may accept: neither of the own agency nor given to the member. One query
    for who is no internal assessor, else three.
    """
    here = [post for post in posts(user_id) if post.organization_id == organization_id]
    actor = Actor(
        user_id=user_id,
        roles=frozenset(post.role.value for post in here),
        agency_ids=frozenset(post.agency_id for post in here if post.agency_id is not None),
    )
    if Duty.INTERNAL_ASSESSOR not in actor.duties(agency_id=None, assignee_id=None):
        return set()
    uses = EvidenceUse.objects.filter(
        organization_id=organization_id, piece_id__in=ids, evaluation__decree_date__isnull=False
    )
    shown = list(uses.values_list("evaluation_id", "indicator", "piece_id"))
    answers = Answer.objects.filter(
        organization_id=organization_id,
        evaluation_id__in={evaluation_id for evaluation_id, _indicator, _piece_id in shown},
    )
    given = {
        (evaluation_id, indicator): (agency_id, assignee_id)
        for evaluation_id, indicator, agency_id, assignee_id in answers.values_list(
            "evaluation_id", "indicator", "agency_id", "assignee_id"
        )
    }
    found = set()
    for evaluation_id, indicator, piece_id in shown:
        agency_id, assignee_id = given.get((evaluation_id, indicator), (None, None))
        if Duty.INTERNAL_ASSESSOR in actor.duties(agency_id=agency_id, assignee_id=assignee_id):
            found.add(piece_id)
    return found
