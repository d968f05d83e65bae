"""What each agency promised and what became of it: counted, never weighed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from livinglab.actions.domain.states import ActionState

_DELIVERED = frozenset({ActionState.DONE, ActionState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Promise:
    """An action of an agency; `agency` is empty where nobody has it yet."""

    agency: str
    state: ActionState
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of an evaluation that an agency had a day for. `handed_in_on` is None while it is not handed in."""

    agency: str
    due_on: date
    handed_in_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """The line of one agency. What was dropped is no promise any more and stands apart.

    delivered = on_time + delivered_late; promised = delivered + overdue + under way (neither due nor done).
    """

    agency: str
    promised: int = 0
    delivered: int = 0
    confirmed: int = 0
    on_time: int = 0
    delivered_late: int = 0
    overdue: int = 0
    blocked: int = 0
    dropped: int = 0
    answers_due: int = 0
    answers_late: int = 0

    @property
    def late(self) -> int:
        """What came late or is late."""
        return self.delivered_late + self.overdue


def line_of(
    agency: str, promises: Iterable[Promise], answers: Iterable[Answered] = (), *, day: date
) -> AgencyLine:
    """This function will count what an agency promised, as seen on a day. An answer is due once its day has come."""
    given = list(promises)
    kept = [one for one in given if one.state is not ActionState.DROPPED]
    delivered = [one for one in kept if one.state in _DELIVERED]
    late = [one for one in delivered if one.done_on is not None and one.done_on > one.due_on]
    due = [one for one in answers if one.due_on <= day or one.handed_in_on is not None]
    return AgencyLine(
        agency=agency,
        promised=len(kept),
        delivered=len(delivered),
        confirmed=sum(one.state is ActionState.CONFIRMED for one in delivered),
        on_time=len(delivered) - len(late),
        delivered_late=len(late),
        overdue=sum(one.state not in _DELIVERED and one.due_on < day for one in kept),
        blocked=sum(one.state is ActionState.BLOCKED for one in kept),
        dropped=len(given) - len(kept),
        answers_due=len(due),
        answers_late=sum(_is_late(one, day) for one in due),
    )


def _is_late(answer: Answered, day: date) -> bool:
    return (answer.handed_in_on or day) > answer.due_on


def scorecard(
    promises: Iterable[Promise], answers: Iterable[Answered], *, day: date
) -> tuple[AgencyLine, ...]:
    """This function will return a line for each agency that promised or answers something, by name."""
    by_agency = attrgetter("agency")
    promised = {key: list(rows) for key, rows in groupby(sorted(promises, key=by_agency), key=by_agency)}
    answered = {key: list(rows) for key, rows in groupby(sorted(answers, key=by_agency), key=by_agency)}
    names = sorted({*promised, *answered})
    return tuple(line_of(name, promised.get(name, ()), answered.get(name, ()), day=day) for name in names)


def total_of(lines: Iterable[AgencyLine]) -> AgencyLine:
    """This function will return the sum of all lines; its agency is empty."""
    counted = [name for name in AgencyLine.__slots__ if name != "agency"]
    rows = list(lines)
    return AgencyLine("", **{name: sum(getattr(row, name) for row in rows) for name in counted})
