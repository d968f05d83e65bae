"""The budget year: by which day an action must stand in a document, and when its money can come at the earliest.

An action that costs something needs a place in the region's work plan (RKPD) of its planning year, then in its
KUA-PPAS and its APBD. Missing one of these days moves it: to the changed budget (APBD-P) of the year, or to the next
year's budget. In which document it stands is entered with its number and date; naming a code and year is no proof, so
what is only named stays to be checked once the day of a document is past. Which days these are stands in
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
    NAMED = "named"  # it names its code and year; whether it stands in the documents nobody said yet
    STANDS = "stands"  # the document entered for it is as far as the budget year is
    OPEN = "open"  # names no place yet; there is time
    MISSED = (
        "missed"  # the work plan of the year is closed without it, or a document after the one it stands in
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an action stands, and from where its money can come.

    `wanted_year` is the year it asks for; `slots` are the next budgets still open to it, soonest money first, none
    when it needs none or names its place in time. `closed` are the documents of the wanted year whose last day is past;
    of an action that stands in one, those it should stand in by now and does not. `stands_in` is the document entered.
    `is_due_before_money`: it is to be done before any money is there.
    """

    standing: Standing
    wanted_year: int
    slots: tuple[Slot, ...] = ()
    money_from: date | None = None
    is_due_before_money: bool = False
    closed: tuple[Stage, ...] = ()
    stands_in: Stage | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The days to which a missed document moves an action, as long as before: from the first day with money."""

    starts_on: date
    due_on: date


def moved(where: Placed, *, starts_on: date | None, due_on: date) -> Moved | None:
    """This function will return to which days an action moves that missed a document; None for one that does not.

    Missing the day of RKPD, KUA-PPAS or APBD moves it alike, to the next budget still open to it; one that begins only
    after its money comes stays where it is.
    """
    if where.standing is not Standing.MISSED or where.money_from is None:
        return None
    begins = starts_on or due_on
    if begins >= where.money_from:
        return None
    return Moved(where.money_from, due_on + (where.money_from - begins))


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
    stands_in: Stage | None = None,
    budget: BudgetYear,
) -> Placed:
    """This function will return where an action stands to the budget on a day.

    `cost` is in rupiah. An action names its place with both its sub-activity and its planning year; `stands_in` is the
    document of that year that was entered for it. Without a planning year it wants the year in which it starts, else in
    which it is due.
    """
    wanted = planning_year or (starts_on or due_on).year
    if not cost:
        return Placed(Standing.NO_MONEY, wanted)
    closed = tuple(stage for stage in _OF_THE_YEAR if budget.last_day(stage, wanted) < day)
    slots = open_slots(day, from_year=wanted, budget=budget)
    if stands_in is not None:
        return _in_document(day, wanted, due_on, stands_in, slots, budget)
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
#: the documents that it passes through within the year, to come into the changed budget
_OF_THE_CHANGE = (Stage.CHANGED_RKPD, Stage.CHANGED_APBD)


def _in_document(
    day: date, wanted: int, due_on: date, stands_in: Stage, slots: tuple[Slot, ...], budget: BudgetYear
) -> Placed:
    """Return where an action stands whose document is known: on its way, or behind a later one that is closed."""
    chain = _OF_THE_CHANGE if stands_in in _OF_THE_CHANGE else _OF_THE_YEAR
    later = chain[chain.index(stands_in) + 1 :]
    missed = tuple(stage for stage in later if budget.last_day(stage, wanted) < day)
    if missed:
        money_from = slots[0].money_from
        return Placed(Standing.MISSED, wanted, slots, money_from, due_on < money_from, missed, stands_in)
    money_from = date(wanted, 1, 1)
    if chain is _OF_THE_CHANGE:
        money_from = budget.last_day(Stage.CHANGED_APBD, wanted) + timedelta(days=1)
    return Placed(Standing.STANDS, wanted, (), money_from, due_on < money_from, (), stands_in)


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
