"""Whose data is kept no longer, and who asks to have theirs deleted before."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from livinglab.casework.domain.forgetting import last_end
from livinglab.casework.models import Case, Draft, Erasure, ServiceVersion
from livinglab.casework.queries.running import package_of
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.calendars import days_of


def due_cases(
    organization: Organization, *, at: datetime, limit: int | None, is_locked: bool = False
) -> list[UUID]:
    """This function will return ended cases whose last day is over, inside the organisation's transaction.

    Every version says for how many months its cases are kept. One query for the versions, and one for each of them
    until the limit is reached.
    """
    days = days_of(organization.zone)
    today = days.local(at).date()
    found: list[UUID] = []
    versions = ServiceVersion.objects.defer("content", "parameters").filter(organization_id=organization.id)
    for version in versions.order_by("id"):
        before = days.end_of(last_end(today, package_of(version).manifest.data.keep_months))
        rows = Case.objects.filter(
            organization_id=organization.id,
            version_id=version.id,
            forgotten_at__isnull=True,
            ended_at__isnull=False,
            ended_at__lt=before,
        ).order_by("ended_at", "id")
        if is_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = rows.values_list("id", flat=True)
        found += ids if limit is None else ids[: limit - len(found)]
        if limit is not None and len(found) >= limit:
            break
    return found


def due_drafts(organization_id: UUID, *, at: datetime) -> "QuerySet[Draft]":
    """This function will return the forms that nobody went on with. What became a case goes with that."""
    return Draft.objects.filter(
        organization_id=organization_id, case_id__isnull=True, ends_at__lte=at
    ).order_by("ends_at", "id")


def to_decide(organization_id: UUID) -> "QuerySet[Erasure]":
    """This function will return who asks to have their data deleted, the soonest due first, with case and version."""
    rows = Erasure.objects.filter(organization_id=organization_id, decided_at__isnull=True)
    return (
        rows.select_related("case__version")
        .defer("case__state", "case__version__content")
        .order_by("due_at", "id")
    )


def erasures_of(case: Case) -> tuple[Erasure, ...]:
    """This function will return when the applicant of a case asked for deletion, the newest first. One query."""
    rows = Erasure.objects.filter(organization_id=case.organization_id, case_id=case.id)
    return tuple(rows.order_by("-asked_at", "-id"))


def newest_erasure(case: Case) -> Erasure | None:
    """This function will return what the applicant of a case asked last, None where they never asked. One query."""
    return next(iter(erasures_of(case)), None)
