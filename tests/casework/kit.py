"""A region that runs the letter of hardship in two villages, and the people who work there. All of it is made up."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, Service
from livinglab.casework.operations import cases, drafts, services
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.organizations.people import make_member, organization
from tests.releases.kit import files_of, zipped

#: a Monday, ten in the morning in western Indonesia
AT: Final = datetime(2026, 11, 2, 3, tzinfo=UTC)
REGION: Final = "32.11"
VILLAGE: Final = "32.11.01.2001"
NEIGHBOUR: Final = "32.11.01.2002"
PARAMETERS: Final = {
    "office_name": "Kantor Desa Contoh",
    "head_of_village": {"name": "Pejabat Contoh", "rank": "", "number": ""},
    "letterhead": {"lines": ["Pemerintah Desa Contoh"]},
    "agency_name": "Dinas Sosial",
    "income_limit": 600000,
    "valid_months": 6,
    "lapse_days": 7,
}
ANSWERS: Final = {
    "full_name": "Warga Contoh",
    "nik": "9999010101900001",
    "village": VILLAGE,
    "address": "Jalan Contoh 1",
    "purpose": "school",
    "members": 4,
    "income": 1600000,
    "truth": True,
    "school": "SMP Contoh",
}


def home() -> Organization:
    return organization(REGION)


def coordinator() -> User:
    found = User.objects.filter(email="kasus-sekda@uji.example").first()
    return found or make_member("kasus-sekda", Role.COORDINATOR, REGION)


def running(**texts: str) -> Service:
    """Return the service as the region runs it: with other texts, as its next version."""
    content = zipped(files_of("sktm", home(), **texts))
    places: dict[str, dict[str, object]] = {VILLAGE: {}, NEIGHBOUR: {"office_name": "Kantor Desa Sebelah"}}
    return services.put_to_work(
        organization=home(), content=content, parameters=PARAMETERS, places=places, by=None, at=AT
    )


def seated(name: str, kind: SeatKind, *unit_codes: str) -> User:
    """Return somebody who works in the lanes of a kind: in the village, and everywhere where that is no village's."""
    user = make_member(name, Role.VILLAGE_OPERATOR, REGION)
    usual = {SeatKind.VILLAGE: (VILLAGE,), SeatKind.SIGNER: (VILLAGE, "")}
    for unit_code in unit_codes or usual.get(kind, ("",)):
        services.give_seat(
            organization=home(), user_id=user.id, kind=kind, unit_code=unit_code, by=coordinator(), at=AT
        )
    return user


def begun(service: Service, *, at: datetime = AT, **answers: object) -> str:
    """Return the secret address of a form that is filled in."""
    _draft, token = drafts.begin(
        organization=home(),
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=at,
    )
    drafts.save(organization=home(), token=token, answers={**ANSWERS, **answers}, at=at)
    return token


def arrived(service: Service, *, at: datetime = AT, **answers: object) -> Case:
    """Return a case that has just arrived."""
    return cases.submit(organization=home(), token=begun(service, at=at, **answers), by=None, at=at)


def done(case_id: UUID, task: str, by: User, *, key: str = "", at: datetime = AT, **answers: object) -> Case:
    """Return a case after somebody did a task."""
    return cases.complete(
        organization=home(), case_id=case_id, task=task, answers=answers, key=key or f"{task}", by=by, at=at
    )
