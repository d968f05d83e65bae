"""Reads of one organisation's portrait: a handful of rows, however many regions there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from django.db.models import Q

from livinglab.assessments import queries as assessments
from livinglab.comparisons import portrait_reads
from livinglab.comparisons.domain.country import Result as CountryResult
from livinglab.comparisons.domain.country import distribution
from livinglab.comparisons.domain.geography import Point
from livinglab.comparisons.domain.next_band import Limits
from livinglab.comparisons.domain.numbers import mean
from livinglab.comparisons.domain.peers import Likeness, Peer, Strategy, choose_peers
from livinglab.comparisons.domain.portrait import Domain
from livinglab.comparisons.domain.standings import Position, Scope, positions
from livinglab.comparisons.models import Standing, YearSummary
from livinglab.evaluations.queries.published import PublishedEvaluation, published_evaluation
from livinglab.kernel.freshness import Versions
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
    same instrument. ``means`` has "all", "kind", "province" and "peers" where there are any;
    ``evaluation`` is the newest one that everybody may see, of whatever year.
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
    evaluation: PublishedEvaluation | None = None

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


def find_place(code: str, state: Versions) -> Organization | None:
    """Return the organisation with this code and its province, None when there is none; no query but the first time."""
    return portrait_reads.places(_version_of_places(state)).get(code)


def portrait(
    place: Organization, state: Versions, *, year: int | None, other: Organization | None = None
) -> Portrait:
    """Return the portrait of one organisation in a year, by default the newest with a full official list.

    ``state`` are the versions of `portrait_reads.TOPICS`, read before. ``other`` is compared with it; by default
    the leading similar region. Raises UnknownYear.
    """
    claims = tuple(assessments.results_of(place.id))
    summaries = _summaries(place, state)
    ranked_years = tuple(sorted({row.year for row in summaries if row.scope == EVERYBODY}, reverse=True))
    told = {claim.year for claim in claims if claim.is_leading}
    years = tuple(sorted({*ranked_years, *told}, reverse=True))
    chosen = year if year is not None else next(iter(ranked_years or years), None)
    instrument = assessments.instrument_for_year(chosen) if chosen is not None else None
    if chosen is None or instrument is None or chosen not in years:
        raise UnknownYear(year or 0, years)
    base = Portrait(
        place=place,
        year=chosen,
        years=years,
        ranked_years=ranked_years,
        instrument=instrument,
        claims=claims,
        claim=_leading(claims, chosen),
        mark=_mark(_leading(claims, chosen)),
        before=_mark(_leading(claims, chosen - 1, instrument)),
        national=portrait_reads.national_averages(state),
        findings=tuple(assessments.findings_in(claims)),
        evaluation=published_evaluation(place.id),
    )
    around = _around_region if place.kind in REGIONAL else _around_listed
    return _with_other(around(base, summaries, state), other)


def _leading(
    claims: Sequence[assessments.Result], year: int, instrument: assessments.Instrument | None = None
) -> assessments.Result | None:
    for claim in claims:
        if claim.year == year and claim.is_leading:
            return claim if instrument is None or claim.instrument == instrument.code else None
    return None


def _mark(claim: assessments.Result | None) -> Mark | None:
    if claim is None or claim.index is None:
        return None
    return Mark(
        index=claim.index,
        band=band_position(assessments.get_instrument(claim.instrument), claim.predicate, claim.index),
        domains=claim.domains,
        is_official=claim.reliability is assessments.Reliability.OFFICIAL,
    )


def _summaries(place: Organization, state: Versions) -> list[YearSummary]:
    """Return the sums that a place is compared with, of every ranked year."""
    scopes = [EVERYBODY]
    if place.kind in REGIONAL:
        scopes += [f"kind:{place.kind}", f"province:{place.province.code if place.province else ''}"]
    elif place.kind == Kind.PROVINCE:
        scopes.append(f"province:{place.code}")
    kept = portrait_reads.summaries(state)
    return [row for scope in scopes for row in kept.get(scope, ())]


# --- regencies and cities: projections ------------------------------------------------------------------


def _around_region(base: Portrait, summaries: Sequence[YearSummary], state: Versions) -> Portrait:
    """Return the portrait with ranks, means, distribution and similar regions; no query but the first time."""
    similar = () if base.place.is_synthetic else similar_regions(base.place, state)
    rows = portrait_reads.standings(base.year, state)
    own = rows.get(base.place.code)
    peers = tuple(_peer(rows[peer.code], peer) for peer in similar if peer.code in rows)
    now = {_scope_of(row): row for row in summaries if row.year == base.year}
    means = {name: found for name, row in now.items() if (found := _summary_mean(row)) is not None}
    among_peers = _mean_of([one.mark for one in peers if one.mark is not None])
    if among_peers is not None:
        means["peers"] = among_peers
    return replace(
        base,
        placings=_placings(own) if own else {},
        sensitivity=_sensitivity(own) if own else None,
        means=means,
        bins=_bins(now[EVERYBODY]) if EVERYBODY in now else (),
        peers=peers,
    )


def _scope_of(row: YearSummary) -> str:
    return row.scope.partition(":")[0]


def _summary_mean(row: YearSummary) -> Mean | None:
    if not row.assessed:
        return None
    domains = {code: Fraction(total) / number for code, (total, number) in row.domain_sums.items()}
    return Mean(count=row.assessed, index=Fraction(row.index_sum) / row.assessed, domains=domains)


def _bins(row: YearSummary) -> tuple[tuple[Decimal, int], ...]:
    return tuple((Decimal(start), sum(counts)) for start, counts in sorted(row.bins.items()))


def _placings(row: Standing) -> dict[Scope, Placing]:
    found: dict[Scope, Placing] = {}
    for scope in Scope:
        rank, of, below = (getattr(row, f"{what}_{scope}") for what in ("rank", "of", "below"))
        if rank is not None:
            before = getattr(row, f"previous_rank_{scope}"), getattr(row, f"previous_of_{scope}")
            previous = None if before[0] is None else before
            found[scope] = Placing(position=Position(rank, of, below), previous=previous)
    return found


def _sensitivity(row: Standing) -> Sensitivity | None:
    if row.best_rank is None or row.worst_rank is None:
        return None
    return Sensitivity(best=row.best_rank, worst=row.worst_rank, flips=row.flips or 0)


def _standing_mark(row: Standing) -> Mark | None:
    if row.index is None:
        return None
    domains = {code: Decimal(value) for code, value in row.domains.items()}
    return Mark(index=row.index, band=row.band, domains=domains)


def _peer(row: Standing, peer: Peer) -> Other:
    why = peer.why if isinstance(peer.why, Likeness) else None
    return Other(place=row.organization, mark=_standing_mark(row), rank=row.rank_all, why=why)


def similar_regions(place: Organization, state: Versions, *, limit: int = PEERS) -> tuple[Peer, ...]:
    """Return the regions most like this one, whatever their results; chosen once per version of the places."""
    return _similar(place.code, place.kind, _version_of_places(state))[:limit]


def _version_of_places(state: Versions) -> int:
    return dict(state).get("organizations", 0)


@lru_cache(maxsize=2048)
def _similar(code: str, kind: str, version: int) -> tuple[Peer, ...]:
    places = portrait_reads.places_of_kind(kind, version)
    if code not in places:
        return ()
    return choose_peers(Strategy.SIMILAR, places[code], places.values())


def point_of(place: Organization) -> Point | None:
    """Return where a place lies, None when it is not known."""
    if place.latitude is None or place.longitude is None:
        return None
    return Point(float(place.latitude), float(place.longitude))


# --- provinces and central institutions: a few dozen, ranked as they are read ----------------------------


def _around_listed(base: Portrait, summaries: Sequence[YearSummary], state: Versions) -> Portrait:
    """Return the portrait of a province or a central institution among its own kind; two queries."""
    inside = _inside(base, state) if base.place.kind == Kind.PROVINCE else ()
    base = replace(base, inside=inside)
    if not base.is_ranked:
        return base
    now, before = _official_marks(base)
    placed = positions({code: mark.index for code, mark in now.items()})
    earlier = positions({code: mark.index for code, mark in before.items()})
    placings: dict[Scope, Placing] = {}
    if base.place.code in placed:
        old = earlier.get(base.place.code)
        previous = (old.rank, old.of) if old else None
        placings[Scope.KIND] = Placing(position=placed[base.place.code], previous=previous)
    kind_mean = _mean_of(list(now.values()))
    means = {"kind": kind_mean} if kind_mean else {}
    of_regions = next((r for r in summaries if r.year == base.year and _scope_of(r) == "province"), None)
    if of_regions is not None and (found := _summary_mean(of_regions)):
        means["province"] = found
    return replace(base, placings=placings, means=means, bins=_counted(now))


def _official_marks(base: Portrait) -> tuple[dict[str, Mark], dict[str, Mark]]:
    """Return the official results of everybody of this kind, in the year and the year before it."""
    ids = list(organizations().filter(is_synthetic=False, kind=base.place.kind).values_list("id", flat=True))
    found: tuple[dict[str, Mark], dict[str, Mark]] = ({}, {})
    for result in assessments.leading_results([base.year, base.year - 1], ids):
        mark = _mark(result)
        if mark is not None and mark.is_official and result.instrument == base.instrument.code:
            found[0 if result.year == base.year else 1][result.organization_code] = mark
    return found


def _mean_of(marks: Sequence[Mark]) -> Mean | None:
    """Return the exact means of these results; None for none."""
    index = mean(mark.index for mark in marks)
    if index is None:
        return None
    codes = {code for mark in marks for code in mark.domains}
    domains = {code: mean(m.domains[code] for m in marks if code in m.domains) for code in sorted(codes)}
    return Mean(
        count=len(marks),
        index=index,
        domains={code: value for code, value in domains.items() if value is not None},
    )


def _counted(marks: Mapping[str, Mark]) -> tuple[tuple[Decimal, int], ...]:
    results = [CountryResult(code, "", "", "", m.index, 0, m.domains) for code, m in marks.items()]
    counted = distribution(results, start=Decimal("1.00"), end=Decimal("5.00"), bands=1)
    return tuple((column.start, column.count) for column in counted if column.count)


def _inside(base: Portrait, state: Versions) -> tuple[Other, ...]:
    """Return the regencies and cities of a province, the highest index first, those without a result last."""
    rows = portrait_reads.standings(base.year, state).values()
    found = [
        Other(place=row.organization, mark=_standing_mark(row), rank=row.rank_all)
        for row in rows
        if row.organization.province_id == base.place.id
    ]
    return tuple(sorted(found, key=_highest_first))


def _highest_first(one: Other) -> tuple[Decimal, str]:
    return (-one.mark.index if one.mark else Decimal(1), one.place.code)


# --- the other one ---------------------------------------------------------------------------------------


def _with_other(base: Portrait, asked: Organization | None) -> Portrait:
    """Return the portrait with the organisation asked for, else the leading similar region, beside it."""
    if asked is None:
        leaders = [one for one in base.peers if one.mark is not None]
        return replace(base, other=min(leaders, key=_highest_first) if leaders else None)
    for peer in base.peers:
        if peer.place.code == asked.code:
            return replace(base, other=peer)
    found = assessments.leading_results([base.year], [asked.id])
    return replace(base, other=Other(place=asked, mark=_mark(found[0] if found else None)))


def named(text: str) -> Organization | None:
    """Return the one organisation with this code or name ("32.11", "Sumedang", "Kabupaten Sumedang"), else None."""
    wanted = text.strip()[:160]
    if "\x00" in wanted:  # PostgreSQL takes no NUL, not even to look for it
        return None
    listed = organizations().exclude(kind=Kind.PLATFORM).select_related("province")
    by_name = Q(name__iexact=wanted) | Q(short_name__iexact=wanted)
    found = list(listed.filter(Q(code=wanted) | by_name)[:2])
    return found[0] if len(found) == 1 else None
