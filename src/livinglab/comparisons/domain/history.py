"""How an index ran through the years, told only within one instrument: figures of two do not compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Reading:
    """The leading published index of one year, and the instrument it was made with."""

    year: int
    index: Decimal
    instrument: str
    is_official: bool


class Course(StrEnum):
    """What the newest readings show."""

    NOTHING = "nothing"
    SINGLE = "single"  # one reading only with this instrument, or none the year before
    RISING = "rising"  # up every year, over at least three years
    FALLING = "falling"
    ROSE = "rose"  # up from the year before
    FELL = "fell"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Run:
    """The finding: from ``start`` to ``end``, years in a row with one instrument.

    ``is_whole_era``: the run begins with the first year for which the instrument was used.
    """

    course: Course
    start: Reading | None = None
    end: Reading | None = None
    is_whole_era: bool = False

    @property
    def change(self) -> Decimal:
        return self.end.index - self.start.index if self.start and self.end else Decimal(0)


def newest_run(readings: Sequence[Reading], *, first_year: int) -> Run:
    """Return what the newest readings show; ``first_year`` is the newest reading's instrument's first."""
    if not readings:
        return Run(Course.NOTHING)
    ordered = sorted(readings, key=lambda one: one.year)
    end = ordered[-1]
    chain = _chain(ordered)
    if len(chain) == 1:
        return Run(Course.SINGLE, end, end)
    sign = _sign(chain[-2], end)
    start = len(chain) - 2
    while start > 0 and sign and _sign(chain[start - 1], chain[start]) == sign:
        start -= 1
    first = chain[start]
    if len(chain) - start >= 3:
        course = Course.RISING if sign > 0 else Course.FALLING
        return Run(course, first, end, is_whole_era=first.year == first_year)
    return Run({1: Course.ROSE, -1: Course.FELL, 0: Course.UNCHANGED}[sign], first, end)


def _chain(ordered: Sequence[Reading]) -> list[Reading]:
    """Return the readings of consecutive years with one instrument that end with the newest."""
    chain = [ordered[-1]]
    for before in reversed(ordered[:-1]):
        if before.year != chain[0].year - 1 or before.instrument != chain[0].instrument:
            break
        chain.insert(0, before)
    return chain


def _sign(before: Reading, after: Reading) -> int:
    return (after.index > before.index) - (after.index < before.index)
