"""Follow-through in the public API: the same counts as the page, with what each means."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, UnknownValue, Unprocessable
from livinglab.organizations.queries import codes_like, find_organization
from livinglab.ui.api.lists import DecimalText, PlainText, decimal_text
from livinglab.visits.queries.funnel import DAYS_TO_RIPEN, FEWEST, Asked, Counts, Side
from livinglab.visits.queries.kept import kept_funnel

router = Router(tags=["visits"])


class ShareItem(Schema):
    """What share followed up, with its 95 % interval (Wilson)."""

    share: DecimalText = Field(examples=["0.3300"])
    low: DecimalText
    high: DecimalText


class CountsItem(Schema):
    """How many came to each stage; each stage counts among the one before."""

    started: int = Field(description="Visits held; of a cohort: members whose membership is not disputed.")
    committed: int = Field(description="With a commitment that was not withdrawn.")
    acted: int = Field(
        description="With an action under way, blocked, done or confirmed, or a package taken over."
    )
    adopted: int = Field(description="Of these, with a package taken over that helps a promised indicator.")
    evidenced: int = Field(
        description="With evidence for such an action, a confirmed level, or such a package live."
    )
    confirmed: int = Field(description="With a level that an assessor found.")
    missed: int = Field(description="With a promised step past its day and not done.")
    ripe: int = Field(description="Old enough to be asked whether they followed up.")
    ripe_acted: int = Field(description="Of these, with work begun.")
    followed_up: ShareItem | None = Field(description="Null with too few old enough.")


class KindItem(Schema):
    """Visitors of one kind; kinds are never added up."""

    kind: str = Field(examples=["region"])
    counts: CountsItem


class YearItem(KindItem):
    """Visitors of one kind in one year."""

    year: int = Field(examples=[2026])


class PartnerItem(KindItem):
    """One host or visitor; code and name are null for a guest that is not on the platform."""

    code: str | None
    name: str | None


class CohortItem(Schema):
    """A cohort; a commitment counts with or without a visit."""

    code: str = Field(examples=["first-62"])
    name: str
    visited: int = Field(description="Members that came on a visit.")
    counts: CountsItem


class OccasionItem(Schema):
    """Commitments without a visit that came from one kind of occasion; they follow up no visit."""

    occasion: Literal["own", "meeting"] = Field(
        description="Promised by the region itself, or at a meeting of leaders."
    )
    counts: CountsItem


class FollowThroughAnswer(Schema):
    """What became of study visits, as of a day."""

    day: date
    with_synthetic: bool = Field(description="Whether made-up rows of a demonstration are counted.")
    days_to_ripen: int = Field(description="Days after a visit from which on it is in the share.")
    fewest: int = Field(description="With fewer old enough no share is given.")
    kinds: list[KindItem]
    years: list[YearItem]
    partners: list[PartnerItem] = Field(description="Hosts, or visitors when asked for by visitor.")
    cohorts: list[CohortItem]
    without_visit: list[OccasionItem] = Field(
        description="Commitments without a visit, each kind of occasion for itself."
    )


@router.get("/follow-through", response=FollowThroughAnswer, summary="What share of study visits followed up")
def get_follow_through(
    request: HttpRequest,
    by: Annotated[Literal["host", "visitor"], Query(description="Whose rows come one by one.")] = "host",
    host: Annotated[PlainText | None, Query(description="Code of a host.", examples=["32.11"])] = None,
    visitor: Annotated[PlainText | None, Query(description="Code of a visitor.", examples=["14.08"])] = None,
) -> Any:
    """Visits held, commitments, work begun, evidence and confirmed levels, for each kind of visitor by itself.

    Declined and withdrawn visits are not counted. With `host` or `visitor` only the visits of that organisation count.
    """
    if host and visitor:
        words = _("One of the two is asked for: host %(host)s or visitor %(visitor)s. Leave the other out.")
        raise Unprocessable(_("Two organisations"), words % {"host": host, "visitor": visitor})
    today, side = clock.today(), Side.HOST if host else Side.VISITOR
    code = host or visitor
    found = kept_funnel(
        Asked(
            today=today,
            with_synthetic=settings.DEMO,
            organization_id=_organization_id(code) if code else None,
            side=side,
            by=Side(by),
        ),
        at=clock.now(),
    )
    kinds = [{"kind": kind, "counts": _counts(one)} for kind, one in found.kinds.items()]
    years = [
        {"kind": kind, "year": year, "counts": _counts(one)}
        for (kind, year), one in sorted(found.years.items())
    ]
    partners = [
        {
            "kind": one.kind,
            "code": one.partner.code or None,
            "name": one.partner.name or None,
            "counts": _counts(one.counts),
        }
        for one in found.partners
    ]
    cohorts = [
        {"code": one.code, "name": one.name, "visited": one.visited, "counts": _counts(one.counts)}
        for one in found.cohorts
    ]
    return {
        "day": today,
        "with_synthetic": settings.DEMO,
        "days_to_ripen": DAYS_TO_RIPEN,
        "fewest": FEWEST,
        "kinds": kinds,
        "years": years,
        "partners": partners,
        "cohorts": [] if code else cohorts,
        "without_visit": [
            {"occasion": one, "counts": _counts(counts)} for one, counts in sorted(found.alone.items())
        ],
    }


def _organization_id(code: str) -> Any:
    found = find_organization(code)
    if found is None:
        raise UnknownValue(_("organisation"), code, [Known(one.code, one.name) for one in codes_like(code)])
    return found.id


def _counts(one: Counts) -> dict[str, object]:
    share = one.share
    followed_up = (
        {
            "share": decimal_text(share.value),
            "low": decimal_text(share.low),
            "high": decimal_text(share.high),
        }
        if share
        else None
    )
    names = (
        "started",
        "committed",
        "acted",
        "adopted",
        "evidenced",
        "confirmed",
        "missed",
        "ripe",
        "ripe_acted",
    )
    return {**{name: getattr(one, name) for name in names}, "followed_up": followed_up}
