"""Planning how the people are told of a service, and counting how often they open its links."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.outreach import CODE_LENGTH, CODE_SIGNS, MOST_CHANNELS, ChannelKind
from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import Adoption, Answered, Channel, Outreach, ShortLink
from livinglab.adoptions.operations.adoptions import Answer, answer
from livinglab.adoptions.operations.records import lock_adoption, record
from livinglab.adoptions.queries.outreach import planned
from livinglab.kernel.clock import day_of
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, roles_in

LONGEST_PLACE: Final = 200
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Plan:
    """One channel as it is planned: which and where, who does it, from which day and until when."""

    kind: ChannelKind
    name: str
    who: str
    starts: date | None
    ends: date | None = None


class UnknownChannel(Exception):
    """The adoption has no such channel."""


def say(
    *, organization: Organization, adoption_id: UUID, place: str, contact: str, by: User, at: datetime
) -> Outreach:
    """This function will keep where people go and whom they ask; posters and messages say it.

    Errors: `Refused` by the policy and for a text that is too long.
    """
    place, contact = _line(place), _line(contact)
    with tenancy(organization.id):
        row = _lock(organization, adoption_id, by)
        if len(place) > LONGEST_PLACE or len(contact) > LONGEST_NAME:
            raise Refused(
                Refusal("too_long", _("Say the place in up to 200 characters and the contact in up to 120."))
            )
        kept, _created = Outreach.objects.update_or_create(
            organization_id=organization.id,
            adoption=row,
            defaults={"place": place, "contact": contact, "set_at": at, "set_by": by.id},
        )
        record(row, "adoptions.outreach_said", by=by.id, at=at)
    return kept


def plan(*, organization: Organization, adoption_id: UUID, channel: Plan, by: User, at: datetime) -> Channel:
    """This function will plan a channel, and make the short link that counts its reach.

    Errors: `Refused` by the policy, without a name, somebody who does it, or a first day; for an end before it; when 40
    channels are open.
    """
    name, who = _line(channel.name), _line(channel.who)
    with tenancy(organization.id):
        row = _lock(organization, adoption_id, by)
        starts = _first_day(name, who, channel)
        if planned(row.id) >= MOST_CHANNELS:
            raise Refused(
                Refusal("too_many_channels", _("A plan has at most 40 channels. Close one that is over."))
            )
        link = ShortLink.objects.create(
            code=_new_code(),
            adoption_id=row.id,
            organization_id=organization.id,
            listing_id=row.listing_id,
        )
        kept = Channel.objects.create(
            organization_id=organization.id,
            adoption=row,
            kind=channel.kind,
            name=name,
            who=who,
            starts=starts,
            ends=channel.ends,
            code=link.code,
            planned_at=at,
            planned_by=by.id,
        )
        record(row, "adoptions.channel_planned", by=by.id, at=at, facts={"kind": channel.kind})
    return kept


def close(*, organization: Organization, adoption_id: UUID, code: str, by: User, at: datetime) -> Channel:
    """This function will close a channel that is over. Its link goes on leading to the service: posters stay up.

    Errors: `UnknownChannel`; `Refused` by the policy.
    """
    with tenancy(organization.id):
        row = _lock(organization, adoption_id, by)
        kept = Channel.objects.filter(adoption_id=row.id, code=code, closed_at__isnull=True).first()
        if kept is None:
            raise UnknownChannel(code)
        kept.closed_at = at
        kept.save()
        record(row, "adoptions.channel_closed", by=by.id, at=at, facts={"kind": kept.kind})
    return kept


def answer_with_plan(
    *, organization: Organization, adoption_id: UUID, number: str, on: date | None, by: User, at: datetime
) -> Answered:
    """This function will meet the requirement of a plan to tell the people with the document of this plan.

    Errors: `Refused` while no channel is planned, and as `adoptions.answer` refuses.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        if not planned(row.id):
            raise Refused(Refusal("nothing_planned", _("Plan at least one channel first.")))
        return answer(
            organization=organization,
            adoption_id=adoption_id,
            requirement=Requirement.OUTREACH,
            how=Answer(number=number, on=on),
            by=by,
            at=at,
        )


def count_opening(*, link: ShortLink, at: datetime) -> None:
    """This function will count that a link was opened, on the day it is in its region: one statement, one row a day.

    It leaves no entry in the trail: nobody decided anything, and nothing is known of who opened it.
    """
    with tenancy(None), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO adoptions_reach (id, link_id, day, opened) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (link_id, day) DO UPDATE SET opened = adoptions_reach.opened + 1",
            [new_id(), link.id, day_of(at, link.organization.zone)],
        )


def _lock(organization: Organization, adoption_id: UUID, by: User) -> Adoption:
    row = lock_adoption(organization.id, adoption_id)
    ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
    return row


def _first_day(name: str, who: str, channel: Plan) -> date:
    """Return the first day of a channel that says everything it owes."""
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(Refusal("name_missing", _("Say in up to 120 characters where or for whom.")))
    if not 0 < len(who) <= LONGEST_NAME:
        raise Refused(Refusal("who_missing", _("Say in up to 120 characters who does it.")))
    if channel.starts is None:
        raise Refused(Refusal("start_missing", _("Give the day on which it starts.")))
    if channel.ends is not None and channel.ends < channel.starts:
        raise Refused(Refusal("ends_before_it_starts", _("The last day is before the first one.")))
    return channel.starts


def _new_code() -> str:
    """Return a code that no link has: 28 signs to the sixth, 480 million, so that a second try is rare."""
    while True:
        code = "".join(secrets.choice(CODE_SIGNS) for _place in range(CODE_LENGTH))
        if not ShortLink.objects.filter(code=code).exists():
            return code


def _line(text: str) -> str:
    return " ".join(storable(text).split())
