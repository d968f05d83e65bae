"""A region where something ended well or badly, is paid for, could not be told, or goes on under an older version.

All of it is made up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.test import override_settings

from livinglab.accounts.models import User
from livinglab.casework.domain.contacts import Contact, Way
from livinglab.casework.domain.deliveries import DeliveryState, Obstacle
from livinglab.casework.domain.outside import CallState, Fault, OutsideKind
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Bill, Case, Delivery, Message, OutsideCall, Paper, Service
from livinglab.casework.operations import cases, drafts, erasing, papers, revoking, services
from livinglab.casework.operations.papers import Signature
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Area, Organization
from livinglab.organizations.queries import Role, find_organization
from livinglab.signatures.operations import certificates
from tests.casework import billing, kit
from tests.organizations.people import make_member
from tests.releases.kit import files_of, raised, zipped

_PASSPHRASE: Final = "kata kunci rahasia 71"


@dataclass(frozen=True, slots=True)
class Corner:
    """Where the story is told: secrets of applications by what became of them, and who answers for the services.

    `number` is that of the application which was granted; its document was revoked.
    """

    region: str
    coordinator: str
    refused: str
    over: str
    asked: str
    billed: str
    form: str
    granted: str
    number: str


def corner(region: str, password: str) -> Callable[[], Corner]:
    """This function will return what lays the ground in a region that no other story knows."""

    def act() -> Corner:
        home, at = find_organization(region), clock.now()
        assert home is not None
        village = f"{region}.01.2001"
        Area.objects.get_or_create(
            code=village,
            defaults={
                "name": "Desa Contoh",
                "kind": "village",
                "parent_code": village[:8],
                "region_code": region,
            },
        )
        people = _people(home, password, village, at)
        letter = _works(home, files_of("sktm", home), kit.PARAMETERS, {village: {}}, at)
        answers = {**kit.ANSWERS, "village": village}
        secrets = [_refused(home, letter, answers, people["desa"], at) for _nth in range(3)]
        erasing.ask(organization=home, case_id=secrets[2][0].id, by=None, at=at)
        granted, secret = _granted(home, letter, answers, people, at)
        _went_wrong(home, granted, at)
        _sent(home, letter, answers, at)  # it goes on under the first version
        _works(home, raised(files_of("sktm", home), "9.0.0"), kit.PARAMETERS, {village: {}}, at)
        permit = _works(home, files_of("reklame", home), billing.PARAMETERS, {}, at)
        _draft, form = _begun(home, letter, {**answers, "purpose": "other", "school": None}, at)
        return Corner(
            region=region,
            coordinator=people["sekda"].email,
            refused=secrets[0][1],
            over=secrets[1][1],
            asked=secrets[2][1],
            billed=_billed(home, permit, {**billing.ANSWERS, "village": village}, people, at),
            form=form,
            granted=secret,
            number=granted.number,
        )

    return act


def _people(home: Organization, password: str, village: str, at: datetime) -> dict[str, User]:
    mark = home.code.replace(".", "-")
    chief = make_member(f"sekda-{mark}", Role.COORDINATOR, home.code)
    chief.set_password(password)
    chief.save()
    found = {"sekda": chief}
    for name, kind, unit_code in (
        ("desa", SeatKind.VILLAGE, village),
        ("dinas", SeatKind.AGENCY, ""),
        ("pemeriksa", SeatKind.INSPECTOR, ""),
        ("kades", SeatKind.SIGNER, village),
        ("sekda", SeatKind.VILLAGE, village),
    ):
        if name not in found:
            found[name] = make_member(f"{name}-{mark}", Role.VILLAGE_OPERATOR, home.code)
        services.give_seat(
            organization=home, user_id=found[name].id, kind=kind, unit_code=unit_code, by=chief, at=at
        )
    return found


def _works(
    home: Organization,
    files: dict[str, bytes],
    parameters: Mapping[str, object],
    places: Mapping[str, Mapping[str, object]],
    at: datetime,
) -> Service:
    return services.put_to_work(
        organization=home,
        content=zipped(files),
        parameters=parameters,
        places=places,
        by=None,
        at=at,
        is_synthetic=True,
    )


def _begun(
    home: Organization, service: Service, answers: Mapping[str, object], at: datetime
) -> tuple[Any, str]:
    draft, token = drafts.begin(
        organization=home,
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=at,
    )
    drafts.save(organization=home, token=token, answers=answers, at=at)
    return draft, token


def _sent(
    home: Organization, service: Service, answers: Mapping[str, object], at: datetime
) -> tuple[Case, str]:
    _draft, token = _begun(home, service, answers, at)
    contact = Contact(email="warga@uji.example")
    return cases.submit(organization=home, token=token, contact=contact, by=None, at=at), token


def _refused(
    home: Organization, service: Service, answers: Mapping[str, object], by: User, at: datetime
) -> tuple[Case, str]:
    case, token = _sent(home, service, answers, at)
    _done(home, case, "check", by, at, result="wrong", reason="Alamat di daerah lain.")
    return case, token


def _granted(
    home: Organization,
    service: Service,
    answers: Mapping[str, object],
    people: Mapping[str, User],
    at: datetime,
) -> tuple[Case, str]:
    """Return a case whose letter was signed, and revoked afterwards."""
    case, token = _sent(home, service, answers, at)
    _done(home, case, "check", people["desa"], at, result="complete")
    _done(home, case, "approve", people["kades"], at, approved=True)
    with tenancy(home.id):
        paper = Paper.objects.get(case_id=case.id)
    with TemporaryDirectory() as place, override_settings(AUTHORITY_DIR=Path(place) / "authority"):
        certificates.issue(
            organization=home,
            user_id=people["kades"].id,
            name="Pejabat Contoh",
            position="Kepala Desa Contoh",
            passphrase=_PASSPHRASE,
            by=people["sekda"],
            at=at,
        )
        signature = Signature(origin="https://layanan.example.go.id", passphrase=_PASSPHRASE)
        papers.sign_paper(
            organization=home, paper_id=paper.id, signature=signature, by=people["kades"], at=at
        )
    revoking.revoke(
        organization=home, paper_id=paper.id, reason="Tanggal lahir salah.", by=people["sekda"], at=at
    )
    return case, token


def _went_wrong(home: Organization, case: Case, at: datetime) -> None:
    """Leave a message that nobody took, a question that nobody answered, and money that moved nothing.

    Written at once and without a job: a worker of the site would go on with what waits.
    """
    here: dict[str, Any] = {"organization_id": home.id, "case_id": case.id}
    with tenancy(home.id):
        message = Message.objects.filter(case_id=case.id).earliest("nth")
        Delivery.objects.create(
            **here,
            message=message,
            way=Way.WHATSAPP,
            state=DeliveryState.FAILED,
            obstacle=Obstacle.SILENT,
            tries=7,
            tries_at=at,
            made_at=at,
        )
        for place, state, fault in (
            (901, CallState.FAILED, Fault.SILENT),
            (902, CallState.DEAD, Fault.NOT_NEEDED),
        ):
            OutsideCall.objects.create(
                **here,
                kind=OutsideKind.WELFARE,
                place=place,
                digest="",
                state=state,
                fault=fault,
                tries=7,
                tries_at=at,
                made_at=at,
            )
        Bill.objects.create(**here, place=903, amount=150_000, made_at=at, paid_at=at, reference="UJI-2026-1")


def _billed(
    home: Organization,
    service: Service,
    answers: Mapping[str, object],
    people: Mapping[str, User],
    at: datetime,
) -> str:
    case, token = _sent(home, service, answers, at)
    _done(home, case, "check", people["dinas"], at, result="complete")
    _done(home, case, "works_review", people["pemeriksa"], at, agreed=True)
    _done(home, case, "revenue_review", people["dinas"], at, agreed=True)
    _done(home, case, "order_review", people["dinas"], at, agreed=True)
    return token


def _done(home: Organization, case: Case, task: str, by: User, at: datetime, **answers: object) -> None:
    cases.complete(organization=home, case_id=case.id, task=task, answers=answers, key=task, by=by, at=at)
