"""What waits for an office: by deadline, in the lanes where somebody has a seat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from livinglab.casework.domain.filters import Due, Filters, Standing, Who, span
from livinglab.casework.models import Case, Reopening, Seat, Task
from livinglab.casework.queries.seats import ANSWERS_FOR_SERVICES, tasks_below, tasks_under
from livinglab.kernel.clock import ZONES
from livinglab.organizations.queries import Organization, members

#: what an inbox shows at once
ON_A_PAGE: Final = 50
#: counted up to so many: behind them people narrow what is shown, and a count reads no hundred thousand rows
MOST_COUNTED: Final = 1_000
#: what a list says of a step, its case and the version that it runs on
_IN_A_LIST: Final = (
    *("case_id", "service_id", "node", "lane", "kind", "unit_code", "since", "due"),
    *("agency_id", "assignee", "taken_from", "escalated_at"),
    *("case__number", "case__asked_at", "case__is_synthetic", "case__version__digest"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits under somebody's seats, each up to one more than `MOST_COUNTED`.

    `mine` is assigned to them; `told` are the late steps below them, as a superior; `shown` what the filters leave.
    """

    waiting: int = 0
    late: int = 0
    mine: int = 0
    told: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Which steps somebody sees: those under their seats, and as a superior the late ones below them."""

    organization: Organization
    user_id: UUID
    seats: tuple[Seat, ...]

    @property
    def under(self) -> Q:
        """The steps that they may do."""
        return tasks_under(self.seats)

    @property
    def told(self) -> Q:
        """The late steps of which they are told; who answers for the services is told of every office's."""
        held = (
            members(self.organization.id)
            .filter(user_id=self.user_id, role__in=ANSWERS_FOR_SERVICES)
            .order_by()
        )
        return Q(escalated_at__isnull=False) & (tasks_below(self.seats) | Q(Exists(held)))


def inbox(organization_id: UUID, seats: Iterable[Seat]) -> "QuerySet[Task]":
    """This function will return the tasks under these seats, the soonest due first, with their case and its version."""
    return _listed(Task.objects.filter(tasks_under(seats), organization_id=organization_id))


def found(reach: Reach, filters: Filters, *, at: datetime) -> "QuerySet[Task]":
    """This function will return what filters leave of an inbox, the soonest due first.

    Of what is late and was told to a superior, theirs are the steps below them.
    """
    return _listed(_narrowed(reach, filters, at=at)).only(*_IN_A_LIST)


def counts(reach: Reach, filters: Filters, *, at: datetime) -> Counts:
    """This function will return how much waits, each counted up to a little over `MOST_COUNTED`. One query.

    Where nothing is narrowed, what is shown is what waits.
    """
    here = Task.objects.filter(organization_id=reach.organization.id)
    under = here.filter(reach.under)
    parts = {
        "waiting": under,
        "late": under.filter(~_is_asked(reach), due__lt=at),
        "mine": under.filter(assignee=reach.user_id),
        "told": here.filter(reach.told),
    }
    if not filters.is_any:
        parts["shown"] = _narrowed(reach, filters, at=at)
    named = [
        rows.order_by()
        .annotate(part=Value(name, output_field=CharField()))
        .values_list("part")[: MOST_COUNTED + 1]
        for name, rows in parts.items()
    ]
    sql, params = named[0].union(*named[1:], all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT part, count(*) FROM ({sql}) AS counted (part) GROUP BY part",  # noqa: S608  the ORM's own
            params,
        )
        number = dict(cursor.fetchall())
    if filters.is_any:
        number["shown"] = number.get("waiting", 0)
    return Counts(**number)


def _narrowed(reach: Reach, filters: Filters, *, at: datetime) -> "QuerySet[Task]":
    scope = reach.under | reach.told if filters.standing is Standing.ESCALATED else reach.under
    rows = Task.objects.filter(scope, organization_id=reach.organization.id)
    if filters.numbers is not None:
        cases = Case.objects.filter(organization_id=reach.organization.id, number__in=filters.numbers)
        rows = rows.filter(case_id__in=cases.values("id"))
    if filters.service_id is not None:
        rows = rows.filter(service_id=filters.service_id)
    if filters.node:
        rows = rows.filter(node=filters.node)
    if filters.places is not None:
        rows = rows.filter(place__in=filters.places)
    if filters.due is not None:
        since, until = span(filters.due, at=at, zone=ZONES[reach.organization.zone])
        rows = rows.filter(due__lt=until, **({"due__gte": since} if since else {}))
        if filters.due is Due.LATE:
            rows = rows.filter(~_is_asked(reach))
    if filters.who is Who.NOBODY:
        rows = rows.filter(assignee__isnull=True)
    elif filters.who is not None:
        rows = rows.filter(assignee=reach.user_id if filters.who is Who.MINE else filters.who)
    return _standing(rows, reach, filters.standing)


def _standing(rows: "QuerySet[Task]", reach: Reach, standing: Standing | None) -> "QuerySet[Task]":
    here = {"organization_id": reach.organization.id}
    match standing:
        case Standing.AGAIN:
            return rows.filter(case_id__in=Reopening.objects.filter(**here).values("case_id"))
        case Standing.ASKED:
            return rows.filter(_is_asked(reach))
        case Standing.ESCALATED:
            return rows.filter(escalated_at__isnull=False)
        case None:
            return rows


def _is_asked(reach: Reach) -> Exists:
    """Whether the applicant is asked meanwhile: those are few, and the others are not looked at one by one."""
    asked = Case.objects.filter(
        organization_id=reach.organization.id, asked_at__isnull=False, ended_at__isnull=True
    )
    return Exists(asked.filter(id=OuterRef("case_id")))


def _listed(rows: "QuerySet[Task]") -> "QuerySet[Task]":
    rows = rows.select_related("case__version").defer("case__state", "case__version__content")
    rows = rows.annotate(is_opened_again=Exists(Reopening.objects.filter(case_id=OuterRef("case_id"))))
    return rows.order_by("due", "id")


def helped(organization_id: UUID, user_id: UUID) -> "QuerySet[Case]":
    """This function will return the applications that somebody typed in for citizens, the newest first."""
    rows = Case.objects.filter(organization_id=organization_id, helped_by=user_id)
    return rows.select_related("version").defer("state", "version__content").order_by("-started_at", "-id")


def find_task(organization_id: UUID, task_id: UUID) -> Task | None:
    """This function will return something that waits, with its case; None when it does not wait any more."""
    rows = Task.objects.select_related("case__version", "service").defer("case__version__content")
    return rows.filter(organization_id=organization_id, id=task_id).first()


def tasks_of(case: Case) -> tuple[Task, ...]:
    """This function will return what waits for offices in a case, the soonest due first. One query."""
    rows = Task.objects.filter(organization_id=case.organization_id, case_id=case.id)
    return tuple(rows.order_by("due", "id"))
