"""Who runs what, for everybody: read from the projection alone."""

from uuid import UUID

from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import AdoptionFigure


def adopters_of(listing_id: UUID) -> tuple[AdoptionFigure, ...]:
    """This function will return who took a package over, live ones first, then the longest at work. One query."""
    rows = AdoptionFigure.objects.select_related("organization", "release").defer(
        "release__content", "release__words"
    )
    found = rows.filter(listing_id=listing_id).exclude(state=AdoptionState.ENDED)
    return tuple(sorted(found, key=lambda one: (one.live_at is None, one.live_at or one.started_at)))
