"""The country's follow-through, counted once between two changes: its page is public and reads every commitment.

What is kept is named by the day, the version of visits, commitments and adoptions, and the newest change of an action.
Two writes of actions may end in another order than they began; so nothing is kept longer than the minute in which it
was counted.
"""

from datetime import datetime
from functools import lru_cache

from django.db.models import Max

from livinglab.actions.queries.figures import figures
from livinglab.kernel.freshness import Versions, versions_of
from livinglab.visits.queries.funnel import Asked, Funnel, funnel

_TOPICS = ("adoptions", "organizations", "visits")


def kept_funnel(asked: Asked, *, at: datetime) -> Funnel:
    """This function will return the follow-through as it is, or as it was counted in this minute. Two or three queries.

    `at` is the moment of the request.
    """
    newest = figures().aggregate(newest=Max("changed_at"))["newest"]
    return _kept(asked, versions_of(_TOPICS), newest, at.replace(second=0, microsecond=0))


def forget() -> None:
    """This function will drop what is kept, for tests and benchmarks."""
    _kept.cache_clear()


@lru_cache(maxsize=32)
def _kept(asked: Asked, _versions: Versions, _newest: datetime | None, _minute: datetime) -> Funnel:
    return funnel(asked)
