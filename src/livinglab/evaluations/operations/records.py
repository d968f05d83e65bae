"""The organisation's own rows of a round: made at the first touch, locked for each write."""

from datetime import datetime

from livinglab.evaluations.models import Answer, Evaluation
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


def lock_answer(evaluation: Evaluation, indicator: str) -> Answer:
    """This function will return the answer's row, made if nobody touched it yet.

    The evaluation's row is locked, so no two are made.
    """
    rows = Answer.objects.filter(organization_id=evaluation.organization_id, evaluation_id=evaluation.id)
    row = rows.filter(indicator=indicator).first()
    return row or Answer.objects.create(
        organization_id=evaluation.organization_id, evaluation_id=evaluation.id, indicator=indicator
    )
