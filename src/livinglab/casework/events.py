"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved(Event):
    """A case arrived, moved or ended; `outcome` is empty while it is open."""

    name: ClassVar[str] = "casework.case_moved"
    case_id: UUID
    service_id: UUID
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRevoked(Event):
    """A signed document of a case was revoked, in each of its languages."""

    name: ClassVar[str] = "casework.paper_revoked"
    case_id: UUID
    service_id: UUID
    paper_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPublished(Event):
    """An office published something for everybody, or the next edition of it."""

    name: ClassVar[str] = "casework.entry_published"
    publication_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWithdrawn(Event):
    """What an office had published was taken back."""

    name: ClassVar[str] = "casework.entry_withdrawn"
    publication_id: UUID
