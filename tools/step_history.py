"""Counts how often regions took each step from one year to the next, from published domain results.

    python tools/step_history.py            writes reference/step-history.csv
    python tools/step_history.py --check    fails if the file is not what the results give

The levels of single indicators are not published. A domain's value is the weighted mean of its indicators' levels:
from n - 1/2 on it is nearer to level n than to the level below, counts as holding level n, and a region that passes it
within the year as taking the step to n. Counted over the regencies and cities that have a value in both years.
Method and its weakness: docs/planning.md.
"""

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "reference" / "results-2023-2024.csv"
HISTORY = ROOT / "reference" / "step-history.csv"
HEADER = ("instrument", "part", "to_level", "from_year", "to_year", "in_reach", "took", "regions", "holding")
PARTS = ("index", "D1", "D2", "D3", "D4")


def values(part: str, year: int) -> dict[str, Decimal]:
    """Return the published values of a part and year by region code."""
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Decimal(row[part])
            for row in csv.DictReader(file)
            if row["year"] == str(year) and "." in row["code"] and row[part]
        }


def held(value: Decimal) -> int:
    """Return the level that a value is nearest to; a half counts as the upper one."""
    return int(value + Decimal("0.5"))


def rows() -> Iterator[tuple[object, ...]]:
    """Yield a row of counts for each part and level."""
    for part in PARTS:
        before, after = values(part, 2023), values(part, 2024)
        both = before.keys() & after.keys()
        for level in range(2, 6):
            in_reach = [code for code in both if held(before[code]) == level - 1]
            took = sum(held(after[code]) >= level for code in in_reach)
            holding = sum(held(value) >= level for value in after.values())
            yield "spbe-2020", part, level, 2023, 2024, len(in_reach), took, len(after), holding


def main() -> None:
    """Write the file, or with --check compare it."""
    text = "".join(",".join(map(str, row)) + "\n" for row in (HEADER, *rows()))
    if "--check" in sys.argv:
        sys.exit(0 if HISTORY.read_text(encoding="utf-8") == text else f"{HISTORY} is out of date")
    HISTORY.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
