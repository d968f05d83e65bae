"""What the next predicate needs: the gap to its lower limit, and what one domain alone would have to do.

Published values have two decimals, levels are whole. Most often only one set of exact domain values fits the
printed ones and the printed predicate; where several do, the one that needs most is taken, so that what the
page says is always enough. The limit itself depends on the year: in 2024 a band is earned by the unrounded
index, in 2023 by the rounded one, so that half a hundredth less was enough.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Final

from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.portrait import HIGHEST, Domain

HALF_A_HUNDREDTH: Final = Fraction(1, 200)


@dataclass(frozen=True, slots=True)
class Limits:
    """The lower limits of an instrument's bands, the lowest first, and the rule of one year.

    ``is_rounded``: the band is taken from the index rounded to two decimals, else from the exact one.
    """

    lower: tuple[Decimal, ...]
    is_rounded: bool

    def exact(self, band: int) -> Fraction:
        """Return the lowest exact index that earns the band at this position."""
        limit = Fraction(self.lower[band])
        return limit - HALF_A_HUNDREDTH if self.is_rounded and band > 0 else limit

    def band_of(self, exact: Fraction) -> int:
        """Return the position of the band that an exact index earns."""
        return max(band for band in range(len(self.lower)) if band == 0 or exact >= self.exact(band))


@dataclass(frozen=True, slots=True)
class Alone:
    """What one domain would have to become if nothing else changed.

    ``value`` is the least that is enough, rounded up to a hundredth; None when even 5 is not enough.
    ``steps`` counts indicator levels: the fewest (heaviest indicators) and the most (lightest).
    """

    domain: Domain
    present: Decimal
    value: Decimal | None
    steps: tuple[int, int] | None

    @property
    def is_reachable(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class NextBand:
    """The way to the next band. ``gap`` is exact, in index points; ``alone`` is empty without domain values.

    ``together`` is asked for when no domain can do it alone: the fewest domains, those with the largest room
    first, that reach it when all of them become 5. ``in_proportion`` has what each domain would have to become
    if all closed the same share of their distance to 5, rounded up. ``is_certain``: exactly one set of exact
    values fits what was printed. ``fits`` is False when none does: the printed values were used as they stand.
    """

    band: int
    limit: Decimal
    gap: Fraction
    alone: tuple[Alone, ...]
    together: tuple[str, ...]
    in_proportion: tuple[tuple[str, Decimal], ...]
    is_certain: bool
    fits: bool

    @property
    def reachable(self) -> tuple[Alone, ...]:
        """The domains that can do it alone, the fewest steps first."""
        found = [one for one in self.alone if one.steps is not None]
        return tuple(sorted(found, key=lambda one: one.steps or (0, 0)))


@dataclass(frozen=True, slots=True)
class Highest:
    """The highest band is reached: what is left to 5, in all and by domain (code and exact index points)."""

    left: Decimal
    rooms: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """One published result: index, position of the printed predicate, domain values (perhaps none)."""

    index: Decimal
    band: int
    domains: Mapping[str, Decimal]


def next_band(
    result: Printed,
    domains: Sequence[Domain],
    limits: Limits,
    exact_values: Mapping[str, Mapping[Decimal, Sequence[Fraction]]],
) -> NextBand | Highest:
    """Return what the next band needs, or what is left when the highest is reached.

    ``exact_values`` gives for each domain which exact values are printed as a given value.
    """
    if result.band == len(limits.lower) - 1:
        known = [domain for domain in domains if domain.code in result.domains]
        rooms = tuple((d.code, d.weight * Fraction(HIGHEST - result.domains[d.code])) for d in known)
        return Highest(HIGHEST - result.index, rooms)
    target = limits.exact(result.band + 1)
    possible = list(_possible(result, domains, limits, exact_values))
    chosen = possible or [_as_printed(result)]
    worst = max(chosen, key=lambda one: target - one[0])
    gap = max(target - worst[0], Fraction(0))
    present = [domain for domain in domains if domain.code in result.domains]
    return NextBand(
        band=result.band + 1,
        limit=limits.lower[result.band + 1],
        gap=gap,
        alone=tuple(
            _alone(domain, result.domains[domain.code], [_needed(one, domain, target) for one in chosen], gap)
            for domain in present
        ),
        together=_together(worst, present, gap),
        in_proportion=_in_proportion(worst, present, gap),
        is_certain=len(possible) == 1,
        fits=bool(possible),
    )


Exact = tuple[Fraction, Mapping[str, Fraction]]


def _needed(one: Exact, domain: Domain, target: Fraction) -> Fraction:
    """Return the exact value this domain needs for the whole to reach ``target``."""
    index, values = one
    return values[domain.code] + (target - index) / domain.weight


def _alone(domain: Domain, present: Decimal, possible: Sequence[Fraction], gap: Fraction) -> Alone:
    needed = max(possible)
    if needed > Fraction(HIGHEST):
        return Alone(domain, present, None, None)
    counts = [ceil(gap / weight) for weight in domain.indicator_weights]
    return Alone(domain, present, Decimal(ceil(needed * 100)).scaleb(-2), (min(counts), max(counts)))


def _together(worst: Exact, domains: Sequence[Domain], gap: Fraction) -> tuple[str, ...]:
    """Return the fewest domains whose rooms cover the gap; none where those with values do not cover it."""
    rooms = {domain.code: domain.weight * (Fraction(HIGHEST) - worst[1][domain.code]) for domain in domains}
    found: list[str] = []
    covered = Fraction(0)
    for code in sorted(rooms, key=lambda code: -rooms[code]):
        if covered >= gap:
            break
        found.append(code)
        covered += rooms[code]
    return tuple(found) if covered >= gap else ()


def _in_proportion(worst: Exact, domains: Sequence[Domain], gap: Fraction) -> tuple[tuple[str, Decimal], ...]:
    """Return what each domain becomes when all close the same share of their distance to 5."""
    whole = sum((d.weight * (Fraction(HIGHEST) - worst[1][d.code]) for d in domains), Fraction(0))
    if whole < gap or not whole:
        return ()
    share = gap / whole
    values = {d.code: worst[1][d.code] + share * (Fraction(HIGHEST) - worst[1][d.code]) for d in domains}
    return tuple((code, Decimal(ceil(value * 100)).scaleb(-2)) for code, value in values.items())


def _as_printed(result: Printed) -> Exact:
    return Fraction(result.index), {code: Fraction(value) for code, value in result.domains.items()}


def _possible(
    result: Printed,
    domains: Sequence[Domain],
    limits: Limits,
    exact_values: Mapping[str, Mapping[Decimal, Sequence[Fraction]]],
) -> Iterator[Exact]:
    """Yield each exact index with its domain values that would be printed as this result is."""
    if any(domain.code not in result.domains for domain in domains):
        return
    choices = [exact_values[d.code].get(result.domains[d.code], ()) for d in domains]
    for values in product(*choices):
        index = sum((d.weight * value for d, value in zip(domains, values, strict=True)), Fraction(0))
        if half_up(index) == result.index and limits.band_of(index) == result.band:
            yield index, {d.code: value for d, value in zip(domains, values, strict=True)}
