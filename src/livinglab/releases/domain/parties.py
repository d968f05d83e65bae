"""Who acts for a publisher, who reviews, and who warns."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from livinglab.releases.domain.states import Side

#: roles that publish in the name of their organisation and keep its key
PUBLISHES: Final = frozenset({"head_of_region", "coordinator", "responsible_officer"})
#: roles that prepare a package and may send it to be published
PREPARES: Final = PUBLISHES | {"agency_officer"}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person: for which organisations this person publishes and prepares, and whether a ministry's officer."""

    user_id: UUID
    publishes_for: frozenset[UUID] = frozenset()
    prepares_for: frozenset[UUID] = frozenset()
    belongs_to: frozenset[UUID] = frozenset()
    ministries: frozenset[UUID] = frozenset()


def sides_of(actor: Actor, *, publisher_id: UUID) -> frozenset[Side]:
    """This function will return on which sides of a release a person acts; nobody reviews the own organisation's."""
    sides = set()
    if publisher_id in actor.publishes_for:
        sides.add(Side.PUBLISHER)
    if actor.ministries and publisher_id not in actor.belongs_to:
        sides.add(Side.REVIEWER)
    return frozenset(sides)
