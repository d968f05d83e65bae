"""Rounds for those who open and follow them: the list, who may, whom a round could take in."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet, Sum

from livinglab.accounts.queries import User
from livinglab.evaluations.domain.process import OPEN_TO_THE_REGION, State
from livinglab.evaluations.models import Participation, Round
from livinglab.evaluations.queries.overview import INDEX_FOR_OTHERS
from livinglab.evaluations.queries.participations import rounds
from livinglab.organizations.queries import REGIONAL, Kind, Organization, Post, Role, organizations, posts

#: what says when and for whom rounds are changed under this topic
TOPIC: Final = "rounds"
#: states in which the self-assessment has not been sent
UNSENT = (*OPEN_TO_THE_REGION, State.APPROVED, State.SIGNED)
_OPENS_OWN = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """A round and how far its participants are together; `validated` and `indicators` count answers."""

    round: Round
    participants: int
    sent: int
    decided: int
    validated: int
    indicators: int
    mean_index: Decimal | None


def rounds_with_progress(*, provinces: Iterable[UUID] | None = None) -> list[RoundProgress]:
    """This function will return all rounds, newest first, with their progress. Two queries.

    With `provinces` only those participants count that are one of these provinces or lie in one; a round without
    any of them is left out.
    """
    found = (
        Participation.objects.filter(_within(provinces)) if provinces is not None else Participation.objects
    )
    sums = {
        row["round_id"]: row
        for row in found.values("round_id")
        .annotate(
            participants=Count("id"),
            sent=Count("id", filter=~Q(state__in=UNSENT)),
            decided=Count("id", filter=Q(state=State.DECIDED)),
            answers_validated=Sum("validated"),
            answers_asked=Sum("indicators"),
            mean=Avg(F("standing_index") if provinces is None else INDEX_FOR_OTHERS),
        )
        .order_by()
    }
    return [
        RoundProgress(
            round=one,
            participants=row["participants"],
            sent=row["sent"],
            decided=row["decided"],
            validated=row["answers_validated"],
            indicators=row["answers_asked"],
            mean_index=row["mean"],
        )
        for one in rounds()
        if (row := sums.get(one.id)) is not None
    ]


def _within(provinces: Iterable[UUID]) -> Q:
    ids = tuple(provinces)
    return Q(organization_id__in=ids) | Q(organization__province_id__in=ids)


def ministries_of(user: User) -> list[Organization]:
    """This function will return the central organisations for which a person holds the ministry's role. Two queries."""
    ids = [post.organization_id for post in posts(user.id) if post.role is Role.MINISTRY]
    return list(organizations().filter(id__in=ids)) if ids else []


def is_opener(held: Iterable[Post], row: Round) -> bool:
    """This function will say whether who holds these posts acts for the organisation that opened a round."""
    wanted = {Role.MINISTRY} if row.opened_by.kind == Kind.CENTRAL else _OPENS_OWN
    return any(post.role in wanted and post.organization_id == row.opened_by_id for post in held)


def assessed_organizations() -> "QuerySet[Organization]":
    """This function will return who can take part in a round: autonomous regencies, cities, and the provinces."""
    return (
        organizations()
        .filter(kind__in=[*REGIONAL, Kind.PROVINCE], is_autonomous=True, is_synthetic=False)
        .select_related("province")
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An organisation that is in a round of that year already."""

    code: str
    name: str
    round_title: str


def taken_already(ids: Iterable[UUID], year: int) -> list[Elsewhere]:
    """This function will return which of these organisations take part in a round of that year. One query."""
    rows = Participation.objects.filter(organization_id__in=list(ids), year=year).order_by(
        "organization__code"
    )
    return [
        Elsewhere(*row)
        for row in rows.values_list("organization__code", "organization__name", "round__title")
    ]


def counted() -> "QuerySet[Round]":
    """This function will return all rounds, newest first, each with its `participants`, their count."""
    return rounds().annotate(participants=Count("participations"))


def public_rounds() -> "QuerySet[Round]":
    """This function will return the rounds that ministries opened, newest first, each with its `participants`."""
    return counted().filter(opened_by__kind=Kind.CENTRAL)
