"""A region that runs the permit for advertisements, and a case of it that waits for its money. All of it is made up."""

from datetime import datetime
from typing import Final

from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Bill, Case, OutsideCall, Service
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import AT, done, home, seated
from tests.releases.kit import files_of, zipped

_OFFICIAL: Final = {"name": "Pejabat Contoh", "rank": "", "number": ""}
PARAMETERS: Final = {
    "office_name": "Dinas Contoh",
    "head_of_agency": _OFFICIAL,
    "letterhead": {"lines": ["Pemerintah Kabupaten Contoh"]},
    "rate": 25000,
    "largest": 50,
    "days_to_pay": 14,
}
ANSWERS: Final = {
    "business_name": "Toko Contoh",
    "nib": "9999000000001",
    "contact": "Warga Contoh",
    "kind": "board",
    "content": "Toko Contoh buka",
    "width": 4,
    "height": 2,
    "months": 6,
    "village": "32.11.01.2001",
    "site": "Jalan Contoh 5",
    "on_public_land": False,
    "owner_agrees": True,
    "truth": True,
}
#: width × height × months × rate
AMOUNT: Final = 4 * 2 * 6 * 25000


def permits(**texts: str) -> Service:
    """Return the service as the region runs it."""
    return services.put_to_work(
        organization=home(),
        content=zipped(files_of("reklame", home(), **texts)),
        parameters=PARAMETERS,
        places={},
        by=None,
        at=AT,
    )


def applied(service: Service, *, at: datetime = AT) -> tuple[Case, str]:
    """Return a case that has just arrived, and its secret address."""
    _draft, token = drafts.begin(
        organization=home(),
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=at,
    )
    drafts.save(organization=home(), token=token, answers=ANSWERS, at=at)
    return cases.submit(organization=home(), token=token, by=None, at=at), token


def billed(service: Service, *, at: datetime = AT) -> tuple[Case, str]:
    """Return a case that three agencies agreed to, so that its applicant owes money."""
    case, token = applied(service, at=at)
    agency = seated("dinas", SeatKind.AGENCY)
    inspector = seated("pemeriksa", SeatKind.INSPECTOR)
    done(case.id, "check", agency, at=at, result="complete")
    done(case.id, "works_review", inspector, at=at, agreed=True)
    done(case.id, "revenue_review", agency, at=at, agreed=True)
    done(case.id, "order_review", agency, at=at, agreed=True)
    return found(case), token


def found(case: Case) -> Case:
    """Return the case as it stands now."""
    with tenancy(home().id):
        return Case.objects.get(id=case.id)


def calls(case: Case) -> list[OutsideCall]:
    """Return what the case asked systems outside, in order."""
    with tenancy(home().id):
        return list(OutsideCall.objects.filter(case_id=case.id).order_by("made_at", "id"))


def bills(case: Case) -> list[Bill]:
    """Return what the case asked to be paid, in order."""
    with tenancy(home().id):
        return list(Bill.objects.filter(case_id=case.id).order_by("made_at", "id"))
