"""A region that opens data and publishes rules on request, and the people who work on it. All of it is made up."""

from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, Publication, Service, Task
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.kit import AT, REGION, coordinator, done, home
from tests.organizations.people import make_member, signed_in
from tests.releases.kit import files_of, zipped

LIST: Final = f"/regions/{REGION}/publications/"
#: who asked; no page for everybody may show it
NAME: Final = "Pemohon Rahasia Contoh"
EMAIL: Final = "pemohon@contoh.example"
CSV: Final = b"sekolah,murid\nSD Contoh 1,120\nSD Contoh 2,98\n"
DATA: Final[dict[str, object]] = {
    "title": "Jumlah murid sekolah dasar",
    "description": "Jumlah murid menurut kelas di setiap sekolah dasar.",
    "keeper": "Dinas Pendidikan Contoh",
    "licence": "cc_by_4",
    "from_year": "2022",
    "until_year": "2025",
    "frequency": "year",
    "holds": "file",
}
LINKED: Final[dict[str, object]] = {
    **{key: value for key, value in DATA.items() if not key.endswith("year")},
    "from_year": 2022,
    "until_year": 2025,
    "holds": "link",
    "link": "https://data.contoh.example/murid",
}
RULE: Final[dict[str, object]] = {
    "title": "Peraturan Daerah Contoh Nomor 5 Tahun 2019 tentang Retribusi Pasar",
    "description": "Mengatur retribusi pelayanan pasar bagi pedagang sejak 2019.",
    "keeper": "Bagian Hukum Contoh",
    "document_type": "perda",
    "document_number": "5",
    "document_year": 2019,
    "status": "repealed",
    "related": "Peraturan Daerah Contoh Nomor 2 Tahun 2024",
    "holds": "link",
    "link": "https://jdih.contoh.example/5-2019",
}
_OFFICIAL: Final = {"name": "Pejabat Contoh", "rank": "", "number": ""}
_PARAMETERS: Final = {
    "letterhead": {"lines": ["Pemerintah Kabupaten Contoh"]},
    "steward_name": "Dinas Kominfo Contoh",
    "portal_name": "Portal Contoh",
    "head_of_steward": _OFFICIAL,
    "bureau_name": "Bagian Hukum Contoh",
    "site_name": "JDIH Contoh",
    "head_of_bureau": _OFFICIAL,
    "lapse_days": 30,
}
_ASKED: Final = {
    "data-terbuka": {
        "full_name": NAME,
        "email": EMAIL,
        "kind": "student",
        "subject": "Jumlah murid per sekolah",
        "description": "Jumlah murid menurut kelas di setiap sekolah dasar.",
        "level": "site",
        "first_year": 2022,
        "last_year": 2025,
        "format": "csv",
        "purpose": "Tugas akhir tentang pemerataan sekolah.",
        "publish": True,
    },
    "dokumen-hukum": {
        "full_name": NAME,
        "email": EMAIL,
        "need": "copy",
        "level": "region",
        "kind": "perda",
        "subject": "Retribusi pelayanan pasar.",
        "purpose": "own",
        "readable": "usual",
    },
}


def running(package: str) -> Service:
    """Return the service as the region runs it."""
    own = zipped(files_of(package, home()))
    names = {one for one in _PARAMETERS if one in files_of(package, home())["package.yaml"].decode()}
    parameters = {key: value for key, value in _PARAMETERS.items() if key in names}
    return services.put_to_work(
        organization=home(), content=own, parameters=parameters, places={}, by=None, at=AT
    )


def officer(name: str) -> User:
    """Return somebody who works in every office of the region."""
    found = User.objects.filter(email=f"{name}@uji.example").first()
    if found is not None:
        return found
    user = make_member(name, Role.AGENCY_OFFICER, REGION)
    for kind in (SeatKind.AGENCY, SeatKind.SIGNER):
        services.give_seat(organization=home(), user_id=user.id, kind=kind, by=coordinator(), at=AT)
    return user


def asked(package: str, service: Service | None = None) -> Case:
    """Return a request that has just arrived."""
    service = service or running(package)
    _draft, token = drafts.begin(
        organization=home(),
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=AT,
    )
    drafts.save(organization=home(), token=token, answers=_ASKED[package], at=AT)
    return cases.submit(organization=home(), token=token, by=None, at=AT)


def ready_data(service: Service | None = None) -> Case:
    """Return a request whose data is checked and waits to be published."""
    case = asked("data-terbuka", service)
    done(case.id, "search", officer("wali"), result="held", agency="Dinas Pendidikan Contoh")
    metadata = ["concept", "unit", "class", "code", "period", "source"]
    done(case.id, "produce", officer("produsen"), result="ready", metadata=metadata)
    done(case.id, "check", officer("wali"), personal_data=False, small_groups=False, good=True)
    return case


def ready_rule() -> Case:
    """Return a request whose rule is prepared and waits to be published."""
    case = asked("dokumen-hukum")
    done(case.id, "search", officer("jdih"), result="held", title=RULE["title"], status="in_force")
    done(
        case.id,
        "prepare",
        officer("perancang"),
        abstract="Mengatur retribusi pelayanan pasar bagi pedagang.",
        metadata=["heading", "place", "gazette"],
        matches=True,
    )
    return case


def publish_data(*, content: bytes = CSV, name: str = "murid.csv", kind: str = "text/csv") -> Case:
    """Return a case whose data was published with its file, as an officer's browser does it."""
    case = ready_data()
    answer = send(case, content=content, name=name, kind=kind)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return case


def send(
    case: Case, *, content: bytes = CSV, name: str = "murid.csv", kind: str = "text/csv", **other: object
) -> Any:
    """Send the publishing step of data as a browser does, and return the answer."""
    with tenancy(home().id):
        task = Task.objects.get(case_id=case.id)
    page = f"/regions/{REGION}/desk/{task.id}/"
    client: Client = signed_in(officer("wali"))
    said = {**DATA, **other}
    shown = " ".join([*said, "file"])
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(page, {**said, "_shown": shown, "_key": "terbit", "file": file})


def entries() -> list[Publication]:
    """Return every entry of the region, the oldest first."""
    with tenancy(home().id):
        return list(Publication.objects.order_by("published_at", "id"))
