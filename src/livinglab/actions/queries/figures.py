"""How far actions are, of all regions, for ministries and provinces and for study visits: shared rows only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import ActionFigure

__all__ = ["ActionFigure", "ActionState", "Counts", "counts_by_commitment", "figures", "figures_of"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions keep a commitment, and how far they are; each number counts among `actions`.

    `begun` holds those that are under way, held up, done or confirmed; `done` those that the region calls done, and the
    confirmed; `with_evidence` those that name at least one piece.
    """

    actions: int = 0
    begun: int = 0
    done: int = 0
    with_evidence: int = 0
    confirmed: int = 0
    dropped: int = 0


def figures() -> "QuerySet[ActionFigure]":
    """This function will return the figures of all actions of all regions, to be narrowed by the caller."""
    return ActionFigure.objects.all()


def figures_of(organization_id: UUID) -> "QuerySet[ActionFigure]":
    """This function will return the figures of one region's actions, by due day."""
    return figures().filter(organization_id=organization_id).order_by("due_on", "id")


def counts_by_commitment(commitment_ids: Iterable[UUID]) -> Mapping[UUID, Counts]:
    """This function will return how far each commitment is; one without any action is not in it. One query."""
    state = ActionState
    begun = Q(state__in=[state.STARTED, state.BLOCKED, state.DONE, state.CONFIRMED])
    rows = (
        figures()
        .filter(commitment_id__in=list(commitment_ids))
        .values("commitment_id")
        .annotate(
            actions=Count("id"),
            begun=Count("id", filter=begun),
            done=Count("id", filter=Q(state__in=[state.DONE, state.CONFIRMED])),
            with_evidence=Count("id", filter=Q(evidence__gt=0)),
            confirmed=Count("id", filter=Q(state=state.CONFIRMED)),
            dropped=Count("id", filter=Q(state=state.DROPPED)),
        )
        .values_list("commitment_id", "actions", "begun", "done", "with_evidence", "confirmed", "dropped")
    )
    return {commitment_id: Counts(*numbers) for commitment_id, *numbers in rows if commitment_id is not None}
