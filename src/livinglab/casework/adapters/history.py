"""The long history of cases as Parquet files, one for each region and month, and what DuckDB reads from them.

A file holds what happened to cases and when, and nothing that leads to one: no number, person, place below the region,
answer or hour of the day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

#: the columns of a file, as DuckDB types them
COLUMNS: Final = {
    "package": "VARCHAR",
    "version": "VARCHAR",
    "day": "DATE",  # on which it happened, by the region's calendar
    "place": "INTEGER",  # which of its case's steps it was, from 0 on
    "what": "VARCHAR",
    "node": "VARCHAR",
    "role": "VARCHAR",
    "from_start": "BIGINT",  # seconds since the case arrived
    "from_last": "BIGINT",  # seconds since the step before
    "outcome": "VARCHAR",  # of the last step of a case that ended, else empty
    "counted_days": "INTEGER",  # as its standard counts them, of the same
    "is_late": "BOOLEAN",
    "is_synthetic": "BOOLEAN",
}
_SECONDS_OF_A_DAY: Final = 86_400


class NoHistory(Exception):
    """A folder holds no files of this kind."""


class UnreadableHistory(Exception):
    """DuckDB cannot do what it was asked to with the files or limits it was given; the text is its own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What DuckDB may take: memory in its own words ("1GB") and threads."""

    memory: str = "1GB"
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Row:
    """How long a service took in a month: days that half, and 95 of 100, of the cases that ended took at most.

    `step` is the node of the process, "" for whole cases; of a step the days are those since the step before.
    """

    package: str
    month: str
    step: str
    cases: int
    p50: float
    p95: float


def write_region(region: str, csv: Path, folder: Path, *, limits: Limits) -> dict[str, int]:
    """This function will write the steps of a region, given as CSV, month by month; return how many each month has.

    Files that are there already are replaced, each at once. Errors: `UnreadableHistory`.
    """
    home = folder / region
    home.mkdir(parents=True, exist_ok=True)
    with _database(limits, scratch=folder) as database:
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
        database.execute(
            f"CREATE TABLE steps AS FROM read_csv(?, header=false, columns={{{types}}})",
            [str(csv)],
        )
        months = database.execute(
            "SELECT strftime(day, '%Y-%m') AS month, count(*) FROM steps GROUP BY month ORDER BY month"
        ).fetchall()
        for month, _count in months:
            database.execute("SET VARIABLE chosen = ?", [month])
            partial = home / f"{month}.partial"
            target = str(partial).replace("'", "''")
            database.execute(
                "COPY (FROM steps WHERE strftime(day, '%Y-%m') = getvariable('chosen') "
                f"ORDER BY package, day, node, place) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )
            partial.replace(home / f"{month}.parquet")
    return dict(months)


def durations(folder: Path, *, by_step: bool, limits: Limits) -> Iterator[Row]:
    """This function will yield the durations by package and month, and by step where wanted, without made-up cases.

    Withdrawn cases have none. Percentiles are the nearest rank, as on the pages. Errors: `NoHistory`,
    `UnreadableHistory`.
    """
    files = sorted(str(one) for one in folder.glob("*/*.parquet"))
    if not files:
        raise NoHistory(f"{folder} holds no file of the form REGION/YYYY-MM.parquet")
    step, taken, which = (
        ("node", "from_last", "place > 0 AND node <> ''")
        if by_step
        else ("''", "from_start", "outcome NOT IN ('', 'withdrawn')")
    )
    with _database(limits, scratch=folder) as database:
        found = database.execute(
            f"SELECT package, strftime(date_trunc('month', day), '%Y-%m') AS month, {step} AS step, count(*), "  # noqa: S608
            f"quantile_disc({taken}, [0.5, 0.95]) FROM read_parquet(?) "
            f"WHERE {which} AND NOT is_synthetic GROUP BY ALL ORDER BY package, month, step",
            [files],
        )
        while rows := found.fetchmany(1_000):
            for package, month, node, count, (p50, p95) in rows:
                yield Row(package, month, node, count, p50 / _SECONDS_OF_A_DAY, p95 / _SECONDS_OF_A_DAY)


@contextmanager
def _database(limits: Limits, *, scratch: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """This function will open a database in memory that spills to `scratch` and reads nothing from the network."""
    import duckdb  # noqa: PLC0415  takes 0.2 s, which every other command would wait for too

    try:
        with duckdb.connect(
            config={
                "memory_limit": limits.memory,
                "threads": limits.threads,
                "temp_directory": str(scratch / ".spilled"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        ) as database:
            yield database
    except duckdb.Error as error:
        raise UnreadableHistory(str(error)) from error
