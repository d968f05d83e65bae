"""The long history of cases: durations by service and month over millions of events in Parquet, read by DuckDB."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
from django.conf import settings

from benchmarks.rows import Row, Target, timings
from livinglab.casework.adapters.history import COLUMNS, Limits, durations

EVENTS: Final = 50_000_000
_HUNDREDTH: Final = 100
_PROMISED_MS: Final = 10_000
_REGIONS: Final = 12


def read_durations(name: str, number: int, runs: int) -> Row:
    """This function will time the percentiles of so many events, which DuckDB itself makes first, and takes away."""
    with TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        before = time.perf_counter()
        _write(Path(folder), number)
        made = time.perf_counter() - before
        found: set[int] = set()

        def read() -> None:
            found.add(sum(1 for _row in durations(Path(folder), by_step=False, limits=Limits())))

        p50, p95 = timings(read, runs=max(3, runs // 20), warmup=1)
        size = sum(one.stat().st_size for one in Path(folder).glob("*/*.parquet"))
    return Row(
        name=name,
        size=f"{number} events, {size >> 20} MB, {max(found)} rows found",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=_PROMISED_MS),
        table=(f"made in {made:.0f} s; DuckDB with {Limits().memory} and {Limits().threads} threads",),
    )


def _write(folder: Path, number: int) -> None:
    """Write ten events a case, of ten services in twelve regions over a hundred months."""
    with duckdb.connect(config={"memory_limit": Limits().memory, "threads": Limits().threads}) as database:
        for region in range(_REGIONS):
            home = folder / f"10.{region:02d}"
            home.mkdir()
            database.execute(
                f"""
                COPY (SELECT {", ".join(COLUMNS)} FROM (
                  SELECT '99.71/layanan-' || (nth // 10 % 10) AS package, '1.0.0' AS version,
                    DATE '2020-01-01' + (nth // 10 % 3000)::INTEGER AS day, (nth % 10)::INTEGER AS place,
                    CASE WHEN nth % 10 = 9 THEN 'ended' ELSE 'completed' END AS what,
                    'step_' || (nth % 10) AS node, 'village' AS role,
                    (hash(nth // 10) % 2000000)::BIGINT AS from_start, (hash(nth) % 200000)::BIGINT AS from_last,
                    CASE WHEN nth % 10 = 9 THEN 'granted' ELSE '' END AS outcome,
                    CASE WHEN nth % 10 = 9 THEN (hash(nth // 10) % 23)::INTEGER END AS counted_days,
                    false AS is_late, false AS is_synthetic
                  FROM range({number // _REGIONS}) AS made(nth)
                )) TO '{home}/2020-01.parquet' (FORMAT parquet, COMPRESSION zstd)
                """
            )


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "durations": partial(read_durations, "durations", EVENTS),
    "durations-hundredth": partial(read_durations, "durations-hundredth", EVENTS // _HUNDREDTH),
}
