"""The tile map: one equal hexagon for each region, so that a city is as visible as a wide regency.

Hexagons stand on their point. Rows are counted upward (north) from zero and odd rows are shifted right
by half a tile ("odd-r" offset coordinates); distances are counted in axial coordinates, where every step
to a neighbour costs one.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from livinglab.comparisons.domain.geography import ISLAND_GROUPS, Point, distance_km

NEAREST: Final = 5
WITHIN_TILES: Final = 3
COLUMNS: Final = ("code", "column", "row", "group")


class BadTiles(ValueError):
    """The layout breaks a rule of the tile map; the message names the line or the region."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A place on the hexagon lattice."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"cell {self.column}, {self.row}"

    @property
    def axial(self) -> tuple[int, int]:
        return self.column - (self.row - (self.row & 1)) // 2, self.row

    @property
    def centre(self) -> tuple[float, float]:
        """The centre in tile widths, x to the right, y upward."""
        return self.column + (self.row & 1) / 2, self.row * 3**0.5 / 2


@dataclass(frozen=True, slots=True)
class Tile:
    """One region's hexagon and the island group it is drawn with."""

    code: str
    cell: Cell
    group: str


def steps_between(one: Cell, other: Cell) -> int:
    """Return the number of tile steps from one cell to another."""
    (q1, r1), (q2, r2) = one.axial, other.axial
    q, r = q1 - q2, r1 - r2
    return (abs(q) + abs(r) + abs(q + r)) // 2


def parse_tiles(lines: Iterable[str], *, name: str) -> tuple[Tile, ...]:
    """Return the layout written as CSV in ``lines``, in their order; ``name`` is the file's name in errors.

    Raises BadTiles naming file and line for a missing column, a cell that is not a whole number of at
    least zero, an unknown group, or a region or a cell that is used twice.
    """
    rows = csv.DictReader(lines)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadTiles(f"{name}, line 1: columns must be {','.join(COLUMNS)}")
    tiles: list[Tile] = []
    line_of: dict[object, int] = {}
    for row in rows:
        tile = _tile(row, where=f"{name}, line {rows.line_num}")
        for value in (tile.code, tile.cell):
            if value in line_of:
                raise BadTiles(f"{name}, line {rows.line_num}: {value} is on line {line_of[value]} already")
            line_of[value] = rows.line_num
        tiles.append(tile)
    return tuple(tiles)


def _tile(row: Mapping[str, str | None], *, where: str) -> Tile:
    column, line, group = row["column"] or "", row["row"] or "", row["group"] or ""
    if not column.isdecimal() or not line.isdecimal():
        raise BadTiles(f"{where}: column and row must be whole numbers of at least 0")
    if group not in ISLAND_GROUPS.values():
        raise BadTiles(f"{where}: unknown group {group!r}")
    return Tile(row["code"] or "", Cell(row=int(line), column=int(column)), group)


def nearest_regions(points: Mapping[str, Point], *, count: int = NEAREST) -> dict[str, tuple[str, ...]]:
    """Return for each region the codes of its nearest regions by great circle, nearest first."""

    def ranked(code: str) -> tuple[str, ...]:
        others = sorted(
            (distance_km(point, points[code]), other) for other, point in points.items() if other != code
        )
        return tuple(other for _, other in others[:count])

    return {code: ranked(code) for code in points}


def neighbourhood_kept(tiles: Iterable[Tile], nearest: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    """Return how many of the nearest regions lie within three tiles, and of how many.

    Only the regions of ``tiles`` are asked about their nearest; those must have a tile too.
    """
    asked = tuple(tiles)
    cells = {tile.code: tile.cell for tile in asked}
    pairs = [(tile.code, other) for tile in asked for other in nearest[tile.code] if other in cells]
    kept = sum(steps_between(cells[code], cells[other]) <= WITHIN_TILES for code, other in pairs)
    return kept, len(pairs)


def touching_groups(tiles: Iterable[Tile]) -> list[tuple[str, str]]:
    """Return the pairs of regions of different island groups whose tiles touch: there must be none."""
    by_axial = {tile.cell.axial: tile for tile in tiles}
    steps = ((1, 0), (0, 1), (-1, 1))  # three of the six directions: each pair is seen once
    touching = []
    for (q, r), tile in by_axial.items():
        for dq, dr in steps:
            other = by_axial.get((q + dq, r + dr))
            if other is not None and other.group != tile.group:
                touching.append((tile.code, other.code))
    return touching
