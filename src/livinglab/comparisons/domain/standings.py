"""Who stands where: competition ranks in three scopes, percentiles, and movement from year to year.

A region without a result has no rank. It is absent from the counts too: never a zero, never last.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class Scope(StrEnum):
    """Among whom a region is ranked."""

    ALL = "all"
    KIND = "kind"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Ranked:
    """What ranking needs to know about a region that has a result."""

    kind: str
    province_code: str
    index: Decimal


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a ranking. Regions with equal values share a rank: 1, 2, 2, 4.

    ``below`` counts the regions with a lower value, ``of`` all that are ranked, this one included.
    """

    rank: int
    of: int
    below: int

    @property
    def percentile(self) -> Fraction:
        """The share of the ranked regions that have a lower value, from 0 to below 1."""
        return Fraction(self.below, self.of)

    @property
    def is_shared(self) -> bool:
        return self.rank - 1 + self.below + 1 < self.of


def positions(values: Mapping[Key, Decimal | Fraction | int]) -> dict[Key, Position]:
    """Return the position of each key, the highest value first."""
    holders: defaultdict[Decimal | Fraction | int, list[Key]] = defaultdict(list)
    for key, value in values.items():
        holders[value].append(key)
    found: dict[Key, Position] = {}
    above = 0
    for value in sorted(holders, reverse=True):
        sharing = holders[value]
        below = len(values) - above - len(sharing)
        found.update(dict.fromkeys(sharing, Position(above + 1, len(values), below)))
        above += len(sharing)
    return found


def standings(results: Mapping[str, Ranked]) -> dict[str, dict[Scope, Position]]:
    """Return each region's position among all, among its kind and in its province, by region code."""
    rankings: defaultdict[tuple[Scope, str], dict[str, Decimal]] = defaultdict(dict)
    for code, result in results.items():
        for scope, among in _scopes(result).items():
            rankings[scope, among][code] = result.index
    ranked = {key: positions(values) for key, values in rankings.items()}
    return {
        code: {scope: ranked[scope, among][code] for scope, among in _scopes(result).items()}
        for code, result in results.items()
    }


def _scopes(result: Ranked) -> dict[Scope, str]:
    return {Scope.ALL: "", Scope.KIND: result.kind, Scope.PROVINCE: result.province_code}


def movement(before: Position | None, now: Position | None) -> int | None:
    """Return by how many ranks a region rose (negative: fell); None unless it was ranked both times."""
    if before is None or now is None:
        return None
    return before.rank - now.rank


def change(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """Return how much an index rose; None unless there is a result for both years."""
    if before is None or now is None:
        return None
    return now - before
