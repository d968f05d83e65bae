"""Who works on a region's action plans, as far as the rules ask."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

#: who changes everything in a plan: the coordinator's own office, and the planning agency, which knows the budget
KEEPS: Final = frozenset({"coordinator", "responsible_officer", "planning_agency"})
#: who makes a plan the region's own
ACCEPTS: Final = frozenset({"coordinator", "head_of_region"})
#: who works on what was given to their agency or to them
WORKS: Final = frozenset(
    {"agency_officer", "data_entry", "internal_assessor", "legal_bureau", "inspectorate"}
)
#: who says something about every action
COMMENTS: Final = KEEPS | ACCEPTS

#: to whom an action can be given
ASSIGNABLE: Final = KEEPS | ACCEPTS | WORKS


@dataclass(frozen=True, slots=True)
class Actor:
    """A person before one region's plans: `roles` held there, `agency_ids` the agencies for which they are held."""

    user_id: UUID
    roles: frozenset[str] = frozenset()
    agency_ids: frozenset[UUID] = frozenset()

    @property
    def is_keeper(self) -> bool:
        """Whether this person changes everything in a plan."""
        return bool(self.roles & KEEPS)

    def works_on(self, *, agencies: frozenset[UUID], people: frozenset[UUID]) -> bool:
        """Whether an action of these agencies and people, those who lead and those who help, is this person's work."""
        if self.is_keeper:
            return True
        return self.is_among(agencies=agencies, people=people) and bool(self.roles & WORKS)

    def is_among(self, *, agencies: frozenset[UUID], people: frozenset[UUID]) -> bool:
        """Whether this person or one of their agencies is named."""
        return self.user_id in people or bool(agencies & self.agency_ids)
