"""The map: one place a region, words in the sea, halves that fit a phone."""

import csv
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from livinglab.ui.charts import CallOut, Group, Tile, TileMap
from livinglab.ui.charts.drawing import draw
from livinglab.ui.charts.spots import Box, free_spots
from livinglab.ui.charts.text import text_width
from livinglab.ui.charts.tilemap import NARROW_TENTHS, TileMapDrawing

GROUPS = (
    Group(key="west", name="Sumatra", value="2,95", is_east=False),
    Group(key="east", name="Bali & Nusa Tenggara", value="2,84", is_east=True),
)


def _tile(column: int, row: int, group: str = "west", **more: Any) -> Tile:
    code = f"99.{column:02}{row:02}"
    fields: dict[str, Any] = {
        "name": f"R {code}",
        "href": f"/regions/{code}/",
        "css": "b3",
        "spoken": "3,05, Baik",
    }
    return Tile(code=code, column=column, row=row, group=group, **(fields | more))


def _map(*tiles: Tile, **more: Any) -> TileMap:
    fields: dict[str, Any] = {"label": "Peta", "description": "d", "groups": GROUPS, "legend": ()}
    return TileMap(tiles=tiles, **(fields | more))


def _drawn(chart: TileMap) -> TileMapDrawing:
    drawn = draw(chart, language="id")
    assert isinstance(drawn, TileMapDrawing)
    return drawn


WIDE = (
    *(_tile(c, r) for c in range(2, 22) for r in range(8)),
    *(_tile(c, r, "east") for c in range(26, 44) for r in range(-3, 4)),
)


def test_odd_rows_stand_half_a_tile_to_the_right_and_rows_count_upward() -> None:
    half = _drawn(_map(_tile(2, 0), _tile(2, 1), _tile(3, 0))).halves[0]
    (x0, y0), (x1, y1), (x2, y2) = ((tile.x, tile.y) for tile in half.tiles)
    assert (x1 - x0, y1 - y0) == (8, -14)
    assert (x2 - x0, y2 - y0) == (16, 0)


def test_what_is_on_a_tile_may_change_while_it_stays_where_it_is() -> None:
    before, after = (
        [half.tiles for half in _drawn(_map(*(one._replace(css=css, spoken=spoken) for one in WIDE))).halves]
        for css, spoken in (("b3", "3,05, Baik"), ("b5", "4,51, Memuaskan"))
    )
    assert [[(tile.x, tile.y) for tile in half] for half in before] == [
        [(tile.x, tile.y) for tile in half] for half in after
    ]
    assert {tile.css for half in before for tile in half} == {"b3"}
    assert {(tile.css, tile.spoken.partition(", ")[2]) for half in after for tile in half} == {
        ("b5", "4,51, Memuaskan")
    }


def test_a_tile_says_its_region_and_its_figure() -> None:
    assert _drawn(_map(_tile(2, 0, name="Kabupaten Sumedang"))).halves[0].tiles[0].spoken == (
        "Kabupaten Sumedang, 3,05, Baik"
    )


def test_every_region_is_in_one_half() -> None:
    halves = _drawn(_map(*WIDE)).halves
    assert [half.css for half in halves] == ["west", "east"]
    assert sorted(tile.href for half in halves for tile in half.tiles) == sorted(tile.href for tile in WIDE)


def test_each_half_fits_the_width_it_has_on_a_phone() -> None:
    drawn = _drawn(_map(*WIDE))
    width = int(drawn.view.split()[2])
    for half in drawn.halves:
        assert max(tile.x for tile in half.tiles) + 8 <= width * 10 // NARROW_TENTHS
        assert min(tile.x for tile in half.tiles) >= 0


@pytest.mark.parametrize("tier", [0, 1])
def test_words_lie_on_no_tile_and_on_no_other_word(tier: int) -> None:
    calls = (CallOut(code="99.0904", text="Sumedang 4,51"), CallOut(code="99.3000", text="Bantaeng 3,54"))
    drawn = _drawn(_map(*WIDE, call_outs=calls))
    small, large = ((13, 19), (25, 34))[tier]
    parts = [drawn.halves] if tier == 0 else [(half,) for half in drawn.halves]
    for halves in parts:
        boxes, centres = [], []
        for half in halves:
            centres += [(tile.x + half.shift, tile.y) for tile in half.tiles]
            for words in half.groups[tier][1]:
                width = max(text_width(words.name, small), text_width(words.value, large))
                boxes.append((words.x + half.shift, words.y - small, width, small + large + 4))
            for words in half.calls[tier][1]:
                width = text_width(words.name, small)
                left = words.x + half.shift - (width if words.anchor == "end" else 0)
                boxes.append((left, words.y - small, width, small + 4))
        assert len(boxes) == (4 if tier == 0 else 2)
        for left, top, width, height in boxes:
            for x, y in centres:
                assert not (left < x + 7 and x - 7 < left + width and top < y + 7 and y - 7 < top + height)
        for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2):
            assert not (ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah)


def test_two_regions_on_one_place_are_refused() -> None:
    other = _tile(2, 0, name="R2")
    with pytest.raises(ValueError, match=r"99\.0200 and 99\.0200 share a place"):
        _map(_tile(2, 0), other)


def test_a_region_of_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match=r"99\.0200 is in the unknown group 'atlantis'"):
        _map(_tile(2, 0, "atlantis"))


def test_a_call_out_without_its_tile_is_refused() -> None:
    with pytest.raises(ValueError, match=r"without a tile: 32\.11"):
        _map(_tile(2, 0), call_outs=(CallOut(code="32.11", text="Sumedang"),))


def test_a_fifth_call_out_is_refused() -> None:
    calls = tuple(CallOut(code=f"99.0{n}00", text="x") for n in range(2, 7))
    with pytest.raises(ValueError, match="5 call-outs"):
        _map(*(_tile(n, 0) for n in range(2, 7)), call_outs=calls)


def test_a_word_goes_below_a_full_map_rather_than_over_it() -> None:
    tiles = tuple((x, y) for x in range(0, 400, 16) for y in range(0, 200, 14))
    (spot,) = free_spots((Box(width=80, height=40, near=((200, 100),)),), tiles, (0, 0, 400, 200))
    assert spot.y >= 200


def test_a_word_wider_than_the_map_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        free_spots((Box(width=500, height=40, near=((0, 0),)),), (), (0, 0, 400, 200))


def test_all_514_tiles_of_the_country_are_drawn_with_their_words() -> None:
    path = Path(__file__).parents[2] / "reference" / "tiles.csv"
    with path.open() as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    east = {"sulawesi", "nusa", "maluku", "papua"}
    keys = sorted({row["group"] for row in rows})
    groups = tuple(Group(key=key, name=key.title(), value="3,05", is_east=key in east) for key in keys)
    tiles = tuple(
        _tile(int(row["column"]), int(row["row"]), row["group"], spoken=str(Decimal("3.05"))) for row in rows
    )
    drawn = _drawn(_map(*tiles, groups=groups))
    assert drawn.count == 514
    assert sum(len(words) for half in drawn.halves for _tier, words in half.groups) == 2 * len(groups)
