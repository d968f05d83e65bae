"""Reads the reference files of this context: the tile map and EGDI."""

from functools import cache
from pathlib import Path

from django.conf import settings

from livinglab.comparisons.domain import tiles, world


@cache
def tile_map(folder: Path) -> dict[str, tiles.Tile]:
    """Return the tile of each region by its code; read once per process. Raises BadTiles."""
    return {tile.code: tile for tile in tiles.parse_tiles(_lines(folder / "tiles.csv"), name="tiles.csv")}


@cache
def egdi(folder: Path) -> tuple[world.Standing, ...]:
    """Return the EGDI rows; read once per process. Raises BadEgdi."""
    return world.parse_egdi(_lines(folder / "egdi.csv"), name="egdi.csv")


def reference_folder() -> Path:
    """Return where the reference files are."""
    return Path(settings.REFERENCE_DIR)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
