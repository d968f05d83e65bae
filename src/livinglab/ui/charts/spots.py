"""Free places for words on the map: near what they name, on no tile and on no other word."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

CELL: Final = 8  # the search looks at squares of this many drawing units
_REACH: Final = 11  # a tile keeps words this far from its centre
_FAR: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A word to place: its size, and the tile centres it belongs to; `others` are all tiles it must avoid."""

    width: int
    height: int
    near: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The left upper corner of a placed word."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class _Grid:
    left: int
    top: int
    columns: int
    rows: int

    def cell(self, x: int, y: int) -> tuple[int, int]:
        return (x - self.left) // CELL, (y - self.top) // CELL


@lru_cache(maxsize=64)
def free_spots(
    boxes: tuple[Box, ...], tiles: tuple[tuple[int, int], ...], bounds: tuple[int, int, int, int]
) -> tuple[Spot, ...]:
    """Return a spot for each box within `bounds` (left, top, right, bottom), placed in the order given.

    Of all free spots a box takes the one nearest to its own tiles, the highest and leftmost of equals; on a full
    map it goes below `bottom`. The answer depends on positions and sizes only, so it is computed once a process.
    Raises ValueError for a word wider than the map.
    """
    left, top, right, bottom = bounds
    below = sum(box.height + CELL for box in boxes)
    grid = _Grid(left, top, (right - left) // CELL, (bottom - top + below) // CELL)
    blocked = [[False] * grid.columns for _ in range(grid.rows)]
    for x, y in tiles:
        _block(blocked, grid, x - _REACH, y - _REACH, x + _REACH, y + _REACH)
    spots: list[Spot] = []
    for box in boxes:
        spot = _nearest(box, blocked, grid)
        _block(blocked, grid, spot.x - CELL, spot.y, spot.x + box.width + CELL, spot.y + box.height)
        spots.append(spot)
    return tuple(spots)


def _block(blocked: list[list[bool]], grid: _Grid, left: int, top: int, right: int, bottom: int) -> None:
    first_column, first_row = grid.cell(left, top)
    last_column, last_row = grid.cell(right - 1, bottom - 1)
    for row in range(max(first_row, 0), min(last_row, grid.rows - 1) + 1):
        for column in range(max(first_column, 0), min(last_column, grid.columns - 1) + 1):
            blocked[row][column] = True


def _nearest(box: Box, blocked: list[list[bool]], grid: _Grid) -> Spot:
    """Return the free spot whose rectangle comes closest to the box's own tiles."""
    distance = _distances([grid.cell(x, y) for x, y in box.near], grid)
    wide, high = -(-box.width // CELL), -(-box.height // CELL)
    sums = _prefix_sums(blocked)
    best: tuple[int, int, int] | None = None
    for row in range(grid.rows - high + 1):
        for column in range(grid.columns - wide + 1):
            middle = distance[row + high // 2][column + wide // 2]
            # a corner is at most half the word nearer than its middle
            is_too_far = best is not None and 3 * middle - 2 * (high + wide) > best[0]
            if is_too_far or _blocked_cells(sums, row, column, high, wide):
                continue
            nearest = min(
                distance[row][column], distance[row][column + wide - 1],
                distance[row + high - 1][column], distance[row + high - 1][column + wide - 1], middle,
            )  # fmt: skip
            candidate = (2 * nearest + middle, row, column)
            best = candidate if best is None else min(best, candidate)
    if best is None:
        raise ValueError(f"a word {box.width} wide does not fit on a map {grid.columns * CELL} wide")
    return Spot(x=grid.left + best[2] * CELL, y=grid.top + best[1] * CELL)


def _distances(starts: Sequence[tuple[int, int]], grid: _Grid) -> list[list[int]]:
    """Return the steps from every square to the nearest of `starts`."""
    distance = [[_FAR] * grid.columns for _ in range(grid.rows)]
    queue: deque[tuple[int, int]] = deque()
    for column, row in starts:
        if 0 <= row < grid.rows and 0 <= column < grid.columns:
            distance[row][column] = 0
            queue.append((column, row))
    while queue:
        column, row = queue.popleft()
        for c, r in ((column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)):
            if 0 <= r < grid.rows and 0 <= c < grid.columns and distance[r][c] == _FAR:
                distance[r][c] = distance[row][column] + 1
                queue.append((c, r))
    return distance


def _prefix_sums(blocked: list[list[bool]]) -> list[list[int]]:
    sums = [[0] * (len(blocked[0]) + 1)]
    for row in blocked:
        line = [0]
        for column, cell in enumerate(row, start=1):
            line.append(line[-1] + cell + sums[-1][column] - sums[-1][column - 1])
        sums.append(line)
    return sums


def _blocked_cells(sums: list[list[int]], row: int, column: int, high: int, wide: int) -> int:
    return (
        sums[row + high][column + wide]
        - sums[row][column + wide]
        - sums[row + high][column]
        + sums[row][column]
    )
