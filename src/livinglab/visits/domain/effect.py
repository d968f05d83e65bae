"""What taking part moved: difference in differences against matched regions that took no part.

For every matched participant: its change, less the change that is expected of its matches at its own value before and
capacity (a line through the matches corrects what matching left apart: Abadie and Imbens 2011, Journal of Business
& Economic Statistics 29). The mean is the effect on those who took part.

The usual bootstrap of matched estimates is wrong (Abadie and Imbens 2008, Econometrica 76): matching anew in each
sample does not repeat how matches came about. So matches stay, and each region's contribution to the estimate is drawn
anew (Otsu and Rai 2017, Journal of the American Statistical Association 112); a region is drawn whole, with everything
it contributes. The interval is the bootstrap-t interval. Same units, same interval: the draws have a fixed seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from livinglab.visits.domain.matching_pairs import (
    CALIPER,
    NEIGHBOURS,
    Numbers,
    Pairs,
    Unit,
    covariates,
    match,
    without_farthest,
)

#: below these the interval is not to be trusted, so nothing is computed; docs/visits.md shows the coverage at them
FEWEST_PARTICIPANTS: Final = 20
FEWEST_MATCHES: Final = 20
DRAWS: Final = 1999
CONFIDENCE: Final = 0.95
FARTHEST: Final = 0.1
_SEED: Final = 20_221_121

Positions = NDArray[np.int64]


class Lacking(StrEnum):
    """Why no effect is computed."""

    PARTICIPANTS = "participants"  # too few with both values
    COMPARISONS = "comparisons"  # too few regions that took no part are near them


class Variant(StrEnum):
    """The estimate, and what tests it."""

    MAIN = "main"
    ONE_NEIGHBOUR = "one_neighbour"
    FIVE_NEIGHBOURS = "five_neighbours"
    NEAR = "near"  # half the caliper
    WITHOUT_FARTHEST = "without_farthest"
    UNCORRECTED = "uncorrected"
    PLACEBO = "placebo"  # the years before anybody took part: must be near zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An effect on the scale of the instrument with its 95 % interval, and how many regions it rests on."""

    variant: Variant
    effect: float
    low: float
    high: float
    participants: int
    matches: int

    @property
    def shows_a_difference(self) -> bool:
        """Whether zero lies outside the interval."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class NotComputed:
    """Why, and how many there are and would have to be."""

    lacking: Lacking
    found: int
    fewest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The main estimate with everything that tests it.

    `change` is the mean change of the matched participants, `expected` what their matches say it would have been.
    `imbalance`: the largest difference of a matched trait between both groups, in standard deviations, before matching
    and after. `placebo` is None without an earlier year.
    """

    main: Estimate
    variants: tuple[Estimate, ...]
    placebo: Estimate | None
    change: float
    expected: float
    left_out: tuple[str, ...]
    imbalance: tuple[float, float]

    @property
    def is_steady(self) -> bool:
        """Whether every variant says the same of zero as the main estimate does, with the same sign."""
        return all(
            one.shows_a_difference == self.main.shows_a_difference
            and (one.effect > 0) == (self.main.effect > 0)
            for one in self.variants
        )

    @property
    def fails_placebo(self) -> bool:
        """Whether both groups differed before anybody took part: then the main estimate is no effect."""
        return self.placebo is not None and self.placebo.shows_a_difference


def effect(units: Sequence[Unit], *, draws: int = DRAWS) -> Effect | NotComputed:
    """This function will estimate the effect and test it, or say why it does not. Units in any order give the same.

    Values are on the scale of the instrument (1 to 5). Errors: ValueError for two units with one code.
    """
    units = sorted(units, key=lambda one: one.code)
    if len({one.code for one in units}) != len(units):
        raise ValueError("a region stands twice")
    pairs = match(units)
    lacking = _lacking(units, pairs)
    if lacking is not None:
        return lacking
    main = estimate(units, pairs, Variant.MAIN, draws=draws)
    change = float(np.mean([units[number].after - units[number].before for number in pairs.participants]))
    return Effect(
        main=main,
        variants=tuple(_variants(units, pairs, draws)),
        placebo=_placebo(units, draws),
        change=change,
        expected=change - main.effect,
        left_out=tuple(units[number].code for number in pairs.left_out),
        imbalance=_imbalance(units, pairs),
    )


def _lacking(units: Sequence[Unit], pairs: Pairs) -> NotComputed | None:
    taking = sum(one.took_part for one in units)
    if taking < FEWEST_PARTICIPANTS:
        return NotComputed(Lacking.PARTICIPANTS, taking, FEWEST_PARTICIPANTS)
    matches = _used(pairs)
    if matches < FEWEST_MATCHES:
        return NotComputed(Lacking.COMPARISONS, matches, FEWEST_MATCHES)
    if len(pairs.participants) < FEWEST_PARTICIPANTS:
        return NotComputed(Lacking.COMPARISONS, len(pairs.participants), FEWEST_PARTICIPANTS)
    return None


def _used(pairs: Pairs) -> int:
    return int((pairs.weights.sum(axis=0) > 0).sum())


