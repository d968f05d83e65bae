"""Which step a region takes next: a regularised logistic regression, and the two rivals that it has to beat.

A row is one step that a region could take next: of an indicator or domain, to the level above the one it holds. It was
taken if the next year shows it. Everything a row knows is of the year before or earlier; whether steps were taken is
read from transitions that lie before the held-out one, or from other regions.

- Popularity: the share of those in reach who took the step.
- Ability × difficulty (Rasch 1960): logit = a · ability − difficulty of the step, a and difficulties fitted.
- The model: ability, difficulty, level, what is missing to the level, how the region stands in this part and in the
  other parts of its domain compared with itself, the level among neighbours, declared steps that must come first, last
  year's pace, popularity, and what is left of each step beyond all that.

Fitted by iteratively reweighted least squares with a ridge penalty (Hoerl and Kennard 1970; le Cessie and van
Houwelingen 1992), in numpy alone; no chance in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_RIDGE: Final = 1.0  # penalty on the square of each standardised weight
_ROUNDS: Final = 50
_CLOSE: Final = 1e-9
_LEAST: Final = 1e-12  # a likelihood is never nothing


@dataclass(frozen=True)
class Standing:
    """Where regions stood in a year: `values` (regions × parts, not a number where unknown), `held` levels likewise.

    For an indicator both are its level; a domain's value counts as the level that it is nearest to.
    """

    values: Floats
    held: Floats


@dataclass(frozen=True)
class Surroundings:
    """What does not change: the weight and group of each part, each region's province, what must come before a step.

    `before[part, level]` names the (part, level) that must be held first.
    """

    weights: Floats
    groups: Whole  # parts of one group (indicators of a domain) tell of each other
    provinces: Whole
    before: Mapping[tuple[int, int], Sequence[tuple[int, int]]]
    highest: int
    margin: float  # how far below a level a value counts as holding it: 0 for indicators, a half for domains


@dataclass(frozen=True)
class Rows:
    """Steps that could be taken next, what was known of each, and whether they were taken."""

    regions: Whole
    steps: Whole  # part × (highest + 1) + level
    known: Floats  # rows × what is known
    ability: Floats
    taken: Flags

    def of(self, chosen: Flags) -> Rows:
        """Return some of the rows."""
        return Rows(
            self.regions[chosen],
            self.steps[chosen],
            self.known[chosen],
            self.ability[chosen],
            self.taken[chosen],
        )


def rows_of(
    surroundings: Surroundings, before: Standing, after: Standing, *, earlier: Standing | None = None
) -> Rows:
    """Return a row for each next step of each region, in the order of regions and parts.

    From `after` only whether the step was taken is read. `earlier` is the year before `before`.
    """
    level = before.held + 1
    is_open = np.isfinite(before.values) & np.isfinite(after.values) & (level <= surroundings.highest)
    regions, columns = np.nonzero(is_open)
    to_level = level[is_open].astype(np.int64)
    ability = _ability(surroundings, before)
    holding = np.stack([_holding(before, each) for each in range(surroundings.highest + 1)])
    near = _neighbours(surroundings, before)
    pace = np.zeros(len(ability)) if earlier is None else ability - _ability(surroundings, earlier)
    known = np.column_stack(
        [
            ability[regions],
            _logit(holding[to_level, columns]),
            to_level,
            to_level - surroundings.margin - before.values[is_open],
            before.values[is_open] - ability[regions],
            _bent(surroundings, before)[is_open],
            near[to_level, regions, columns] - holding[to_level, columns],
            _missing(surroundings, before, columns, to_level, regions),
            pace[regions],
        ]
    )
    return Rows(
        regions,
        columns * (surroundings.highest + 1) + to_level,
        known,
        ability[regions],
        after.held[is_open] >= to_level,
    )


def _ability(surroundings: Surroundings, standing: Standing) -> Floats:
    """Return each region's weighted mean value over the parts that are known."""
    is_known = np.isfinite(standing.values)
    weights = np.where(is_known, surroundings.weights, 0.0)
    total = np.where(weights.sum(axis=1) > 0, weights.sum(axis=1), 1.0)
    ability: Floats = (np.where(is_known, standing.values, 0.0) * weights).sum(axis=1) / total
    return ability


