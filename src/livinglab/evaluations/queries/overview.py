"""One round as the ministry or a province follows it: sums, who waits for what, the map. PostgreSQL does the counting.

Nothing here lists every participant: sums are aggregates, lists have a limit, the map is one array for each colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import (
    Case,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Floor, Least
from psycopg.sql import SQL, Composable, Identifier, Literal

from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.waiting import DEADLINE_OF, NEAR_DAYS, QUIET_DAYS, Deadline, Wait
from livinglab.evaluations.models import Participation, Round
from livinglab.evaluations.queries.kept_sql import Sql, kept_sql

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


@dataclass(frozen=True, slots=True)
class IndexBin:
    """How many participants have an index from `start` to a twentieth above it."""

    start: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The participants in scope added up three ways: all of them, by province (by code), by present index."""

    totals: Totals
    provinces: tuple[ProvinceSum, ...]
    bins: tuple[IndexBin, ...]


_UNSENT: Final = (State.SELF, State.APPROVED, State.SIGNED)
#: one scan, added up by state, by province and by twentieth of an index
_ADDED_UP: Final = SQL("""
    WITH participant AS ({participants})
    SELECT grouping(state, province_code), state, province_code, province_name, twentieth,
           count(*), count(*) FILTER (WHERE stuck), ARRAY[{waits}],
           count(*) FILTER (WHERE sent), count(changed_at), max(changed_at),
           coalesce(sum(indicators), 0), coalesce(sum(answered), 0), coalesce(sum(validated), 0),
           sum(present_index), count(present_index)
      FROM participant
     GROUP BY GROUPING SETS ((state), (province_code, province_name), (twentieth))
     ORDER BY province_code, twentieth
""")
#: what `grouping` says of each set: a bit is set where the row is not of one state, of one province
_OF_STATE, _OF_PROVINCE, _OF_INDEX = 0b01, 0b10, 0b11


@dataclass(frozen=True, slots=True)
class _Group:
    """One row of the sums."""

    state: str | None
    province_code: str | None
    province_name: str | None
    twentieth: int | None
    participants: int
    stuck: int
    waiting: list[int]  # in the order of `Wait`
    sent: int
    begun: int
    changed_at: datetime | None
    indicators: int
    answered: int
    validated: int
    sum_index: Decimal | None
    with_index: int

    @property
    def mean_index(self) -> Decimal | None:
        return None if self.sum_index is None else self.sum_index / self.with_index


def sums(scope: Scope, *, lowest: int, highest: int) -> Sums:
    """This function will add up the participants in scope. One query, whose rows do not grow with the participants.

    `lowest` and `highest` are the ends of the instrument's scale; an index below has no place among the bins, and the
    highest one joins the last.
    """
    rows: dict[int, list[_Group]] = {_OF_STATE: [], _OF_PROVINCE: [], _OF_INDEX: []}
    for which, *group in _added_up(scope, lowest=lowest, highest=highest):
        rows[which].append(_Group(*group))
    return Sums(
        totals=_totals(rows[_OF_STATE]),
        provinces=tuple(
            ProvinceSum(
                code=str(row.province_code),
                name=str(row.province_name),
                participants=row.participants,
                sent=row.sent,
                stuck=row.stuck,
                answered=row.answered,
                indicators=row.indicators,
                mean_index=row.mean_index,
            )
            for row in rows[_OF_PROVINCE]
        ),
        bins=tuple(
            IndexBin(Decimal(row.twentieth) / 20, row.participants)
            for row in rows[_OF_INDEX]
            if row.twentieth is not None
        ),
    )


def _added_up(scope: Scope, *, lowest: int, highest: int) -> list[tuple[Any, ...]]:
    counts = (SQL("count(*) FILTER (WHERE {})").format(Identifier(_column(wait))) for wait in Wait)
    return _read(_ADDED_UP, kept_sql(scope, _to_add_up, lowest, highest), waits=SQL(", ").join(counts))


def _to_add_up(scope: Scope, lowest: int, highest: int) -> "QuerySet[Participation, Any]":
    waits = {_column(wait): _is(scope.waiting(wait)) for wait in Wait}
    twentieth = Least(Cast(Floor(F("present_index") * 20), IntegerField()), Value(highest * 20 - 1))
    found: QuerySet[Participation, Any] = (
        scope.participants()
        .annotate(
            **waits,
            stuck=_is(reduce(or_, (scope.waiting(wait) for wait in Wait))),
            sent=_is(~Q(state__in=_UNSENT)),
            province_code=Coalesce("organization__province__code", "organization__code"),
            province_name=Coalesce("organization__province__name", "organization__name"),
            twentieth=Case(When(present_index__gte=lowest, then=twentieth), output_field=IntegerField()),
        )
        .values(*_ADDED, *waits, "stuck", "sent", "province_code", "province_name", "twentieth")
        .order_by()
    )
    return found


