"""How many applicants are satisfied, for the proof of a package and the record of an adoption."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from livinglab.surveys.models import SatisfactionFigure


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Counts of one version of a service: people asked, people who answered, and of these whose band is A or B."""

    version: str
    asked: int
    ratings: int
    satisfied: int


def satisfaction(
    service_ids: Iterable[UUID], *, since: date | None = None
) -> dict[UUID, tuple[Satisfaction, ...]]:
    """This function will return the counts of services by version; made-up services and unknown ids are left out.

    `since`: only of those first asked in that month or later. Counts, not figures to be shown: whoever shows them
    keeps a minimum of their own. One query.
    """
    rows = SatisfactionFigure.objects.filter(
        service__service_id__in=list(service_ids), service__is_synthetic=False
    )
    if since is not None:
        rows = rows.filter(month__gte=since.replace(day=1))
    found: dict[UUID, tuple[Satisfaction, ...]] = {}
    summed = rows.values("service__service_id", "version").annotate(
        of_asked=Sum("asked"), of_answered=Sum("answered"), of_satisfied=Sum("satisfied")
    )
    for row in summed.order_by("service__service_id", "version"):
        one = Satisfaction(row["version"], row["of_asked"], row["of_answered"], row["of_satisfied"])
        found[row["service__service_id"]] = (*found.get(row["service__service_id"], ()), one)
    return found
