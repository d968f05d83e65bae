"""As whom somebody opens the evidence of an evaluation; what opens to them is judged by the evidence itself."""

from collections.abc import Collection

from livinglab.evaluations.queries.places import Place
from livinglab.evidence import operations as evidence
from livinglab.evidence.queries import Piece, assessed_by
from livinglab.organizations.queries import Role


def reader_of(place: Place, name: str, pieces: Collection[Piece]) -> evidence.Reader:
    """This function will return who stands here as a reader of pieces that are evidence in this evaluation.

    Who is assigned assesses them all; a member those that `queries.assessed` tells. Call it inside the organisation's
    transaction; it asks only where there are exempt pieces.
    """
    actor = place.actor
    exempt = [one.id for one in pieces if one.is_exempt]
    if actor.is_assigned:
        assesses = frozenset(one.id for one in pieces)
    else:
        assesses = assessed_by(place.organization.id, actor.user_id, exempt) if exempt else frozenset()
    outside = {Role.MINISTRY} if actor.is_ministry else set()
    roles = frozenset({*(Role(role) for role in actor.roles), *outside})
    return evidence.Reader(actor.user_id, name, roles, assesses)
