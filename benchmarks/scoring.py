"""The index of every region, for ten years, in one process."""

import random

from benchmarks.rows import Row, Target, timings
from livinglab.assessments import queries


def score_country(*, runs: int) -> Row:
    """This function will time the indices of 514 regions with 47 indicators for 10 years."""
    instrument = queries.get_instrument("spbe-2020")
    seeded = random.Random(2020)
    numbers = [indicator.number for indicator in instrument.indicators]
    levels = [{number: seeded.randint(1, 5) for number in numbers} for _ in range(5_140)]

    def score_all() -> None:
        for one in levels:
            queries.score(instrument, one)

    p50, p95 = timings(score_all, runs=min(runs, 7), warmup=1)
    return Row(
        name="scoring",
        size="514 regions x 47 indicators x 10 years",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=1_000),
    )
