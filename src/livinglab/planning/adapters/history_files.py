"""Reads how often regions took each step: `reference/step-history.csv`, made by `tools/step_history.py`."""

from __future__ import annotations

import csv
from pathlib import Path

from livinglab.planning.domain.efforts import StepHistory


def load_step_history(path: Path) -> tuple[StepHistory, ...]:
    """Return every row of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            StepHistory(
                instrument=row["instrument"],
                part=row["part"],
                to_level=int(row["to_level"]),
                from_year=int(row["from_year"]),
                to_year=int(row["to_year"]),
                in_reach=int(row["in_reach"]),
                took=int(row["took"]),
                regions=int(row["regions"]),
                holding=int(row["holding"]),
            )
            for row in csv.DictReader(file)
        )
