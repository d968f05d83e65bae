"""Which comes first, when both sides may have moved, added and removed items."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

_MOST_BY_PAIRS: Final = 500


@dataclass(frozen=True, slots=True)
class Order:
    """The merged order. It is `torn` where no order keeps what both sides moved; then `keys` follow the fallback."""

    keys: tuple[str, ...]
    torn: bool = False


def merged_order(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    kept: Collection[str],
    *,
    keep_base: bool = False,
) -> Order:
    """This function will return the order of the kept keys, each of which stands in at least one side.

    Two items that all three know stand as the side says that changed their order; what one side added stands after
    the item that it follows there, ours before theirs. Where nothing fits, base's order (`keep_base`) or ours.
    """
    known = set(base) & set(ours) & set(theirs) & set(kept)
    spines = [[key for key in side if key in known] for side in (base, ours, theirs)]
    spine, torn = _spine(*spines, keep_base=keep_base)
    ours_moved, theirs_moved = moved(spines[0], spines[1]), moved(spines[0], spines[2])
    ours_places = _places(ours, known - theirs_moved, known, kept)
    theirs_places = _places(theirs, known - ours_moved, known, kept)
    old = set(base)
    torn = torn or any(
        key in ours_places and ours_places[key] != place
        for key, place in theirs_places.items()
        if key not in old
    )
    after: dict[str | None, list[str]] = {}
    for key, anchor in (
        *ours_places.items(),
        *theirs_places.items(),
        *_places(base, known, known, kept).items(),
    ):
        if not any(key in placed for placed in after.values()):
            after.setdefault(anchor, []).append(key)
    keys = list(after.get(None, []))
    for key in spine:
        keys += [key, *after.get(key, [])]
    return Order(tuple(keys), torn)


def moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """This function will return the fewest keys that must have moved between two orders of the same keys."""
    if list(before) == list(after):
        return set()
    place = {key: index for index, key in enumerate(before)}
    tails: list[int] = []
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for key in after:
        spot = bisect_left(tails, place[key])
        previous[key] = ends[spot - 1] if spot else None
        tails[spot : spot + 1] = [place[key]]
        ends[spot : spot + 1] = [key]
    stayed: set[str] = set()
    last: str | None = ends[-1] if ends else None
    while last is not None:
        stayed.add(last)
        last = previous[last]
    return set(before) - stayed


def _spine(
    base: list[str], ours: list[str], theirs: list[str], *, keep_base: bool
) -> tuple[Sequence[str], bool]:
    """Merge the orders of the same keys: by pairs, each pair as the side has it that changed it."""
    if ours in (theirs, base):
        return theirs, False
    if theirs == base:
        return ours, False
    if len(base) > _MOST_BY_PAIRS:
        return (base if keep_base else ours), True
    places = [{key: index for index, key in enumerate(side)} for side in (base, ours, theirs)]

    def precedes(one: str, other: str) -> bool:
        was, ours_says, theirs_says = (place[one] < place[other] for place in places)
        return theirs_says if ours_says == was else ours_says

    wins = {one: sum(one != other and precedes(one, other) for other in base) for one in base}
    if len(set(wins.values())) < len(base):
        return (base if keep_base else ours), True
    return sorted(base, key=lambda key: -wins[key]), False


def _places(
    side: Sequence[str], anchors: Collection[str], known: Collection[str], kept: Collection[str]
) -> dict[str, str | None]:
    """Map each kept key that not all three know to the anchor it follows on this side."""
    places: dict[str, str | None] = {}
    anchor: str | None = None
    for key in side:
        if key in anchors:
            anchor = key
        elif key not in known and key in kept:
            places[key] = anchor
    return places
