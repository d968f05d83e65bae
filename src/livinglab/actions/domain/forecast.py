"""How the index moves with the work: what is done, what is under way, what was promised. Exact.

Three readings of the same actions on a day:
- *promised*: every action that was not dropped, by its due day;
- *expected*: what is confirmed or done, and by its due day what is started. An action past its due day counts only once
  it is done or has a new day; one that is planned or blocked counts only once somebody works on it;
- *confirmed*: what a decided evaluation found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from livinglab.actions.domain.states import ActionState

Level = int | Decimal


class Reading(StrEnum):
    """How optimistically the actions are read."""

    PROMISED = "promised"
    EXPECTED = "expected"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Work:
    """What the forecast needs of an action."""

    indicator: str
    to_level: int
    state: ActionState
    due_on: date
    done_on: date | None = None
    confirmed_on: date | None = None


def counts_on(work: Work, day: date, *, today: date, reading: Reading) -> bool:
    """This function will say whether the level of an action counts on a day, as seen from today."""
    match reading:
        case Reading.PROMISED:
            return work.state is not ActionState.DROPPED and _earliest(work) <= day
        case Reading.CONFIRMED:
            return work.state is ActionState.CONFIRMED and (work.confirmed_on or today) <= day
    if work.state in (ActionState.DONE, ActionState.CONFIRMED):
        return (work.done_on or work.confirmed_on or today) <= day
    return work.state is ActionState.STARTED and today <= work.due_on <= day


def _earliest(work: Work) -> date:
    """What was promised counts from the day it was kept, where that came before its due day."""
    done = work.done_on or work.confirmed_on
    return min(done, work.due_on) if done else work.due_on


def levels_on(
    start: Mapping[str, Level], works: Iterable[Work], day: date, *, today: date, reading: Reading
) -> dict[str, Level]:
    """This function will return the levels on a day: those at the start, raised by the actions that count.

    Levels are cumulative: a step counts only when the level below it is held. `start` holds every indicator.
    """
    levels = dict(start)
    ordered = sorted(works, key=attrgetter("indicator", "to_level"))
    for indicator, steps in groupby(ordered, key=attrgetter("indicator")):
        for step in steps:
            held = levels[indicator]
            is_next = held < step.to_level <= held + 1
            if is_next and counts_on(step, day, today=today, reading=reading):
                levels[indicator] = step.to_level
    return levels


def quarter_ends(first: date, last: date) -> tuple[date, ...]:
    """This function will return the last days of the quarters after `first`, up to the one that holds `last`."""
    days: list[date] = []
    year, quarter = first.year, (first.month - 1) // 3
    while not days or days[-1] < last:
        month, day = ((3, 31), (6, 30), (9, 30), (12, 31))[quarter]
        end = date(year, month, day)
        if end > first:
            days.append(end)
        year, quarter = (year + 1, 0) if quarter == 3 else (year, quarter + 1)
    return tuple(days)