def _bent(surroundings: Surroundings, standing: Standing) -> Floats:
    """Return regions × parts: how a region stands in the other parts of a part's group, beside how it stands in all.

    Both are measured from the mean of all regions; 0 where a group has no other part.
    """
    is_known = np.isfinite(standing.values)
    means = np.where(is_known, standing.values, 0.0).sum(axis=0) / np.maximum(is_known.sum(axis=0), 1)
    above = np.where(is_known, standing.values - means, 0.0)
    same = surroundings.groups[:, None] == surroundings.groups[None, :]
    others = (same & ~np.eye(len(means), dtype=bool)).astype(float)
    there = (above @ others) / np.maximum(is_known @ others, 1.0)
    whole = above.sum(axis=1) / np.maximum(is_known.sum(axis=1), 1)
    return np.where(is_known @ others > 0, there - whole[:, None], 0.0)


def _holding(standing: Standing, level: int) -> Floats:
    """Return for each part the share of regions that hold a level, with half a region on both sides."""
    is_known = np.isfinite(standing.held)
    held = (np.where(is_known, standing.held, 0) >= level) & is_known
    share: Floats = (held.sum(axis=0) + 0.5) / (is_known.sum(axis=0) + 1)
    return share


def _neighbours(surroundings: Surroundings, standing: Standing) -> Floats:
    """Return levels × regions × parts: the share of the other regions of a province that hold the level.

    The share of the country counts as two more neighbours, so that a province of one says nothing.
    """
    provinces = np.eye(int(surroundings.provinces.max()) + 1)[surroundings.provinces]
    is_known = np.isfinite(standing.held).astype(float)
    others = provinces @ (provinces.T @ is_known) - is_known
    shares = []
    for level in range(surroundings.highest + 1):
        held = ((np.where(np.isfinite(standing.held), standing.held, -1.0)) >= level).astype(float)
        there = provinces @ (provinces.T @ held) - held
        shares.append((there + 2 * _holding(standing, level)) / (others + 2))
    return np.stack(shares)


def _missing(
    surroundings: Surroundings, standing: Standing, columns: Whole, levels: Whole, regions: Whole
) -> Floats:
    """Return how many of the steps that must come before a step a region does not hold yet."""
    found = np.zeros(len(columns))
    for (part, level), needed in surroundings.before.items():
        rows = np.nonzero((columns == part) & (levels == level))[0]
        for other, least in needed:
            found[rows] += standing.held[regions[rows], other] < least
    return found


class Model(Protocol):
    """Says how likely each row's step is taken."""

    def likelihood(self, rows: Rows) -> Floats:
        """Return a likelihood for each row, above 0 and below 1."""


@dataclass(frozen=True)
class Popularity:
    """Each step as likely as it was taken, whoever takes it; a step never seen as likely as any."""

    shares: Floats

    def likelihood(self, rows: Rows) -> Floats:
        """Return the share of those in reach who took the step."""
        return self.shares[rows.steps]


@dataclass(frozen=True)
class Logistic:
    """Weights of what is known, after each was brought to mean 0 and spread 1."""

    design: Callable[[Rows], Floats]
    means: Floats
    spreads: Floats
    weights: Floats
    intercept: float
    covariance: Floats  # of intercept and weights: the inverse of the curve at the optimum (Laplace)

    def likelihood(self, rows: Rows) -> Floats:
        """Return the likelihood of each row."""
        return _sigmoid(self.intercept + self._columns(rows) @ self.weights)

    def interval(self, rows: Rows, width: float) -> tuple[Floats, Floats]:
        """Return the ends of each row's likelihood, `width` standard errors of the fit below and above on the logit.

        It holds how little the fit rests on, not whether the model is right.
        """
        columns = self._columns(rows)
        whole = np.column_stack([np.ones(len(columns)), columns])
        errors = np.sqrt(np.einsum("ij,jk,ik->i", whole, self.covariance, whole))
        logits = self.intercept + columns @ self.weights
        return _sigmoid(logits - width * errors), _sigmoid(logits + width * errors)

    def _columns(self, rows: Rows) -> Floats:
        return (self.design(rows) - self.means) / self.spreads


