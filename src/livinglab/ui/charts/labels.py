"""Labels on one line that must not touch: each keeps its place, moves aside, or goes one lane up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

GAP: Final = 6
BESIDE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a label went: `x` a share of the width, `dx` px from there, `anchor` SVG's text-anchor, `lane` from 0."""

    x: Fraction
    dx: int
    anchor: str
    lane: int


@dataclass(frozen=True, slots=True)
class _Spot:
    placed: Placed
    left: Fraction
    right: Fraction
    pin: Fraction


def place_labels(shares: Sequence[Fraction], widths: Sequence[int], *, room: int) -> tuple[Placed, ...]:
    """Return a place for each label such that none overlaps another, nor the line of one in a higher lane.

    `shares` are the pins' places (0 to 1), `widths` the labels' px, `room` the narrowest width in px that must
    hold. Since every gap only grows with the width, the answer holds for all wider drawings too.
    """
    order = sorted(range(len(shares)), key=lambda i: (shares[i], i))
    taken: list[_Spot] = []
    spots: dict[int, _Spot] = {}
    for i in order:
        spots[i] = _free_spot(shares[i], widths[i], room, taken)
        taken.append(spots[i])
    return tuple(spots[i].placed for i in range(len(shares)))


def _free_spot(share: Fraction, width: int, room: int, taken: Sequence[_Spot]) -> _Spot:
    """Return the first spot, lane by lane, that disturbs none of those `taken`."""
    for lane in range(len(taken) + 1):
        for spot in _candidates(share, width, room, lane):
            if not any(_clash(spot, other) for other in taken):
                return spot
    raise AssertionError("a lane above all others is always free")


def _candidates(share: Fraction, width: int, room: int, lane: int) -> Iterator[_Spot]:
    """Yield the ways to set one label in a lane, the best first; the two at the edges always fit."""
    pin = share * room
    ways = (
        (share, 0, "middle", pin - Fraction(width, 2)),
        (share, -BESIDE, "end", pin - BESIDE - width),
        (share, BESIDE, "start", pin + BESIDE),
        (Fraction(0), 0, "start", Fraction(0)),
        (Fraction(1), 0, "end", Fraction(room - width)),
    )
    for x, dx, anchor, left in ways:
        if left >= 0 and left + width <= room:
            yield _Spot(Placed(x=x, dx=dx, anchor=anchor, lane=lane), left, left + width, pin)


def _clash(one: _Spot, other: _Spot) -> bool:
    """Tell whether two labels overlap in a lane, or the line of the higher one crosses the lower one."""
    if one.placed.lane == other.placed.lane:
        return one.left < other.right + GAP and other.left < one.right + GAP
    high, low = (one, other) if one.placed.lane > other.placed.lane else (other, one)
    return low.left - 2 < high.pin < low.right + 2
