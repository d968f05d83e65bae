"""How long cases took and how many came to which end, as counts that add up; and what of them may be shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from livinglab.packages.domain.manifest import Within
from livinglab.packages.domain.process import Outcome
from livinglab.packages.domain.running.days import Days, Duration

#: a count of people below this is hidden: the threshold rule of statistical disclosure control (Hundepool and
#: others, Statistical Disclosure Control, 2012), whose usual thresholds lie between three and ten
FEWEST: Final = 5
#: shares and percentiles need as many cases, as the figures of satisfaction need answers
ENOUGH: Final = 10

_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a case took: days as its standard counts them, without pauses; hours by the clock, with them."""

    days: int
    hours: int


def taken(
    *,
    started: datetime,
    ended: datetime,
    asked: datetime | None,
    due: datetime,
    within: Within,
    days: Days,
) -> Taken:
    """This function will return how long a case took that has ended.

    Days are counted as the standard `within` counts them: not the day on which it began, nor the days by which pauses
    moved its due day. `asked`: since when the applicant had not answered when it ended; nothing counts after it.
    Hours are begun hours, so that none took zero.
    """
    first = days.due(started, Duration(within.days), within.calendar)
    stopped = min(asked or ended, ended)
    counted = days.between(days.local(started).date(), days.local(stopped).date(), within.calendar)
    paused = days.between(days.local(first).date(), days.local(due).date(), within.calendar)
    return Taken(max(counted - paused, 0), max(-((started - ended) // _HOUR), 1))


@dataclass(frozen=True, slots=True)
class Counted:
    """Cases that arrived, and cases that ended: by outcome, by whether the standard was kept, by how long they took.

    A case that its applicant withdrew has an outcome, and neither a duration nor a standard. `days` and `hours` are
    histograms: how many cases took so long.
    """

    arrived: int = 0
    ended: Mapping[Outcome, int] = field(default_factory=Counter)
    kept: int = 0
    breached: int = 0
    days: Mapping[int, int] = field(default_factory=Counter)
    hours: Mapping[int, int] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Cases that were handled to their end."""
        return self.kept + self.breached

    @property
    def left(self) -> int:
        """Cases that ended, also by withdrawal."""
        return sum(self.ended.values())

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.arrived + other.arrived,
            Counter(self.ended) + Counter(other.ended),
            self.kept + other.kept,
            self.breached + other.breached,
            Counter(self.days) + Counter(other.days),
            Counter(self.hours) + Counter(other.hours),
        )


def percentile(histogram: Mapping[int, int], per_cent: int) -> int:
    """This function will return the smallest value that at least so many per cent of the counted do not pass.

    The nearest rank, so that it is a duration which somebody really had. Errors: ValueError while nothing is counted.
    """
    rank = -(-per_cent * sum(histogram.values()) // 100)
    for value in sorted(histogram):
        rank -= histogram[value]
        if rank <= 0:
            return value
    raise ValueError("nothing is counted")


def shown(counts: Sequence[int]) -> tuple[int | None, ...]:
    """This function will return parts of a total that everybody sees, those that might tell people apart as None.

    Small counts are hidden, and then the next larger ones until nobody can compute a hidden one from the total. Zero
    tells of nobody.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < FEWEST}
    larger = sorted((count, place) for place, count in enumerate(counts) if count >= FEWEST)
    hidden = set(small)
    for _count, place in larger:
        if not hidden or (len(hidden) > 1 and sum(counts[one] for one in hidden) >= 2 * FEWEST):
            break
        hidden.add(place)
    return tuple(None if place in hidden else count for place, count in enumerate(counts))
