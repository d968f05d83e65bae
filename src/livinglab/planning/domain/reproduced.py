"""Made-up levels that reproduce a published result, for a region whose levels were not published.

Of all levels that give the published values of every domain (and of the index) when rounded, the evenest are taken:
within a group of equal weight no two differ by more than one. They are nobody's answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Final

#: candidates of the whole that are tried for one that gives the index too
_MOST_TRIES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators of one domain with the same weight, in the order of the instrument."""

    weight: Fraction
    indicators: tuple[str, ...]


def reproduce(
    domains: Mapping[str, Sequence[Group]],
    published: Mapping[str, Decimal],
    index: Decimal | None,
    *,
    lowest: int,
    highest: int,
    rounded: Callable[[Fraction], Decimal],
) -> dict[str, int] | None:
    """Return a level for every indicator of the domains, None where no levels give the published values.

    `domains` holds the groups of each domain, whose weights together make the whole; `rounded` rounds as the
    instrument does. Without `index` the domains alone count.
    """
    choices = []
    for code, groups in domains.items():
        found = sorted(
            _sums(groups, published[code], lowest, highest, rounded),
            key=lambda sums, groups=groups: (_unevenness(groups, sums), [-each for each in sums]),  # type: ignore[misc]
        )
        if not found:
            return None
        choices.append(found)
    whole = [group for groups in domains.values() for group in groups]
    total = sum((group.weight * len(group.indicators) for group in whole), Fraction(0))
    for number, picked in enumerate(product(*choices)):
        if number >= _MOST_TRIES:
            return None
        sums = [each for part in picked for each in part]
        weighed = sum((group.weight * each for group, each in zip(whole, sums, strict=True)), Fraction(0))
        if index is None or rounded(weighed / total) == index:
            return _spread(whole, sums)
    return None


def _sums(
    groups: Sequence[Group],
    published: Decimal,
    lowest: int,
    highest: int,
    rounded: Callable[[Fraction], Decimal],
) -> Iterator[tuple[int, ...]]:
    """Yield the sums of levels of each group that together round to the published value."""
    total = sum((group.weight * len(group.indicators) for group in groups), Fraction(0))
    ranges = [range(len(group.indicators) * lowest, len(group.indicators) * highest + 1) for group in groups]
    for sums in product(*ranges):
        weighed = sum((group.weight * each for group, each in zip(groups, sums, strict=True)), Fraction(0))
        if rounded(weighed / total) == published:
            yield sums


def _unevenness(groups: Sequence[Group], sums: Sequence[int]) -> Fraction:
    """How far the means of the groups lie from each other."""
    means = [Fraction(each, len(group.indicators)) for group, each in zip(groups, sums, strict=True)]
    return max(means) - min(means)


def _spread(groups: Sequence[Group], sums: Sequence[int]) -> dict[str, int]:
    """Return levels as even as the sums allow; the earlier indicators have the higher ones."""
    levels = {}
    for group, each in zip(groups, sums, strict=True):
        low, higher = divmod(each, len(group.indicators))
        for place, indicator in enumerate(group.indicators):
            levels[indicator] = low + (place < higher)
    return levels
