"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseMoved(Event):
    """A release was submitted, listed, returned or withdrawn; `state` is where it stands now."""

    name: ClassVar[str] = "releases.moved"
    listing_id: UUID
    release_id: UUID
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisoryIssued(Event):
    """A publisher or ministry warned of versions of a package, or lifted the warning."""

    name: ClassVar[str] = "releases.advisory"
    listing_id: UUID
    advisory_id: UUID
    is_lifted: bool
