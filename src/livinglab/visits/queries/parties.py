"""Who somebody is to a visit, and as what an organisation comes."""

from collections.abc import Collection
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.organizations.queries import (
    REGIONAL,
    Kind,
    Organization,
    Role,
    has_ever_belonged,
    organizations,
    posts,
)
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.parties import ACTS, RATES, READS, SIGNS, Actor, Parties
from livinglab.visits.models import Commitment, Visit


def actor_of(user: User) -> Actor:
    """This function will return for whom a person acts, signs and reads. One query."""
    held = posts(user.id)

    def where(roles: Collection[str]) -> frozenset[UUID]:
        return frozenset(post.organization_id for post in held if post.role.value in roles)

    return Actor(
        user_id=user.id,
        acts_for=where(ACTS),
        signs_for=where(SIGNS),
        reads_for=where(READS),
        is_ministry=any(post.role is Role.MINISTRY for post in held),
        is_rater=any(post.role.value in RATES for post in held),
    )


def parties_of(visit: Visit) -> Parties:
    """This function will return the two sides of a visit."""
    return Parties(host_id=visit.host_id, visitor_id=visit.visitor_id)


def parties_to(commitment: Commitment) -> Parties:
    """This function will return whose commitment it is, and who hosted the visit before it, if any."""
    host_id = commitment.visit.host_id if commitment.visit is not None else None
    return Parties(host_id=host_id, visitor_id=commitment.organization_id)


def signing_side(commitment: Commitment) -> UUID:
    """This function will return whose head and coordinator take a commitment back: the host does it for its guest."""
    if commitment.organization_id is not None:
        return commitment.organization_id
    assert commitment.visit is not None, "the database has a guest commit after its visit only"
    return commitment.visit.host_id


def was_ever_a_party(user_id: UUID, parties: Parties) -> bool:
    """This function will return whether a person holds or ever held a role with one of the parties. One query."""
    return has_ever_belonged(user_id, parties.ids)


def kind_of(organization: Organization) -> VisitorKind:
    """This function will return as what an organisation of the platform visits: it is counted among its like.

    A province comes as an institution: the 62 of the first cohort are regencies and cities.
    """
    if organization.kind in REGIONAL:
        return VisitorKind.REGION
    return VisitorKind.MINISTRY if organization.kind == Kind.CENTRAL else VisitorKind.INSTITUTION


def acting_organizations(actor: Actor) -> list[Organization]:
    """This function will return the organisations for which a person acts, by code. One query."""
    found = organizations().filter(id__in=actor.acts_for).exclude(kind=Kind.PLATFORM)
    return list(found.select_related("province").order_by("code"))
