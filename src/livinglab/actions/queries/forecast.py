"""How a plan's index moves with its actions. Call inside the region's transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from livinglab.actions.domain.forecast import Level, Reading, Work, levels_on, quarter_ends
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, ActionPlan
from livinglab.assessments.queries import Instrument, get_instrument, score
from livinglab.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class Moment:
    """The index on one day: as promised, as expected, as confirmed; exact and as published.

    Before today `expected` is what was there.
    """

    day: date
    promised: Decimal
    promised_exact: Fraction
    expected: Decimal
    expected_exact: Fraction
    confirmed: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """The moments of a plan: its start, today, each quarter's end up to the end of the plan.

    `overdue` counts the actions past their day, `waiting` those not begun or blocked: neither moves the expected
    index. `unconfirmed` are done, but no decided evaluation found them yet.
    """

    plan: ActionPlan
    instrument: Instrument
    start: Moment
    today: Moment
    quarters: tuple[Moment, ...]
    overdue: int
    waiting: int
    unconfirmed: int

    @property
    def end(self) -> Moment:
        """The last moment: the quarter in which the plan ends, or today where that is past."""
        return self.quarters[-1] if self.quarters else self.today

    @property
    def reaches_target(self) -> bool:
        """Whether the index expected at the end reaches that of the plan, both as they are published."""
        return self.end.expected >= self.plan.target_index


def forecast_of(plan: ActionPlan, actions: Iterable[Action], *, today: date, zone: str = "WIB") -> Forecast:
    """This function will return the forecast of a plan from its actions. No query."""
    instrument = get_instrument(plan.instrument)
    start = start_levels(plan, instrument)
    works = [work_of(one) for one in actions]
    last = max([plan.due_on, *(one.due_on for one in works if one.state is not ActionState.DROPPED)])
    ends = quarter_ends(today, last) if last > today else ()

    def moment(day: date) -> Moment:
        return _moment(instrument, start, works, day, today)

    return Forecast(
        plan=plan,
        instrument=instrument,
        start=moment(min(day_of(plan.accepted_at, zone), today)),
        today=moment(today),
        quarters=tuple(moment(day) for day in ends),
        overdue=sum(one.due_on < today and one.state in _UNDONE for one in works),
        waiting=sum(one.due_on >= today and one.state in _WAITING for one in works),
        unconfirmed=sum(one.state is ActionState.DONE for one in works),
    )


_UNDONE = frozenset({ActionState.PLANNED, ActionState.STARTED, ActionState.BLOCKED})
_WAITING = frozenset({ActionState.PLANNED, ActionState.BLOCKED})


def start_levels(plan: ActionPlan, instrument: Instrument) -> dict[str, Level]:
    """This function will return the levels that a plan began with, as the instrument counts them."""
    stored: Mapping[str, str] = plan.levels
    if instrument.scale.decimals:
        return {key: Decimal(level) for key, level in stored.items()}
    return {key: int(Decimal(level)) for key, level in stored.items()}


def work_of(action: Action) -> Work:
    """This function will return what the forecast needs of an action."""
    return Work(
        indicator=action.indicator,
        to_level=action.to_level,
        state=ActionState(action.state),
        due_on=action.due_on,
        done_on=action.done_on,
        confirmed_on=action.confirmed_on,
    )


def _moment(
    instrument: Instrument, start: Mapping[str, Level], works: list[Work], day: date, today: date
) -> Moment:
    found = {
        reading: score(instrument, levels_on(start, works, day, today=today, reading=reading))
        for reading in Reading
    }
    promised, expected = found[Reading.PROMISED], found[Reading.EXPECTED]
    return Moment(
        day=day,
        promised=promised.index,
        promised_exact=promised.index_exact,
        expected=expected.index,
        expected_exact=expected.index_exact,
        confirmed=found[Reading.CONFIRMED].index,
    )
