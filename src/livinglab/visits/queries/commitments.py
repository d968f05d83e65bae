"""Commitments, and how each of their promises stands: by the figures of the actions and adoptions that keep them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from livinglab.actions.queries.figures import ActionFigure, ActionState, figures
from livinglab.adoptions.queries.helping import Helping, helping
from livinglab.visits.domain.keeping import DONE, Keeping, keeping
from livinglab.visits.domain.kinds import CommitmentState
from livinglab.visits.models import Commitment, CommitmentStep, Rating

__all__ = [
    "Keeping",
    "Standing",
    "commitments",
    "commitments_alone",
    "ended_early",
    "find_commitment",
    "missed",
    "standings",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """One promise, how it stands, and whether an action of the region stands for it.

    `adoptions` are the packages that the region took over since it signed, of those that help the indicator.
    """

    step: CommitmentStep
    keeping: Keeping
    has_action: bool
    done_on: date | None
    adoptions: tuple[Helping, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether the step is done, in time or late."""
        return self.keeping in (Keeping.KEPT, Keeping.KEPT_LATE)


def commitments() -> "QuerySet[Commitment]":
    """This function will return all commitments with their parties and steps. Two queries."""
    steps = CommitmentStep.objects.order_by("due_on", "id")
    found = Commitment.objects.select_related("organization", "visit__host")
    return found.prefetch_related(Prefetch("steps", queryset=steps))


def commitments_alone(organization_id: UUID) -> "QuerySet[Commitment]":
    """This function will return an organisation's commitments without a visit, the newest first. Two queries."""
    found = commitments().filter(organization_id=organization_id, visit__isnull=True)
    return found.order_by("-signed_on", "-id")


def find_commitment(commitment_id: UUID) -> Commitment | None:
    """This function will return a commitment with its steps and ratings, None when there is none. Three queries."""
    ratings = Rating.objects.select_related("rater").order_by("rated_at")
    found = commitments().prefetch_related(Prefetch("ratings", queryset=ratings))
    return found.filter(id=commitment_id).first()


def standings(found: Iterable[Commitment], *, today: date) -> Mapping[UUID, tuple[Standing, ...]]:
    """This function will return how the promises of commitments stand; their steps are read already.

    By the action tied to it; where that is not done, by any other of the region that was confirmed since the day of
    signing, for the same indicator at the promised level or above. A package taken over since then that helps the
    indicator is work begun, no step done. `models.CommitmentFigure` counts the same. What a guest that is not on the
    platform does is not seen. Two queries.
    """
    listed = list(found)
    helped = helping({one.organization_id for one in listed if one.organization_id is not None})
    tied: dict[tuple[object, ...], ActionFigure] = {}
    done: dict[tuple[object, ...], list[ActionFigure]] = {}
    for row in _figures_for(listed):
        tied[row.commitment_id, row.instrument, row.indicator, row.to_level] = row
        if row.state == ActionState.CONFIRMED:
            done.setdefault((row.organization_id, row.instrument, row.indicator), []).append(row)

    def standing(one: Commitment, step: CommitmentStep) -> Standing:
        if one.organization_id is None:
            return Standing(step, Keeping.UNSEEN, has_action=False, done_on=None)
        row = tied.get((one.id, step.instrument, step.indicator, step.to_level))
        if row is None or row.state not in DONE:
            own = done.get((one.organization_id, step.instrument, step.indicator), ())
            row = next((each for each in own if _fits(each, one, step)), row)
        done_on = (row.done_on or row.confirmed_on) if row else None
        taken = tuple(
            each
            for each in helped.get((one.organization_id, step.instrument, step.indicator), ())
            if each.started_on >= one.signed_on
        )
        state = row.state if row else None
        how = keeping(due_on=step.due_on, state=state, done_on=done_on, today=today, is_adopted=bool(taken))
        return Standing(step, how, row is not None, done_on, taken)

    return {one.id: tuple(standing(one, step) for step in one.steps.all()) for one in listed}


def _figures_for(listed: list[Commitment]) -> "QuerySet[ActionFigure]":
    """The actions tied to commitments, and those confirmed to their regions for the same indicators, by day."""
    steps = [step for one in listed for step in one.steps.all()]
    own = Q(
        organization_id__in={one.organization_id for one in listed if one.organization_id is not None},
        state=ActionState.CONFIRMED,
        indicator__in={step.indicator for step in steps},
    )
    found = figures().filter(Q(commitment_id__in=[one.id for one in listed]) | own)
    return found.order_by("done_on", "confirmed_on", "id")


def _fits(row: ActionFigure, one: Commitment, step: CommitmentStep) -> bool:
    since = row.confirmed_on or row.done_on
    return row.to_level >= step.to_level and since is not None and since >= one.signed_on


def missed(*, today: date) -> list[tuple[Commitment, tuple[Standing, ...]]]:
    """This function will return the commitments that missed a step, with what they missed, the oldest miss first.

    Withdrawn ones are none. Four queries.
    """
    late = CommitmentStep.objects.filter(due_on__lt=today).values("commitment_id")
    found = list(commitments().filter(id__in=late).exclude(state=CommitmentState.WITHDRAWN))
    standing = standings(found, today=today)
    rows = [
        (one, tuple(each for each in standing[one.id] if each.keeping is Keeping.MISSED)) for one in found
    ]
    return sorted((row for row in rows if row[1]), key=lambda row: (row[1][0].step.due_on, row[0].id))


def ended_early(found: Iterable[Commitment], *, today: date) -> list[UUID]:
    """This function will return which commitments have kept every promise before their last day. Two queries."""
    return [
        commitment_id
        for commitment_id, each in standings(found, today=today).items()
        if each and all(one.is_kept for one in each)
    ]
