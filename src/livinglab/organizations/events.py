"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationsLoaded(Event):
    """The reference table of organisations was loaded or changed."""

    name: ClassVar[str] = "organizations.loaded"
    count: int
