"""The budget year: by which day an action must stand in a document, and when its money can come at the earliest.

An action that costs something needs a place in the region's work plan (RKPD) of its planning year. Missing that day
moves it: to the changed budget (APBD-P) of the year, or to the next year's budget. Nobody enters here in which
document an action stands: naming its code and year is no proof that it does, so what is named stays to be checked once
the day of a document is past. Which days these are stands in
reference/budget-year.yaml, each with its law and how certain it is; nothing here knows a day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count, islice


class Stage(StrEnum):
    """A document of the budget year, in the order in which they are made."""

    RKPD = "rkpd"  # rencana kerja pemerintah daerah
    KUA_PPAS = "kua_ppas"  # kebijakan umum APBD; prioritas dan plafon anggaran sementara
    APBD = "apbd"  # the joint agreement of head and council
    CHANGED_RKPD = "changed_rkpd"
    CHANGED_APBD = "changed_apbd"  # APBD perubahan


class Certainty(StrEnum):
    """How firmly a day stands."""

    LAW = "law"  # read where the article is quoted
    GUESS = "guess"  # the article was not read; never shown as law


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The last day for one document. `years_before` is 1 when it lies in the year before the planning year.

    `source` says by language where the day is from, `law` which law governs it, `url` where the source is read.
    """

    stage: Stage
    month: int
    day: int
    years_before: int
    certainty: Certainty
    law: str
    source: Mapping[str, str]
    url: str = ""

    def in_year(self, planning_year: int) -> date:
        """Return the day for a planning year."""
        return date(planning_year - self.years_before, self.month, self.day)


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """The days of every stage."""

    cutoffs: Mapping[Stage, Cutoff]

    def last_day(self, stage: Stage, planning_year: int) -> date:
        """Return the last day for a document of a planning year."""
        return self.cutoffs[stage].in_year(planning_year)


@dataclass(frozen=True, slots=True)
class Slot:
    """A budget that an action can get into: until when, and from which day its money is there."""

    planning_year: int
    is_change: bool  # the changed budget of the year
    closes_on: date
    money_from: date


class Standing(StrEnum):
    """How an action stands to the budget."""

    NO_MONEY = "no_money"  # it costs nothing, or nobody said what it costs
    NAMED = "named"  # it names its code and year; whether it stands in the documents nobody says here
    OPEN = "open"  # names no place yet; there is time
    MISSED = "missed"  # names no place, and the work plan of the year it wants is closed


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an action stands, and from where its money can come.

    `wanted_year` is the year it asks for; `slots` are the next budgets still open to it, soonest money first, none
    when it needs none or names its place in time. `closed` are the documents of the wanted year whose last day is past.
    `is_due_before_money`: it is to be done before any money is there.
    """

    standing: Standing
    wanted_year: int
    slots: tuple[Slot, ...] = ()
    money_from: date | None = None
    is_due_before_money: bool = False
    closed: tuple[Stage, ...] = ()


def planning_year_for(day: date, budget: BudgetYear) -> int:
    """This function will return the first planning year whose work plan (RKPD) is still open on a day."""
    return next(slot.planning_year for slot in _slots(day.year, day, budget) if not slot.is_change)


def open_slots(day: date, *, from_year: int, budget: BudgetYear, number: int = 2) -> tuple[Slot, ...]:
    """This function will return the next budgets open on a day, `from_year` or later, soonest money first."""
    return tuple(islice(_slots(from_year, day, budget), number))


def place(
    *,
    day: date,
    cost: int | None,
    sub_activity: str,
    planning_year: int | None,
    starts_on: date | None,
    due_on: date,
    budget: BudgetYear,
) -> Placed:
    """This function will return where an action stands to the budget on a day.

    `cost` is in rupiah. An action names its place with both its sub-activity and its planning year. Without a planning
    year it wants the year in which it starts, else in which it is due.
    """
    wanted = planning_year or (starts_on or due_on).year
    if not cost:
        return Placed(Standing.NO_MONEY, wanted)
    closed = tuple(stage for stage in _OF_THE_YEAR if budget.last_day(stage, wanted) < day)
    slots = open_slots(day, from_year=wanted, budget=budget)
    if sub_activity and planning_year:
        begins = date(planning_year, 1, 1)
        return Placed(Standing.NAMED, wanted, slots if closed else (), begins, due_on < begins, closed)
    is_open = slots[0].planning_year == wanted and not slots[0].is_change
    money_from = slots[0].money_from
    return Placed(
        Standing.OPEN if is_open else Standing.MISSED, wanted, slots, money_from, due_on < money_from, closed
    )


#: the documents that an action of a year passes through before the year begins
_OF_THE_YEAR = (Stage.RKPD, Stage.KUA_PPAS, Stage.APBD)


def _slots(from_year: int, day: date, budget: BudgetYear) -> Iterator[Slot]:
    """Yield the budgets still open on a day, in the order in which their money comes."""
    for year in count(from_year):
        closes = budget.last_day(Stage.RKPD, year)
        if day <= closes:
            yield Slot(year, False, closes, date(year, 1, 1))
        changes = budget.last_day(Stage.CHANGED_RKPD, year)
        if day <= changes:
            agreed = budget.last_day(Stage.CHANGED_APBD, year)
            yield Slot(year, True, changes, agreed + timedelta(days=1))
