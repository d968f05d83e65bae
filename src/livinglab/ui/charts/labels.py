"""Labels on one line that must not touch: each keeps its place, moves aside, or goes one lane up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
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
    """A place on trial. Its edges and its pin are whole numbers of `_Line.unit`, so that comparing them is exact."""

    placed: Placed
    left: int
    right: int
    pin: int


@dataclass(frozen=True, slots=True)
class _Line:
    """The pins and labels to be placed. A px has `unit` parts: as many as every pin and half a px need."""

    shares: Sequence[Fraction]
    widths: Sequence[int]
    room: int
    unit: int


def place_labels(shares: Sequence[Fraction], widths: Sequence[int], *, room: int) -> tuple[Placed, ...]:
    """Return a place for each label such that no two overlap.

    `shares` are the pins' places (0 to 1), `widths` the labels' px, `room` the narrowest width in px that must
    hold. Since every gap only grows with the width, the answer holds for all wider drawings too. The line of a
    label in a higher lane keeps clear of the labels below it wherever that can be had; else it passes behind.
    """
    order = sorted(range(len(shares)), key=lambda i: (shares[i], i))
    line = _Line(shares, widths, room, 2 * lcm(*(share.denominator for share in shares)))
    for indices, may_cross in ((order, False), (order[::-1], False), (order, True)):
        spots = _place_in_order(indices, line, may_cross=may_cross)
        if spots is not None:
            return tuple(spots[i].placed for i in range(len(shares)))
    raise AssertionError("a lane above all others is always free for a label whose line may pass behind")


def _place_in_order(indices: Sequence[int], line: _Line, *, may_cross: bool) -> dict[int, _Spot] | None:
    """Return the spots of all labels, each the first that disturbs none before it; None where one finds none."""
    spots: dict[int, _Spot] = {}
    for i in indices:
        found = (
            spot
            for lane in range(len(spots) + 1)
            for spot in _candidates(line, i, lane)
            if not any(
                _overlap(spot, other, line.unit) or (not may_cross and _cross(spot, other, line.unit))
                for other in spots.values()
            )
        )
        spot = next(found, None)
        if spot is None:
            return None
        spots[i] = spot
    return spots


def _candidates(line: _Line, i: int, lane: int) -> Iterator[_Spot]:
    """Yield the ways to set one label in a lane, the best first: over its pin, beside it, or at the nearer edge.

    A label at the edge must still reach its pin when the drawing is twice as wide; where the first three fail
    for want of room, one edge always does.
    """
    share, unit = line.shares[i], line.unit
    width, room, beside = line.widths[i] * unit, line.room * unit, BESIDE * unit
    pin = share.numerator * room // share.denominator
    ways = [
        (share, 0, "middle", pin - width // 2),
        (share, -BESIDE, "end", pin - beside - width),
        (share, BESIDE, "start", pin + beside),
    ]
    if 2 * pin <= width:
        ways.append((Fraction(0), 0, "start", 0))
    if 2 * (room - pin) <= width:
        ways.append((Fraction(1), 0, "end", room - width))
    for x, dx, anchor, left in ways:
        if left >= 0 and left + width <= room:
            yield _Spot(Placed(x=x, dx=dx, anchor=anchor, lane=lane), left, left + width, pin)


def _overlap(one: _Spot, other: _Spot, unit: int) -> bool:
    """Tell whether two labels of one lane touch."""
    gap = GAP * unit
    return (
        one.placed.lane == other.placed.lane and one.left < other.right + gap and other.left < one.right + gap
    )


def _cross(one: _Spot, other: _Spot, unit: int) -> bool:
    """Tell whether the line of the higher label runs through the lower one."""
    high, low = (one, other) if one.placed.lane > other.placed.lane else (other, one)
    return high.placed.lane != low.placed.lane and low.left - 2 * unit < high.pin < low.right + 2 * unit
