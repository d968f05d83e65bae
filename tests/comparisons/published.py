"""The published results of 2023 and 2024, read as the domain sees them, for tests of exact figures."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from livinglab.comparisons.domain.country import Result
from livinglab.comparisons.domain.geography import island_group

REFERENCE: Final = Path(__file__).parents[2] / "reference"
RESULTS: Final = REFERENCE / "results-2023-2024.csv"
CITIES_FROM: Final = 71  # second half of a Kemendagri code
BANDS: Final = ("Kurang", "Cukup", "Baik", "Sangat Baik", "Memuaskan")
DOMAINS: Final = ("D1", "D2", "D3", "D4")


@cache
def results(year: int) -> tuple[Result, ...]:
    """Return the results of regencies and cities of one year, in the order of the codes."""
    with RESULTS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["year"] == str(year)]
    return tuple(_result(row) for row in sorted(rows, key=lambda row: row["code"]) if "." in row["code"])


def _result(row: dict[str, str]) -> Result:
    domains = {code: Decimal(row[code]) for code in DOMAINS if row[code]}
    return Result(
        code=row["code"],
        kind="city" if int(row["code"][3:]) >= CITIES_FROM else "regency",
        province_code=row["code"][:2],
        group=island_group(row["code"]),
        index=Decimal(row["index"]),
        band=BANDS.index(row["predicate"]),
        domains=domains,
        is_doubtful=any(not 1 <= value <= 5 for value in domains.values()),
    )
