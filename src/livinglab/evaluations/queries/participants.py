"""The table of one round's participants: filtered, ordered and cut by PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.waiting import Wait
from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries.kept_sql import kept_sql
from livinglab.evaluations.queries.overview import Scope


class Order(StrEnum):
    """How the table of participants is ordered."""

    CODE = "code"
    PROGRESS = "progress"  # least first
    INDEX = "index"  # highest first
    QUIET = "quiet"  # longest without a change first


@dataclass(frozen=True, slots=True)
class Filter:
    """Which participants the table shows."""

    text: str = ""
    state: State | None = None
    wait: Wait | None = None
    province: str = ""
    order: Order = Order.CODE


@dataclass(frozen=True, slots=True)
class Participant:
    """One row of the table."""

    code: str
    name: str
    kind: str
    province: str
    state: str
    indicators: int
    answered: int
    validated: int
    scored: int
    objections: int
    self_index: Decimal | None
    present_index: Decimal | None
    changed_at: datetime | None
    decision_number: str


_COLUMNS: Final = (
    "organization__code",
    "organization__name",
    "organization__kind",
    "province_name",
    "state",
    "indicators",
    "answered",
    "validated",
    "scored",
    "objections",
    "self_index",
    "present_index",
    "changed_at",
    "decision_number",
)
_ORDERS: Final = {
    Order.CODE: (),
    Order.PROGRESS: ("answered", "validated"),
    Order.INDEX: (F("present_index").desc(nulls_last=True),),
    Order.QUIET: (F("changed_at").asc(nulls_first=True),),
}


def chosen(scope: Scope, wanted: Filter) -> "QuerySet[Participation]":
    """This function will return the participants that the table shows, in its order; slice it before you read it."""
    found = scope.participants()
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    if wanted.wait is not None:
        found = found.filter(scope.waiting(wanted.wait))
    if wanted.province:
        found = found.filter(
            Q(organization__code=wanted.province) | Q(organization__province__code=wanted.province)
        )
    for word in wanted.text.split():
        found = found.filter(Q(organization__name__icontains=word) | Q(organization__code__startswith=word))
    return found.order_by(*_ORDERS[wanted.order], "organization__code")


def page_of(scope: Scope, wanted: Filter, *, start: int, count: int) -> list[Participant]:
    """This function will return `count` rows of the table from the one at `start`, counted from 0. One query.

    The SQL of a table without a filter is kept.
    """
    if wanted != Filter(order=wanted.order):
        return rows_of(chosen(scope, wanted)[start : start + count])
    sql, parameters = kept_sql(scope, _unfiltered, wanted.order, start, count)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Participant(*row) for row in cursor.fetchall()]


def _unfiltered(scope: Scope, order: Order, start: int, count: int) -> "QuerySet[Participation, Any]":
    return _rows(chosen(scope, Filter(order=order))[start : start + count])


def rows_of(found: "QuerySet[Participation]") -> list[Participant]:
    """This function will return participants as rows of the table. One query."""
    return [Participant(*row) for row in _rows(found)]


def _rows(found: "QuerySet[Participation]") -> "QuerySet[Participation, Any]":
    named = found.annotate(province_name=Coalesce("organization__province__name", "organization__name"))
    return named.values_list(*_COLUMNS)
