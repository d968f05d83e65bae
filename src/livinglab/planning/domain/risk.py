"""How likely the confirmed index reaches a target, when assessors accept less than a region claims: exact.

Every claimed step is accepted with the share of its indicator, else with one share of all, each on its own; levels are
cumulative, so a step counts only when all lower steps of its indicator were accepted too. What a region holds before
its plan counts as confirmed. The possible sums are counted in whole units of gain and in whole parts of the shares:
nothing is drawn or rounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, groupby
from math import gcd, lcm
from typing import Final

from livinglab.planning.domain.plans import Plan
from livinglab.planning.domain.problems import Step

#: the levels of certainty that a plan is offered with
CERTAINTIES: Final = tuple(Fraction(percent, 100) for percent in (25, 50, 75, 90, 95))
#: how finely targets are looked through: an index is published with two decimals
GRID: Final = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Claim:
    """The steps claimed for one indicator, the lowest first: points of the index that each gains.

    `acceptance` is the share of its claimed steps that assessors accept; None where that of all counts.
    """

    gains: tuple[Fraction, ...]
    acceptance: Fraction | None = None


@dataclass(frozen=True, slots=True)
class SafeTarget:
    """The lowest target to plan for, so that the wanted index is confirmed with at least `certainty`.

    `chance` is what the cheapest plan to `target` really gives, `effort` what it takes.
    """

    certainty: Fraction
    target: Fraction
    effort: Fraction
    chance: Fraction


def claims_of(steps: Iterable[Step], shares: Mapping[str, Fraction] | None = None) -> tuple[Claim, ...]:
    """Return what a plan's steps claim, by indicator; `shares` holds the accepted share of those with their own."""
    ordered = sorted(steps, key=lambda step: step.key)
    own = shares or {}
    return tuple(
        Claim(tuple(step.gain for step in same), own.get(indicator))
        for indicator, same in groupby(ordered, key=lambda s: s.indicator)
    )


def chance(index: Fraction, claims: Iterable[Claim], acceptance: Fraction, target: Fraction) -> Fraction:
    """Return the chance that at least `target` is confirmed, from 0 to 1, on top of the held `index`.

    `acceptance` is the share of claimed steps that assessors accept where a claim has none of its own. The sums of one
    half of the claims meet those of the other half that make up what is missing. Raises ValueError for a share outside
    0 to 1.
    """
    listed = sorted(
        claims, key=lambda claim: (claim.gains, claim.acceptance or 0)
    )  # equal gains together: fewer different sums
    unit = _unit(listed)
    missing = (target - index) / unit
    need = -(-missing.numerator // missing.denominator)
    middle = len(listed) // 2
    lower, parts = _ways(listed[:middle], unit, acceptance)
    upper, more_parts = _ways(listed[middle:], unit, acceptance)
    rising = sorted(upper)
    tails = list(accumulate((upper[units] for units in reversed(rising)), initial=0))[::-1]
    reached = sum(number * tails[bisect_left(rising, need - units)] for units, number in lower.items())
    return Fraction(reached, parts * more_parts)


def safe_targets(
    cheapest: Callable[[Fraction], Plan | None],
    index: Fraction,
    target: Fraction,
    acceptance: Fraction,
    certainties: Iterable[Fraction] = CERTAINTIES,
    *,
    shares: Mapping[str, Fraction] | None = None,
) -> tuple[SafeTarget, ...]:
    """Return for each certainty the lowest target to plan for; a certainty that no plan gives is left out.

    `cheapest` gives the cheapest plan of a target, None above the highest. Targets are looked through upward from
    `target` in hundredths, because a dearer plan is not always a safer one; so a higher certainty never has a lower
    target.
    """
    found: list[SafeTarget] = []
    wanted = sorted(certainties, reverse=True)
    now, plan = target, cheapest(target)
    while wanted and plan is not None:
        given = chance(index, claims_of(plan.steps, shares), acceptance, target)
        while wanted and given >= wanted[-1]:
            found.append(SafeTarget(wanted.pop(), now, plan.effort, given))
        while now <= plan.index:  # until there this plan stays the cheapest
            now += GRID
        plan = cheapest(now)
    return tuple(found)


def _ways(claims: Iterable[Claim], unit: Fraction, acceptance: Fraction) -> tuple[dict[int, int], int]:
    """Return for each sum of units how many parts of the whole lead to it, and how many parts there are."""
    ways, parts = {0: 1}, 1
    for claim in claims:
        share = acceptance if claim.acceptance is None else claim.acceptance
        if not 0 <= share <= 1:
            raise ValueError(f"a share of accepted steps is 0 to 1, not {share}")
        joined: dict[int, int] = {}
        for more, times in _possible(claim, unit, share):
            for units, number in ways.items():
                joined[units + more] = joined.get(units + more, 0) + number * times
        ways, parts = joined, parts * share.denominator ** len(claim.gains)
    return ways, parts


def _possible(claim: Claim, unit: Fraction, acceptance: Fraction) -> list[tuple[int, int]]:
    """Return (units gained, ways) after 0, 1, 2 … accepted steps; the first refused step ends it."""
    accepted, whole, steps = acceptance.numerator, acceptance.denominator, len(claim.gains)
    gained = accumulate((int(gain / unit) for gain in claim.gains), initial=0)
    ways = [
        accepted**n * (whole - accepted) * whole ** (steps - 1 - n) if n < steps else accepted**steps
        for n in range(steps + 1)
    ]
    return [(units, number) for units, number in zip(gained, ways, strict=True) if number]


def _unit(claims: Iterable[Claim]) -> Fraction:
    """Return the largest unit in which every gain is a whole number; 1 without gains."""
    gains = {gain for claim in claims for gain in claim.gains if gain}
    if not gains:
        return Fraction(1)
    common = lcm(*(gain.denominator for gain in gains))
    return Fraction(gcd(*(int(gain * common) for gain in gains)), common)
