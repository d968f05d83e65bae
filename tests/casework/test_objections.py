"""Whoever was refused and may object reads so: why, until when, what to press; a correction keeps its words."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, Step
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import REGION, done, home, seated
from tests.casework.test_pages import text
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.django_db
REQUEST = {
    "full_name": "Warga Contoh",
    "subject": "Salinan laporan anggaran jalan desa.",
    "purpose": "study",
    "copy": "file",
}
WHY = "Laporan memuat data pribadi penerima."


def asked_for_information() -> tuple[Case, str]:
    """Return a request for information that has just arrived, and its address."""
    now = clock.now()
    service = services.put_to_work(
        organization=home(),
        content=zipped(files_of("informasi-publik", home())),
        parameters={
            "office_name": "Dinas Contoh",
            "head_of_office": {"name": "Pejabat Contoh", "rank": "", "number": ""},
            "letterhead": {"lines": ["Pemerintah Contoh"]},
        },
        places={},
        by=None,
        at=now,
    )
    _draft, token = drafts.begin(
        organization=home(),
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=now,
    )
    drafts.save(organization=home(), token=token, answers=REQUEST, at=now)
    case = cases.submit(organization=home(), token=token, by=None, at=now)
    return case, f"/applications/{REGION}/{token}/"


def refused() -> tuple[Case, str]:
    case, address = asked_for_information()
    now, officer = clock.now(), seated("ppid", SeatKind.AGENCY)
    done(case.id, "register", officer, at=now, result="complete")
    done(case.id, "answer", officer, at=now, finding="exempt", answer_text=WHY, article="h")
    head = seated("atasan", SeatKind.SIGNER)
    return done(case.id, "approve", head, at=now, approved=True), address


@pytest.mark.parametrize(
    ("language", "says", "button", "title", "send", "arrived", "history"),
    [
        (
            "id",
            "Permohonan Anda ditolak. Anda dapat mengajukan keberatan hingga",
            "Ajukan keberatan",
            "Ajukan keberatan atas penolakan",
            "Kirim keberatan",
            "Keberatan Anda sudah masuk.",
            "mengajukan keberatan",
        ),
        (
            "en",
            "Your application was refused. You may object until",
            "Object",
            "Object to the refusal",
            "Send the objection",
            "Your objection arrived.",
            "Applicant: objected",
        ),
    ],
)
def test_a_refused_applicant_reads_why_and_until_when_and_objects(
    client: Client, language: str, says: str, button: str, title: str, send: str, arrived: str, history: str
) -> None:
    _case, address = refused()
    address = f"/en{address}" if language == "en" else address
    page = text(client.get(address))
    assert says in page
    assert f'href="{address}correct/"' in page
    assert f">{button}</a>" in page
    assert page.index(WHY) < page.index(f">{button}</a>")  # why, before what to do
    form = text(client.get(f"{address}correct/"))
    assert f"<h1>{title}</h1>" in form
    assert WHY in form
    assert send in form
    for other in (
        "Complete your application",
        "Lengkapi permohonan Anda",
        "Answer the office</a>",
        "Jawab kantor",
    ):
        assert other not in page + form
    shown = re.search(r'name="_shown" value="([^"]*)"', form)
    assert shown is not None
    typed = {**REQUEST, "_key": "k", "_shown": shown[1], "remarks": "Saya hanya meminta angkanya."}
    assert client.post(f"{address}correct/", typed)["Location"] == address
    page = text(client.get(address))
    assert arrived in page
    assert history in page
    assert says not in page


def test_a_correction_keeps_its_words(client: Client) -> None:
    case, address = asked_for_information()
    done(
        case.id,
        "register",
        seated("ppid", SeatKind.AGENCY),
        at=clock.now(),
        result="incomplete",
        reason="Tahun berapa?",
    )
    page = text(client.get(address))
    assert "Jawab kantor" in page
    assert "eberatan atas penolakan" not in page
    assert "<h1>Lengkapi permohonan Anda</h1>" in text(client.get(f"{address}correct/"))


def test_a_program_reads_that_an_objection_is_awaited(client: Client) -> None:
    _case, address = refused()
    token = address.split("/")[3]
    here, bearer = f"/api/v1/regions/{REGION}/application", {"authorization": f"Bearer {token}"}
    case = client.get(here, headers=bearer).json()["case"]
    assert (case["is_asked"], case["may_object"]) == (True, True)
    assert case["waits"][0]["step"]["en"] == "Object to the refusal"
    assert "was refused. An objection can be made until" in case["finding"]["en"]


def test_who_lets_the_time_pass_stays_refused() -> None:
    case, _address = refused()
    cases.ring(organization=home(), case_id=case.id, at=clock.now() + timedelta(days=90))
    with tenancy(home().id):
        assert Case.objects.get(id=case.id).outcome == "refused"
        assert not Step.objects.filter(what="answered").exists()
