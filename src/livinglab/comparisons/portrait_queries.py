"""Reads of one organisation's portrait: a handful of rows, however many regions there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final
from uuid import UUID

from livinglab.assessments import queries as assessments
from livinglab.comparisons.domain.country import Result as CountryResult
from livinglab.comparisons.domain.country import distribution
from livinglab.comparisons.domain.geography import Point
from livinglab.comparisons.domain.next_band import Limits
from livinglab.comparisons.domain.numbers import mean
from livinglab.comparisons.domain.peers import Likeness, Peer, Region, Strategy, choose_peers
from livinglab.comparisons.domain.portrait import Domain
from livinglab.comparisons.domain.standings import Position, Scope, positions
from livinglab.comparisons.models import Standing, YearSummary
from livinglab.kernel.freshness import version
from livinglab.organizations.queries import REGIONAL, Kind, Organization, organizations

PEERS: Final = 12
EVERYBODY: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One organisation's result of one year, official or not; ``band`` is None where no predicate is known."""

    index: Decimal
    band: int | None
    domains: Mapping[str, Decimal]
    is_official: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A place among others; ``previous`` is the rank and the number ranked a year before."""

    position: Position
    previous: tuple[int, int] | None

    @property
    def movement(self) -> int | None:
        return self.previous[0] - self.position.rank if self.previous else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The exact means of a group, and of how many."""

    count: int
    index: Fraction
    domains: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another organisation beside the one of the page: a similar one, or the one asked for."""

    place: Organization
    mark: Mark | None
    rank: int | None = None
    why: Likeness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Where the rank among all lies when one domain's weight is shifted by a tenth."""

    best: int
    worst: int
    flips: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """Everything a portrait shows. ``years`` can be chosen, ``ranked_years`` have a full official list.

    ``mark`` is the leading result of the year and ``before`` that of the year before, if it was made with the
    same instrument. ``means`` has "all", "kind", "province" and "peers" where there are any.
    """

    place: Organization
    year: int
    years: tuple[int, ...]
    ranked_years: tuple[int, ...]
    instrument: assessments.Instrument
    claims: tuple[assessments.Result, ...]
    claim: assessments.Result | None
    mark: Mark | None
    before: Mark | None
    placings: Mapping[Scope, Placing] = field(default_factory=dict)
    sensitivity: Sensitivity | None = None
    means: Mapping[str, Mean] = field(default_factory=dict)
    national: tuple[assessments.Average, ...] = ()
    bins: tuple[tuple[Decimal, int], ...] = ()
    peers: tuple[Other, ...] = ()
    other: Other | None = None
    inside: tuple[Other, ...] = ()
    findings: tuple[assessments.ResultFinding, ...] = ()

    @property
    def is_ranked(self) -> bool:
        """Whether the year has a full official list, so that ranks and means exist."""
        return self.year in self.ranked_years

    @property
    def domains(self) -> tuple[Domain, ...]:
        return weighed_domains(self.instrument)

    @property
    def national_now(self) -> assessments.Average | None:
        return next((one for one in self.national if one.year == self.year), None)


@lru_cache(maxsize=8)
def weighed_domains(instrument: assessments.Instrument) -> tuple[Domain, ...]:
    """Return the instrument's domains (its aspects where it has none) with weights as shares of one."""
    parts = instrument.domains or instrument.aspects
    return tuple(
        Domain(
            part.code,
            part.weight / 100,
            tuple(sorted({indicator.weight / 100 for indicator in _indicators(part)})),
        )
        for part in parts
    )


def _indicators(part: assessments.Domain | assessments.Aspect) -> Iterable[assessments.Indicator]:
    aspects = part.aspects if isinstance(part, assessments.Domain) else (part,)
    return (indicator for aspect in aspects for indicator in aspect.indicators)


def limits(instrument: assessments.Instrument, year: int) -> Limits:
    """Return where each band begins, under the predicate rule of the year."""
    rule = instrument.predicate_rule(year)
    return Limits(
        tuple(band.lower for band in instrument.bands),
        is_rounded=rule.compares is assessments.Comparison.ROUNDED,
    )


def band_position(instrument: assessments.Instrument, predicate: str, index: Decimal) -> int:
    """Return the position of the printed predicate; where none was printed, that of the printed index."""
    for position, band in enumerate(instrument.bands):
        if predicate == band.name.id:
            return position
    return instrument.bands.index(assessments.band_of(instrument, Fraction(index)))


class UnknownYear(LookupError):
    """A year for which there is nothing; ``known`` are those that can be chosen."""

    def __init__(self, year: int, known: Sequence[int]) -> None:
        self.year, self.known = year, tuple(known)
        super().__init__(f"year {year}: known are {', '.join(map(str, known))}")


def portrait(place: Organization, *, year: int | None, other: Organization | None = None) -> Portrait:
    """Return the portrait of one organisation in a year, by default the newest with a full official list.

    ``other`` is compared with it; by default the leading similar region. Raises UnknownYear.
    """
    claims = tuple(assessments.results_of(place.id))
    summaries = _summaries(place)
    ranked_years = tuple(sorted({row.year for row in summaries if row.scope == EVERYBODY}, reverse=True))
    told = {claim.year for claim in claims if claim.is_leading}
    years = tuple(sorted({*ranked_years, *told}, reverse=True))
    chosen = year if year is not None else next(iter(ranked_years or years), None)
    instrument = assessments.instrument_for_year(chosen) if chosen is not None else None
    if chosen is None or instrument is None or chosen not in years:
        raise UnknownYear(year or 0, years)
    claim = _leading(claims, chosen)
    base = Portrait(
        place=place,
        year=chosen,
        years=years,
        ranked_years=ranked_years,
        instrument=instrument,
        claims=claims,
        claim=claim,
        mark=_mark(claim),
        before=_mark(_leading(claims, chosen - 1), instrument),
        national=tuple(assessments.averages(scopes=[assessments.Scope.NATIONAL])),
        findings=tuple(assessments.findings_in(claims)),
    )
    return _Surroundings(base, summaries, other).portrait()
