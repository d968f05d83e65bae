"""Which regions that took no part are compared with one that did: its nearest of the same kind, used again if needed.

Distance is measured on the value before and on traits of capacity, each in its standard deviations, as the root of the
mean square. Further away than `CALIPER` nobody is a match: who has none is left out, and the result is not about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
#: in standard deviations, on average over the traits; our own choice
CALIPER: Final = 0.6
NEIGHBOURS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A region with what is known of it: `before` and `after` on the scale of the instrument, traits of capacity.

    `earlier` is a value of a year before `before`, for the placebo; None where there is none.
    """

    code: str
    kind: str
    took_part: bool
    traits: tuple[float, ...]
    before: float
    after: float
    earlier: float | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """Participants (rows) and the weight of each other region (columns) in the comparison of each; rows sum to one.

    `participants` and `others` are positions in the units given; `distances` the mean distance of each row's matches.
    """

    participants: tuple[int, ...]
    others: tuple[int, ...]
    weights: Numbers
    distances: Numbers
    left_out: tuple[int, ...]


def covariates(units: Sequence[Unit]) -> Numbers:
    """This function will return value before and traits of each unit, in standard deviations around the mean."""
    raw = np.array([(one.before, *one.traits) for one in units], dtype=np.float64)
    spread = raw.std(axis=0)
    standard: Numbers = (raw - raw.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return standard


def match(units: Sequence[Unit], *, neighbours: int = NEIGHBOURS, caliper: float = CALIPER) -> Pairs:
    """This function will match each participant with its nearest others of the same kind within the caliper.

    Ties go to the region that comes first in `units`. A row may have fewer matches than `neighbours`, never none.
    """
    traits = covariates(units)
    taking = [number for number, one in enumerate(units) if one.took_part]
    others = [number for number, one in enumerate(units) if not one.took_part]
    apart = _distances(units, traits, taking, others)
    rows, kept, left_out = [], [], []
    for row, number in enumerate(taking):
        order = np.argsort(apart[row], kind="stable")[:neighbours]
        chosen = [int(column) for column in order if apart[row, column] <= caliper]
        if not chosen:
            left_out.append(number)
            continue
        weights = np.zeros(len(others))
        weights[chosen] = 1 / len(chosen)
        kept.append((number, float(apart[row, chosen].mean())))
        rows.append(weights)
    matrix = np.array(rows) if rows else np.zeros((0, len(others)))
    return Pairs(
        tuple(number for number, _distance in kept),
        tuple(others),
        matrix,
        np.array([distance for _number, distance in kept]),
        tuple(left_out),
    )


def without_farthest(pairs: Pairs, share: float) -> Pairs:
    """This function will return the pairs without the given share of participants whose matches are farthest."""
    count = len(pairs.participants)
    stays = sorted(np.argsort(pairs.distances, kind="stable")[: count - int(count * share)])
    dropped = set(range(count)) - {int(row) for row in stays}
    return Pairs(
        tuple(pairs.participants[row] for row in stays),
        pairs.others,
        pairs.weights[stays],
        pairs.distances[stays],
        (*pairs.left_out, *(pairs.participants[row] for row in sorted(dropped))),
    )


def _distances(units: Sequence[Unit], traits: Numbers, taking: list[int], others: list[int]) -> Numbers:
    """Rows: participants, columns: others; infinite between kinds."""
    if not taking or not others:
        return np.zeros((len(taking), len(others)))
    steps = traits[taking][:, None, :] - traits[others][None, :, :]
    apart: Numbers = np.sqrt((steps**2).mean(axis=2))
    kinds = np.array([one.kind for one in units])
    apart[kinds[taking][:, None] != kinds[others][None, :]] = np.inf
    return apart
