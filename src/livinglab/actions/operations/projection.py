"""Keeps the shared `ActionFigure` equal to what the region's own actions say."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from livinglab.actions.models import Action, ActionFigure, ActionPlan

_FOLLOWS = (
    "commitment_id",
    "state",
    "starts_on",
    "due_on",
    "done_on",
    "confirmed_on",
    "evidence",
    "is_synthetic",
    "changed_at",
)


def project(plan: ActionPlan, actions: Sequence[Action], *, at: datetime) -> None:
    """This function will bring the figures of actions of one plan up to date, in the transaction of the write.

    One statement, however many actions there are.
    """
    rows = [
        ActionFigure(
            id=action.id,
            organization_id=action.organization_id,
            plan_id=plan.id,
            commitment_id=action.commitment_id,
            instrument=plan.instrument,
            indicator=action.indicator,
            to_level=action.to_level,
            state=action.state,
            starts_on=action.starts_on,
            due_on=action.due_on,
            done_on=action.done_on,
            confirmed_on=action.confirmed_on,
            evidence=len(action.evidence_pieces),
            is_synthetic=plan.is_synthetic,
            changed_at=at,
        )
        for action in actions
    ]
    ActionFigure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=list(_FOLLOWS)
    )


def forget(organization_id: UUID, action_ids: Sequence[UUID]) -> None:
    """This function will take the figures of actions away that go on in a newer plan, so that none counts twice."""
    ActionFigure.objects.filter(organization_id=organization_id, id__in=list(action_ids)).delete()