def estimate(
    units: Sequence[Unit], pairs: Pairs, variant: Variant, *, corrected: bool = True, draws: int = DRAWS
) -> Estimate:
    """This function will return the effect over these pairs with its bootstrap-t interval."""
    parts = contributions(units, pairs, corrected=corrected)
    count = len(pairs.participants)
    found = float(parts.sum() / count)
    low, high = _interval(parts, count, draws)
    return Estimate(
        variant=variant, effect=found, low=low, high=high, participants=count, matches=_used(pairs)
    )


def contributions(units: Sequence[Unit], pairs: Pairs, *, corrected: bool = True) -> Numbers:
    """This function will return what each participant, then each used match, adds to the sum of the effects."""
    changes = np.array([one.after - one.before for one in units])
    weights = pairs.weights.sum(axis=0)
    used = np.flatnonzero(weights)
    others = np.array(pairs.others)[used]
    taking = np.array(pairs.participants)
    if not corrected:
        return np.concatenate([changes[taking], -weights[used] * changes[others]])
    design = np.column_stack([np.ones(len(units)), covariates(units)])
    rest, pull = _corrected(design, changes, taking, others, weights[used])
    return np.concatenate([rest[taking], -pull * rest[others]])


def _corrected(
    design: Numbers, changes: Numbers, taking: Positions, others: Positions, weights: Numbers
) -> tuple[Numbers, Numbers]:
    """What a line through the weighted matches leaves of every change, and how each match moves the sum through it.

    The line takes degrees of freedom from the matches, so that what it leaves of them is too small; as many matches of
    equal weight as stand behind the weights (Kish 1965) say by how much. What it leaves sums to zero over the matches.
    """
    root = np.sqrt(weights)[:, None]
    line, *_rest = np.linalg.lstsq(design[others] * root, changes[others] * root[:, 0], rcond=None)
    spread = (design[others] * weights[:, None]).T @ design[others]
    pull = weights * (design[others] @ np.linalg.pinv(spread) @ design[taking].sum(axis=0))
    count = weights.sum() ** 2 / (weights**2).sum()
    stretch = sqrt(count / max(count - design.shape[1], 1))
    return changes - design @ line, pull * stretch


def _interval(parts: Numbers, count: int, draws: int) -> tuple[float, float]:
    """Draw contributions with replacement; each draw gives its own estimate and error (bootstrap-t)."""
    taking = (np.arange(len(parts)) < count).astype(np.float64)
    found = parts.sum() / count
    error = sqrt(float(((parts - taking * found) ** 2).sum())) / count
    if error == 0:
        return float(found), float(found)
    seeded = np.random.default_rng(_SEED)
    drawn = seeded.multinomial(len(parts), np.full(len(parts), 1 / len(parts)), size=draws).astype(np.float64)
    counts = np.maximum(drawn @ taking, 1)
    again = drawn @ parts / counts
    squares = drawn @ parts**2 - 2 * again * (drawn @ (parts * taking)) + again**2 * counts
    errors = np.sqrt(np.maximum(squares, 1e-12)) / counts
    low, high = np.quantile((again - found) / errors, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(found - high * error), float(found - low * error)


def _variants(units: Sequence[Unit], pairs: Pairs, draws: int) -> list[Estimate]:
    tried = (
        (Variant.ONE_NEIGHBOUR, match(units, neighbours=1), True),
        (Variant.FIVE_NEIGHBOURS, match(units, neighbours=NEIGHBOURS + 2), True),
        (Variant.NEAR, match(units, caliper=CALIPER / 2), True),
        (Variant.WITHOUT_FARTHEST, without_farthest(pairs, FARTHEST), True),
        (Variant.UNCORRECTED, pairs, False),
    )
    return [
        estimate(units, each, variant, corrected=corrected, draws=draws)
        for variant, each, corrected in tried
        if len(each.participants) >= FEWEST_PARTICIPANTS // 2 and _used(each) >= FEWEST_MATCHES // 2
    ]


def _placebo(units: Sequence[Unit], draws: int) -> Estimate | None:
    """The same from the earlier value to the one before: matched on the earlier one."""
    shifted = [replace(one, before=one.earlier, after=one.before) for one in units if one.earlier is not None]
    if sum(one.took_part for one in shifted) < FEWEST_PARTICIPANTS:
        return None
    pairs = match(shifted)
    if len(pairs.participants) < FEWEST_PARTICIPANTS or _used(pairs) < FEWEST_MATCHES:
        return None
    return estimate(shifted, pairs, Variant.PLACEBO, draws=draws)


def _imbalance(units: Sequence[Unit], pairs: Pairs) -> tuple[float, float]:
    traits = covariates(units)
    taking = [number for number, one in enumerate(units) if one.took_part]
    before = traits[taking].mean(axis=0) - traits[list(pairs.others)].mean(axis=0)
    rows = traits[list(pairs.participants)] - pairs.weights @ traits[list(pairs.others)]
    return float(np.abs(before).max()), float(np.abs(rows.mean(axis=0)).max())
