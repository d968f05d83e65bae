"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceAdded(Event):
    """An organisation has a new piece of evidence."""

    name: ClassVar[str] = "evidence.piece_added"
    piece_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRevised(Event):
    """A newer piece took the place of an older one, which stays readable."""

    name: ClassVar[str] = "evidence.piece_revised"
    piece_id: UUID
    supersedes_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceDescribed(Event):
    """What is said about a piece changed; it has to be reviewed again."""

    name: ClassVar[str] = "evidence.piece_described"
    piece_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceClassified(Event):
    """A piece was put into a class: open, limited or exempt."""

    name: ClassVar[str] = "evidence.piece_classified"
    piece_id: UUID
    classification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceReviewed(Event):
    """A reviewer of the organisation accepted or refused a piece."""

    name: ClassVar[str] = "evidence.piece_reviewed"
    piece_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceWithdrawn(Event):
    """A piece counts as evidence no longer."""

    name: ClassVar[str] = "evidence.piece_withdrawn"
    piece_id: UUID
