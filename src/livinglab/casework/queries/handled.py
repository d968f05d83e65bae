"""What happened to real cases that came to their end: counts, for proofs and records of adoptions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Trim, Upper

from livinglab.casework.domain.complaints import APPLICATION, names_applications
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Case, ServiceVersion
from livinglab.casework.queries.complaints import complaint_services
from livinglab.casework.queries.running import package_of
from livinglab.packages.domain.process import Outcome

#: the standard was kept, also before the case was opened again
_KEPT: Final = Q(is_late=False) & (Q(reopening__isnull=True) | Q(reopening__was_late=False))


@dataclass(frozen=True, slots=True)
class Handled:
    """Counts of one version of a service: cases that ended, and of these those that kept the service standard.

    `heard` ended while the region took complaints that name an application; `complained` of them were named in one.
    """

    service_id: UUID
    publisher: str
    package: str
    version: str
    cases: int
    kept: int
    heard: int
    complained: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """From when until when a service took complaints that can name an application; without an end it still does."""

    service_id: UUID
    since: datetime
    until: datetime | None = None


def handled(organization_id: UUID) -> tuple[Handled, ...]:
    """This function will count what an organisation handled, by service and version of its package.

    Made-up cases never count, nor do those that their applicants withdrew. Call it inside the organisation. Four
    queries at most, and one more for each version of its complaint services that is not read yet.
    """
    ended = _ended(organization_id)
    complaints = _complaints(organization_id, ended)
    counted = ended.values(
        "service_id", "service__publisher", "service__package", "version__release"
    ).annotate(of=Count("id"), kept=Count("id", filter=_KEPT))
    found = []
    for row in counted.order_by("service__publisher", "service__package", "version__release"):
        heard, complained = complaints.get((row["service_id"], row["version__release"]), (0, 0))
        found.append(
            Handled(
                service_id=row["service_id"],
                publisher=row["service__publisher"],
                package=row["service__package"],
                version=row["version__release"],
                cases=row["of"],
                kept=row["kept"],
                heard=heard,
                complained=complained,
            )
        )
    return tuple(found)


def hearings(organization_id: UUID) -> tuple[Hearing, ...]:
    """This function will return when an organisation took complaints that can name an application.

    Call it inside the organisation. A service rests without closing its ear: whoever has a complaint comes back.
    """
    services = [one.service_id for one in complaint_services(organization_id)]
    rows = ServiceVersion.objects.select_related("service").defer("content", "parameters")
    found: list[Hearing] = []
    begun: dict[UUID, datetime] = {}
    for row in rows.filter(organization_id=organization_id, service_id__in=services).order_by("number"):
        if names_applications(package_of(row).form):
            begun.setdefault(row.service_id, row.made_at)
        elif since := begun.pop(row.service_id, None):
            found.append(Hearing(row.service_id, since, row.made_at))
    ends = {
        row.service_id: row.service.changed_at if row.service.state == ServiceState.CLOSED else None
        for row in rows.filter(service_id__in=begun)
    }
    return (*found, *(Hearing(one, since, ends[one]) for one, since in begun.items()))


def _ended(organization_id: UUID) -> "QuerySet[Case]":
    ended = Case.objects.filter(organization_id=organization_id, ended_at__isnull=False, is_synthetic=False)
    return ended.exclude(outcome=Outcome.WITHDRAWN)


def _complaints(organization_id: UUID, ended: "QuerySet[Case]") -> Mapping[tuple[UUID, str], tuple[int, int]]:
    """Return, by service and version, of how many cases one could complain, and of how many somebody did."""
    spans = hearings(organization_id)
    if not spans:
        return {}
    heard = ended.filter(reduce(or_, map(_within, spans)))
    named = Q(number__in=_named(organization_id, {one.service_id for one in spans}))
    counted = heard.values("service_id", "version__release").annotate(
        of=Count("id"), complained=Count("id", filter=named)
    )
    return {
        (row["service_id"], row["version__release"]): (row["of"], row["complained"])
        for row in counted.order_by()
    }


def _within(span: Hearing) -> Q:
    began = Q(ended_at__gte=span.since)
    return began if span.until is None else began & Q(ended_at__lt=span.until)


def _named(organization_id: UUID, services: Collection[UUID]) -> "QuerySet[Case, str]":
    """Return the numbers that complaints name: those that ended and were found right, or are late themselves.

    What was withdrawn, not proven or never made clear names nothing, so that guessed numbers harm nobody; and an office
    that lets a complaint lie does not keep it from being counted.
    """
    stands = Q(outcome__in=[Outcome.GRANTED, Outcome.HANDED_OVER]) | Q(outcome="", is_late=True)
    rows = Case.objects.filter(
        stands,
        organization_id=organization_id,
        service_id__in=services,
        is_synthetic=False,
        **{f"state__answers__{APPLICATION}__isnull": False},
    )
    return rows.values_list(Upper(Trim(KT(f"state__answers__{APPLICATION}"))), flat=True)
