"""Opens rounds and takes organisations into them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.assessments.queries import get_instrument
from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.events import RoundOpened
from livinglab.evaluations.models import Participation, Round
from livinglab.evaluations.operations.traces import plain
from livinglab.evaluations.queries.records import keys_of
from livinglab.evaluations.queries.rounds import TOPIC
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.organizations.queries import Organization, Role, organizations, posts

LONGEST_TITLE: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a round shall be. Days are the last days of their stage; monitoring has no interview."""

    instrument: str
    year: int
    kind: RoundKind
    title: str
    self_until: date
    document_until: date
    interview_until: date | None
    ends_on: date


@dataclass(frozen=True, slots=True)
class Opened:
    """A round, how many organisations take part, and those that were in another round of that year already."""

    round: Round
    added: int
    elsewhere: tuple[str, ...]


@transaction.atomic
def open_round(
    *,
    wanted: Wanted,
    opened_by: Organization,
    participants: Iterable[UUID],
    by: User,
    at: datetime,
    is_synthetic: bool = False,
) -> Opened:
    """This function will open a round for its participants in one action; nobody takes part twice a year.

    Those that are in another round of that year stay there and are named. Errors: `Refused` for somebody who may
    not, for dates out of order, for a year of another instrument, for regions that do not belong to the opener, and
    when nobody is left to take part.
    """
    ids = frozenset(participants)
    ensure(_refusal(wanted, opened_by, ids, by))
    row = Round.objects.create(
        opened_by=opened_by,
        opened_at=at,
        is_synthetic=is_synthetic or opened_by.is_synthetic or by.is_synthetic,
        **{name: getattr(wanted, name) for name in _COLUMNS},
    )
    added, elsewhere = take_in(row, ids)
    if not added:
        raise Refused(
            Refusal(
                "nobody_takes_part",
                _("All of these take part in a round of that year already, or none is chosen."),
            )
        )
    audit.record(
        organization_id=opened_by.id,
        by=by.id,
        at=at,
        action="evaluations.round_opened",
        subject=str(row.id),
        facts={
            "instrument": wanted.instrument,
            "year": wanted.year,
            "kind": wanted.kind,
            "count": len(added),
            "organizations": list(added),
            "days": {name: plain(getattr(wanted, name)) for name in _DAYS},
        },
    )
    changed(TOPIC)
    publish(RoundOpened(round_id=row.id))
    return Opened(row, len(added), elsewhere)


def take_in(row: Round, ids: frozenset[UUID]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """This function will take organisations into a round: codes of those added, and of those elsewhere that year.

    The database decides who is free, so that two rounds opened at once share nobody and neither fails.
    """
    indicators = len(keys_of(get_instrument(row.instrument)))
    codes = dict(organizations().filter(id__in=ids, is_autonomous=True).values_list("id", "code"))
    wanted = [
        Participation(round=row, organization_id=one, year=row.year, indicators=indicators) for one in codes
    ]
    Participation.objects.bulk_create(wanted, ignore_conflicts=True)
    stored = Participation.objects.filter(year=row.year, organization_id__in=codes)
    new = {one.id for one in wanted}
    added = [codes[one.organization_id] for one in stored if one.id in new]
    elsewhere = [codes[one.organization_id] for one in stored if one.round_id != row.id]
    return tuple(sorted(added)), tuple(sorted(elsewhere))


_DAYS: Final = ("self_until", "document_until", "interview_until", "ends_on")
_COLUMNS: Final = ("instrument", "year", "kind", "title", *_DAYS)


def _refusal(wanted: Wanted, opened_by: Organization, ids: frozenset[UUID], by: User) -> Refusal | None:
    held = posts(by.id)
    is_ministry = any(post.role is Role.MINISTRY and post.organization_id == opened_by.id for post in held)
    is_own = ids == {opened_by.id} and any(
        post.role in (Role.COORDINATOR, Role.RESPONSIBLE_OFFICER) and post.organization_id == opened_by.id
        for post in held
    )
    refusal = policies.may_open_round(is_ministry=is_ministry, is_own_coordinator=is_own)
    return refusal or refusal_of_wish(wanted)


def refusal_of_wish(wanted: Wanted) -> Refusal | None:
    """This function will return what is wrong with a round, whoever opens it: its year, name or days."""
    if not get_instrument(wanted.instrument).years.covers(wanted.year):
        words = _("%(instrument)s was not used for %(year)s.")
        return Refusal("wrong_year", words % {"instrument": wanted.instrument, "year": wanted.year})
    if not wanted.title.strip():
        return Refusal("title_missing", _("Give the round a name."))
    if len(wanted.title) > LONGEST_TITLE:
        return Refusal("title_too_long", _("The name is too long: at most 160 characters."))
    return refusal_of_days(
        wanted.kind, wanted.self_until, wanted.document_until, wanted.interview_until, wanted.ends_on
    )


def refusal_of_days(
    kind: RoundKind, self_until: date, document_until: date, interview_until: date | None, ends_on: date
) -> Refusal | None:
    """This function will return what is wrong with the last days of a round's stages."""
    if (kind is RoundKind.MONITORING) != (interview_until is None):
        return Refusal(
            "interview_dates", _("An evaluation has a last day of interviews; monitoring has none.")
        )
    return policies.are_dates_in_order(self_until, document_until, interview_until, ends_on)
