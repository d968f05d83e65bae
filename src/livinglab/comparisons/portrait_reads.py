"""What the portraits of hundreds of organisations share, read once per process and state of the data.

Every function takes the state of the data that the page's ETag names, which was read before: nothing kept is older
than the state it is kept under, and a change brings another state. What is kept is read by many requests: change
none of it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from livinglab.assessments import queries as assessments
from livinglab.comparisons.domain.peers import Region
from livinglab.comparisons.models import Standing, YearSummary
from livinglab.kernel.freshness import Versions
from livinglab.organizations.queries import Organization, organizations

TOPICS: Final = ("standings", "results", "organizations", "evaluations")


@lru_cache(maxsize=2)
def summaries(state: Versions) -> Mapping[str, tuple[YearSummary, ...]]:
    """Return the sums of every ranked year by their scope, the newest year first."""
    del state
    found: dict[str, list[YearSummary]] = {}
    for row in YearSummary.objects.all():
        found.setdefault(row.scope, []).append(row)
    return {scope: tuple(rows) for scope, rows in found.items()}


@lru_cache(maxsize=2)
def national_averages(state: Versions) -> tuple[assessments.Average, ...]:
    """Return the leading national averages of all years."""
    del state
    return tuple(assessments.averages(scopes=[assessments.Scope.NATIONAL]))


@lru_cache(maxsize=8)  # the ranked years; half a thousand rows each
def standings(year: int, state: Versions) -> Mapping[str, Standing]:
    """Return the standings of a year by the code of their region, each with its region and province."""
    del state
    rows = Standing.objects.filter(year=year).select_related("organization__province")
    return {row.organization.code: row for row in rows}


@lru_cache(maxsize=2)
def places(version: int) -> Mapping[str, Organization]:
    """Return every organisation by its code, each with its province; ``version`` is that of the organisations."""
    del version
    return {place.code: place for place in organizations().select_related("province")}


@lru_cache(maxsize=4)
def places_of_kind(kind: str, version: int) -> Mapping[str, Region]:
    """Return what describes the places of a kind by their code; ``version`` is that of the organisations."""
    del version
    rows = (
        organizations()
        .filter(is_synthetic=False, kind=kind)
        .values_list("code", "province__code", "population", "area_km2")
    )
    return {
        code: Region(code, kind, province or "", None, population, area)
        for code, province, population, area in rows
    }


def forget() -> None:
    """Drop everything kept, as tests must after rolling their changes back."""
    for kept in (summaries, national_averages, standings, places, places_of_kind):
        kept.cache_clear()
