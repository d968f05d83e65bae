"""One round as the ministry or a province follows it: sums, who waits for what, the map. PostgreSQL does the counting.

Nothing here lists every participant: sums are aggregates, lists have a limit, the map is one array for each colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import Avg, Case, Count, F, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Floor, Least

from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.waiting import DEADLINE_OF, NEAR_DAYS, QUIET_DAYS, Deadline, Wait
from livinglab.evaluations.models import Participation, Round

#: while assessors work, their levels are theirs and the ministry's: others see the index the region sent
INDEX_FOR_OTHERS: Final = Case(
    When(state__in=(State.DOCUMENT, State.INTERVIEW, State.VISIT), then=F("self_index")),
    default=F("standing_index"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The participants of a round that somebody looks at, as they are at a moment: of all, or of one province."""

    round: Round
    now: datetime
    today: date
    province_id: UUID | None = None
    sees_every_stage: bool = (
        False  # the ministry; others see an index once its stage is over for the region too
    )

    def participants(self) -> "QuerySet[Participation]":
        """The participants in scope with the index that may be seen as `present_index`, to be narrowed."""
        present = F("standing_index") if self.sees_every_stage else INDEX_FOR_OTHERS
        found = Participation.objects.filter(round_id=self.round.id).annotate(present_index=present)
        if self.province_id is None:
            return found
        return found.filter(
            Q(organization_id=self.province_id) | Q(organization__province_id=self.province_id)
        )

    def waiting(self, wait: Wait) -> Q:
        """The condition for those that wait for this."""
        quiet = self.now - timedelta(days=QUIET_DAYS)
        match wait:
            case Wait.OVERDUE:
                return Q(state__in=self.late_states())
            case Wait.UNTOUCHED:
                days_left = (self.round.self_until - self.today).days
                if not 0 <= days_left <= NEAR_DAYS:
                    return Q(pk__in=[])
                return Q(state=State.SELF) & (Q(changed_at__isnull=True) | Q(changed_at__lt=quiet))
            case Wait.UNACCEPTED:
                return Q(state=State.SELF, handed_in__gt=F("accepted"), changed_at__lt=quiet)
            case Wait.UNSIGNED:
                return Q(state=State.APPROVED)
            case Wait.OBJECTIONS:
                return Q(objections__gt=0)

    def late_states(self) -> list[State]:
        """The states whose last day is over."""
        return [state for state, which in DEADLINE_OF.items() if self._is_over(which)]

    def _is_over(self, which: Deadline) -> bool:
        last: date | None = getattr(self.round, which)
        return last is not None and last < self.today


@dataclass(frozen=True, slots=True)
class Totals:
    """What the participants in scope have done together; `waiting` counts each wait, `stuck` those with any."""

    participants: int
    states: dict[State, int]
    waiting: dict[Wait, int]
    stuck: int
    begun: int
    indicators: int
    answered: int
    validated: int
    mean_index: Decimal | None
    changed_at: datetime | None


def totals(scope: Scope) -> Totals:
    """This function will return the sums of the participants in scope. One query, one row for each state."""
    waits = {wait: scope.waiting(wait) for wait in Wait}
    rows = list(
        scope.participants()
        .values("state")
        .annotate(
            participants=Count("id"),
            **{f"wait_{wait}": Count("id", filter=condition) for wait, condition in _by_row(waits).items()},
            stuck=Count("id", filter=reduce(or_, waits.values())),
            begun=Count("changed_at"),
            asked=Sum("indicators"),
            sum_answered=Sum("answered"),
            sum_validated=Sum("validated"),
            sum_index=Sum("present_index"),
            with_index=Count("present_index"),
            newest=Max("changed_at"),
        )
        .order_by()
    )
    with_index = sum(row["with_index"] for row in rows)
    states = dict.fromkeys(State, 0) | {State(row["state"]): row["participants"] for row in rows}
    sum_index = sum((row["sum_index"] for row in rows if row["sum_index"] is not None), Decimal(0))
    return Totals(
        participants=sum(states.values()),
        states=states,
        waiting={wait: _waiting(scope, wait, states, rows) for wait in Wait},
        stuck=sum(row["stuck"] for row in rows),
        begun=sum(row["begun"] for row in rows),
        indicators=sum(row["asked"] for row in rows),
        answered=sum(row["sum_answered"] for row in rows),
        validated=sum(row["sum_validated"] for row in rows),
        mean_index=sum_index / with_index if with_index else None,
        changed_at=max((row["newest"] for row in rows if row["newest"] is not None), default=None),
    )


