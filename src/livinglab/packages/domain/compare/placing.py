"""Rows that both sides put at one place of a table of which the first row that holds counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from livinglab.packages.domain.checks.regions import may_meet
from livinglab.packages.domain.compare.elements import Element, child, plain

_FOLDER: Final = "rules/"
_ROWS: Final = "#/rows"


def rows_at_one_place(
    path: str, orders: Sequence[Sequence[str]], merged: Sequence[str], rows: Mapping[str, Element]
) -> bool:
    """This function will tell whether the order of two added rows would decide a case that nobody decided.

    `orders` are the keys of base, ours and theirs. Two rows decide nothing by their order where no case fits both, or
    where both say the same.
    """
    if not (path.startswith(_FOLDER) and path.endswith(_ROWS)):
        return False
    base, ours, theirs = (set(order) for order in orders)
    return any(
        _parts(rows[one], "then") != _parts(rows[other], "then")
        and may_meet(_parts(rows[one], "when"), _parts(rows[other], "when"))
        for gap in _gaps(merged, base & ours & theirs)
        for one, other in product(
            [key for key in gap if key in ours - base - theirs],
            [key for key in gap if key in theirs - base - ours],
        )
    )


def _gaps(merged: Sequence[str], known: set[str]) -> Iterator[list[str]]:
    """Cut the merged order at the rows that all three know."""
    gap: list[str] = []
    for key in merged:
        if key in known:
            yield gap
            gap = []
        else:
            gap.append(key)
    yield gap


def _parts(row: Element, name: str) -> dict[str, str]:
    found = plain(child(row, name))
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
