"""The work inside a region in the API: who answers what, the assessor team, the minutes, what earlier answers offer."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router

from livinglab.accounts.queries import names_of
from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import work_schemas as schemas
from livinglab.evaluations.api.session import HERE, Code, Year, place_of, session
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.team_seats import SEATS
from livinglab.evaluations.operations import crosswalk, delegation, team
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.crosswalk import Offer, find_offer
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.teams import seats_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.languages import language

router = Router(tags=["evaluations"])


@router.get(
    f"{HERE}/assignments",
    response=list[schemas.AssignmentItem],
    auth=session,
    summary="Who answers which indicator",
)
def list_assignments(request: HttpRequest, code: Code, year: Year) -> Any:
    """Every indicator in the order of the regulation, also those that nobody was given."""
    return _assignments(place_of(request))


@router.put(
    f"{HERE}/assignments",
    response=list[schemas.AssignmentItem],
    auth=session,
    summary="Give indicators to an agency or a person",
)
def put_assignments(request: HttpRequest, code: Code, year: Year, body: schemas.AssignmentBody) -> Any:
    """The coordinator and the responsible officer do; sent again, it changes nothing."""
    place = place_of(request)
    keys = _known(place, body.indicators)
    try:
        delegation.assign(
            place=place,
            indicators=keys,
            agency_id=body.agency_id,
            assignee_id=body.person_id,
            due_on=body.due_on,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return _assignments(place)


def _assignments(place: Place) -> list[schemas.AssignmentItem]:
    given = records.answers(place.organization.id, place.participation.id)
    people = {row.assignee_id for row in given.values() if row.assignee_id is not None}
    names = names_of(people) if people else {}
    found = []
    for key in records.keys_of(place.instrument, given):
        row = given.get(key)
        found.append(
            schemas.AssignmentItem(
                indicator=key,
                agency_id=row.agency_id if row else None,
                agency=row.agency.name if row and row.agency else None,
                person_id=row.assignee_id if row else None,
                person=names.get(row.assignee_id) if row and row.assignee_id else None,
                due_on=row.due_on if row else None,
            )
        )
    return found


def _known(place: Place, given: list[str]) -> list[str]:
    """The indicators of a body, each once. Errors: `UnknownValue`, 422, for one the instrument does not have."""
    keys = records.keys_of(place.instrument, dict.fromkeys(given))
    for one in given:
        if one not in keys:
            raise UnknownValue(_("indicator"), one, keys)
    return list(dict.fromkeys(given))


@router.get(f"{HERE}/team", response=schemas.TeamItem, auth=session, summary="Assessor team of a region")
def get_team(request: HttpRequest, code: Code, year: Year) -> Any:
    """The decree and the members by function."""
    return _team(place_of(request))


@router.put(
    f"{HERE}/team/decree", response=schemas.TeamItem, auth=session, summary="Enter the decree on the team"
)
def put_decree(request: HttpRequest, code: Code, year: Year, body: schemas.DecreeBody) -> Any:
    """Number, day and, if it is in the library, the piece of evidence; it replaces what stood there."""
    place = place_of(request)
    try:
        team.enter_decree(
            place=place, number=body.number, day=body.day, evidence_id=body.piece, at=clock.now()
        )
    except Refused as error:
        return written.refused(error)
    return _team(place)


@router.post(
    f"{HERE}/team/seats", response=schemas.TeamItem, auth=session, summary="Take somebody into the team"
)
def add_seat(request: HttpRequest, code: Code, year: Year, body: schemas.SeatBody) -> Any:
    """A function may have several members; nobody holds one twice."""
    place = place_of(request)
    try:
        team.seat(place=place, function=body.function, holder=body.holder, at=clock.now())
    except Refused as error:
        return written.refused(error)
    return _team(place)


@router.delete(
    f"{HERE}/team/seats/{{seat_id}}",
    response=schemas.TeamItem,
    auth=session,
    summary="Take somebody out of the team",
)
def remove_seat(request: HttpRequest, code: Code, year: Year, seat_id: UUID) -> Any:
    """The audit trail keeps which function became free, and beside it the name."""
    place = place_of(request)
    try:
        team.unseat(place=place, seat_id=seat_id, at=clock.now())
    except Refused as error:
        return written.refused(error)
    except team.UnknownSeat:
        raise UnknownValue(_("seat"), seat_id, status=404) from None
    return _team(place)


def _team(place: Place) -> schemas.TeamItem:
    evaluation = records.find_evaluation(place.organization.id, place.participation.id)
    seats = seats_of(place.organization.id, place.participation.id)
    filled = {one.function for one in seats}
    return schemas.TeamItem(
        decree_number=(evaluation.decree_number or None) if evaluation else None,
        decree_date=evaluation.decree_date if evaluation else None,
        decree_piece=evaluation.decree_evidence_id if evaluation else None,
        seats=[schemas.SeatItem(id=one.id, function=one.function, holder=one.holder) for one in seats],
        empty=[one for one in SEATS if one not in filled],
    )


@router.get(f"{HERE}/minutes", response=schemas.MinutesItem, auth=session, summary="Minutes and consent")
def get_minutes(request: HttpRequest, code: Code, year: Year) -> Any:
    """What was approved, signed, sent and decided, and when; `steps` is where it is done."""
    place = place_of(request)
    row = records.find_evaluation(place.organization.id, place.participation.id)
    said = written.standing_of(place.participation)
    pdf = reverse("evaluations:minutes-pdf", args=[code, year])
    if row is None:
        return schemas.MinutesItem(
            **said, state=State.SELF.value, approved_at=None, number=None, day=None, has_consent=False,
            signed_at=None, sent_at=None, pdf=pdf,
        )  # fmt: skip
    return schemas.MinutesItem(
        **said,
        pdf=pdf,
        state=State(row.state).value,
        approved_at=row.approved_at,
        number=row.minutes_number or None,
        day=row.minutes_date,
        has_consent=row.has_consent,
        signed_at=row.signed_at,
        sent_at=row.sent_at,
    )


@router.get(
    f"{HERE}/crosswalk", response=schemas.OfferItem, auth=session, summary="What earlier answers offer"
)
def get_offer(request: HttpRequest, code: Code, year: Year) -> Any:
    """Starting texts and evidence from the answers to the older instrument: unofficial. 404: this one has no older."""
    offer = _offer(place_of(request))
    if offer is None:
        return schemas.OfferItem(instrument=None, year=None, source=None, proposals=[])
    proposals = [
        schemas.ProposalItem(
            indicator=one.indicator,
            carry=cast(Any, one.carry.value),
            origins=[origin.indicator for origin in one.origins],
            facts=one.facts,
            analysis=one.analysis,
            pieces=list(one.piece_ids),
            is_empty=one.is_empty,
        )
        for one in offer.proposals
    ]
    return schemas.OfferItem(
        instrument=offer.older.code, year=offer.year, source=offer.source, proposals=proposals
    )


@router.post(
    f"{HERE}/crosswalk", response=schemas.TakenItem, auth=session, summary="Take over earlier answers"
)
def take_over(request: HttpRequest, code: Code, year: Year, body: schemas.TakingBody) -> Any:
    """Text goes only where there is none, no level is carried over; answers of others are left and named."""
    place = place_of(request)
    offer = _offer(place)
    keys = _known(place, body.indicators)
    if offer is None:
        return schemas.TakenItem(texts=0, pieces=0, left=[], cut=[])
    done = crosswalk.take_over(place=place, offer=offer, indicators=keys, at=clock.now())
    return schemas.TakenItem(texts=done.texts, pieces=done.pieces, left=list(done.left), cut=list(done.cut))


def _offer(place: Place) -> Offer | None:
    """The offer of the older instrument. Errors: `UnknownValue`, 404, for an instrument that has no older one."""
    if place.instrument.crosswalk is None:
        raise UnknownValue(_("crosswalk"), place.instrument.code, status=404)
    return find_offer(place, language=language())