def _by_row(waits: Mapping[Wait, Q]) -> dict[Wait, Q]:
    """The waits that a participant's state alone does not tell."""
    return {wait: condition for wait, condition in waits.items() if wait not in (Wait.OVERDUE, Wait.UNSIGNED)}


def _waiting(scope: Scope, wait: Wait, states: Mapping[State, int], rows: Sequence[Mapping[str, Any]]) -> int:
    if wait is Wait.OVERDUE:
        return sum(states[state] for state in scope.late_states())
    if wait is Wait.UNSIGNED:
        return states[State.APPROVED]
    return sum(int(row[f"wait_{wait}"]) for row in rows)


def version(scope: Scope) -> str:
    """This function will return a text that differs as soon as anything the page shows does. One query, no join.

    Whatever changes a participant sets `changed_at`; who joins or leaves changes the count, a new day the delays.
    """
    row = scope.participants().aggregate(count=Count("id"), newest=Max("changed_at"))
    days = (getattr(scope.round, which) for which in Deadline)
    return repr((scope.round.id, row["count"], row["newest"], scope.today, *days))


@dataclass(frozen=True, slots=True)
class Stuck:
    """One participant that waits, and since when nothing changed."""

    code: str
    name: str
    answered: int
    indicators: int
    handed_in: int
    accepted: int
    objections: int
    changed_at: datetime | None


_STUCK: Final = (
    "organization__code",
    "organization__name",
    "answered",
    "indicators",
    "handed_in",
    "accepted",
)


def longest_waiting(scope: Scope, wait: Wait, *, limit: int) -> list[Stuck]:
    """This function will return those who wait longest for one thing, the untouched first. One query with a limit."""
    rows = scope.participants().filter(scope.waiting(wait))
    rows = rows.order_by(F("changed_at").asc(nulls_first=True), "organization__code")
    return [Stuck(*row) for row in rows.values_list(*_STUCK, "objections", "changed_at")[:limit]]


@dataclass(frozen=True, slots=True)
class ProvinceSum:
    """The participants of one province, the province itself among them."""

    code: str
    name: str
    participants: int
    sent: int
    stuck: int
    answered: int
    indicators: int
    mean_index: Decimal | None


def by_province(scope: Scope) -> list[ProvinceSum]:
    """This function will return the sums of each province by code. One query."""
    unsent = (State.SELF, State.APPROVED, State.SIGNED)
    rows = (
        scope.participants()
        .annotate(
            province_code=Coalesce("organization__province__code", "organization__code"),
            province_name=Coalesce("organization__province__name", "organization__name"),
        )
        .values("province_code", "province_name")
        .annotate(
            participants=Count("id"),
            sent=Count("id", filter=~Q(state__in=unsent)),
            stuck=Count("id", filter=reduce(or_, (scope.waiting(wait) for wait in Wait))),
            sum_answered=Sum("answered"),
            asked=Sum("indicators"),
            mean=Avg("present_index"),
        )
        .order_by("province_code")
    )
    names = (
        "province_code",
        "province_name",
        "participants",
        "sent",
        "stuck",
        "sum_answered",
        "asked",
        "mean",
    )
    return [ProvinceSum(*row) for row in rows.values_list(*names)]


@dataclass(frozen=True, slots=True)
class IndexBin:
    """How many participants have an index from `start` to a twentieth above it."""

    start: Decimal
    count: int


def index_bins(scope: Scope, *, lowest: int, highest: int) -> list[IndexBin]:
    """This function will return the distribution of the present index in steps of 0.05; the highest joins the last.

    One query.
    """
    twentieth = Least(
        Cast(Floor(F("present_index") * 20), IntegerField()),
        Value(highest * 20 - 1),
        output_field=IntegerField(),
    )
    rows = (
        scope.participants()
        .filter(Q(("present_index__gte", lowest)))
        .annotate(twentieth=twentieth)
        .values("twentieth")
        .annotate(count=Count("id"))
        .order_by("twentieth")
    )
    return [IndexBin(Decimal(row["twentieth"]) / 20, row["count"]) for row in rows]
