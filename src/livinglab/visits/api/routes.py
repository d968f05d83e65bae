"""The public API of this context."""

from livinglab.visits.api.follow import router

__all__ = ["router"]
