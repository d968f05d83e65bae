"""Rounds and who takes part: shared rows, read by the public, the ministry and the region alike."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from livinglab.evaluations.domain.process import OPEN_TO_THE_REGION, State
from livinglab.evaluations.models import Assignment, Participation, Round
from livinglab.kernel.kept_queries import ALL, KeptModels


def rounds() -> "QuerySet[Round]":
    """This function will return all rounds with who opened them, newest first."""
    return Round.objects.select_related("opened_by")


def get_round(round_id: UUID) -> Round | None:
    """This function will return the round with this id, None when there is none."""
    return next(iter(_ROUND.read(round_id)), None)


_ROUND: Final = KeptModels(
    lambda round_id: Round.objects.filter(id=round_id).order_by(),
    UUID(int=1),
    model=Round,
    parts={"": ALL, "opened_by": ALL},
)


def participations() -> "QuerySet[Participation]":
    """This function will return who takes part in which round, to be narrowed by the caller."""
    return Participation.objects.select_related("round", "organization")


def participations_of(organization_id: UUID) -> list[Participation]:
    """This function will return an organisation's participations, newest year first. One query."""
    return list(participations().filter(organization_id=organization_id).order_by("-year"))


@dataclass(frozen=True, slots=True)
class Taken:
    """A participation, and whether the reader is assigned to assess it now."""

    participation: Participation
    is_assigned: bool


def participations_at(code: str, *, reader_id: UUID | None) -> list[Taken]:
    """This function will return the participations of the organisation with this code, newest year first. One query.

    Each holds the organisation with its province: a page needs no second query for it.
    """
    if "\x00" in code:  # PostgreSQL takes no NUL, not even to look for it
        return []
    found = _AT.read(code) if reader_id is None else _AT_FOR.read(code, reader_id)
    return [Taken(one, getattr(one, "is_mine", False)) for one in found]


def _at(code: str) -> "QuerySet[Participation]":
    return Participation.objects.filter(organization__code=code).order_by("-year")


def _at_for(code: str, reader_id: UUID) -> "QuerySet[Participation]":
    assigned = Assignment.objects.filter(
        assessor_id=reader_id, ended_at__isnull=True, participation_id=OuterRef("id")
    )
    return _at(code).annotate(is_mine=Exists(assigned))


_PARTS: Final = {"": ALL, "round": ALL, "organization": ALL, "organization__province": ALL}
_AT: Final = KeptModels(_at, "code", model=Participation, parts=_PARTS)
_AT_FOR: Final = KeptModels(
    _at_for, "code", UUID(int=1), model=Participation, parts=_PARTS, extra=("is_mine",)
)


def find_participation(organization_id: UUID, year: int) -> Participation | None:
    """This function will return an organisation's participation in a year, None when it takes no part. One query."""
    return participations().filter(organization_id=organization_id, year=year).first()


def open_participation(organization_id: UUID, instruments: Collection[str]) -> Participation | None:
    """This function will return the newest evaluation by one of these instruments that a region still works on.

    None when there is none. One query.
    """
    rows = participations().filter(organization_id=organization_id, state__in=OPEN_TO_THE_REGION)
    return rows.filter(round__instrument__in=instruments).order_by("-year").first()


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
