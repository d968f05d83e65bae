"""The country in figures: what the country page says, computed from the regions' published results."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from livinglab.comparisons.domain.numbers import mean, median

BIN_WIDTH: Final = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Result:
    """One region's published result of one year.

    ``band`` is the position of the published predicate, 0 the lowest: it is never computed from the index,
    since the rule differed between years. ``is_doubtful``: the row cannot be right as published.
    """

    code: str
    kind: str
    province_code: str
    group: str
    index: Decimal
    band: int
    domains: Mapping[str, Decimal]
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one set of regions in one year. ``index_mean`` is None when none has a result."""

    count: int
    index_mean: Fraction | None
    index_median: Fraction | None
    band_counts: tuple[int, ...]
    domain_means: Mapping[str, Fraction]

    def reaching(self, band: int) -> int:
        """Return how many regions reached ``band`` or a higher one."""
        return sum(self.band_counts[band:])


@dataclass(frozen=True, slots=True)
class Bin:
    """One column of the distribution: from ``start`` up to the next column, counted band by band."""

    start: Decimal
    band_counts: tuple[int, ...]

    @property
    def count(self) -> int:
        return sum(self.band_counts)


@dataclass(frozen=True, slots=True)
class Move:
    """How one region moved from one year to the next."""

    code: str
    start: Decimal
    end: Decimal
    start_band: int
    end_band: int
    is_doubtful: bool

    @property
    def change(self) -> Decimal:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Moves:
    """How the regions with a result in both years moved; ``ranked`` has the highest rise first."""

    ranked: tuple[Move, ...]

    @property
    def count(self) -> int:
        return len(self.ranked)

    @property
    def risen(self) -> int:
        return sum(move.change > 0 for move in self.ranked)

    @property
    def unchanged(self) -> int:
        return sum(move.change == 0 for move in self.ranked)

    @property
    def fallen(self) -> int:
        return sum(move.change < 0 for move in self.ranked)

    @property
    def median(self) -> Fraction | None:
        return median(move.change for move in self.ranked)

    def rises(self, limit: int) -> tuple[Move, ...]:
        """Return the highest rises, at most ``limit``; a region that did not rise is not among them."""
        return tuple(move for move in self.ranked[:limit] if move.change > 0)


def summarize(results: Iterable[Result], *, bands: int, domains: Sequence[str]) -> Summary:
    """Return the figures of these regions. A domain that none of them has a value for is left out."""
    listed = list(results)
    in_band = Counter(result.band for result in listed)
    domain_means = {
        domain: average
        for domain in domains
        if (average := mean(r.domains[domain] for r in listed if domain in r.domains)) is not None
    }
    return Summary(
        count=len(listed),
        index_mean=mean(result.index for result in listed),
        index_median=median(result.index for result in listed),
        band_counts=tuple(in_band[band] for band in range(bands)),
        domain_means=domain_means,
    )


def summaries_by(
    results: Iterable[Result], among: Callable[[Result], str], *, bands: int, domains: Sequence[str]
) -> dict[str, Summary]:
    """Return one summary for each value of ``among``, for example each island group."""
    parts: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        parts[among(result)].append(result)
    return {key: summarize(part, bands=bands, domains=domains) for key, part in parts.items()}


def weakest_domains(means: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Return the domains with the lowest mean: one, or several that are exactly equal."""
    if not means:
        return ()
    lowest = min(means.values())
    return tuple(domain for domain, value in means.items() if value == lowest)


def moves(before: Iterable[Result], now: Iterable[Result]) -> Moves:
    """Return how each region with a result in both years moved, highest rise first, ties by code."""
    earlier = {result.code: result for result in before}
    moved = [
        Move(
            code=result.code,
            start=earlier[result.code].index,
            end=result.index,
            start_band=earlier[result.code].band,
            end_band=result.band,
            is_doubtful=result.is_doubtful or earlier[result.code].is_doubtful,
        )
        for result in now
        if result.code in earlier
    ]
    return Moves(tuple(sorted(moved, key=lambda move: (-move.change, move.code))))


def distribution(
    results: Iterable[Result], *, start: Decimal, end: Decimal, bands: int, width: Decimal = BIN_WIDTH
) -> tuple[Bin, ...]:
    """Return the columns of the distribution from ``start`` to ``end``, the empty ones too.

    The last column includes ``end``. Raises ValueError for an index outside the scale.
    """
    columns = int((end - start) / width)
    counts: list[Counter[int]] = [Counter() for _ in range(columns)]
    for result in results:
        if not start <= result.index <= end:
            raise ValueError(f"{result.code}: index {result.index} is outside {start} to {end}")
        column = min(int((result.index - start) / width), columns - 1)
        counts[column][result.band] += 1
    return tuple(
        Bin(start + width * number, tuple(counted[band] for band in range(bands)))
        for number, counted in enumerate(counts)
    )
