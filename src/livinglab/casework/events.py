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
