"""Why two indices differ: weight × difference of each domain, and what rounding leaves over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.portrait import Domain

MOST: Final = Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Share:
    """One domain's part of a difference, in index points as printed; positive where the first one leads."""

    code: str
    weight: Fraction
    first: Decimal
    second: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """``total`` is first minus second as published; ``shares`` and ``remainder`` add up to it exactly.

    The remainder is there because published domain values have two decimals: it is shown, never hidden.
    ``shares`` is empty where a domain value of one of the two was not published.
    """

    total: Decimal
    shares: tuple[Share, ...]
    remainder: Decimal

    @property
    def drivers(self) -> tuple[Share, ...]:
        """The fewest domains that together make three quarters of what points the way of the total."""
        sign = 1 if self.total > 0 else -1
        same_way = sorted((s for s in self.shares if s.points * sign > 0), key=lambda s: -s.points * sign)
        whole = sum((share.points * sign for share in same_way), Decimal(0))
        found: list[Share] = []
        for share in same_way:
            if Fraction(sum((s.points * sign for s in found), Decimal(0))) >= MOST * Fraction(whole):
                break
            found.append(share)
        return tuple(found) if self.total else ()

    @property
    def counterweights(self) -> tuple[Share, ...]:
        """The domains in which the lower of the two is ahead."""
        sign = 1 if self.total > 0 else -1
        return tuple(s for s in self.shares if s.points * sign < 0)


def difference(
    domains: Sequence[Domain],
    first: tuple[Decimal, Mapping[str, Decimal]],
    second: tuple[Decimal, Mapping[str, Decimal]],
) -> Difference:
    """Return why ``first`` (index and domain values) is above or below ``second``."""
    total = first[0] - second[0]
    codes = {domain.code for domain in domains}
    if not codes <= first[1].keys() & second[1].keys() or not codes:
        return Difference(total, (), Decimal(0))
    shares = tuple(_share(domain, first[1][domain.code], second[1][domain.code]) for domain in domains)
    return Difference(total, shares, total - sum((share.points for share in shares), Decimal(0)))


def _share(domain: Domain, first: Decimal, second: Decimal) -> Share:
    return Share(domain.code, domain.weight, first, second, half_up(domain.weight * Fraction(first - second)))
