"""A piece as pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from livinglab.evidence.domain.classes import Classification, Exemption
from livinglab.evidence.domain.states import ReviewState, ScanState
from livinglab.evidence.domain.types import EvidenceType
from livinglab.evidence.labels import CLASSES, EXEMPTIONS, REVIEWS, SCANS, TYPES
from livinglab.evidence.models import Piece
from livinglab.evidence.queries import format_name
from livinglab.kernel import clock

_STEP = 1024
#: how a review state is marked; the word stands beside it
_MARKS = {ReviewState.UNREVIEWED: "", ReviewState.ACCEPTED: "good", ReviewState.REFUSED: "bad"}


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A piece in the reader's language."""

    piece: Piece
    type: str
    classification: str
    exemption: str
    review: str
    review_mark: str
    scan: str
    size: tuple[Decimal, str] | None  # None for a link
    format: str
    added_by: str
    added_on: date
    is_expired: bool


def shown(piece: Piece, *, added_by: str, zone: str) -> ShownPiece:
    """This function will return a piece in words; days are those of the organisation's zone (WIB, WITA or WIT)."""
    state = ReviewState(piece.review_state)
    return ShownPiece(
        piece=piece,
        type=str(TYPES[EvidenceType(piece.type)]),
        classification=str(CLASSES[Classification(piece.classification)]),
        exemption=str(EXEMPTIONS[Exemption(piece.exemption)]) if piece.exemption else "",
        review=str(REVIEWS[state]),
        review_mark=_MARKS[state],
        scan=str(SCANS[ScanState(piece.scan_state)]) if piece.is_file else "",
        size=size_in_units(piece.size) if piece.is_file else None,
        format=format_name(piece),
        added_by=added_by,
        added_on=local_day(piece.added_at, zone),
        is_expired=piece.expires_on is not None and piece.expires_on < clock.today(zone),
    )


def local_day(at: datetime, zone: str) -> date:
    """This function will return the day of a moment in one of Indonesia's zones."""
    return at.astimezone(ZoneInfo(clock.ZONES[zone])).date()


def size_in_units(size: int) -> tuple[Decimal, str]:
    """This function will return a size in bytes as a number and its unit: kB, at least 0.1, or MB."""
    kilo = Decimal(size) / _STEP
    if kilo < _STEP:
        return max(kilo.quantize(Decimal("0.1")), Decimal("0.1")), "kB"
    return (kilo / _STEP).quantize(Decimal("0.1")), "MB"
