"""The service mall of a region: two places an hour in each field of service, from eight to twelve. All made up."""

from datetime import datetime
from typing import Final
from uuid import UUID

from livinglab.casework.domain.states import Channel
from livinglab.casework.models import Booking, Case, Service
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from tests.casework.kit import AT, home
from tests.releases.kit import files_of, zipped

PARAMETERS: Final = {
    "mall_name": "Mal Contoh",
    "mall_address": "Jalan Contoh 1",
    "opening_hours": "08.00–12.00",
    "places_per_hour": 2,
    "opens": 8,
    "closes": 12,
    "days_ahead": 14,
    "lapse_days": 7,
}
#: Thursday, three days after the Monday of `AT`
DAY: Final = "2026-11-05"
ANSWERS: Final = {
    "agency": "population",
    "need": "Mencetak ulang KTP yang hilang.",
    "visit_on": DAY,
    "slot": "s0900",
    "full_name": "Warga Contoh",
    "assistance": "none",
}


def mall(region: Organization | None = None, **parameters: object) -> Service:
    """Return the mall's service as a region runs it."""
    region = region or home()
    return services.put_to_work(
        organization=region,
        content=zipped(files_of("mpp-janji-temu", region)),
        parameters={**PARAMETERS, **parameters},
        places={},
        by=None,
        at=AT,
    )


def form(
    service: Service, region: Organization | None = None, *, at: datetime = AT, **answers: object
) -> str:
    """Return the secret address of a form that is filled in."""
    region = region or home()
    _draft, token = drafts.begin(
        organization=region,
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=at,
    )
    drafts.save(organization=region, token=token, answers={**ANSWERS, **answers}, at=at)
    return token


def visit(
    service: Service, region: Organization | None = None, *, at: datetime = AT, **answers: object
) -> Case:
    """Return a case of somebody who asked for an hour."""
    token = form(service, region, at=at, **answers)
    return cases.submit(organization=region or home(), token=token, by=None, at=at)


def said(case_id: UUID) -> dict[str, object]:
    """Return what the step that books said of a case, {} where it holds nothing any more."""
    with tenancy(home().id):
        state = Case.objects.get(id=case_id).state
    found: dict[str, object] = state["bookings"].get("place", {})
    return found


def places(region: Organization | None = None) -> list[tuple[str, str, int, int]]:
    """Return the places that are held: counter, day, minute, and which of the hour."""
    with tenancy((region or home()).id):
        rows = Booking.objects.filter(ended_at__isnull=True).order_by("counter", "day", "minute", "nth")
        return [(one.counter, one.day.isoformat(), one.minute, one.nth) for one in rows]
