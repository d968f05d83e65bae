"""The weave: one thread per function for each region, so that a glance tells how much is known of it.

A long thread is a service on record, a short one a function that the region has not, a point one that nobody
researched. Drawn as one path per state; the numbers and the table say the same in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from livinglab.catalogue.domain.coverage import Absence
from livinglab.catalogue.domain.functions import Side, Status
from livinglab.catalogue.domain.matrix import Cell, Row

STEP: Final = 10  # from thread to thread
THREAD: Final = 6  # width of a thread
HEIGHT: Final = 24
PAUSE: Final = 14  # between the two sides of Perpres 95/2018 article 42
_LENGTHS: Final = {"recorded": HEIGHT, "inactive": HEIGHT, "none": 9, "open": 3}


@dataclass(frozen=True, slots=True)
class Thread:
    """All threads of one state, as an SVG path."""

    css: str
    path: str


@dataclass(frozen=True, slots=True)
class Weave:
    """One region's threads in a view box `width` by `HEIGHT`."""

    width: int
    height: int
    threads: tuple[Thread, ...]


def weave(rows: Iterable[Row], position: int) -> Weave:
    """This function will return the threads of one region; rows come in the order of the table."""
    paths: dict[str, list[str]] = {state: [] for state in _LENGTHS}
    x, side = 0, None
    for row in rows:
        if side is Side.ADMINISTRATION and row.function.side is Side.PUBLIC:
            x += PAUSE
        side = row.function.side
        state = cell_state(row.cells[position])
        length = _LENGTHS[state]
        paths[state].append(f"M{x} {HEIGHT - length}h{THREAD}v{length}h-{THREAD}z")
        x += STEP
    threads = tuple(Thread(state, "".join(parts)) for state, parts in paths.items() if parts)
    return Weave(max(x - STEP + THREAD, 1), HEIGHT, threads)


def cell_state(cell: Cell) -> str:
    """This function will return what a cell says: recorded, inactive, none or open (not researched)."""
    if cell.absence is Absence.NOT_RESEARCHED:
        return "open"
    if cell.absence is not None:
        return "none"
    return "recorded" if any(one.status is not Status.INACTIVE for one in cell.services) else "inactive"
