"""Where each region stands on the map of equal tiles: `reference/tiles.csv`, checked when the rankings load it."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TilePlace:
    """The tile of one region, and the island group it is drawn with."""

    column: int
    row: int
    group: str


@lru_cache(maxsize=2)
def tile_places(path: Path) -> dict[str, TilePlace]:
    """This function will return the tile of each region by code. Read once per process."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: TilePlace(int(row["column"]), int(row["row"]), row["group"])
            for row in csv.DictReader(lines)
        }
