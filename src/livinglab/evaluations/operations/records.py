"""The organisation's own record of a round: made at the first touch, locked for each write."""

from datetime import datetime

from livinglab.evaluations.models import Evaluation
from livinglab.evaluations.queries.places import Place


def lock_evaluation(place: Place, *, at: datetime) -> Evaluation:
    """This function will return the organisation's record, locked until the transaction ends; made if it is the first.

    Two writers of one organisation wait for each other here; other organisations are not held up.
    """
    own = Evaluation.objects.filter(organization_id=place.organization.id, id=place.participation.id)
    row = own.select_for_update().first()
    if row is None:
        Evaluation.objects.bulk_create(
            [Evaluation(id=place.participation.id, organization_id=place.organization.id, started_at=at)],
            ignore_conflicts=True,
        )
        row = own.select_for_update().get()
    return row
