"""SQL of a round's queries, made once: turning a query into SQL costs more than PostgreSQL takes to answer it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import QuerySet

from livinglab.evaluations.domain.waiting import QUIET_DAYS, Deadline
from livinglab.evaluations.models import Participation

if TYPE_CHECKING:
    from livinglab.evaluations.queries.overview import Scope

Sql = tuple[str, tuple[Any, ...]]
#: stands for the present moment in SQL that is kept; no participant was changed then
_SOME_MOMENT: Final = datetime(1900, 1, 1, tzinfo=UTC)
_QUIET: Final = timedelta(days=QUIET_DAYS)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the SQL depends on: everything of a scope but the moment."""

    make: "Callable[..., QuerySet[Participation, Any]]"
    given: tuple[Hashable, ...]
    round_id: UUID
    days: tuple[date | None, ...]
    today: date
    province_id: UUID | None
    sees_every_stage: bool
    scope: "Scope" = field(compare=False)


def kept_sql(scope: "Scope", make: "Callable[..., QuerySet[Participation, Any]]", *given: Hashable) -> Sql:
    """This function will return SQL and parameters of the query that `make` builds of a scope and what is given.

    `make` is a function of a module, so that the same one is asked again.
    """
    asked = _Asked(
        make,
        given,
        scope.round.id,
        tuple(getattr(scope.round, which) for which in Deadline),
        scope.today,
        scope.province_id,
        scope.sees_every_stage,
        scope,
    )
    sql, parameters = _made(asked)
    quiet = scope.now - _QUIET
    return sql, tuple(quiet if one == _SOME_MOMENT - _QUIET else one for one in parameters)


@lru_cache(maxsize=256)
def _made(asked: _Asked) -> Sql:
    made = asked.make(replace(asked.scope, now=_SOME_MOMENT), *asked.given)
    sql, parameters = made.query.sql_with_params()
    return str(sql), tuple(parameters)