_ADDED: Final = ("state", "changed_at", "indicators", "answered", "validated", "present_index")


def _column(wait: Wait) -> str:
    return f"waits_{wait}"


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _totals(groups: Sequence[_Group]) -> Totals:
    with_index = sum(one.with_index for one in groups)
    sum_index = sum((one.sum_index for one in groups if one.sum_index is not None), Decimal(0))
    return Totals(
        participants=sum(one.participants for one in groups),
        states=dict.fromkeys(State, 0) | {State(str(one.state)): one.participants for one in groups},
        waiting={wait: sum(one.waiting[place] for one in groups) for place, wait in enumerate(Wait)},
        stuck=sum(one.stuck for one in groups),
        begun=sum(one.begun for one in groups),
        indicators=sum(one.indicators for one in groups),
        answered=sum(one.answered for one in groups),
        validated=sum(one.validated for one in groups),
        mean_index=sum_index / with_index if with_index else None,
        changed_at=max((one.changed_at for one in groups if one.changed_at is not None), default=None),
    )


def version(scope: Scope) -> str:
    """This function will return a text that differs as soon as anything the page shows does. One query, no join.

    Whatever changes a participant sets `changed_at`; who joins or leaves changes the count, a new day the delays.
    All moments are added up, because a change may be stored after one that was made later.
    """
    (changes,) = _read(_CHANGES, kept_sql(scope, _changed))
    days = (getattr(scope.round, which) for which in Deadline)
    return repr((scope.round.id, scope.province_id, *changes, scope.today, *days))


_CHANGES: Final = SQL(
    "SELECT count(*), sum(extract(epoch FROM changed_at)) FROM ({participants}) AS participant"
)


def _changed(scope: Scope) -> "QuerySet[Participation, Any]":
    changed: QuerySet[Participation, Any] = scope.participants().values("changed_at").order_by()
    return changed


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


#: the first of each wait, the untouched first
_LONGEST: Final = SQL("""
    WITH participant AS ({participants}),
    ranked AS (
        SELECT wait, code, name, answered, indicators, handed_in, accepted, objections, changed_at,
               row_number() OVER (PARTITION BY wait ORDER BY changed_at NULLS FIRST, code) AS place
          FROM participant CROSS JOIN LATERAL (VALUES {waits}) AS waits (wait, does)
         WHERE does
    )
    SELECT wait, code, name, answered, indicators, handed_in, accepted, objections, changed_at
      FROM ranked WHERE place <= {limit} ORDER BY wait, place
""")
_STUCK: Final = ("answered", "indicators", "handed_in", "accepted", "objections", "changed_at")


def longest_waiting(scope: Scope, *, limit: int) -> dict[Wait, list[Stuck]]:
    """This function will return for each wait those who wait longest, the untouched first. One query."""
    pairs = (SQL("({}, {})").format(Literal(str(wait)), Identifier(_column(wait))) for wait in Wait)
    found: dict[Wait, list[Stuck]] = {wait: [] for wait in Wait}
    stuck = kept_sql(scope, stuck_participants)
    for wait, *row in _read(_LONGEST, stuck, waits=SQL(", ").join(pairs), limit=Literal(limit)):
        found[Wait(wait)].append(Stuck(*row))
    return found


def stuck_participants(scope: Scope) -> "QuerySet[Participation, Any]":
    """This function will return those that wait for anything, with a column for each wait."""
    columns = {_column(wait): _is(scope.waiting(wait)) for wait in Wait}
    found: QuerySet[Participation, Any] = (
        scope.participants()
        .filter(reduce(or_, (scope.waiting(wait) for wait in Wait)))
        .annotate(**columns, code=F("organization__code"), name=F("organization__name"))
        .values(*_STUCK, *columns, "code", "name")
        .order_by()
    )
    return found


def _read(statement: SQL, participants: Sql, **parts: Composable) -> list[tuple[Any, ...]]:
    """The rows of a statement around a query of participants, whose parameters are the statement's only ones."""
    inner, parameters = participants
    with connection.cursor() as cursor:
        cursor.execute(statement.format(participants=SQL(inner), **parts).as_string(), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
