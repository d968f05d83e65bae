"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRequested(Event):
    """An organisation asked a host for a study visit. A visit is of two parties, so no tenant's own."""

    name: ClassVar[str] = "visits.visit_requested"
    visit_id: UUID
