"""Cases found by their number or id by who has a seat on their service in their place, wherever they wait."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from livinglab.casework.domain.filters import numbers_like
from livinglab.casework.models import Case, Seat, Service
from livinglab.casework.queries.running import package_of
from livinglab.casework.queries.seats import reaches
from livinglab.organizations.queries import Organization


def cases_numbered(
    organization: Organization, seats: Iterable[Seat], typed: str, *, year: int
) -> tuple[Case, ...]:
    """This function will return the cases that a number or its last digits mean and these seats reach. Two queries.

    One that is not there and one that they do not reach are told apart by nothing.
    """
    services = Service.objects.filter(organization_id=organization.id)
    packages = sorted(set(services.values_list("package", flat=True)))
    rows = _cases(organization).filter(number__in=numbers_like(typed, packages, year=year))
    return tuple(
        one for one in rows.defer("state", "version__content").order_by("number") if _is_in(seats, one)
    )


def find_case(organization: Organization, seats: Iterable[Seat], case_id: UUID) -> Case | None:
    """This function will return a case that these seats reach, None for any other. One query."""
    found = _cases(organization).filter(id=case_id).first()
    return found if found is not None and _is_in(seats, found) else None


def _cases(organization: Organization) -> "QuerySet[Case]":
    rows = Case.objects.select_related("version").defer("version__content")
    return rows.filter(organization_id=organization.id)


def _is_in(seats: Iterable[Seat], case: Case) -> bool:
    manifest = package_of(case.version).manifest
    return any(reaches(one, case, manifest) for one in seats)
