"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnServiceRecorded(Event):
    """A region recorded a service of its own, or that it has none for a function."""

    name: ClassVar[str] = "catalogue.own_service_recorded"
    entry_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnServiceWithdrawn(Event):
    """A region took back what it had recorded."""

    name: ClassVar[str] = "catalogue.own_service_withdrawn"
    entry_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePublished(Event):
    """A region published a practice, or a newer text of one."""

    name: ClassVar[str] = "catalogue.practice_published"
    practice_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeWithdrawn(Event):
    """A region took a practice from the public."""

    name: ClassVar[str] = "catalogue.practice_withdrawn"
    practice_id: UUID
