"""Reads of this context, for its own pages and for anyone else: standings, the country's figures, peers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Subquery

from livinglab.comparisons.domain.country import Bin, Summary
from livinglab.comparisons.domain.geography import Point, distance_km
from livinglab.comparisons.domain.peers import LIMIT, Peer, Region, Strategy, choose_peers
from livinglab.comparisons.models import Standing, YearSummary
from livinglab.kernel.models import DataVersion

__all__ = [
    "EVERYBODY",
    "TOPIC",
    "Peer",
    "PlaceAmong",
    "Point",
    "RankedYear",
    "RegionStanding",
    "ScopeSummary",
    "Strategy",
    "distance_km",
    "peers_of",
    "place_among",
    "ranked_years",
    "region_standings",
    "stamped_years",
    "standings_of",
    "summaries",
]

TOPIC: Final = "standings"
EVERYBODY: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """A region's rank and how many are ranked: among all, its kind and its province."""

    everybody: int
    of_everybody: int
    below_everybody: int
    kind: int
    of_kind: int
    below_kind: int
    province: int
    of_province: int
    below_province: int


@dataclass(frozen=True, kw_only=True)
class RegionStanding:
    """One region in one ranked year. Without a result: no index, no band, no rank, and no zero anywhere.

    ``band`` is the position of the printed predicate, 0 the lowest. ``doubts`` names parts of the row that
    no set of levels gives ("D4"); ``previous_doubts`` those of the year before.
    """

    organization_id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    is_autonomous: bool
    population: int | None
    area_km2: Decimal | None
    latitude: Decimal | None
    longitude: Decimal | None
    province_code: str
    province: str
    year: int
    island_group: str
    tile: tuple[int, int] | None
    index: Decimal | None
    predicate: str
    band: int | None
    domain_texts: Mapping[str, str]
    doubts: tuple[str, ...]
    source: str
    decision: str
    ranks: Ranks | None
    best_rank: int | None
    worst_rank: int | None
    flips: int | None
    previous_index: Decimal | None
    previous_band: int | None
    previous_ranks: tuple[int | None, int | None, int | None]
    previous_of: tuple[int | None, int | None, int | None]
    previous_doubts: tuple[str, ...]
    change: Decimal | None

    @cached_property
    def domains(self) -> dict[str, Decimal]:
        return {code: Decimal(value) for code, value in self.domain_texts.items()}

    @property
    def listed_name(self) -> str:
        """The name for lists: "Kab. Sumedang", "Kota Bandung"."""
        return self.short_name if self.kind == "city" else f"Kab. {self.short_name}"

    @property
    def change_is_doubtful(self) -> bool:
        return self.change is not None and bool(self.doubts or self.previous_doubts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeSummary:
    """The figures of one set of regions in one ranked year; ``summary`` counts those with a result."""

    scope: str
    year: int
    previous_year: int | None
    regions: int
    autonomous: int
    summary: Summary
    bins: tuple[Bin, ...]
    compared: int
    risen: int
    unchanged: int
    fallen: int
    change_mean: Fraction | None
    change_median: Fraction | None
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RankedYear:
    """A year that has a ranking; ``stamp`` changes whenever any figure of the year does."""

    year: int
    stamp: str


def ranked_years() -> tuple[int, ...]:
    """Return the years that have a ranking, newest first. One query."""
    return tuple(one.year for one in stamped_years())


def stamped_years() -> tuple[RankedYear, ...]:
    """Return the years that have a ranking with the stamp of their figures and names, newest first. One query.

    The stamp joins the identifier of the year's first summary, new at each rebuild that changed anything,
    with the version of the regions' names.
    """
    names = DataVersion.objects.filter(topic="organizations").values("number")[:1]
    found = YearSummary.objects.filter(scope=EVERYBODY).order_by("-year")
    rows = found.annotate(names=Subquery(names)).values_list("year", "id", "names")
    return tuple(RankedYear(year, f"{key}/{number or 0}") for year, key, number in rows)


_FIELDS: Final = (
    *("organization_id", "organization__code", "organization__name", "organization__short_name"),
    *("organization__kind", "organization__is_autonomous", "organization__population"),
    *("organization__area_km2", "organization__latitude", "organization__longitude"),
    *("organization__province__code", "organization__province__short_name"),
    *("year", "island_group", "tile_column", "tile_row", "index", "predicate", "band", "domains", "doubts"),
    *("source", "decision", "rank_all", "of_all", "below_all", "rank_kind", "of_kind", "below_kind"),
    *("rank_province", "of_province", "below_province", "best_rank", "worst_rank", "flips"),
    *("previous_index", "previous_band", "previous_rank_all", "previous_rank_kind", "previous_rank_province"),
    *("previous_of_all", "previous_of_kind", "previous_of_province", "previous_doubts", "change"),
)


def region_standings(year: int, *, codes: Iterable[str] | None = None) -> list[RegionStanding]:
    """Return the standings of a ranked year by code: all regions, or those of ``codes``. One query."""
    found = Standing.objects.filter(year=year)
    if codes is not None:
        found = found.filter(organization__code__in=list(codes))
    return _values(found.order_by("organization__code"))


def standings_of(organization_id: UUID) -> list[RegionStanding]:
    """Return one region's standings of all ranked years, newest first. One query."""
    return _values(Standing.objects.filter(organization_id=organization_id).order_by("-year"))


def _values(found: "QuerySet[Standing]") -> list[RegionStanding]:
    return [_standing(dict(zip(_FIELDS, row, strict=True))) for row in found.values_list(*_FIELDS)]


def _standing(row: dict[str, Any]) -> RegionStanding:
    return RegionStanding(
        organization_id=row["organization_id"],
        code=row["organization__code"],
        name=row["organization__name"],
        short_name=row["organization__short_name"],
        kind=row["organization__kind"],
        is_autonomous=row["organization__is_autonomous"],
        population=row["organization__population"],
        area_km2=row["organization__area_km2"],
        latitude=row["organization__latitude"],
        longitude=row["organization__longitude"],
        province_code=row["organization__province__code"],
        province=row["organization__province__short_name"],
        year=row["year"],
        island_group=row["island_group"],
        tile=None if row["tile_column"] is None else (row["tile_column"], row["tile_row"]),
        index=row["index"],
        predicate=row["predicate"],
        band=row["band"],
        domain_texts=row["domains"],
        doubts=tuple(row["doubts"]),
        source=row["source"],
        decision=row["decision"],
        ranks=None if row["rank_all"] is None else _ranks(row),
        best_rank=row["best_rank"],
        worst_rank=row["worst_rank"],
        flips=row["flips"],
        previous_index=row["previous_index"],
        previous_band=row["previous_band"],
        previous_ranks=(row["previous_rank_all"], row["previous_rank_kind"], row["previous_rank_province"]),
        previous_of=(row["previous_of_all"], row["previous_of_kind"], row["previous_of_province"]),
        previous_doubts=tuple(row["previous_doubts"]),
        change=row["change"],
    )


def _ranks(row: dict[str, Any]) -> Ranks:
    return Ranks(
        everybody=row["rank_all"],
        of_everybody=row["of_all"],
        below_everybody=row["below_all"],
        kind=row["rank_kind"],
        of_kind=row["of_kind"],
        below_kind=row["below_kind"],
        province=row["rank_province"],
        of_province=row["of_province"],
        below_province=row["below_province"],
    )


@dataclass(frozen=True, slots=True)
class PlaceAmong:
    """The rank that an index would have, among how many, and the rank that the region has; None without a result."""

    rank: int
    of: int
    own: int | None


def place_among(year: int, index: Decimal, *, without: UUID) -> PlaceAmong:
    """Return which rank an index would have in a ranked year, in place of the result of the region `without`.

    Regions with equal results share a rank, the best of theirs. One query.
    """
    others = ~Q(organization_id=without)
    found = Standing.objects.filter(year=year, index__isnull=False).aggregate(
        above=Count("id", filter=others & Q(index__gt=index)),
        others=Count("id", filter=others),
        own=Max("rank_all", filter=Q(organization_id=without)),
    )
    return PlaceAmong(found["above"] + 1, found["others"] + 1, found["own"])


def summaries(year: int, *, scopes: Iterable[str] | None = None) -> dict[str, ScopeSummary]:
    """Return the figures of a ranked year by scope: of every set of regions, or those asked for. One query."""
    found = YearSummary.objects.filter(year=year)
    if scopes is not None:
        found = found.filter(scope__in=list(scopes))
    return {row.scope: _summary(row) for row in found}


def _summary(row: YearSummary) -> ScopeSummary:
    means = {code: Fraction(total) / number for code, (total, number) in row.domain_sums.items()}
    return ScopeSummary(
        scope=row.scope,
        year=row.year,
        previous_year=row.previous_year,
        regions=row.regions,
        autonomous=row.autonomous,
        summary=Summary(
            count=row.assessed,
            index_mean=Fraction(row.index_sum) / row.assessed if row.assessed else None,
            index_median=None if row.index_median is None else Fraction(row.index_median),
            band_counts=tuple(row.band_counts),
            domain_means=means,
        ),
        bins=tuple(Bin(Decimal(start), tuple(counts)) for start, counts in sorted(row.bins.items())),
        compared=row.compared,
        risen=row.risen,
        unchanged=row.unchanged,
        fallen=row.fallen,
        change_mean=Fraction(row.change_sum) / row.compared if row.compared else None,
        change_median=None if row.change_median is None else Fraction(row.change_median),
        sources=tuple((source, decision) for source, decision in row.sources),
    )


def peers_of(code: str, strategy: Strategy, *, year: int, limit: int = LIMIT) -> tuple[Peer, ...]:
    """Return whom a region is compared with, and why; none for an unknown region. One query."""
    regions = {region.code: region for region in _peer_regions(year)}
    subject = regions.get(code)
    return choose_peers(strategy, subject, regions.values(), limit=limit) if subject else ()


def _peer_regions(year: int) -> list[Region]:
    fields = (
        *("organization__code", "organization__kind", "organization__province__code"),
        *("organization__latitude", "organization__longitude", "organization__population"),
        *("organization__area_km2", "previous_index", "index", "doubts", "previous_doubts"),
    )
    found = Standing.objects.filter(year=year).values_list(*fields)
    return [_peer_region(*row) for row in found]


def _peer_region(
    code: str,
    kind: str,
    province_code: str,
    latitude: Decimal | None,
    longitude: Decimal | None,
    population: int | None,
    area_km2: Decimal | None,
    start: Decimal | None,
    index: Decimal | None,
    doubts: list[str],
    previous_doubts: list[str],
) -> Region:
    return Region(
        code=code,
        kind=kind,
        province_code=province_code,
        point=Point(float(latitude), float(longitude))
        if latitude is not None and longitude is not None
        else None,
        population=population,
        area_km2=area_km2,
        start=start,
        index=index,
        is_doubtful=bool(doubts or previous_doubts),
    )
