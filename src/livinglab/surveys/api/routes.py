"""Satisfaction in the public API: the same figures as the pages, and nothing below the minimum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Organization, codes_like, find_organization
from livinglab.surveys.queries.results import (
    Month,
    Result,
    SurveyedService,
    find_service,
    grouped,
    months_of,
    result_of,
    services_of,
)
from livinglab.ui.api.lists import DecimalText, decimal_text

router = Router(tags=["satisfaction"])


class SatisfactionResult(Schema):
    """What applicants answered, by PermenPANRB 14/2017. Figures are null while fewer answered than are needed."""

    asked: int = Field(description="Applicants who got a link.")
    answered: int = Field(description="Of these, who answered.")
    required: int = Field(description="Answers needed before figures are shown (Krejcie and Morgan 1970).")
    index: DecimalText | None = Field(description="From 25.00 to 100.00.", examples=["88.31"])
    band: str | None = Field(description="A, B, C or D.", examples=["A"])
    margin: DecimalText | None = Field(description="Half-width of the 95 % interval, in points of the index.")
    means: dict[str, DecimalText] | None = Field(
        description="Mean of each element U1 to U9, from 1.00 to 4.00."
    )


class SatisfactionItem(Schema):
    """A service whose applicants are asked."""

    service: UUID
    package: str = Field(description="Publisher and package that it runs.", examples=["32.11/sktm"])
    name_id: str
    name_en: str
    is_synthetic: bool = Field(description="Invented for a demonstration.")
    result: SatisfactionResult = Field(description="Of all years and versions together.")


class SatisfactionGroup(Schema):
    """The result of one year, version or step of the process."""

    name: str = Field(examples=["2026"])
    result: SatisfactionResult


class SatisfactionAnswer(SatisfactionItem):
    """A service with its results by calendar year, by version and by step of the process."""

    years: list[SatisfactionGroup]
    versions: list[SatisfactionGroup]
    steps: list[SatisfactionGroup]


@router.get(
    "/regions/{code}/satisfaction",
    response=list[SatisfactionItem],
    summary="How satisfied applicants are with a region's services",
)
def list_satisfaction(request: HttpRequest, code: str) -> Any:
    """The services that the region runs and whose applicants are asked, each with its result."""
    services = services_of(_organization(code).id, with_synthetic=settings.DEMO)
    months = months_of(services)
    return [_item(one, [month for month in months if month.service_id == one.service_id]) for one in services]


@router.get(
    "/regions/{code}/satisfaction/{service_id}",
    response=SatisfactionAnswer,
    summary="How satisfied applicants are with one service",
)
def get_satisfaction(request: HttpRequest, code: str, service_id: UUID) -> Any:
    """The result of one service by year, version and step of the process at which applicants were asked."""
    organization = _organization(code)
    service = find_service(organization.id, service_id, with_synthetic=settings.DEMO)
    if service is None:
        known = [
            Known(str(one.service_id), one.name_id)
            for one in services_of(organization.id, with_synthetic=settings.DEMO)
        ]
        raise UnknownValue(_("service"), str(service_id), known, status=404)
    months = months_of([service])
    return {
        **_item(service, months),
        "years": _groups(grouped(months, lambda month: str(month.year)).items()),
        "versions": _groups(grouped(months, lambda month: month.version).items()),
        "steps": _groups(grouped(months, lambda month: month.step).items()),
    }


def _item(service: SurveyedService, months: list[Month]) -> dict[str, object]:
    return {
        "service": service.service_id,
        "package": service.package,
        "name_id": service.name_id,
        "name_en": service.name_en,
        "is_synthetic": service.is_synthetic,
        "result": _result(result_of(months)),
    }


def _groups(found: Iterable[tuple[str, Result]]) -> list[dict[str, object]]:
    return [{"name": name, "result": _result(one)} for name, one in found]


def _result(one: Result) -> dict[str, object]:
    score = one.score
    return {
        "asked": one.asked,
        "answered": one.n,
        "required": one.required,
        "index": decimal_text(score.index) if score else None,
        "band": score.band.value if score else None,
        "margin": decimal_text(one.margin),
        "means": {key.value: decimal_text(mean) for key, mean in score.means.items()} if score else None,
    }


def _organization(code: str) -> Organization:
    found = find_organization(code)
    if found is None:
        known = [
            Known(one.code, one.name, reverse("surveys:services", args=[one.code]))
            for one in codes_like(code)
        ]
        raise UnknownValue(_("region"), code, known, status=404)
    return found
