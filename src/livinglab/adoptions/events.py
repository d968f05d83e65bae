"""What others may react to."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionMoved(Event):
    """A region started, put live, paused or ended a service from a package; `state` is where it stands now."""

    name: ClassVar[str] = "adoptions.moved"
    adoption_id: UUID
    listing_id: UUID
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionEdited(Event):
    """A region put a new edition to work: adapted, brought up to a newer release, or gone back."""

    name: ClassVar[str] = "adoptions.edited"
    adoption_id: UUID
    listing_id: UUID
    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOffered(Event):
    """A change was offered back to the origin of a package, taken, declined or withdrawn."""

    name: ClassVar[str] = "adoptions.change_offered"
    offer_id: UUID
    listing_id: UUID
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementMoved(Event):
    """Terms were proposed or changed, or a side signed them."""

    name: ClassVar[str] = "adoptions.agreement_moved"
    agreement_id: UUID
    listing_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultReported(Event):
    """An adopter reported a fault of a version."""

    name: ClassVar[str] = "adoptions.fault_reported"
    report_id: UUID
    listing_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultAnswered(Event):
    """A publisher answered every open report of one fault of a version."""

    name: ClassVar[str] = "adoptions.fault_answered"
    release_id: UUID
    listing_id: UUID
    path: str
    at: datetime
