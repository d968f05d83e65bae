"""Cohorts and who belongs to them, for their own pages and for anyone else."""

from dataclasses import dataclass
from datetime import date

from livinglab.visits.domain.kinds import MemberStatus
from livinglab.visits.models import Cohort, CohortMember

__all__ = ["Cohort", "Member", "MemberStatus", "cohorts", "find_cohort", "members_of"]


@dataclass(frozen=True, slots=True)
class Member:
    """A region in a cohort: who says so, why, and how sure it is."""

    code: str
    name: str
    status: MemberStatus
    reason: str
    source: str


def cohorts() -> list[Cohort]:
    """This function will return all cohorts, those that began first before others, those without a day last."""
    return sorted(Cohort.objects.all(), key=lambda one: (one.starts_on or date.max, one.code))


def find_cohort(code: str) -> Cohort | None:
    """This function will return the cohort with this code."""
    return Cohort.objects.filter(code=code).first() if "\x00" not in code else None


def members_of(cohort: Cohort) -> list[Member]:
    """This function will return the members of a cohort by code, the disputed ones too. One query."""
    rows = CohortMember.objects.filter(cohort=cohort).select_related("organization")
    return [
        Member(row.organization.code, row.organization.name, MemberStatus(row.status), row.reason, row.source)
        for row in rows.order_by("organization__code")
    ]
