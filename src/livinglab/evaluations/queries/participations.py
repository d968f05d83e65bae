"""Rounds and who takes part: shared rows, read by the public, the ministry and the region alike."""

from uuid import UUID

from django.db.models import QuerySet

from livinglab.evaluations.domain.process import State
from livinglab.evaluations.models import Assignment, Participation, Round


def rounds() -> "QuerySet[Round]":
    """This function will return all rounds with who opened them, newest first."""
    return Round.objects.select_related("opened_by")


def get_round(round_id: UUID) -> Round | None:
    """This function will return the round with this id, None when there is none."""
    return rounds().filter(id=round_id).first()


def participations() -> "QuerySet[Participation]":
    """This function will return who takes part in which round, to be narrowed by the caller."""
    return Participation.objects.select_related("round", "organization")


def participations_of(organization_id: UUID) -> list[Participation]:
    """This function will return an organisation's participations, newest year first. One query."""
    return list(participations().filter(organization_id=organization_id).order_by("-year"))


def participations_at(code: str) -> list[Participation]:
    """This function will return the participations of the organisation with this code, newest year first. One query.

    Each holds the organisation with its province: a page needs no second query for it.
    """
    if "\x00" in code:  # PostgreSQL takes no NUL, not even to look for it
        return []
    found = participations().select_related("organization__province")
    return list(found.filter(organization__code=code).order_by("-year"))


def find_participation(organization_id: UUID, year: int) -> Participation | None:
    """This function will return an organisation's participation in a year, None when it takes no part. One query."""
    return participations().filter(organization_id=organization_id, year=year).first()


def published_of(organization_id: UUID) -> list[Participation]:
    """This function will return an organisation's years of which everybody may see the levels, newest first.

    One query.
    """
    rows = participations().filter(organization_id=organization_id).exclude(published_levels={})
    return list(rows.order_by("-year"))


def decided_levels() -> "QuerySet[Participation]":
    """This function will return every decided participation whose levels everybody may see, by region and year."""
    rows = participations().filter(state=State.DECIDED).exclude(published_levels={})
    return rows.order_by("organization__code", "year")


def assignments_of(user_id: UUID) -> "QuerySet[Assignment]":
    """This function will return what an external assessor is assigned to now, with region and round."""
    found = Assignment.objects.filter(assessor_id=user_id, ended_at__isnull=True)
    return found.select_related("participation__organization", "participation__round")


def is_assigned(user_id: UUID, participation_id: UUID) -> bool:
    """This function will say whether a person assesses this participation now. One query."""
    return assignments_of(user_id).filter(participation_id=participation_id).exists()
