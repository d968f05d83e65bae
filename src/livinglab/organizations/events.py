"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationsLoaded(Event):
    """The reference table of organisations was loaded or changed."""

    name: ClassVar[str] = "organizations.loaded"
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipGranted(Event):
    """A person was given a role in an organisation."""

    name: ClassVar[str] = "organizations.membership_granted"
    user_id: UUID
