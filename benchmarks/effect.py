"""Whether the method of `visits.domain.effect` tells the truth, on made-up cohorts whose true effect is known.

The generator: 514 regions; population p and area are normal on a logarithm; the first index is 2.4 + 0.35 p + noise of
0.4; each year changes it by 0.30 + 0.10 p − 0.25 (index − its usual) + noise of 0.35, as wide as from 2023 to 2024; the
numbers are cut to 1 … 5 and rounded to two places as published ones are. Who takes part leans on population and first
index, so that a plain comparison of both groups is wrong. In a hidden world participants rise faster by something that
no data show.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import exp
from typing import Final

from benchmarks.rows import Row, Target
from livinglab.visits.queries.effect import Effect, Unit, effect

COUNTRY: Final = 514
EFFECT: Final = 0.20
_FEWEST_HELD: Final = 0.90  # of intervals that should hold the truth in 95 %: room for chance in 300 cohorts
_LONGEST: Final = 120.0  # seconds for one row


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is true in a made-up country: the mean effect, how much it differs, a rise that no data show."""

    participants: int
    effect: float = 0.0
    spread: float = 0.0
    hidden: float = 0.0


def cohort(seed: int, world: World) -> list[Unit]:
    """This function will return a made-up country with one cohort of exactly the wanted number of participants."""
    seeded = random.Random(seed)
    drawn = [_region(seeded) for _ in range(COUNTRY)]
    keys = sorted(range(COUNTRY), key=lambda number: _eagerness(seeded, drawn[number], world), reverse=True)
    taking = set(keys[: world.participants])
    return [_unit(seeded, number, drawn[number], number in taking, world) for number in range(COUNTRY)]


@dataclass(frozen=True, slots=True)
class _Drawn:
    size: float
    hidden: float
    earlier: float
    before: float
    is_city: bool
    area: float


def _region(seeded: random.Random) -> _Drawn:
    size, hidden = seeded.gauss(0, 1), seeded.gauss(0, 1)
    earlier = 2.4 + 0.35 * size + seeded.gauss(0, 0.4)
    before = earlier + _rise(size, earlier - 2.4, seeded)
    return _Drawn(size, hidden, earlier, before, seeded.random() < 98 / 514, seeded.gauss(0, 1))


def _rise(size: float, above: float, seeded: random.Random) -> float:
    return 0.30 + 0.10 * size - 0.25 * above + seeded.gauss(0, 0.35)


def _eagerness(seeded: random.Random, one: _Drawn, world: World) -> float:
    """The first n by weight over exponential noise are a draw without replacement by those weights."""
    lean = 0.7 * one.size + 0.6 * (one.earlier - 2.4) + (one.hidden if world.hidden else 0.0)
    return exp(lean) / seeded.expovariate(1.0)


def _unit(seeded: random.Random, number: int, one: _Drawn, takes: bool, world: World) -> Unit:
    moved = world.effect + seeded.gauss(0, world.spread) if takes else 0.0
    unseen = world.hidden * one.hidden
    return Unit(
        code=f"{number:03}",
        kind="city" if one.is_city else "regency",
        took_part=takes,
        traits=(one.size, one.area),
        earlier=_published(one.earlier - unseen),
        before=_published(one.before),
        after=_published(one.before + _rise(one.size, one.before - 2.7, seeded) + moved + unseen),
    )


def _published(value: float) -> float:
    return round(min(5.0, max(1.0, value)), 2)


@dataclass(frozen=True, slots=True)
class Proof:
    """How often the 95 % interval held the true effect, was clear of zero, and was caught by the placebo (shares)."""

    cohorts: int
    covered: float
    detected: float
    placebo_failed: float
    bias: float


def prove(world: World, *, cohorts: int, draws: int = 499, longest: float = _LONGEST) -> Proof:
    """This function will estimate the effect in many made-up countries and count how often it tells the truth."""
    return _proof(world, list(_effects(world, cohorts, draws, longest)))


def _effects(world: World, cohorts: int, draws: int, longest: float) -> Iterator[Effect]:
    started = time.perf_counter()
    for seed in range(cohorts):
        found = effect(cohort(seed, world), draws=draws)
        if isinstance(found, Effect):
            yield found
        if time.perf_counter() - started > longest:
            return


def _proof(world: World, found: list[Effect]) -> Proof:
    count = len(found)
    mains = [one.main for one in found]
    return Proof(
        cohorts=count,
        covered=sum(one.low <= world.effect <= one.high for one in mains) / count,
        detected=sum(one.shows_a_difference for one in mains) / count,
        placebo_failed=sum(one.fails_placebo for one in found) / count,
        bias=sum(one.effect for one in mains) / count - world.effect,
    )


_WORLDS: Final = {
    "effect-none": World(participants=62),
    "effect-none-few": World(participants=24),
    "effect-known": World(participants=62, effect=EFFECT),
    "effect-varied": World(participants=62, effect=EFFECT, spread=EFFECT),
    "effect-hidden": World(participants=62, hidden=0.15),
}


def measure(name: str, runs: int) -> Row:
    """This function will prove the method in one world: `runs` times five cohorts, as far as the time allows."""
    world = _WORLDS[name]
    proof = prove(world, cohorts=runs * 5)
    words = (
        f"{proof.cohorts} cohorts of {world.participants}, true effect {world.effect:g}: "
        f"interval holds it {proof.covered:.1%}, is clear of zero {proof.detected:.1%}, "
        f"placebo fails {proof.placebo_failed:.1%}, mean error {proof.bias:+.3f}"
    )
    return Row(
        name=name,
        size=words,
        share=round(proof.covered, 3),
        target=Target(share=None if world.hidden else _FEWEST_HELD),
    )


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {name: partial(measure, name) for name in _WORLDS}