def fit_popularity(rows: Rows, steps: int) -> Popularity:
    """Return popularity from the transitions in `rows`; the share of all counts as one more region in reach."""
    in_reach = np.bincount(rows.steps, minlength=steps)
    taken = np.bincount(rows.steps, weights=rows.taken, minlength=steps)
    overall = (rows.taken.sum() + 0.5) / (len(rows.taken) + 1)
    return Popularity((taken + overall) / (in_reach + 1))


def fit_ability_difficulty(rows: Rows, steps: int) -> Logistic:
    """Return the rival of Rasch: one weight of ability, one difficulty of each step."""

    def design(given: Rows) -> Floats:
        return np.column_stack([given.ability, np.eye(steps)[given.steps]])

    return _fitted(rows, design, scaled=1)


def fit_model(rows: Rows, steps: int) -> Logistic:
    """Return the model, from the transitions in `rows` alone; popularity among what it knows is of the same rows."""
    popularity = fit_popularity(rows, steps)

    def design(given: Rows) -> Floats:
        logits = _logit(popularity.likelihood(given))
        return np.column_stack([given.known, logits, np.eye(steps)[given.steps]])

    return _fitted(rows, design, scaled=rows.known.shape[1] + 1)


def _fitted(rows: Rows, design: Callable[[Rows], Floats], *, scaled: int) -> Logistic:
    """Return the regression of what was taken on a design, whose first `scaled` columns are standardised."""
    columns = design(rows)
    means, spreads = np.zeros(columns.shape[1]), np.ones(columns.shape[1])
    means[:scaled] = columns[:, :scaled].mean(axis=0)
    spread = columns[:, :scaled].std(axis=0)
    spreads[:scaled] = np.where(spread > _CLOSE, spread, 1.0)
    intercept, weights, covariance = _regress((columns - means) / spreads, rows.taken)
    return Logistic(design, means, spreads, weights, intercept, covariance)


def _regress(columns: Floats, taken: Flags) -> tuple[float, Floats, Floats]:
    """Return the intercept, which is not penalised, the weights, and their covariance, by Newton's method."""
    whole = np.column_stack([np.ones(len(columns)), columns])
    penalty = np.full(whole.shape[1], _RIDGE)
    penalty[0] = 0.0
    weights = np.zeros(whole.shape[1])
    for _ in range(_ROUNDS):
        likely = _sigmoid(whole @ weights)
        slope = whole.T @ (taken - likely) - penalty * weights
        curve = (whole * (likely * (1 - likely))[:, None]).T @ whole + np.diag(penalty + _LEAST)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _CLOSE:
            break
    likely = _sigmoid(whole @ weights)
    curve = (whole * (likely * (1 - likely))[:, None]).T @ whole + np.diag(penalty + _LEAST)
    covariance: Floats = np.asarray(np.linalg.inv(curve), dtype=np.float64)
    return float(weights[0]), weights[1:], covariance


def _sigmoid(logits: Floats) -> Floats:
    likely: Floats = 1 / (1 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return likely


def _logit(shares: Floats) -> Floats:
    logits: Floats = np.log(shares / (1 - shares))
    return logits


def log_loss(likely: Floats, taken: Flags) -> float:
    """Return the mean of −log of the likelihood given to what happened, in nats; 0 is perfect."""
    return float(losses(likely, taken).mean())


def losses(likely: Floats, taken: Flags) -> Floats:
    """Return the loss of each row."""
    happened = np.where(taken, likely, 1 - likely)
    loss: Floats = -np.log(np.clip(happened, _LEAST, 1.0))
    return loss


def top_k(likely: Floats, rows: Rows, k: int) -> float:
    """Return the share of taken steps among the `k` likeliest of each region, over regions that took any step.

    Equal likelihoods keep the order of the rows; where a region has fewer than `k` next steps, all of them count.
    """
    shares = []
    for region in np.unique(rows.regions):
        places = np.nonzero(rows.regions == region)[0]
        if rows.taken[places].any():
            best = places[np.argsort(-likely[places], kind="stable")[:k]]
            shares.append(rows.taken[best].mean())
    return float(np.mean(shares))
