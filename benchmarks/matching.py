"""The proposal of who learns from whom, for all regions: from what was published to the proven matching."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.rows import Row, Target, timings
from livinglab.kernel import clock
from livinglab.kernel.freshness import versions_of
from livinglab.planning.queries import matching, teachers

_PROMISED_MS: Final = 10_000


def match_country(*, runs: int) -> Row:
    """This function will time the matching of all regions with nothing kept from before."""
    sizes = []

    def propose() -> None:
        teachers.forget()
        matching.forget()
        found = matching.matching(versions_of(teachers.TOPICS), year=clock.today().year)
        sizes.append((len(found.matches), len(found.loads)))

    p50, p95 = timings(propose, runs=max(2, min(runs, 3)), warmup=1)
    wishes, hosts = sizes[-1]
    return Row(
        name="matching",
        size=f"514 regions, {wishes} wanted steps, {hosts} hosts, nothing kept",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=_PROMISED_MS),
    )


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "matching": lambda runs: match_country(runs=runs),
}
