"""The days of a timeline as shares of its width."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole quarters from `first` up to `end`, which is the first day after the last."""

    first: date
    end: date

    def share(self, day: date) -> float:
        """Return where a day begins, in per cent of the width."""
        return 100 * (day - self.first).days / (self.end - self.first).days

    def holds(self, day: date) -> bool:
        """Say whether a day lies on the axis."""
        return self.first <= day < self.end

    @property
    def quarters(self) -> tuple[date, ...]:
        """The first day of each quarter."""
        found, day = [], self.first
        while day < self.end:
            found.append(day)
            day = _next_quarter(day)
        return tuple(found)


def axis_of(days: Iterable[date]) -> Axis | None:
    """This function will return the quarters that hold all days, None without any day."""
    known = sorted(days)
    if not known:
        return None
    return Axis(_quarter(known[0]), _next_quarter(_quarter(known[-1])))


def _quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _next_quarter(day: date) -> date:
    return date(day.year + 1, 1, 1) if day.month == 10 else date(day.year, day.month + 3, 1)
