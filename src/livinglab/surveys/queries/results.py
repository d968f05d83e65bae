"""What is public about satisfaction: services whose applicants are asked, and their months. Read the projections."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from livinglab.surveys.domain.elements import ELEMENTS, Element
from livinglab.surveys.domain.results import Count, Result, result
from livinglab.surveys.domain.scoring import STARTS, Band, Score, Tally
from livinglab.surveys.models import SatisfactionFigure, SurveyedService

__all__ = [
    "ELEMENTS",
    "STARTS",
    "Band",
    "Element",
    "Month",
    "Result",
    "Score",
    "SurveyedService",
    "find_service",
    "grouped",
    "months_of",
    "result_of",
    "services_of",
]

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Month:
    """What was counted of those first asked in one month about one step of one version."""

    service_id: UUID
    version: str
    step: str
    month: date
    counted: Count

    @property
    def year(self) -> int:
        """The calendar year, the period of which the regulation wants a survey."""
        return self.month.year


def services_of(organization_id: UUID, *, with_synthetic: bool) -> list[SurveyedService]:
    """This function will return the services of an organisation whose applicants are asked, by name. One query."""
    found = SurveyedService.objects.filter(organization_id=organization_id)
    if not with_synthetic:
        found = found.filter(is_synthetic=False)
    return list(found.order_by("name_id", "package"))


def find_service(organization_id: UUID, service_id: UUID, *, with_synthetic: bool) -> SurveyedService | None:
    """This function will return one service whose applicants are asked, None when there is none. One query."""
    found = SurveyedService.objects.filter(organization_id=organization_id, service_id=service_id).first()
    return found if found is None or with_synthetic or not found.is_synthetic else None


def months_of(services: Iterable[SurveyedService]) -> list[Month]:
    """This function will return the months of services, oldest first. One query."""
    found = SatisfactionFigure.objects.filter(service__in=[one.id for one in services])
    return [
        Month(
            service_id=row.service.service_id,
            version=row.version,
            step=row.step,
            month=row.month,
            counted=Count(
                row.asked,
                Tally(row.answered, tuple(getattr(row, one.lower()) for one in ELEMENTS)),
                row.squares,
            ),
        )
        for row in found.select_related("service").order_by("month", "version", "step")
    ]


def result_of(months: Iterable[Month]) -> Result:
    """This function will return what may be shown of some months taken together."""
    return result(sum((one.counted for one in months), Count()))


def grouped(months: Iterable[Month], key: Callable[[Month], K]) -> dict[K, Result]:
    """This function will return what may be shown of each group of months, in the order in which groups begin."""
    groups: dict[K, list[Month]] = {}
    for one in months:
        groups.setdefault(key(one), []).append(one)
    return {name: result_of(some) for name, some in groups.items()}
