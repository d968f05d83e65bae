"""Which packages that organisations took over help which indicators: for follow-through and as evidence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from livinglab.adoptions.domain.states import AdoptionState, Manner
from livinglab.adoptions.models import AdoptionFigure
from livinglab.kernel.clock import day_of

#: an organisation, an instrument and an indicator of it
Helped = tuple[UUID, str, str]


@dataclass(frozen=True, slots=True)
class Helping:
    """A package that an organisation runs or prepares, whose maker says that it helps an indicator up to `level`.

    Days are those of the organisation's own time zone; `live_on` is none before it went live.
    """

    adoption_id: UUID
    publisher: str
    package_id: str
    name_id: str
    name_en: str
    level: int
    state: AdoptionState
    manner: Manner
    version: str
    started_on: date
    live_on: date | None
    is_synthetic: bool


def helping(organization_ids: Collection[UUID]) -> Mapping[Helped, tuple[Helping, ...]]:
    """This function will return what organisations took over and did not end, by indicator, the oldest first.

    One query; none where no organisation is named.
    """
    if not organization_ids:
        return {}
    found: dict[Helped, list[Helping]] = {}
    rows = (
        AdoptionFigure.objects.select_related("organization", "listing__publisher", "release")
        .defer("release__content", "release__words")
        .filter(organization_id__in=organization_ids)
        .exclude(state=AdoptionState.ENDED)
        .order_by("started_at", "id")
    )
    for row in rows:
        for (instrument, indicator), level in _highest(row.listing.indicators).items():
            found.setdefault((row.organization_id, instrument, indicator), []).append(_helping(row, level))
    return {key: tuple(each) for key, each in found.items()}


def _highest(named: Collection[str]) -> Mapping[tuple[str, str], int]:
    """Return the highest level that a package names for each indicator; it writes them "spbe-2020/45/4"."""
    found: dict[tuple[str, str], int] = {}
    for one in named:
        instrument, indicator, level = one.split("/")
        key = instrument, indicator
        found[key] = max(int(level), found.get(key, 0))
    return found


def _helping(row: AdoptionFigure, level: int) -> Helping:
    zone = row.organization.zone
    return Helping(
        adoption_id=row.adoption_id,
        publisher=row.listing.publisher.code,
        package_id=row.listing.package_id,
        name_id=row.listing.name_id,
        name_en=row.listing.name_en,
        level=level,
        state=AdoptionState(row.state),
        manner=Manner(row.manner),
        version=row.release.version,
        started_on=day_of(row.started_at, zone),
        live_on=day_of(row.live_at, zone) if row.live_at else None,
        is_synthetic=row.is_synthetic,
    )
