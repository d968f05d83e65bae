"""Somebody's own cases, across regions, and the forms that they are filling in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from livinglab.casework.domain.states import Channel
from livinglab.casework.models import Draft, OwnCase
from livinglab.casework.queries.running import package_of
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.domain.words import Words

#: forms under way that a page lists of a region, and regions that are looked into
MOST_DRAFTS: Final = 20
MOST_REGIONS: Final = 5


def own_cases(applicant: UUID) -> "QuerySet[OwnCase]":
    """This function will return what somebody applied for while signed in, the newest first, with its region."""
    rows = OwnCase.objects.select_related("organization").filter(applicant=applicant)
    return rows.order_by("-started_at", "-id")


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A form that is being filled in: for which service, when it was saved last and when it will be deleted."""

    organization_id: UUID
    id: UUID
    name: Words
    saved_at: datetime
    ends_at: datetime


def own_drafts(organization_id: UUID, applicant: UUID, *, at: datetime) -> tuple[UnderWay, ...]:
    """This function will return the forms that somebody, signed in, is filling in for a region. One query.

    The one that was gone on with last comes first. Call it inside the organisation's transaction.
    """
    return _said(_under_way(organization_id, at=at).filter(applicant=applicant))


def drafts_within(organization_ids: Iterable[UUID], applicant: UUID, *, at: datetime) -> tuple[UnderWay, ...]:
    """This function will return the forms that somebody is filling in for some regions, at most `MOST_REGIONS`.

    Forms are rows of their region, behind its row-level security: one transaction for each.
    """
    found: list[UnderWay] = []
    for organization_id in list(dict.fromkeys(organization_ids))[:MOST_REGIONS]:
        with tenancy(organization_id):
            found += own_drafts(organization_id, applicant, at=at)
    return tuple(found)


def helped_drafts(organization_id: UUID, helper: UUID, *, at: datetime) -> tuple[UnderWay, ...]:
    """This function will return the forms that an officer is filling in with citizens. One query."""
    rows = _under_way(organization_id, at=at).filter(helped_by=helper, channel=Channel.COUNTER)
    return _said(rows)


def _under_way(organization_id: UUID, *, at: datetime) -> "QuerySet[Draft]":
    rows = Draft.objects.filter(organization_id=organization_id, case_id__isnull=True, ends_at__gt=at)
    return rows.select_related("version").defer("answers", "version__content").order_by("-saved_at", "-id")


def _said(rows: "QuerySet[Draft]") -> tuple[UnderWay, ...]:
    return tuple(
        UnderWay(
            one.organization_id, one.id, package_of(one.version).manifest.name, one.saved_at, one.ends_at
        )
        for one in rows[:MOST_DRAFTS]
    )
