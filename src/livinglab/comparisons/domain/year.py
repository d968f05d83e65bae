"""One ranked year, computed whole: every region's standing, and the sums of every set of regions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from livinglab.comparisons.domain.country import Bin, Moves, Result, distribution, moves
from livinglab.comparisons.domain.numbers import median
from livinglab.comparisons.domain.sensitivity import Sensitivity, Weighted, sensitivities
from livinglab.comparisons.domain.standings import Position, Ranked, Scope, change, standings

RANKED_FROM: Final = Fraction(1, 2)  # of the autonomous regions: scattered press figures make no ranking
EVERYBODY: Final = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """A region as rankings see it: what it is and where, without its results."""

    code: str
    kind: str
    province_code: str
    group: str
    is_autonomous: bool

    @property
    def scopes(self) -> tuple[str, ...]:
        """The sets of regions it is summed up in."""
        return (EVERYBODY, f"kind:{self.kind}", f"province:{self.province_code}", f"group:{self.group}")


@dataclass(frozen=True, slots=True)
class Published:
    """A region's official result of a year; ``doubts`` names the parts that no set of levels gives."""

    index: Decimal
    band: int
    domains: Mapping[str, Decimal]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A region's standing in a year; ``now`` is None, and nothing is ranked, when it has no result."""

    place: Place
    now: Published | None
    positions: Mapping[Scope, Position]
    sensitivity: Sensitivity | None
    before: Published | None
    previous_positions: Mapping[Scope, Position]

    @property
    def change(self) -> Decimal | None:
        return change(self.before.index if self.before else None, self.now.index if self.now else None)


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of one set of regions, sums beside counts so that means stay exact."""

    regions: int
    autonomous: int
    assessed: int
    index_sum: Decimal
    index_median: Fraction | None
    domain_sums: Mapping[str, tuple[Decimal, int]]
    band_counts: tuple[int, ...]
    bins: tuple[Bin, ...]
    moves: Moves


@dataclass(frozen=True, slots=True)
class Scale:
    """What an instrument says of its results: where the scale runs, how many bands, the domains' weights."""

    start: Decimal
    end: Decimal
    bands: int
    weights: Mapping[str, Fraction]


def is_ranked(places: Iterable[Place], results: Mapping[str, Published]) -> bool:
    """Say whether enough autonomous regions have an official result for a ranking to mean anything."""
    autonomous = [place.code for place in places if place.is_autonomous]
    assessed = sum(code in results for code in autonomous)
    return bool(autonomous) and Fraction(assessed, len(autonomous)) >= RANKED_FROM


def standings_of_year(
    places: Sequence[Place],
    now: Mapping[str, Published],
    before: Mapping[str, Published],
    weights: Mapping[str, Fraction],
) -> list[Standing]:
    """Return every region's standing, in the order of ``places``; results of others are left aside."""
    positions = standings(_ranked(places, now))
    previous = standings(_ranked(places, before))
    weighted = {
        place.code: Weighted(now[place.code].index, now[place.code].domains)
        for place in places
        if place.code in now
    }
    sensitive = sensitivities(weighted, weights)
    return [
        Standing(
            place=place,
            now=now.get(place.code),
            positions=positions.get(place.code, {}),
            sensitivity=sensitive.get(place.code),
            before=before.get(place.code),
            previous_positions=previous.get(place.code, {}),
        )
        for place in places
    ]


def _ranked(places: Iterable[Place], results: Mapping[str, Published]) -> dict[str, Ranked]:
    return {
        place.code: Ranked(place.kind, place.province_code, results[place.code].index)
        for place in places
        if place.code in results
    }


def sums_of_year(rows: Iterable[Standing], scale: Scale) -> dict[str, Sums]:
    """Return the sums of each set of regions by its scope."""
    parts: defaultdict[str, list[Standing]] = defaultdict(list)
    for row in rows:
        for scope in row.place.scopes:
            parts[scope].append(row)
    return {scope: _sums(part, scale) for scope, part in parts.items()}


def _sums(rows: Sequence[Standing], scale: Scale) -> Sums:
    now = [result for row in rows if (result := as_result(row.place, row.now)) is not None]
    before = [result for row in rows if (result := as_result(row.place, row.before)) is not None]
    return Sums(
        regions=len(rows),
        autonomous=sum(row.place.is_autonomous for row in rows),
        assessed=len(now),
        index_sum=sum((result.index for result in now), Decimal(0)),
        index_median=median(result.index for result in now),
        domain_sums=_domain_sums(now, scale.weights),
        band_counts=tuple(sum(result.band == band for result in now) for band in range(scale.bands)),
        bins=distribution(now, start=scale.start, end=scale.end, bands=scale.bands),
        moves=moves(before, now),
    )


def as_result(place: Place, published: Published | None) -> Result | None:
    """Return a region's result as the country's figures take it; None stays None."""
    if published is None:
        return None
    return Result(
        code=place.code,
        kind=place.kind,
        province_code=place.province_code,
        group=place.group,
        index=published.index,
        band=published.band,
        domains=published.domains,
        is_doubtful=bool(published.doubts),
    )


def _domain_sums(results: Sequence[Result], domains: Iterable[str]) -> dict[str, tuple[Decimal, int]]:
    values = {domain: [one.domains[domain] for one in results if domain in one.domains] for domain in domains}
    return {domain: (sum(found, Decimal(0)), len(found)) for domain, found in values.items() if found}
