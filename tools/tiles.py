"""Compute the tile map of Indonesia, or check the one that is stored.

    python tools/tiles.py                  check the stored layout: the rules it keeps, in figures
    python tools/tiles.py --compute FILE   compute a layout from the regions' coordinates
    python tools/tiles.py --svg FILE       draw the stored layout, to look at

How: each island group's regions start where they are. Every pair that a Delaunay triangulation joins is
pulled to one tile's distance, unless wide sea lies between; pairs that overlap push apart; a weak spring
holds each region to its true place, so that the shape stays Indonesia's. Regions are then assigned to
hexagon cells by least total squared distance, and the groups are set on one lattice with a ring of sea.

There is no random number in it. The result is stored as data (``reference/tiles.csv``) and never
computed on a page: readers learn where their region lies, so a layout changes only on purpose.
"""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment, minimize
from scipy.spatial import Delaunay

from livinglab.comparisons.domain.geography import EARTH_RADIUS_KM, Point, island_group
from livinglab.comparisons.domain.tiles import (
    NEAREST,
    WITHIN_TILES,
    Cell,
    Tile,
    nearest_regions,
    neighbourhood_kept,
    parse_tiles,
    touching_groups,
)

ROOT: Final = Path(__file__).resolve().parent.parent
REGIONS: Final = ROOT / "reference" / "regions.csv"
TILES: Final = ROOT / "reference" / "tiles.csv"

Plane = NDArray[np.float64]

OVERLAP_WEIGHT: Final = 4.0  # two regions on one tile cost more than two neighbours apart
SURELY_NEIGHBOURS_KM: Final = 60.0  # never cut as sea: towns of one strait belong together
REACH: Final = 3.0  # a region is assigned to a cell at most this many tiles away


@dataclass(frozen=True, slots=True)
class Setting:
    """How one island group is drawn; tried by eye and by the share of neighbours kept.

    ``sea``: a link longer than this times the distance to the five nearest is cut.
    ``hold``: strength of the spring to the true place, against 1 for a link.
    ``scale``: kilometres to a tile, as a multiple of the median link. Smaller spreads the group.
    ``corner``: column and row of the group's lower left corner on the common lattice.
    """

    sea: float
    hold: float
    scale: float
    corner: tuple[int, int]


SETTINGS: Final[Mapping[str, Setting]] = {
    "sumatra": Setting(sea=1.8, hold=0.12, scale=0.72, corner=(0, 11)),
    "java": Setting(sea=2.2, hold=0.12, scale=1.0, corner=(20, 0)),
    "kalimantan": Setting(sea=2.2, hold=0.20, scale=0.74, corner=(27, 14)),
    "sulawesi": Setting(sea=1.7, hold=0.12, scale=0.72, corner=(40, 11)),
    "bali-nusa-tenggara": Setting(sea=2.2, hold=0.12, scale=0.80, corner=(43, 1)),
    "maluku": Setting(sea=1.6, hold=0.30, scale=0.74, corner=(57, 10)),
    "papua": Setting(sea=1.8, hold=0.30, scale=0.74, corner=(62, 9)),
}


def read_points(path: Path) -> dict[str, Point]:
    """Return the coordinates of each region by its code."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Point(float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(lines)
        }


def compute(points: Mapping[str, Point]) -> list[Tile]:
    """Return one tile for each region, in the order of the codes."""
    tiles = []
    for group, setting in SETTINGS.items():
        codes = sorted(code for code in points if island_group(code) == group)
        places = relax([points[code] for code in codes], setting)
        tiles += [
            Tile(code, cell, group)
            for code, cell in zip(codes, assign_cells(places, setting.corner), strict=True)
        ]
    return sorted(tiles, key=lambda tile: tile.code)


def relax(points: Sequence[Point], setting: Setting) -> Plane:
    """Return the places in tile widths where springs and true places are in balance."""
    kilometres = _flatten(points)
    links, lengths = _links(kilometres, setting.sea)
    home = (kilometres - kilometres.mean(axis=0)) / (np.median(lengths) * setting.scale)
    pairs = np.column_stack(np.triu_indices(len(points), 1))

    def energy(flat: Plane) -> tuple[float, Plane]:
        places = flat.reshape(home.shape)
        away = places - home
        total = setting.hold * float((away**2).sum())
        force = 2 * setting.hold * away
        total += _springs(places, links, force, weight=1.0, push_only=False)
        total += _springs(places, pairs, force, weight=OVERLAP_WEIGHT, push_only=True)
        return total, force.ravel()

    found = minimize(energy, home.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 600})
    return np.asarray(found.x, dtype=np.float64).reshape(home.shape)


def _flatten(points: Sequence[Point]) -> Plane:
    """Return kilometres east and north; at the equator's latitudes a plain projection is true enough."""
    degree = EARTH_RADIUS_KM * radians(1)
    return np.array(
        [(p.longitude * degree * cos(radians(p.latitude)), p.latitude * degree) for p in points],
        dtype=np.float64,
    )


