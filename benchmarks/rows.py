"""One row per promised number, and the machine it was measured on."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a row must keep; None where nothing was promised. Milliseconds, statements, bytes compressed, times.

    `share` is a share of one that must at least be reached.
    """

    p50_ms: float | None = None
    p95_ms: float | None = None
    queries: int | None = None
    bytes: int | None = None
    ratio: float | None = None
    share: float | None = None

    def __str__(self) -> str:
        parts = (
            f"p50 <= {self.p50_ms:g} ms" if self.p50_ms is not None else "",
            f"p95 <= {self.p95_ms:g} ms" if self.p95_ms is not None else "",
            f"<= {self.queries} queries" if self.queries is not None else "",
            f"<= {self.bytes // 1024} KB" if self.bytes is not None else "",
            f"<= {self.ratio:g} x" if self.ratio is not None else "",
            f">= {self.share:.1%}" if self.share is not None else "",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measurement. `queries` leaves out transaction control and SET LOCAL; `bytes` are as sent, compressed.

    `ratio` says how many times as long it takes as the same with a tenth of the regions or cases.
    """

    name: str
    size: str
    p50_ms: float | None = None
    p95_ms: float | None = None
    queries: int | None = None
    bytes: int | None = None
    ratio: float | None = None
    share: float | None = None
    target: Target
    table: tuple[str, ...] = ()  # lines that say more than the numbers above

    @property
    def ok(self) -> bool:
        """Whether every promised number was kept."""
        pairs = (
            (self.p50_ms, self.target.p50_ms),
            (self.p95_ms, self.target.p95_ms),
            (self.queries, self.target.queries),
            (self.bytes, self.target.bytes),
            (self.ratio, self.target.ratio),
        )
        reached = self.target.share is None or (self.share is not None and self.share >= self.target.share)
        return reached and all(
            limit is None or (value is not None and value <= limit) for value, limit in pairs
        )

    def as_json(self) -> dict[str, object]:
        """This function will return the row as the documented JSON object."""
        return {
            "name": self.name,
            "size": self.size,
            "p50_ms": self.p50_ms,
            "p95_ms": self.p95_ms,
            "queries": self.queries,
            "bytes": self.bytes,
            "ratio": self.ratio,
            "share": self.share,
            "target": str(self.target),
            "ok": self.ok,
            "table": list(self.table),
        }


def timings(
    call: Callable[[], object], *, runs: int, warmup: int = 5, before: Callable[[], object] | None = None
) -> tuple[float, float]:
    """This function will return the 50th and 95th percentile of a call's duration in milliseconds.

    `before` is called before each run and is not timed.
    """
    taken = []
    for run in range(warmup + runs):
        if before is not None:
            before()
        started = time.perf_counter()
        call()
        if run >= warmup:
            taken.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    return round(statistics.median(taken), 1), round(cuts[18], 1)


def in_turns(
    one: Callable[[], object],
    other: Callable[[], object],
    *,
    pairs: int,
    warmup: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> list[tuple[float, float]]:
    """This function will time two calls in turns and return, pair by pair, the milliseconds of the one and the other.

    Every second pair begins with the other (A B, B A, A B, …): what a call leaves behind for the next meets both alike.
    """

    def spent(call: Callable[[], object]) -> float:
        started = clock()
        call()
        return (clock() - started) * 1000

    taken = []
    for nth in range(warmup + pairs):
        if nth % 2 == 0:
            taken.append((spent(one), spent(other)))
        else:
            second, first = spent(other), spent(one)
            taken.append((first, second))
    return taken[warmup:]


def times_as_long(pairs: Iterable[tuple[float, float]]) -> float:
    """This function will return how many times as long the other of two calls in turns takes as the one.

    It is the median of the pairs' own ratios: a load that lasts slows both calls of a pair and leaves their ratio as
    it is, and one that hits a single call spoils that pair alone.
    """
    return statistics.median(other / one for one, other in pairs)


def machine() -> dict[str, object]:
    """This function will describe where the numbers were taken, without naming the host."""
    memory = next(
        (
            line.split()[1]
            for line in Path("/proc/meminfo").read_text().splitlines()
            if line.startswith("MemTotal")
        ),
        "0",
    )
    return {
        "cpus": os.cpu_count(),
        "memory_gib": round(int(memory) / 1024**2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_1m": round(os.getloadavg()[0], 2),
    }
