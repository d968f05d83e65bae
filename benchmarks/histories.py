"""Made-up histories of indicator levels, until real ones exist: a documented chance, seeded, the same every time.

Each region has an ability, drawn around its province's, and a bent for each domain; each step a difficulty that grows
with the level. A year begins with levels that such a region would hold. In every year each indicator may rise one
level: likelier for the able, in the domains of their bent, for easy steps, where more of the province hold the level
already, and in the pace of the region's own year; hardly while a declared precedence is not met. Levels never fall.
The numbers were chosen so that about one next step in eight is taken in a year, as fits the national index, which rose
by about a quarter of a level a year. The generator is not fitted to any region and proves nothing about one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from livinglab.planning.domain.likelihood import Floats, Standing, Surroundings, Whole

SEED: Final = 20_240
YEARS: Final = 6  # five transitions; the last is held out


def simulated(surroundings: Surroundings, domains: list[int], *, seed: int = SEED) -> list[Standing]:
    """This function will return the levels of every region and indicator in each year; `domains` of the indicators."""
    chance = np.random.default_rng(seed)
    regions, parts, highest = len(surroundings.provinces), len(domains), surroundings.highest
    province = chance.normal(0, 0.4, int(surroundings.provinces.max()) + 1)[surroundings.provinces]
    ability = chance.normal(0, 0.9, regions) + province
    bent = chance.normal(0, 0.6, (regions, max(domains) + 1))[:, domains]
    base = np.array([-9.0, -9.0, -1.6, 0.0, 1.6, 3.2])[: highest + 1]  # nobody is below level 1
    difficulty = base[:, None] + chance.normal(0, 0.5, (highest + 1, parts))
    difficulty[:2] = -99.0
    strength = ability[:, None] + bent
    held = np.ones((regions, parts), dtype=np.int64)
    for level in range(2, highest + 1):
        rises = chance.random((regions, parts)) < _sigmoid(1.4 * (strength - difficulty[level]))
        held = np.where(rises & (held == level - 1), level, held)
    years = [held]
    same = (surroundings.provinces[:, None] == surroundings.provinces[None, :]).astype(float)
    np.fill_diagonal(same, 0)
    around = np.maximum(same.sum(axis=1, keepdims=True), 1)
    for _ in range(YEARS - 1):
        years.append(_next_year(surroundings, years[-1], strength, difficulty, same / around, chance))
    return [Standing(each.astype(float), each.astype(float)) for each in years]


def _next_year(
    surroundings: Surroundings,
    held: Whole,
    strength: Floats,
    difficulty: Floats,
    near: Floats,
    chance: np.random.Generator,
) -> Whole:
    regions, parts = held.shape
    level = np.minimum(held + 1, surroundings.highest)
    pace = chance.normal(0, 0.4, (regions, 1))
    hard = np.take_along_axis(difficulty, level, axis=0)
    neighbours = np.zeros_like(strength)
    for each in range(2, surroundings.highest + 1):
        neighbours = np.where(level == each, near @ (held >= each), neighbours)
    blocked = np.zeros_like(strength)
    for (part, to_level), needed in surroundings.before.items():
        lacks = np.zeros(regions, dtype=bool)
        for other, least in needed:
            lacks |= held[:, other] < least
        blocked[:, part] += (level[:, part] == to_level) & lacks
    logit = -2.1 + 0.7 * (strength - 0.7 * hard) + 1.5 * neighbours - 2.5 * blocked + pace
    rises = (chance.random((regions, parts)) < _sigmoid(logit)) & (held < surroundings.highest)
    risen: Whole = held + rises
    return risen


def _sigmoid(logits: Floats) -> Floats:
    likely: Floats = 1 / (1 + np.exp(-logits))
    return likely
