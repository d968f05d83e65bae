"""Where somebody stands: one region's action plans, and what the person is to them."""

from dataclasses import dataclass

from livinglab.actions.domain.actors import Actor
from livinglab.organizations.queries import Organization


@dataclass(frozen=True, slots=True)
class Place:
    """One region's action plans, and who stands before them."""

    organization: Organization
    actor: Actor
