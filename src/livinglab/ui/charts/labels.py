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
    """Return a place for each label such that no two overlap.

    `shares` are the pins' places (0 to 1), `widths` the labels' px, `room` the narrowest width in px that must
    hold. Since every gap only grows with the width, the answer holds for all wider drawings too. The line of a
    label in a higher lane keeps clear of the labels below it wherever that can be had; else it passes behind.
    """
    order = sorted(range(len(shares)), key=lambda i: (shares[i], i))
    for indices, may_cross in ((order, False), (order[::-1], False), (order, True)):
        spots = _place_in_order(indices, shares, widths, room, may_cross=may_cross)
        if spots is not None:
            return tuple(spots[i].placed for i in range(len(shares)))
    raise AssertionError("a lane above all others is always free for a label whose line may pass behind")


def _place_in_order(
    indices: Sequence[int], shares: Sequence[Fraction], widths: Sequence[int], room: int, *, may_cross: bool
) -> dict[int, _Spot] | None:
    """Return the spots of all labels, each the first that disturbs none before it; None where one finds none."""
    spots: dict[int, _Spot] = {}
    for i in indices:
        found = (
            spot
            for lane in range(len(spots) + 1)
            for spot in _candidates(shares[i], widths[i], room, lane)
            if not any(
                _overlap(spot, other) or (not may_cross and _cross(spot, other)) for other in spots.values()
            )
        )
        spot = next(found, None)
        if spot is None:
            return None
        spots[i] = spot
    return spots


def _candidates(share: Fraction, width: int, room: int, lane: int) -> Iterator[_Spot]:
    """Yield the ways to set one label in a lane, the best first: over its pin, beside it, or at the nearer edge.

    A label at the edge must still reach its pin when the drawing is twice as wide; where the first three fail
    for want of room, one edge always does.
    """
    pin = share * room
    ways = [
        (share, 0, "middle", pin - Fraction(width, 2)),
        (share, -BESIDE, "end", pin - BESIDE - width),
        (share, BESIDE, "start", pin + BESIDE),
    ]
    if 2 * pin <= width:
        ways.append((Fraction(0), 0, "start", Fraction(0)))
    if 2 * (room - pin) <= width:
        ways.append((Fraction(1), 0, "end", Fraction(room - width)))
    for x, dx, anchor, left in ways:
        if left >= 0 and left + width <= room:
            yield _Spot(Placed(x=x, dx=dx, anchor=anchor, lane=lane), left, left + width, pin)


def _overlap(one: _Spot, other: _Spot) -> bool:
    """Tell whether two labels of one lane touch."""
    return (
        one.placed.lane == other.placed.lane and one.left < other.right + GAP and other.left < one.right + GAP
    )


def _cross(one: _Spot, other: _Spot) -> bool:
    """Tell whether the line of the higher label runs through the lower one."""
    high, low = (one, other) if one.placed.lane > other.placed.lane else (other, one)
    return high.placed.lane != low.placed.lane and low.left - 2 < high.pin < low.right + 2
