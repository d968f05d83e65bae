"""Rounds in the API: what everybody reads of them; opened for many or for oneself, followed, changed."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from livinglab.assessments.queries import instruments
from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import round_schemas as schemas
from livinglab.evaluations.api.doors import follower_of, followers, ministry
from livinglab.evaluations.api.region_door import Opener, opener_of
from livinglab.evaluations.api.schemas import PublishedItem, RoundItem
from livinglab.evaluations.api.session import Code
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import Participation
from livinglab.evaluations.operations import round_changes
from livinglab.evaluations.operations import rounds as operations
from livinglab.evaluations.queries.followers import Follower
from livinglab.evaluations.queries.overview import Scope
from livinglab.evaluations.queries.participations import participations, published_of
from livinglab.evaluations.queries.rounds import TOPIC as ROUNDS
from livinglab.evaluations.queries.rounds import (
    RoundProgress,
    assessed_organizations,
    counted,
    ministries_of,
    public_rounds,
    rounds_with_progress,
)
from livinglab.evaluations.queries.takers import Who, meant
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Organization, codes_like, find_organization
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, PlainText, decimal_text, list_answer

router = Router(tags=["evaluations"])
_ONE: Final = "/rounds/{round_id}"
_SHOWN_CODES: Final = 10
Province = Annotated[
    PlainText | None,
    Query(description="Code of a province: only it and its regencies and cities.", examples=["32"]),
]


@router.get("/rounds", response=Listing[RoundItem], openapi_extra=AS_CSV, summary="Rounds of evaluation")
@decorate_view(fresh_by(ROUNDS))
def list_rounds(request: HttpRequest, page: PageQuery) -> Any:
    """The rounds that ministries opened, newest first: what, when, and how many take part."""
    return list_answer(request, page, public_rounds(), written.round_item, schema=RoundItem, name="rounds")


@router.get(
    "/regions/{code}/evaluations",
    response=list[PublishedItem],
    summary="What a region published of its evaluations",
)
@decorate_view(fresh_by("evaluations", "organizations"))
def list_published(request: HttpRequest, code: Code) -> Any:
    """Levels by year, newest first: sent with the consent to publish, or decided; nothing else is here."""
    organization = find_organization(code)
    if organization is None:
        known = [Known(one.code, one.name) for one in codes_like(code)]
        raise UnknownValue(_("region"), code, known, status=404)
    return [written.published_item(one) for one in published_of(organization.id)]


@router.post("/rounds", response=schemas.OpenedRound, auth=ministry, summary="Open a round")
def open_round(request: HttpRequest, body: schemas.RoundBody) -> Any:
    """A ministry opens it for all participants in one action; nobody takes part in two rounds of one year."""
    who = follower_of(request)
    opener = ministries_of(who.user)[0]
    return _opened(body, opener, _takers(body.participants), who)


@router.post(
    "/regions/{code}/evaluations",
    response=schemas.OpenedRound,
    auth=Opener(),
    summary="Open a round for the own region",
)
def open_own_round(request: HttpRequest, code: Code, body: schemas.OwnRoundBody) -> Any:
    """The coordinator or the responsible officer opens it for the own region alone."""
    who, region = opener_of(request)
    return _opened(body, region, [region], who)


def _opened(
    body: schemas.OwnRoundBody, opener: Organization, takers: list[Organization], who: Follower
) -> Any:
    known = [Known(one.code, one.short.en) for one in instruments()]
    if body.instrument not in {one.value for one in known}:
        raise UnknownValue(_("instrument"), body.instrument, known)
    wanted = operations.Wanted(
        instrument=body.instrument,
        year=body.year,
        kind=RoundKind(body.kind),
        title=body.title.replace("\x00", ""),
        self_until=body.self_until,
        document_until=body.document_until,
        interview_until=body.interview_until,
        ends_on=body.ends_on,
    )
    try:
        opened = operations.open_round(
            wanted=wanted,
            opened_by=opener,
            participants=[one.id for one in takers],
            by=who.user,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return _opened_item(opened)


def _opened_item(opened: operations.Opened) -> schemas.OpenedRound:
    return schemas.OpenedRound(
        round=written.round_item(counted().get(id=opened.round.id)),
        added=opened.added,
        elsewhere=list(opened.elsewhere),
    )


def _takers(body: schemas.TakersBody) -> list[Organization]:
    """Those who are meant. Errors: `UnknownValue` for a province or codes that nobody who is assessed has."""
    everybody = list(assessed_organizations())
    found = meant(everybody, Who(body.who), province=body.province, codes=set(body.codes))
    if body.who == "codes" and len(found) < len(set(body.codes)):
        unknown = sorted(set(body.codes) - {one.code for one in found})
        raise UnknownValue(_("region"), ", ".join(unknown[:_SHOWN_CODES]))
    if body.who == "province" and not found:
        raise UnknownValue(_("province"), body.province)
    return found


@router.get(_ONE, response=schemas.RoundProgressItem, auth=followers, summary="One round")
def get_round(request: HttpRequest, round_id: UUID) -> Any:
    """How far its participants are together; provinces see the rounds of their own regions."""
    return _progress_item(_round_of(follower_of(request), round_id))


@router.get(
    f"{_ONE}/participants",
    response=Listing[schemas.ParticipantItem],
    openapi_extra=AS_CSV,
    auth=followers,
    summary="Participants of a round",
)
def list_participants(
    request: HttpRequest, round_id: UUID, page: PageQuery, province: Province = None
) -> Any:
    """Each with its state and counts, by code; a province's officer reads the own regions."""
    who = follower_of(request)
    row = _round_of(who, round_id).round
    scope = Scope(row, clock.now(), clock.today(), _province_id(who, province or ""), who.is_ministry)
    found = scope.participants().select_related("organization").order_by("organization__code")
    return list_answer(
        request, page, found, _participant_item, schema=schemas.ParticipantItem, name="participants"
    )


