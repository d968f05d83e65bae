"""Who acts for whom: the two parties of a visit, those who read it, and those who may rate what came of it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from livinglab.visits.domain.process import Side

#: roles that ask for a visit, host it and write its minutes, each for the own organisation
ACTS: Final = frozenset({"head_of_region", "coordinator", "responsible_officer", "ministry"})
#: roles that enter what the head of region signed
SIGNS: Final = frozenset({"head_of_region", "coordinator"})
#: roles that read purpose and minutes of the own organisation's visits; citizens and visiting experts do not
READS: Final = ACTS | {
    "data_entry",
    "internal_assessor",
    "agency_officer",
    "legal_bureau",
    "inspectorate",
    "planning_agency",
    "province",
    "administrator",
}
#: roles that rate, as long as they are of neither party
RATES: Final = frozenset({"ministry", "mentor", "head_of_region", "coordinator", "responsible_officer"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, and the organisations for which this person acts, signs and reads."""

    user_id: UUID
    acts_for: frozenset[UUID] = frozenset()
    signs_for: frozenset[UUID] = frozenset()
    reads_for: frozenset[UUID] = frozenset()
    is_ministry: bool = False
    is_rater: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """The two sides of a visit; a visitor that is not on the platform has no id, and its host acts for it."""

    host_id: UUID | None
    visitor_id: UUID | None

    @property
    def ids(self) -> frozenset[UUID]:
        """The organisations of the platform that are a party."""
        return frozenset(one for one in (self.host_id, self.visitor_id) if one is not None)


def sides_of(actor: Actor, parties: Parties) -> frozenset[Side]:
    """This function will return on which sides of a visit a person acts."""
    sides = set()
    if parties.host_id in actor.acts_for:
        sides.add(Side.HOST)
    if (parties.visitor_id or parties.host_id) in actor.acts_for:
        sides.add(Side.VISITOR)
    return frozenset(sides)
