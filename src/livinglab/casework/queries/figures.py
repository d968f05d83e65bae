"""What services did, month by month, for everybody. Read from the projection: no page grows with the cases."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from livinglab.casework.domain.durations import ENOUGH, FEWEST, Counted, percentile, shown
from livinglab.casework.models import ServiceMonth
from livinglab.packages.domain.process import Outcome

__all__ = [
    "ENOUGH",
    "FEWEST",
    "Counted",
    "Month",
    "grouped",
    "months_of",
    "percentile",
    "shown",
    "together",
]

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Month:
    """What a service did in a month under one version of its package."""

    release: str
    month: date
    counted: Counted


def months_of(service_id: UUID) -> tuple[Month, ...]:
    """This function will return the months of a service, the oldest first. One query."""
    rows = ServiceMonth.objects.filter(service_id=service_id).order_by("month", "release")
    return tuple(Month(row.release, row.month, _counted(row)) for row in rows)


def together(months: Iterable[Month]) -> Counted:
    """This function will return what some months come to together."""
    return sum((one.counted for one in months), Counted())


def grouped(months: Iterable[Month], key: Callable[[Month], K]) -> dict[K, Counted]:
    """This function will return what each group of months comes to, in the order in which groups begin."""
    groups: dict[K, list[Month]] = {}
    for one in months:
        groups.setdefault(key(one), []).append(one)
    return {name: together(some) for name, some in groups.items()}


def _counted(row: ServiceMonth) -> Counted:
    return Counted(
        row.arrived,
        Counter({outcome: getattr(row, outcome.value) for outcome in Outcome}),
        row.kept,
        row.breached,
        Counter({int(value): count for value, count in row.days.items()}),
        Counter({int(value): count for value, count in row.hours.items()}),
    )
