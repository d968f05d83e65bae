"""How services do, in the public API: the same figures as the pages, and nothing that tells people apart."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from livinglab.casework.models import OfferedService
from livinglab.casework.queries.figures import months_of
from livinglab.casework.queries.offered import find_offered, offered
from livinglab.casework.queries.performance import Shown, Year, years_of
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.ui.api.lists import DecimalText, decimal_text

router = Router(tags=["services in use"])


class PerformanceCount(Schema):
    """Applications of a year, month or version. Null: fewer than five people, or too few for a share or duration."""

    arrived: int | None = Field(description="Applications that were sent.")
    done: int | None = Field(description="Applications that ended, without those withdrawn.")
    kept: DecimalText | None = Field(
        description="Share of one that kept the service standard; from ten on.", examples=["0.9700"]
    )
    days_p50: int | None = Field(description="Half took at most so many days, as the standard counts them.")
    days_p95: int | None = Field(description="95 of 100 took at most so many days.")
    calendar_p50: DecimalText | None = Field(description="The same in days by the clock, pauses included.")
    calendar_p95: DecimalText | None = Field(description="The same in days by the clock, pauses included.")


class PerformancePart(PerformanceCount):
    """A month or a version with its applications."""

    name: str = Field(examples=["2026-11"])


class PerformanceYear(PerformanceCount):
    """A calendar year of a service."""

    year: int
    outcomes: dict[str, int | None] = Field(
        description="Applications by how they ended: granted, refused, lapsed, withdrawn, handed_over."
    )
    months: list[PerformancePart]
    versions: list[PerformancePart]


class PerformanceAnswer(Schema):
    """A service that a region runs, with its years, the newest first."""

    region: str = Field(examples=["32.11"])
    package: str = Field(description="Publisher and package that it runs.", examples=["32.11/sktm"])
    name_id: str
    name_en: str
    standard_days: int = Field(description="The promised duration.")
    standard_calendar: str = Field(description="How its days are counted: working or calendar.")
    is_synthetic: bool = Field(description="Invented for a demonstration.")
    years: list[PerformanceYear]


@router.get(
    "/regions/{code}/performance/{package}",
    response=PerformanceAnswer,
    summary="How long a region's service takes and how often it keeps its standard",
)
def get_performance(request: HttpRequest, code: str, package: str) -> Any:
    """Applications of one service by year, month and version; of several publishers the newest service."""
    one = find_offered(code, package)
    if one is None:
        known = [_known(each) for each in offered(region=code)]
        raise UnknownValue(_("service"), package, known, status=404)
    return {
        "region": one.organization.code,
        "package": f"{one.publisher}/{one.package}",
        "name_id": one.name_id,
        "name_en": one.name_en,
        "standard_days": one.days,
        "standard_calendar": one.calendar,
        "is_synthetic": one.is_synthetic,
        "years": [_year(each) for each in years_of(months_of(one.service_id)).values()],
    }


def _known(one: OfferedService) -> Known:
    code = one.organization.code
    return Known(one.package, one.name_id, reverse("casework:performance", args=[code, one.package]))


def _year(one: Year) -> dict[str, object]:
    return {
        "year": one.year,
        **_count(one.whole),
        "outcomes": {outcome.value: count for outcome, count in one.outcomes.items()},
        "months": [{"name": f"{month:%Y-%m}", **_count(part)} for month, part in one.months.items()],
        "versions": [{"name": version, **_count(part)} for version, part in one.versions.items()],
    }


def _count(one: Shown) -> dict[str, object]:
    took = one.durations
    return {
        "arrived": one.arrived,
        "done": one.done,
        "kept": decimal_text(one.kept),
        "days_p50": took.days if took else None,
        "days_p95": took.days_of_most if took else None,
        "calendar_p50": decimal_text(took.calendar if took else None),
        "calendar_p95": decimal_text(took.calendar_of_most if took else None),
    }
