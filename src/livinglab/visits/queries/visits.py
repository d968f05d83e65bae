"""Visits for anyone: those that took place for everybody, and an organisation's own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.process import TOOK_PLACE, VisitState
from livinglab.visits.models import Visit, VisitMove, VisitStep

__all__ = [
    "Filters",
    "KindCount",
    "counts_by_kind",
    "find_visit",
    "held_visits",
    "hosts",
    "moves_of",
    "own_visits",
    "visits",
    "years",
]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader wants to see; empty means all. `host` and `visitor` are codes of organisations.

    Made-up visits are left out, but with `with_synthetic`.
    """

    host: str = ""
    visitor: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    with_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many visits of one kind of visitor took place, how many visitors, and how they ended."""

    kind: VisitorKind
    visits: int
    committed: int
    not_followed_up: int

    @property
    def waiting(self) -> int:
        """Visits that have neither a commitment nor ended without one."""
        return self.visits - self.committed - self.not_followed_up


def visits() -> "QuerySet[Visit]":
    """This function will return all visits with their parties, steps and commitment. Two queries."""
    steps = VisitStep.objects.order_by("instrument", "indicator", "to_level")
    found = Visit.objects.select_related("host", "visitor", "commitment")
    return found.prefetch_related(Prefetch("steps", queryset=steps))


def find_visit(visit_id: UUID) -> Visit | None:
    """This function will return a visit with its parties and steps, None when there is none. Two queries."""
    return visits().filter(id=visit_id).first()


def held_visits(wanted: Filters) -> "QuerySet[Visit]":
    """This function will return the visits that took place and that a reader wants to see, newest first."""
    found = visits().filter(_public(with_synthetic=wanted.with_synthetic))
    given: dict[str, Any] = {
        "host__code": wanted.host,
        "visitor__code": wanted.visitor,
        "visitor_kind": wanted.kind,
        "state": wanted.state,
        "held_on__year": wanted.year,
    }
    return found.filter(**{key: value for key, value in given.items() if value}).order_by("-held_on", "-id")


def counts_by_kind(wanted: Filters) -> tuple[KindCount, ...]:
    """This function will return the counts of each kind of visitor that came, in the order of kinds. One query."""
    rows = (
        held_visits(wanted)
        .order_by()
        .values("visitor_kind")
        .annotate(
            visits=Count("id"),
            committed=Count("id", filter=Q(state=VisitState.COMMITTED)),
            ended=Count("id", filter=Q(state=VisitState.NO_FOLLOW_UP)),
        )
        .values_list("visitor_kind", "visits", "committed", "ended")
    )
    found = {kind: KindCount(VisitorKind(kind), *numbers) for kind, *numbers in rows}
    return tuple(found[kind] for kind in VisitorKind if kind in found)


def years(*, with_synthetic: bool = False) -> list[int]:
    """This function will return the years in which visits took place, newest first. One query."""
    days = Visit.objects.filter(_public(with_synthetic=with_synthetic)).dates("held_on", "year", order="DESC")
    return [day.year for day in days]


def hosts(*, with_synthetic: bool = False) -> list[tuple[str, str]]:
    """This function will return code and name of everybody who hosted a visit, by name. One query."""
    found = Visit.objects.filter(_public(with_synthetic=with_synthetic))
    return sorted(found.values_list("host__code", "host__name").distinct(), key=lambda row: row[1])


def _public(*, with_synthetic: bool) -> Q:
    took_place = Q(state__in=TOOK_PLACE)
    return took_place if with_synthetic else took_place & Q(is_synthetic=False)


def own_visits(organization_id: UUID) -> "QuerySet[Visit]":
    """This function will return every visit that an organisation hosts or makes, the latest change first."""
    own = Q(host_id=organization_id) | Q(visitor_id=organization_id)
    return visits().filter(own).order_by("-changed_at", "-id")


def moves_of(visit_id: UUID) -> list[VisitMove]:
    """This function will return the steps that a visit took, in order. One query."""
    return list(VisitMove.objects.filter(visit_id=visit_id).order_by("at", "id"))