def _links(places: Plane, sea: float) -> tuple[NDArray[np.intp], Plane]:
    """Return the Delaunay links that do not cross wide sea, and their lengths."""
    triangles = Delaunay(places).simplices
    sides = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1
    )
    links = np.unique(sides, axis=0)
    lengths = np.linalg.norm(places[links[:, 0]] - places[links[:, 1]], axis=1)
    between = np.linalg.norm(places[:, None] - places[None], axis=2)
    around = np.sort(between, axis=1)[:, 1 : NEAREST + 1].mean(axis=1)
    near = lengths <= np.maximum(
        sea * np.maximum(around[links[:, 0]], around[links[:, 1]]), SURELY_NEIGHBOURS_KM
    )
    return links[near], lengths[near]


def _springs(
    places: Plane, pairs: NDArray[np.intp], force: Plane, *, weight: float, push_only: bool
) -> float:
    """Return the energy of springs one tile long, and add their gradient to ``force``."""
    apart = places[pairs[:, 0]] - places[pairs[:, 1]]
    length = np.sqrt((apart**2).sum(axis=1) + 1e-9)
    stretch = np.minimum(length - 1, 0) if push_only else length - 1
    pull = (2 * weight * stretch / length)[:, None] * apart
    np.add.at(force, pairs[:, 0], pull)
    np.add.at(force, pairs[:, 1], -pull)
    return weight * float((stretch**2).sum())


def assign_cells(places: Plane, corner: tuple[int, int]) -> list[Cell]:
    """Return one cell for each place, together the nearest by squared distance."""
    column, row = corner
    at = places - places.min(axis=0) + np.array(Cell(row=row, column=column).centre)
    right, top = at.max(axis=0) + REACH
    cells = [
        Cell(row=r, column=c)
        for r in range(int(top / Cell(1, 0).centre[1]) + 2)
        for c in range(int(right) + 2)
    ]
    cost = ((at[:, None] - np.array([cell.centre for cell in cells])[None]) ** 2).sum(axis=2)
    reachable = np.flatnonzero(cost.min(axis=0) <= REACH**2)
    _, chosen = linear_sum_assignment(cost[:, reachable])
    return [cells[reachable[index]] for index in chosen]


def report(tiles: Sequence[Tile], points: Mapping[str, Point]) -> bool:
    """Print what the layout keeps, and return whether it keeps the rules."""
    nearest = nearest_regions(points)
    kept, asked = neighbourhood_kept(tiles, nearest)
    touching = touching_groups(tiles)
    complete = {tile.code for tile in tiles} == set(points)
    print(f"{len(tiles)} tiles; every region has one: {complete}")
    print(f"{kept} of {asked} nearest regions within {WITHIN_TILES} tiles ({kept / asked:.1%})")
    for group in SETTINGS:
        inside = [tile for tile in tiles if tile.group == group]
        part, whole = neighbourhood_kept(inside, nearest)
        print(f"  {group}: {len(inside)} tiles, {part}/{whole} ({part / whole:.1%}) among themselves")
    print(f"touching island groups: {touching or 'none'}")
    return complete and not touching and kept * 5 >= asked * 4


def write_tiles(tiles: Sequence[Tile], path: Path) -> None:
    """Store the layout as CSV, rows in the order of the codes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(("code", "column", "row", "group"))
        lines.writerows((tile.code, tile.cell.column, tile.cell.row, tile.group) for tile in tiles)


def draw(tiles: Sequence[Tile]) -> str:
    """Return the layout as SVG, provinces told apart by hue."""
    shapes = []
    height = max(tile.cell.centre[1] for tile in tiles) + 1
    for tile in tiles:
        x, y = tile.cell.centre
        hue = int(tile.code[:2]) * 47 % 360
        corners = " ".join(
            f"{x + 1 + 0.5 * dx:.3f},{height - y + 0.577 * dy:.3f}"
            for dx, dy in ((0, -1), (1, -0.5), (1, 0.5), (0, 1), (-1, 0.5), (-1, -0.5))
        )
        shapes.append(
            f'<polygon points="{corners}" fill="hsl({hue} 50% 55%)"><title>{tile.code}</title></polygon>'
        )
    width = max(tile.cell.centre[0] for tile in tiles) + 2
    box = f"0 0 {width} {height + 1}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(shapes)}</svg>\n'


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--compute", type=Path, metavar="FILE", help="compute a layout and store it in FILE")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the layout into FILE")
    parser.add_argument("--regions", type=Path, default=REGIONS, help="CSV with code, latitude, longitude")
    asked = parser.parse_args()
    points = read_points(asked.regions)
    if asked.compute:
        write_tiles(compute(points), asked.compute)
    stored: Path = asked.compute or TILES
    with stored.open(encoding="utf-8", newline="") as lines:
        tiles = parse_tiles(lines, name=stored.name)
    if asked.svg:
        asked.svg.write_text(draw(tiles), encoding="utf-8")
    return 0 if report(tiles, points) else 1


if __name__ == "__main__":
    sys.exit(main())
