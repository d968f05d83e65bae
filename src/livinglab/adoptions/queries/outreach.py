"""The plan to tell the people of a service, and how often its links were opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, Q, Sum

from livinglab.adoptions.domain.outreach import is_code
from livinglab.adoptions.models import Channel, Outreach, Reach, ShortLink


@dataclass(frozen=True, slots=True)
class Openings:
    """How often a link was opened: ever, in the last seven days, and when last."""

    total: int = 0
    week: int = 0
    last: date | None = None


def find_link(code: str) -> ShortLink | None:
    """This function will return the short link with this code, in capital or small letters; None when there is none."""
    code = code.upper()
    if not is_code(code):
        return None
    rows = ShortLink.objects.select_related("organization", "listing__publisher")
    return rows.filter(code=code).first()


def outreach_of(adoption_id: UUID) -> Outreach | None:
    """This function will return what every channel of an adoption says of the region, None before it was said."""
    return Outreach.objects.filter(adoption_id=adoption_id).first()


def channels_of(adoption_id: UUID) -> tuple[Channel, ...]:
    """This function will return the channels of an adoption, open ones first, each by the day it starts. One query."""
    rows = Channel.objects.filter(adoption_id=adoption_id).order_by("starts", "planned_at")
    return tuple(sorted(rows, key=lambda one: one.closed_at is not None))


def find_channel(adoption_id: UUID, code: str) -> Channel | None:
    """This function will return a channel of an adoption by the code of its link, None when there is none."""
    return Channel.objects.filter(adoption_id=adoption_id, code=code).first() if is_code(code) else None


def planned(adoption_id: UUID) -> int:
    """This function will return how many channels of an adoption are planned and not closed. One query."""
    return Channel.objects.filter(adoption_id=adoption_id, closed_at__isnull=True).count()


def openings_of(codes: Collection[str], *, today: date) -> Mapping[str, Openings]:
    """This function will return how often links were opened, by code, without those nobody opened. One query."""
    this_week = Q(day__gt=today - timedelta(days=7))
    rows = Reach.objects.filter(link__code__in=codes).values("link__code")
    found = rows.annotate(total=Sum("opened"), week=Sum("opened", filter=this_week), last=Max("day"))
    return {row["link__code"]: Openings(row["total"], row["week"] or 0, row["last"]) for row in found}


def days_of(code: str, *, since: date) -> tuple[tuple[date, int], ...]:
    """This function will return the days from `since` on that a link was opened, the newest first. One query."""
    rows = Reach.objects.filter(link__code=code, day__gte=since).order_by("-day")
    return tuple(rows.values_list("day", "opened"))
