"""Describing, classing, reviewing and withdrawing pieces."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.evidence import queries
from livinglab.evidence.domain.classes import Classification
from livinglab.evidence.domain.details import (
    LONGEST_REASON,
    Details,
    Flaw,
    Problem,
    class_problems,
)
from livinglab.evidence.domain.states import ReviewState
from livinglab.evidence.events import PieceClassified, PieceDescribed, PieceReviewed, PieceWithdrawn
from livinglab.evidence.models import Piece
from livinglab.evidence.operations.refused import DetailsRefused
from livinglab.evidence.operations.rows import checked, locked, record, set_columns
from livinglab.evidence.policies import (
    may_be_exempt,
    may_classify,
    may_describe,
    may_loosen,
    may_review,
)
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import roles_held


def describe(*, organization_id: UUID, piece_id: UUID, details: Details, by: UUID, at: datetime) -> Piece:
    """This function will change what is said about a piece, but for its class; a review has to be done again.

    Errors: `Refused`, `DetailsRefused`, `Piece.DoesNotExist`.
    """
    with tenancy(organization_id):
        piece = locked(organization_id, piece_id)
        ensure(
            may_describe(piece, roles_held(by, organization_id), is_held=queries.is_held(piece, lock=True))
        )
        details = replace(
            details,
            classification=piece.classification,
            exemption=piece.exemption,
            class_reason=piece.class_reason,
        )
        details = checked(details, at)
        said = {name: getattr(details, name) for name in _DESCRIBED}
        changed = sorted(name for name, value in said.items() if getattr(piece, name) != value)
        if not changed:
            return piece
        before = {name: _recorded(getattr(piece, name)) for name in changed}
        after = {name: _recorded(said[name]) for name in changed}
        set_columns(piece, **said, **_UNREVIEWED)
        facts = {"fields": changed, "before": before, "after": after}
        record(piece, by, at, "evidence.piece_described", facts)
        publish(PieceDescribed(organization_id=organization_id, piece_id=piece.id))
    return piece


def _recorded(value: object) -> str:
    """A text as it is, a day as 2026-03-02, nothing as nothing."""
    return "" if value is None else str(value)


_DESCRIBED = ("title", "type", "document_number", "issued_on", "expires_on")
_UNREVIEWED = {
    "review_state": ReviewState.UNREVIEWED,
    "review_reason": "",
    "reviewed_by": None,
    "reviewed_at": None,
}


def classify(
    *,
    organization_id: UUID,
    piece_id: UUID,
    classification: str,
    exemption: str = "",
    class_reason: str = "",
    by: UUID,
    at: datetime,
) -> Piece:
    """This function will put a piece into a class, with its legal basis. Errors: as `describe`."""
    with tenancy(organization_id):
        piece = locked(organization_id, piece_id)
        is_held = queries.is_held(piece, lock=True)
        ensure(may_classify(piece, roles_held(by, organization_id), is_held=is_held))
        given = Details(
            title=piece.title,
            type=piece.type,
            classification=classification,
            exemption=exemption,
            class_reason=class_reason,
        ).trimmed()
        if found := class_problems(given):
            raise DetailsRefused(found)
        ensure(may_loosen(piece, given.classification, is_held=is_held))
        if given.classification == Classification.EXEMPT:
            ensure(may_be_exempt(piece))
        before = _class_of(piece, at)
        set_columns(
            piece,
            classification=given.classification,
            exemption=given.exemption,
            class_reason=given.class_reason,
        )
        facts = {"before": before, "after": _class_of(piece, at)}
        record(piece, by, at, "evidence.piece_classified", facts)
        publish(
            PieceClassified(
                organization_id=organization_id,
                piece_id=piece.id,
                classification=piece.classification,
            )
        )
    return piece


def review(
    *, organization_id: UUID, piece_id: UUID, accepted: bool, reason: str = "", by: UUID, at: datetime
) -> Piece:
    """This function will record that a piece will do, or why it will not. Errors: as `describe`."""
    reason = storable(reason)
    with tenancy(organization_id):
        piece = locked(organization_id, piece_id)
        is_held = queries.is_held(piece, lock=True)
        ensure(may_review(piece, roles_held(by, organization_id), by, is_held=is_held))
        if not accepted and not reason:
            raise DetailsRefused((Problem("review_reason", Flaw.REASON_MISSING),))
        if len(reason) > LONGEST_REASON:
            raise DetailsRefused((Problem("review_reason", Flaw.REASON_LONG),))
        state = ReviewState.ACCEPTED if accepted else ReviewState.REFUSED
        before = _review_of(piece, at)
        set_columns(piece, review_state=state, review_reason=reason, reviewed_by=by, reviewed_at=at)
        facts = {"before": before, "after": _review_of(piece, at)}
        record(piece, by, at, f"evidence.piece_{state}", facts)
        publish(PieceReviewed(organization_id=organization_id, piece_id=piece.id))
    return piece


def _class_of(piece: Piece, at: datetime) -> dict[str, str]:
    """Class, letter of article 17 and reason as the trail tells them; the reason is kept beside it."""
    reason = audit.keep_text(organization_id=piece.organization_id, text=piece.class_reason, at=at)
    return {"class": piece.classification, "letter": piece.exemption, "reason": reason}


def _review_of(piece: Piece, at: datetime) -> dict[str, str]:
    """State and reason of a review as the trail tells them; the reason is kept beside it."""
    reason = audit.keep_text(organization_id=piece.organization_id, text=piece.review_reason, at=at)
    return {"review": piece.review_state, "reason": reason}


def withdraw(*, organization_id: UUID, piece_id: UUID, by: UUID, at: datetime) -> Piece:
    """This function will take a piece out of the evidence; it stays readable. Errors: as `describe`."""
    with tenancy(organization_id):
        piece = locked(organization_id, piece_id)
        ensure(
            may_describe(piece, roles_held(by, organization_id), is_held=queries.is_held(piece, lock=True))
        )
        set_columns(piece, withdrawn_by=by, withdrawn_at=at)
        record(piece, by, at, "evidence.piece_withdrawn")
        publish(PieceWithdrawn(organization_id=organization_id, piece_id=piece.id))
    return piece
