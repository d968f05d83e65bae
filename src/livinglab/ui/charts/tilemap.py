"""The country as 514 equal hexagons, one a region: so that a city is as visible as a wide regency.

The lattice: pointy-top hexagons, odd rows shifted right by half a tile, rows counted upward. Below 62 rem the
eastern half moves under the western one (by a class, the same links), so that a tile stays large enough to see.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple, TypeAlias

from livinglab.ui.charts.spots import CELL, Box, Spot, free_spots
from livinglab.ui.charts.text import text_width

# In drawing units. A regular hexagon 16 wide has rows 13.86 apart; 14 keeps every coordinate a whole number.
PITCH: Final = 16
ROW: Final = 14
MARGIN: Final = 14

# base.css draws the halves at 180 % of the column's width, so half of the drawing must fit in 1/1.8 of it.
NARROW_TENTHS: Final = 18

_GROUP_SIZES: Final = {"roomy": (13, 19), "narrow": (25, 34)}
_CALL_SIZES: Final = {"roomy": 13, "narrow": 25}

#: the middle of each tile in drawing units, by code
Middles: TypeAlias = Mapping[str, tuple[int, int]]


class Tile(NamedTuple):
    """One region: `css` is its colour class (b0–b5, s1–s7, c1–c7), `spoken` its figure in words ("4,51, Memuaskan").

    b0 is the dashed outline of a region without a result. A tuple: a country has 514, and a dataclass takes five
    times as long to make.
    """

    code: str
    name: str
    href: str
    css: str
    spoken: str
    column: int
    row: int
    group: str
    is_city: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An island group: its name, its figure as written ("3,05"), and the half it is in on a phone."""

    key: str
    name: str
    value: str
    is_east: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOut:
    """A tile to name on the map; `text` as written ("Sumedang 4,51")."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One class of the legend; `note` is its range or count."""

    css: str
    label: str
    note: str = ""
    is_city: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """`label` names the map, `description` says its groups' figures in words; at most four call-outs.

    Raises ValueError for two tiles on one place, a tile of an unknown group, or a call-out without its tile.
    """

    label: str
    description: str
    tiles: tuple[Tile, ...]
    groups: tuple[Group, ...]
    legend: tuple[LegendEntry, ...]
    call_outs: tuple[CallOut, ...] = ()
    kind: ClassVar[str] = "tilemap"

    def __post_init__(self) -> None:
        places: dict[tuple[int, int], str] = {}
        known = {group.key for group in self.groups}
        for tile in self.tiles:
            if (tile.column, tile.row) in places:
                raise ValueError(f"{tile.code} and {places[tile.column, tile.row]} share a place on the map")
            if tile.group not in known:
                raise ValueError(f"{tile.code} is in the unknown group {tile.group!r}")
            places[tile.column, tile.row] = tile.code
        if len(self.call_outs) > 4:
            raise ValueError(f"{len(self.call_outs)} call-outs; four is the most that stay readable")
        if missing := {call.code for call in self.call_outs} - set(places.values()):
            raise ValueError(f"call-outs without a tile: {', '.join(sorted(missing))}")


class TileMark(NamedTuple):
    """One hexagon as it is drawn."""

    href: str
    css: str
    spoken: str
    x: int
    y: int
    is_city: bool


