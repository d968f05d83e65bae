"""Who has which hour of a day: the list for a front desk, of the services and places that its seats cover."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from livinglab.casework.domain.states import works_at
from livinglab.casework.models import Booking, Paper, Seat, ServiceVersion, Task
from livinglab.casework.queries.running import package_of, runner_of
from livinglab.casework.queries.seats import at_a_desa
from livinglab.organizations.queries import Organization, areas
from livinglab.packages.domain import bookings
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.manifest import Calendar, Role
from livinglab.packages.domain.manifest import Office as Level
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.queries.cases import Runner

#: what a list shows at once; a large mall has fewer in a day
ON_A_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Office:
    """A service that books, for who works in it: its version at work, and their seats in its offices by role."""

    version: ServiceVersion
    runs: Runner
    seats: tuple[tuple[Seat, Role], ...]

    @property
    def service_id(self) -> UUID:
        """Which service it is."""
        return self.version.service_id

    @property
    def counter(self) -> Field | None:
        """The question whose answers have places of their own, None where all are one."""
        step = next(bookings.steps_of(self.runs.package))
        return self.runs.package.form.fields.get(step.said.get("counter", ""))

    def places_on(self, day: date) -> dict[int, int]:
        """This function will return how many places each hour of a day has that is on offer, by its minute."""
        if not self.runs.days.counts(day, Calendar.WORKING):
            return {}
        values = self.runs.parameters(self.version.parameters)
        fields = self.runs.package.form.fields
        steps = [bookings.terms_of(one, fields, values) for one in bookings.steps_of(self.runs.package)]
        return {minute: terms.places for terms in reversed(steps) for _value, minute in terms.hours}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many places of an hour are held at a counter, and how many lines of the list lie in it, also of who is done.

    `held` counts those of other villages too; `shown` and `over` are what the list has.
    """

    service_id: UUID
    counter: str
    minute: int
    held: int
    shown: int
    over: int


def seats_at(package: Package, service_id: UUID, seats: Iterable[Seat]) -> tuple[tuple[Seat, Role], ...]:
    """This function will return which of these seats are in an office that does a step of a service, with its role."""
    lanes = {
        node.lane
        for process in (package.diagram.main, *package.diagram.called.values())
        for node in process.nodes.values()
        if node.kind is NodeKind.USER
    }
    return tuple(
        (seat, role)
        for seat in seats
        if seat.service_id in (None, service_id)
        for role in package.manifest.roles
        if role.id in lanes and seat.kind == role.kind.value and seat.lane in ("", role.id)
    )


def gives_appointments(package: Package, service_id: UUID, seats: Iterable[Seat]) -> bool:
    """This function will tell whether a service books, and one of these seats is in an office of it."""
    return next(bookings.steps_of(package), None) is not None and bool(seats_at(package, service_id, seats))


def offices_of(organization: Organization, seats: tuple[Seat, ...]) -> tuple[Office, ...]:
    """This function will return the services that book in whose offices these seats are, also closed ones. One query.

    Who was given an hour before a service closed still comes.
    """
    if not seats:
        return ()
    rows = ServiceVersion.objects.defer("content").select_related("service")
    rows = rows.filter(organization_id=organization.id, service__version_id=F("id"))
    if all(seat.service_id for seat in seats):
        rows = rows.filter(service_id__in={seat.service_id for seat in seats if seat.service_id})
    found = []
    for one in rows.order_by("service__package", "service__publisher"):
        package = package_of(one)
        if gives_appointments(package, one.service_id, seats):
            own = seats_at(package, one.service_id, seats)
            found.append(Office(one, runner_of(one, zone=organization.zone), own))
    return tuple(found)


def counted(organization_id: UUID, offices: tuple[Office, ...], day: date) -> tuple[Counted, ...]:
    """This function will return the hours of a day that somebody has or had, in order. One query."""
    if not offices:
        return ()
    shown = _shown(offices)
    rows = Booking.objects.filter(
        organization_id=organization_id, day=day, service_id__in=[one.service_id for one in offices]
    )
    found = rows.values_list("service_id", "counter", "minute").annotate(
        held=Count("id", filter=Q(ended_at__isnull=True)),
        shown=Count("id", filter=shown),
        over=Count("id", filter=shown & ~Q(case__outcome="")),
    )
    return tuple(Counted(*one) for one in found.order_by("minute", "service_id", "counter"))


def listed(organization_id: UUID, offices: tuple[Office, ...], day: date) -> "QuerySet[Booking]":
    """This function will return who has or had an hour of a day under these seats, by hour, field and place.

    With the case, its version, and as `queue_number` the newest number that was issued to it.
    """
    newest = Paper.objects.filter(organization_id=organization_id, case_id=OuterRef("case_id"))
    rows = Booking.objects.filter(_shown(offices), organization_id=organization_id, day=day)
    rows = rows.select_related("case__version").defer("case__state", "case__version__content")
    rows = rows.annotate(queue_number=Subquery(newest.order_by("-nth").values("number")[:1]))
    return rows.order_by("minute", "service_id", "counter", "nth", "id")


def waiting(organization_id: UUID, rows: Iterable[Booking]) -> dict[UUID, list[Task]]:
    """This function will return what waits of the cases of a list, by case. One query."""
    found: dict[UUID, list[Task]] = {}
    ids = [one.case_id for one in rows if not one.case.outcome]
    for task in Task.objects.filter(organization_id=organization_id, case_id__in=ids).order_by("due", "id"):
        found.setdefault(task.case_id, []).append(task)
    return found


def counter_names(
    organization: Organization, office: Office, used: Iterable[str], language: str
) -> Mapping[str, str]:
    """This function will return what the counters of a service are called. One query where they are places."""
    field = office.counter
    if field is None:
        return {}
    if field.type is FieldType.PLACE:
        rows = areas(organization.code).filter(code__in=sorted(used))
        return dict(rows.values_list("code", "name"))
    return {one.value: one.name.in_language(language) for one in field.options}


def _shown(offices: tuple[Office, ...]) -> Q:
    """Return the condition of the bookings that these seats see: those of their services, in their places."""
    return reduce(
        or_,
        (Q(service_id=one.service_id) & _within(seat, role) for one in offices for seat, role in one.seats),
        Q(pk__in=[]),
    )


def _within(seat: Seat, role: Role) -> Q:
    """Return the condition of the bookings whose cases a seat reaches in a lane, as `seats.reaches` in SQL."""
    if seat.agency_id:  # an agency's own seat has what was handed over to it
        return Q(case__agencies__contains={role.id: str(seat.agency_id)})
    match works_at(role):
        case Level.VILLAGE if seat.unit_code:
            return Q(case__unit_code=seat.unit_code)
        case Level.VILLAGE:
            return ~at_a_desa("case__unit_code")
        case Level.DISTRICT if seat.unit_code:
            return Q(case__unit_code=seat.unit_code) | Q(case__unit_code__startswith=f"{seat.unit_code}.")
        case _:  # the region's own offices have no village
            return Q(pk__in=[]) if seat.unit_code else Q(pk__isnull=False)
