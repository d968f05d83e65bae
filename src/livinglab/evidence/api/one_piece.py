"""One piece in the API: what is said about it, its class, its review, and that it counts no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from livinglab.evidence import operations
from livinglab.evidence.api.pieces import Code, find, in_words, piece_item, refusal
from livinglab.evidence.api.schemas import ClassBody, DescriptionBody, PieceItem, ReviewBody
from livinglab.evidence.api.session import MemberSession, member_of
from livinglab.evidence.models import Piece
from livinglab.evidence.policies import READERS, REVIEWERS, WRITERS
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.api.errors import problems

router = Router(tags=["evidence"])
_ONE = "/regions/{code}/evidence/{piece_id}"


@router.get(
    _ONE,
    response=PieceItem,
    auth=MemberSession(READERS),
    summary="One piece of evidence",
)
def get_piece(request: HttpRequest, code: Code, piece_id: UUID) -> Any:
    """What a piece is, also a withdrawn or superseded one."""
    return piece_item(find(request, piece_id))


@router.put(_ONE, response=PieceItem, auth=MemberSession(WRITERS), summary="Describe a piece of evidence")
def describe_piece(request: HttpRequest, code: Code, piece_id: UUID, body: DescriptionBody) -> Any:
    """What is said about it, but for its class; a review has to be done again. Handed over, it stays as it is."""
    details = operations.Details(**body.model_dump())
    return _changed(request, piece_id, operations.describe, details=details)


@router.put(
    f"{_ONE}/class", response=PieceItem, auth=MemberSession(WRITERS), summary="Class a piece of evidence"
)
def classify_piece(request: HttpRequest, code: Code, piece_id: UUID, body: ClassBody) -> Any:
    """Open, limited or exempt, with the legal basis. Few take an exemption back; handed over, it only gets stricter."""
    return _changed(request, piece_id, operations.classify, **body.model_dump())


@router.put(
    f"{_ONE}/review", response=PieceItem, auth=MemberSession(REVIEWERS), summary="Review a piece of evidence"
)
def review_piece(request: HttpRequest, code: Code, piece_id: UUID, body: ReviewBody) -> Any:
    """Whether the piece will do, or why not. Nobody reviews a piece of their own."""
    return _changed(request, piece_id, operations.review, accepted=body.is_accepted, reason=body.reason)


@router.post(
    f"{_ONE}/withdrawal",
    response=PieceItem,
    auth=MemberSession(WRITERS),
    summary="Withdraw a piece of evidence",
)
def withdraw_piece(request: HttpRequest, code: Code, piece_id: UUID) -> Any:
    """It counts as evidence no longer and stays readable."""
    return _changed(request, piece_id, operations.withdraw)


def _changed(
    request: HttpRequest, piece_id: UUID, change: Callable[..., Piece], **given: Any
) -> PieceItem | HttpResponse:
    organization, by = member_of(request)
    piece = find(request, piece_id)
    try:
        return piece_item(
            change(organization_id=organization.id, piece_id=piece.id, by=by, at=clock.now(), **given)
        )
    except operations.DetailsRefused as refused:
        return problems(in_words(refused.problems))
    except Refused as refused:
        return refusal(refused)
