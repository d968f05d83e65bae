"""What waits for an office: by deadline, in the lanes where somebody has a seat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from livinglab.casework.models import Case, Reopening, Seat, Task
from livinglab.casework.queries.seats import tasks_under

#: what an inbox shows at once
ON_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits under somebody's seats; `mine` is assigned to them."""

    waiting: int
    late: int
    mine: int


def inbox(
    organization_id: UUID, seats: Iterable[Seat], *, late_at: datetime | None = None, mine: UUID | None = None
) -> "QuerySet[Task]":
    """This function will return the tasks under these seats, the soonest due first, with their case and its version.

    `late_at` keeps those that were due by then and whose applicant is not asked; `mine` those assigned to somebody.
    """
    rows = Task.objects.select_related("case__version").defer("case__state", "case__version__content")
    rows = rows.filter(tasks_under(seats), organization_id=organization_id)
    rows = rows.annotate(is_opened_again=Exists(Reopening.objects.filter(case_id=OuterRef("case_id"))))
    if late_at is not None:
        rows = rows.filter(due__lt=late_at, case__asked_at__isnull=True)
    if mine is not None:
        rows = rows.filter(assignee=mine)
    return rows.order_by("due", "id")


def counts(organization_id: UUID, seats: Iterable[Seat], *, user_id: UUID, at: datetime) -> Counts:
    """This function will return how much waits under these seats. One query."""
    rows = Task.objects.filter(tasks_under(seats), organization_id=organization_id)
    found = rows.aggregate(
        waiting=Count("id"),
        late=Count("id", filter=Q(due__lt=at, case__asked_at__isnull=True)),
        mine=Count("id", filter=Q(assignee=user_id)),
    )
    return Counts(**found)


def helped(organization_id: UUID, user_id: UUID) -> "QuerySet[Case]":
    """This function will return the applications that somebody typed in for citizens, the newest first."""
    rows = Case.objects.filter(organization_id=organization_id, helped_by=user_id)
    return rows.select_related("version").defer("state", "version__content").order_by("-started_at", "-id")


def find_task(organization_id: UUID, task_id: UUID) -> Task | None:
    """This function will return something that waits, with its case; None when it does not wait any more."""
    rows = Task.objects.select_related("case__version", "service").defer("case__version__content")
    return rows.filter(organization_id=organization_id, id=task_id).first()
