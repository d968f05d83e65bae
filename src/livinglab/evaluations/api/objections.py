"""The region against an assessors' level, in the API: raised, withdrawn, settled."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import schemas
from livinglab.evaluations.api.session import HERE, Code, Year, place_of, session
from livinglab.evaluations.operations import objections as operations
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.queries import raters
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.api.lists import decimal_text

router = Router(tags=["evaluations"])
_ONE = f"{HERE}/objections/{{objection_id}}"


@router.get(
    f"{HERE}/objections",
    response=list[schemas.ObjectionItem],
    auth=session,
    summary="Objections of a region",
)
def list_objections(request: HttpRequest, code: Code, year: Year) -> Any:
    """All of them, oldest first, with what became of each."""
    place = place_of(request)
    found = raters.objections(place.organization.id, place.participation.id)
    return [written.objection_item(one) for one in found]


@router.post(f"{HERE}/objections", response=schemas.ObjectionItem, auth=session, summary="Raise an objection")
def raise_objection(request: HttpRequest, code: Code, year: Year, body: schemas.ObjectionBody) -> Any:
    """To a level of the assessors that the region sees and that differs from its own; once for each such level."""
    place = place_of(request)
    key = written.known_indicator(place, body.indicator)
    try:
        row = operations.raise_objection(
            place=place,
            indicator=key,
            requested_level=Decimal(body.requested_level),
            reason=body.reason,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return written.objection_item(row)


@router.post(
    f"{_ONE}/settlement", response=schemas.SettledObjection, auth=session, summary="Settle an objection"
)
def settle_objection(
    request: HttpRequest, code: Code, year: Year, objection_id: UUID, body: schemas.SettlementBody
) -> Any:
    """An assessor upholds it, in part, or dismisses it; a new level is scored with the reason as its justification."""
    place = place_of(request)
    level = None if body.level is None else Decimal(body.level)
    try:
        settled = operations.settle(
            place=place,
            objection_id=objection_id,
            outcome=operations.Outcome(body.outcome),
            reason=body.reason,
            level=level,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    except ScoreRefused as error:
        return written.problems(error.problems)
    index = decimal_text(settled.standing.score.index)
    said = written.standing_of(place.participation)
    return {**said, "objection": written.objection_item(settled.objection), "index": index}


@router.post(
    f"{_ONE}/withdrawal", response=schemas.ObjectionItem, auth=session, summary="Withdraw an objection"
)
def withdraw_objection(
    request: HttpRequest, code: Code, year: Year, objection_id: UUID, body: schemas.WithdrawalBody
) -> Any:
    """The region takes an open objection back; the assessors' level stays."""
    place = place_of(request)
    try:
        row = operations.withdraw(place=place, objection_id=objection_id, reason=body.reason, at=clock.now())
    except Refused as error:
        return written.refused(error)
    return written.objection_item(row)
