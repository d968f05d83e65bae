"""The tile map keeps its promises: one tile a region, neighbours near, islands apart."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.geography import Point, distance_km, island_group
from livinglab.comparisons.domain.tiles import (
    BadTiles,
    Cell,
    Tile,
    nearest_regions,
    neighbourhood_kept,
    parse_tiles,
    steps_between,
    touching_groups,
)

REFERENCE = Path(__file__).parents[2] / "reference"
TILES = parse_tiles((REFERENCE / "tiles.csv").read_text(encoding="utf-8").splitlines(), name="tiles.csv")
CELLS = st.builds(Cell, row=st.integers(0, 60), column=st.integers(0, 90))
HEADER = "code,column,row,group"


@pytest.fixture(scope="module")
def points() -> dict[str, Point]:
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Point(float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(lines)
        }


@pytest.fixture(scope="module")
def nearest(points: dict[str, Point]) -> dict[str, tuple[str, ...]]:
    return nearest_regions(points)


def test_every_region_has_exactly_one_tile(points: dict[str, Point]) -> None:
    assert len(TILES) == 514
    assert {tile.code for tile in TILES} == set(points)
    assert len({tile.cell for tile in TILES}) == 514


def test_nearest_regions_stay_within_three_tiles(nearest: dict[str, tuple[str, ...]]) -> None:
    assert neighbourhood_kept(TILES, nearest) == (2526, 2570)  # 98.3 %; the promise is 80 %


@pytest.mark.parametrize(
    ("group", "count", "kept"),
    [
        ("sumatra", 154, 0.98),
        ("java", 119, 0.98),
        ("bali-nusa-tenggara", 41, 0.98),
        ("kalimantan", 56, 0.98),
        ("sulawesi", 81, 0.98),
        ("maluku", 21, 0.98),
        ("papua", 42, 0.98),
    ],
)
def test_each_island_group_keeps_its_neighbours(
    nearest: dict[str, tuple[str, ...]], group: str, count: int, kept: float
) -> None:
    inside = [tile for tile in TILES if tile.group == group]
    assert len(inside) == count
    assert all(island_group(tile.code) == group for tile in inside)
    near, asked = neighbourhood_kept(inside, nearest)
    assert near / asked >= kept


def test_a_ring_of_sea_lies_between_island_groups() -> None:
    assert touching_groups(TILES) == []


def test_touching_groups_are_found_in_all_six_directions() -> None:
    middle = Tile("11.01", Cell(row=5, column=5), "sumatra")
    around = [Cell(5, 4), Cell(5, 6), Cell(4, 5), Cell(4, 6), Cell(6, 5), Cell(6, 6)]
    for cell in around:
        assert len(touching_groups([middle, Tile("31.01", cell, "java")])) == 1
    assert touching_groups([middle, Tile("31.01", Cell(row=7, column=5), "java")]) == []


@given(CELLS, CELLS, CELLS)
def test_steps_are_a_distance(a: Cell, b: Cell, c: Cell) -> None:
    assert steps_between(a, b) == steps_between(b, a)
    assert (steps_between(a, b) == 0) == (a == b)
    assert steps_between(a, c) <= steps_between(a, b) + steps_between(b, c)


@given(CELLS, CELLS)
def test_cells_one_step_apart_are_drawn_one_tile_apart(a: Cell, b: Cell) -> None:
    (ax, ay), (bx, by) = a.centre, b.centre
    apart = ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5
    assert (steps_between(a, b) == 1) == (0.99 < apart < 1.01)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["code,column,row"], "tiles.csv, line 1: columns must be code,column,row,group"),
        ([HEADER, "11.01,-1,4,sumatra"], "tiles.csv, line 2: column and row must be whole numbers"),
        ([HEADER, "11.01,1,4,atlantis"], "tiles.csv, line 2: unknown group 'atlantis'"),
        ([HEADER, "11.01,1,4,sumatra", "11.01,2,4,sumatra"], "line 3: 11.01 is on line 2 already"),
        ([HEADER, "11.01,1,4,sumatra", "11.02,1,4,sumatra"], "line 3: cell 1, 4 is on line 2 already"),
        ([HEADER, "11.01"], "tiles.csv, line 2: column and row must be whole numbers"),
    ],
)
def test_a_broken_layout_is_refused_with_its_line(lines: list[str], message: str) -> None:
    with pytest.raises(BadTiles, match=message.replace("(", r"\(")):
        parse_tiles(lines, name="tiles.csv")


def test_distances_agree_with_known_ones() -> None:
    assert distance_km(Point(0, 0), Point(0, 1)) == pytest.approx(111.195, abs=0.001)
    assert distance_km(Point(-6.2, 106.8), Point(-6.2, 106.8)) == 0
    assert distance_km(Point(90, 0), Point(-90, 0)) == pytest.approx(20015.11, abs=0.01)


@pytest.mark.parametrize(("latitude", "longitude"), [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_a_place_off_the_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="is not between"):
        Point(latitude, longitude)


@pytest.mark.parametrize("code", ["99.01", "41.01", "", "x"])
def test_a_code_outside_indonesia_belongs_to_no_island_group(code: str) -> None:
    with pytest.raises(ValueError, match=f"'{code}' belongs to no island group"):
        island_group(code)


def test_papua_is_an_island_group_though_its_codes_begin_like_the_fictitious_ones() -> None:
    assert island_group("96.71") == "papua"
    assert island_group("32.11") == "java"
