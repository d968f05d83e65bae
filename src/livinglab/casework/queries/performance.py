"""How a service does, year by year, as everybody may read it: what is too small to be shown is None."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Final, TypeVar

from livinglab.casework.queries.figures import (
    ENOUGH,
    FEWEST,
    Counted,
    Month,
    grouped,
    percentile,
    shown,
    together,
)
from livinglab.packages.domain.process import Outcome

_HOURS_OF_A_DAY: Final = 24
_SHARE: Final = Decimal("0.0001")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Durations:
    """Half of the cases, and 95 of 100, took at most so long: days as the standard counts, and hours by the clock."""

    days: int
    days_of_most: int
    hours: int
    hours_of_most: int

    @property
    def calendar(self) -> Decimal:
        """The days by the clock, with pauses, that half of the cases took at most; two decimals."""
        return round(Decimal(self.hours) / _HOURS_OF_A_DAY, 2)

    @property
    def calendar_of_most(self) -> Decimal:
        """The days by the clock, with pauses, that 95 of 100 cases took at most; two decimals."""
        return round(Decimal(self.hours_of_most) / _HOURS_OF_A_DAY, 2)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a group of cases.

    `kept` is the share of one that kept the standard, rounded down to four decimals: it is 1 only where none was late.
    Durations and `kept` are None while fewer than ten cases were handled.
    """

    arrived: int | None
    done: int | None
    kept: Decimal | None
    durations: Durations | None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year of a service: the whole, its months and versions, and how cases ended."""

    year: int
    whole: Shown
    months: Mapping[date, Shown]
    versions: Mapping[str, Shown]
    outcomes: Mapping[Outcome, int | None]


def years_of(months: Sequence[Month]) -> dict[int, Year]:
    """This function will return the years of a service, the newest first."""
    found: dict[int, list[Month]] = {}
    for one in months:
        found.setdefault(one.month.year, []).append(one)
    return {year: _year(year, some) for year, some in sorted(found.items(), reverse=True)}


def _year(year: int, months: Sequence[Month]) -> Year:
    whole = together(months)
    ended = [whole.ended.get(outcome, 0) for outcome in Outcome]
    of_outcomes = shown(ended) if whole.left >= FEWEST else tuple(None for _one in ended)
    return Year(
        year,
        _shown(whole, _total(whole.arrived), _total(whole.done)),
        _parts(grouped(months, lambda one: one.month)),
        _parts(grouped(months, lambda one: one.release)),
        dict(zip(Outcome, of_outcomes, strict=True)),
    )


def _total(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


def _parts(parts: Mapping[K, Counted]) -> dict[K, Shown]:
    """This function will return what may be shown of parts whose sum is shown as well."""
    arrived, done = (shown([getattr(one, name) for one in parts.values()]) for name in ("arrived", "done"))
    return {
        name: _shown(part, *counts)
        for (name, part), *counts in zip(parts.items(), arrived, done, strict=True)
    }


def _shown(part: Counted, arrived: int | None, done: int | None) -> Shown:
    if part.done < ENOUGH:
        return Shown(arrived, done, None, None)
    kept = (Decimal(part.kept) / part.done).quantize(_SHARE, rounding=ROUND_DOWN)
    return Shown(arrived, done, kept, _durations(part))


def _durations(part: Counted) -> Durations:
    days, most, hours, hours_of_most = (
        percentile(histogram, per_cent) for histogram in (part.days, part.hours) for per_cent in (50, 95)
    )
    return Durations(days, most, hours, hours_of_most)
