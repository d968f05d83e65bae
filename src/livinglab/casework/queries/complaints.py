"""Reads of complaints for programs of other makers."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from livinglab.casework.domain.complaints import FUNCTION, TOPIC
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Case, OfferedService
from livinglab.kernel.kept_queries import ALL, KeptModels
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.package import Package
from livinglab.packages.queries import cases


def complaint_services(organization_id: UUID) -> tuple[OfferedService, ...]:
    """This function will return by which services a region took or takes complaints, the newest first. One query."""
    return tuple(_SERVICES.read(organization_id))


_SERVICES: Final = KeptModels(
    lambda organization_id: OfferedService.objects.filter(
        organization_id=organization_id, functions__contains=[FUNCTION]
    ).order_by("-id"),
    UUID(int=1),
    model=OfferedService,
    parts={"": ALL, "organization": ALL},
)


def complaint_service_about(organization_id: UUID, service_id: UUID) -> OfferedService | None:
    """This function will return the newest service by which complaints about another service are taken now. One query.

    None without one, and where the service takes complaints itself: nobody complains about a complaint.
    """
    services = complaint_services(organization_id)
    if service_id in {one.service_id for one in services}:
        return None
    return next((one for one in services if one.state == ServiceState.OPEN), None)


def public_complaints(
    organization_id: UUID, service_ids: Collection[UUID], *, since: datetime, until: datetime
) -> "QuerySet[Case]":
    """This function will return the complaints of a span whose reporters let everybody see them, the newest first."""
    rows = _complaints(organization_id, service_ids).filter(state__answers__publish=True)
    return rows.filter(started_at__gte=since, started_at__lte=until).order_by("-started_at", "-id")


def complaints_named(
    organization_id: UUID, service_ids: Collection[UUID], case_ids: Collection[UUID]
) -> "QuerySet[Case]":
    """This function will return complaints by identifiers that nobody can guess, the newest first."""
    rows = _complaints(organization_id, service_ids)
    return rows.filter(id__in=case_ids).order_by("-started_at", "-id")


def _complaints(organization_id: UUID, service_ids: Collection[UUID]) -> "QuerySet[Case]":
    rows = Case.objects.select_related("version").defer("version__content")
    return rows.filter(organization_id=organization_id, service_id__in=service_ids, forgotten_at__isnull=True)


def asked_about(package: Package, topic: str, *, at: datetime) -> tuple[Field, ...]:
    """This function will return the questions that may be asked of a complaint about a topic, in order.

    Every question that is answered by yes or no is taken for answered with yes.
    """
    form = package.form
    yes = {one.id: True for one in form.fields.values() if one.type is FieldType.YES_NO}
    runs = cases.runner(package)
    parameters = runs.parameters({})
    return runs.asked({**yes, TOPIC: topic}, parameters=parameters, at=at).fields
