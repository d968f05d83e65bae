"""The index of every region, for ten years, in one process."""

import random
from collections.abc import Callable

from benchmarks.rows import Row, Target, timings
from livinglab.assessments import queries

SIZE = "514 regions x 47 indicators x 10 years"
_REGION_YEARS = 514 * 10


def score_country(*, runs: int) -> Row:
    """This function will time the exact indices of 514 regions with 47 indicators for 10 years."""
    instrument, levels = _seeded()
    return _row("scoring", lambda: list(queries.indices(instrument, levels)), runs)


def score_country_in_full(*, runs: int) -> Row:
    """This function will time the same with every level checked, and domains, aspects and predicate beside."""
    instrument, levels = _seeded()
    numbers = [str(indicator.number) for indicator in instrument.indicators()]
    keyed = [dict(zip(numbers, one, strict=True)) for one in levels]
    return _row("scoring-in-full", lambda: [queries.score(instrument, one) for one in keyed], runs)


def _seeded() -> tuple[queries.Instrument, list[list[int]]]:
    instrument = queries.get_instrument("spbe-2020")
    seeded = random.Random(2020)
    width = len(list(instrument.indicators()))
    return instrument, [[seeded.randint(1, 5) for _ in range(width)] for _ in range(_REGION_YEARS)]


def _row(name: str, work: Callable[[], object], runs: int) -> Row:
    p50, p95 = timings(work, runs=min(runs, 9), warmup=1)
    return Row(name=name, size=SIZE, p50_ms=p50, p95_ms=p95, target=Target(p95_ms=1_000))