@router.put(
    f"{_ONE}/days", response=schemas.RoundProgressItem, auth=ministry, summary="Change the days of a round"
)
def change_days(request: HttpRequest, round_id: UUID, body: schemas.DaysBody) -> Any:
    """Whoever opened it changes the last days of its stages; its last day closes it."""
    who = follower_of(request)
    _round_of(who, round_id)
    try:
        round_changes.change_days(
            round_id=round_id,
            days=round_changes.Days(**body.model_dump()),
            by=who.user,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return _progress_item(_round_of(who, round_id))


@router.post(
    f"{_ONE}/participants", response=schemas.OpenedRound, auth=ministry, summary="Take more into a round"
)
def add_participants(request: HttpRequest, round_id: UUID, body: schemas.TakersBody) -> Any:
    """Those in another round of that year stay there and are named."""
    who = follower_of(request)
    _round_of(who, round_id)
    try:
        opened = round_changes.add_participants(
            round_id=round_id,
            participants=[one.id for one in _takers(body)],
            by=who.user,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return _opened_item(opened)


@router.delete(
    f"{_ONE}/participants/{{code}}",
    response=schemas.RoundProgressItem,
    auth=ministry,
    summary="Take somebody out of a round",
)
def withdraw_participant(request: HttpRequest, round_id: UUID, code: Code) -> Any:
    """Only before it has begun and before an assessor was assigned: what was done is kept."""
    who = follower_of(request)
    _round_of(who, round_id)
    taker = participations().filter(round_id=round_id, organization__code=code).first()
    if taker is None:
        raise UnknownValue(_("region"), code, status=404)
    try:
        round_changes.withdraw_participant(
            round_id=round_id, organization_id=taker.organization_id, by=who.user, at=clock.now()
        )
    except Refused as error:
        return written.refused(error)
    return _progress_item(_round_of(who, round_id))


def _round_of(who: Follower, round_id: UUID) -> RoundProgress:
    """The round with its progress as this person sees it. Errors: `UnknownValue`, 404."""
    found = rounds_with_progress(provinces=who.province_ids)
    one = next((one for one in found if one.round.id == round_id), None)
    if one is None:
        known = [Known(str(one.round.id), one.round.title) for one in found]
        raise UnknownValue(_("round"), round_id, known, status=404)
    return one


def _province_id(who: Follower, code: str) -> UUID | None:
    """Whose participants are asked for: None for all. Errors: `UnknownValue` for a province that is not theirs."""
    provinces = (
        who.provinces
        if not who.is_ministry
        else tuple(one for one in assessed_organizations() if one.kind == "province")
    )
    by_code = {one.code: one for one in provinces}
    if who.is_ministry and not code:
        return None
    wanted = code or min(by_code)
    if wanted not in by_code:
        raise UnknownValue(_("province"), code, [Known(one.code, one.name) for one in provinces])
    return by_code[wanted].id


def _progress_item(one: RoundProgress) -> schemas.RoundProgressItem:
    row = one.round
    row.participants = one.participants  # type: ignore[attr-defined]  # counted as this person sees it
    return schemas.RoundProgressItem(
        **written.round_item(row).model_dump(),
        sent=one.sent,
        decided=one.decided,
        validated=one.validated,
        indicators=one.indicators,
        mean_index=None if one.mean_index is None else str(written.rounded(one.mean_index)),
    )


def _participant_item(one: Participation) -> schemas.ParticipantItem:
    same = (
        "indicators",
        "answered",
        "handed_in",
        "validated",
        "scored",
        "objections",
        "changed_at",
        "sent_at",
    )
    return schemas.ParticipantItem(
        code=one.organization.code,
        name=one.organization.name,
        state=State(one.state).value,
        index=decimal_text(one.present_index),  # type: ignore[attr-defined]  # annotated by the query
        **{name: getattr(one, name) for name in same},
    )