class Place(NamedTuple):
    """Where a tile is: what the drawing's layout depends on."""

    code: str
    group: str
    column: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A group's name and figure, or a call-out with a leader from its tile; `line` is the step to the figure."""

    x: int
    y: int
    name: str
    value: str = ""
    leader: tuple[int, int] | None = None
    tile: tuple[int, int] | None = None
    line: int = 0
    anchor: str = "start"

    def moved(self, shift: int) -> "Words":
        """Return the same words with x counted from `shift`."""
        return replace(
            self,
            x=self.x - shift,
            leader=self.leader and (self.leader[0] - shift, self.leader[1]),
            tile=self.tile and (self.tile[0] - shift, self.tile[1]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """The tiles of one half, whose x count from `left`; `words` by width class (roomy, narrow)."""

    css: str
    shift: int
    left: int
    tiles: tuple[TileMark, ...]
    groups: tuple[tuple[str, tuple[Words, ...]], ...]
    calls: tuple[tuple[str, tuple[Words, ...]], ...]

    def all_words(self) -> Iterator[Words]:
        """Yield the words of every width class."""
        for _tier, words in (*self.groups, *self.calls):
            yield from words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """A drawing but its tiles: halves with nothing in them, and the middles of the tiles."""

    view: str
    halves: tuple[Half, ...]
    middles: Middles
    east: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMapDrawing:
    label: str
    description: str
    view: str
    halves: tuple[Half, ...]
    legend: tuple[LegendEntry, ...]
    count: int


def draw_tile_map(chart: TileMap, *, language: str) -> TileMapDrawing:
    """Return the map drawn; its figures were written by the caller, so `language` changes nothing."""
    del language
    places = tuple([Place(tile.code, tile.group, tile.column, tile.row) for tile in chart.tiles])
    layout = _laid_out(places, chart.groups, chart.call_outs)
    return TileMapDrawing(
        label=chart.label,
        description=chart.description,
        view=layout.view,
        halves=tuple(_filled(half, layout, chart.tiles) for half in layout.halves),
        legend=chart.legend,
        count=len(chart.tiles),
    )


def _filled(half: Half, layout: _Layout, tiles: Sequence[Tile]) -> Half:
    """Return a half with its tiles: what is on them changes more often than where they are."""
    middles, east, is_east = layout.middles, layout.east, half.css == "east"
    here = [tile for tile in tiles if (tile.group in east) == is_east]
    return replace(half, tiles=tuple([_mark(tile, middles[tile.code], half.left) for tile in here]))


@lru_cache(maxsize=64)
def _laid_out(
    places: tuple[Place, ...], groups: tuple[Group, ...], call_outs: tuple[CallOut, ...]
) -> _Layout:
    east_groups = frozenset(group.key for group in groups if group.is_east)
    west = [place for place in places if place.group not in east_groups]
    east = [place for place in places if place.group in east_groups]
    middles = {place.code: _centre(place) for place in places}
    left, top, right, bottom = _bounds(places, middles)
    half_width = max(
        _width(west, middles),
        _width(east, middles),
        _widest_word(groups, call_outs),
        (right - left) * 10 // NARROW_TENTHS,
    )
    right = max(right, left + half_width * NARROW_TENTHS // 10)
    whole = _words(groups, call_outs, places, middles, "roomy", (left, top, right, bottom))
    east_left = _bounds(east, middles)[0] if east else left
    halves = tuple(
        _half(groups, call_outs, inside, middles, css, (half_left, left), (top, bottom, half_width), whole)
        for css, inside, half_left in (("west", west, left), ("east", east, east_left))
        if inside
    )
    lowest = [bottom, *(words.y + words.line + MARGIN for half in halves for words in half.all_words())]
    return _Layout(
        view=f"0 {top} {right - left} {max(lowest) - top}", halves=halves, middles=middles, east=east_groups
    )


def _centre(tile: Place) -> tuple[int, int]:
    """Return the middle of a tile in drawing units; y grows downward, rows are counted upward."""
    return tile.column * PITCH + (PITCH // 2 if tile.row % 2 else 0), -tile.row * ROW


def _bounds(tiles: Sequence[Place], middles: Middles) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the tiles with a margin around them."""
    centres = [middles[tile.code] for tile in tiles] or [(0, 0)]
    xs, ys = [x for x, _ in centres], [y for _, y in centres]
    return min(xs) - MARGIN, min(ys) - 2 * MARGIN, max(xs) + MARGIN, max(ys) + 3 * MARGIN


def _widest_word(groups: Sequence[Group], calls: Sequence[CallOut]) -> int:
    """Return the width that the longest words take on a phone; a map of few tiles must still hold them."""
    small, large = _GROUP_SIZES["narrow"]
    widths = [
        text_width(text, size)
        for group in groups
        for text, size in ((group.name, small), (group.value, large))
    ]
    widths += [text_width(call.text, _CALL_SIZES["narrow"]) for call in calls]
    return max(widths, default=0) + 2 * CELL


def _width(tiles: Sequence[Place], middles: Middles) -> int:
    left, _top, right, _bottom = _bounds(tiles, middles)
    return right - left


def _half(
    all_groups: Sequence[Group],
    all_calls: Sequence[CallOut],
    tiles: Sequence[Place],
    middles: Middles,
    css: str,
    lefts: tuple[int, int],
    narrow: tuple[int, int, int],
    whole: dict[str, Words],
) -> Half:
    """Return one half without its tiles; it counts from its own left, so that a class can move it as a whole.

    `lefts`: where it and the whole map begin; `narrow`: top, bottom and width on a phone.
    """
    shift, map_left = lefts
    top, bottom, width = narrow
    groups = [group for group in all_groups if group.is_east == (css == "east")]
    codes = {tile.code for tile in tiles}
    calls = [call for call in all_calls if call.code in codes]
    bounds = (shift, top, shift + width, bottom)
    tiers = (("roomy", whole), ("narrow", _words(groups, calls, tiles, middles, "narrow", bounds)))
    return Half(
        css=css,
        shift=shift - map_left,
        left=shift,
        tiles=(),
        groups=tuple(
            (tier, tuple(words[group.key].moved(shift) for group in groups)) for tier, words in tiers
        ),
        calls=tuple((tier, tuple(words[call.code].moved(shift) for call in calls)) for tier, words in tiers),
    )


def _mark(tile: Tile, middle: tuple[int, int], shift: int) -> TileMark:
    x, y = middle
    return TileMark(tile.href, tile.css, f"{tile.name}, {tile.spoken}", x - shift, y, tile.is_city)


def _words(
    groups: Sequence[Group],
    calls: Sequence[CallOut],
    tiles: Sequence[Place],
    middles: Middles,
    tier: str,
    bounds: tuple[int, int, int, int],
) -> dict[str, Words]:
    """Return groups' names and call-outs placed in the sea, by group key and region code."""
    small, large = _GROUP_SIZES[tier]
    call_size = _CALL_SIZES[tier]
    centres = [middles[tile.code] for tile in tiles]
    members: dict[str, list[tuple[int, int]]] = {}
    for tile, centre in zip(tiles, centres, strict=True):
        members.setdefault(tile.group, []).append(centre)
    boxes = [
        Box(
            width=max(text_width(group.name, small), text_width(group.value, large)),
            height=small + large + 6,
            near=tuple(members.get(group.key, ())),
        )
        for group in groups
    ]
    boxes += [
        Box(width=text_width(call.text, call_size), height=call_size + 4, near=(middles[call.code],))
        for call in calls
    ]
    spots = free_spots(tuple(boxes), tuple(centres), bounds)
    words = {
        group.key: Words(x=spot.x, y=spot.y + small, name=group.name, value=group.value, line=large + 2)
        for group, spot in zip(groups, spots, strict=False)
    }
    for call, box, spot in zip(calls, boxes[len(groups) :], spots[len(groups) :], strict=True):
        words[call.code] = _call(call, box, spot, middles[call.code], call_size)
    return words


def _call(call: CallOut, box: Box, spot: Spot, tile: tuple[int, int], size: int) -> Words:
    """Return a call-out with a line from its tile to the nearest edge of its words, which end towards the tile."""
    right = spot.x + box.width
    is_right = 2 * tile[0] > spot.x + right
    x = min(max(tile[0], spot.x), right)
    below = spot.y + box.height
    y = below if below < tile[1] else spot.y if spot.y > tile[1] else spot.y + size // 2
    return Words(
        x=right if is_right else spot.x,
        y=spot.y + size,
        anchor="end" if is_right else "start",
        name=call.text,
        leader=(x, y),
        tile=tile,
    )
