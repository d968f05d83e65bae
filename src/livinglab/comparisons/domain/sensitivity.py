"""How much a rank hangs on the weights: each domain's weight is shifted by a tenth, up and down, in turn.

A shifted weight is 9/10 or 11/10 of its own; the other weights are rescaled in proportion, so that all
still add up to 100. The published index is moved by what the shift changes in the weighted sum of the
domains, then rounded to two decimals as published ones are. With no shift this gives back the published
ranking exactly, though domain values are known with two decimals only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.standings import positions

SHIFT: Final = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A region's published index and domain values; no domains when they were not published."""

    index: Decimal
    domains: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The best and the worst rank a region takes, the present one included, and the pairs that can turn.

    ``flips`` counts the other regions that are ahead of this one in one weighting and behind it in
    another: comparisons that say more about the weights than about the two regions.
    """

    best_rank: int
    worst_rank: int
    flips: int


def shifted_weights(
    weights: Mapping[str, Fraction], *, shift: Fraction = SHIFT
) -> Iterator[dict[str, Fraction]]:
    """Yield the weights with each domain's lowered and then raised by ``shift`` of itself; sums are kept.

    Raises ValueError for a weight that is not positive, or when one domain would take everything.
    """
    whole = sum(weights.values(), Fraction(0))
    if any(weight <= 0 for weight in weights.values()):
        raise ValueError(f"every weight must be above 0, got {dict(weights)}")
    for domain, weight in weights.items():
        for direction in (-1, 1):
            shifted = weight * (1 + direction * shift)
            if shifted >= whole:
                raise ValueError(f"{domain} shifted to {shifted} leaves nothing of {whole} to the others")
            factor = (whole - shifted) / (whole - weight)
            yield {other: shifted if other == domain else value * factor for other, value in weights.items()}


def sensitivities(
    regions: Mapping[str, Weighted], weights: Mapping[str, Fraction], *, shift: Fraction = SHIFT
) -> dict[str, Sensitivity | None]:
    """Return each region's sensitivity by its code; None for one whose domains were not published.

    Such a region keeps its published index in every weighting, since nothing else is known of it.
    """
    scenarios = [{code: region.index for code, region in regions.items()}]
    if len(weights) > 1:
        scenarios += [
            {code: _shifted_index(region, weights, other) for code, region in regions.items()}
            for other in shifted_weights(weights, shift=shift)
        ]
    ranks = [positions(scenario) for scenario in scenarios]
    flips = _flips([[scenario[code] for scenario in scenarios] for code in regions])
    return {
        code: Sensitivity(
            best_rank=min(ranking[code].rank for ranking in ranks),
            worst_rank=max(ranking[code].rank for ranking in ranks),
            flips=turned,
        )
        if regions[code].domains.keys() >= weights.keys()
        else None
        for code, turned in zip(regions, flips, strict=True)
    }


def _shifted_index(
    region: Weighted, weights: Mapping[str, Fraction], other: Mapping[str, Fraction]
) -> Decimal:
    if not region.domains.keys() >= weights.keys():
        return region.index
    whole = sum(weights.values(), Fraction(0))
    moved = sum((other[domain] - weights[domain]) * Fraction(region.domains[domain]) for domain in weights)
    return half_up(Fraction(region.index) + moved / whole)


def _flips(values: Sequence[Sequence[Decimal]]) -> list[int]:
    """Return for each row how many other rows are above it in one column and below it in another."""
    hundredths = [tuple(int(value.scaleb(2)) for value in row) for row in values]
    ranges = [(min(row), max(row)) for row in hundredths]
    turned = [0] * len(hundredths)
    for here, one in enumerate(hundredths):
        for there in range(here):
            if ranges[here][0] >= ranges[there][1] or ranges[there][0] >= ranges[here][1]:
                continue  # their ranges do not overlap: most pairs
            gaps = [a - b for a, b in zip(one, hundredths[there], strict=True)]
            if min(gaps) < 0 < max(gaps):
                turned[here] += 1
                turned[there] += 1
    return turned
