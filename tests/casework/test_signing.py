"""Documents of cases signed: by a signer's step, several at once, as the process left them, and downloaded."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from pytest_django import Settings

from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Counter, Paper, Step, Task
from livinglab.casework.operations import assigning, papers, services
from livinglab.casework.operations.papers import Signature
from livinglab.config.signing_places import SigningService
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.signatures.domain.verdicts import Level, Verdict
from livinglab.signatures.models import IssuedDocument
from livinglab.signatures.operations import certificates, documents
from livinglab.signatures.queries.examination import examined, trusted_roots
from tests.casework.kit import REGION, VILLAGE, arrived, coordinator, done, home, running, seated
from tests.casework.test_pages import sent
from tests.organizations.people import make_member, organization, signed_in
from tests.releases.kit import files_of
from tests.signatures import bsre_server
from tests.signatures.kit import official

pytestmark = pytest.mark.django_db
DESK = f"/regions/{REGION}/desk/"
MANY = f"{DESK}sign/"
PASSPHRASE = "kata kunci rahasia 71"
YEAR = clock.now().year
TYPED = {"_shown": "approved", "approved": "yes"}


@pytest.fixture(autouse=True)
def _own_authority(settings: Settings, tmp_path: Path) -> None:
    settings.AUTHORITY_DIR = tmp_path / "authority"
    settings.SIGNATURE_ROOTS = ""
    settings.BSRE = None


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, page
    return found[1]


def head(*, days: int = 730, since: int = 0, has_certificate: bool = True) -> User:
    """Return a head of village with a seat, and a certificate that began so many days ago."""
    user = seated("kades", SeatKind.SIGNER, VILLAGE)
    if has_certificate:
        certificates.issue(
            organization=home(),
            user_id=user.id,
            name="Pejabat Contoh",
            position="Kepala Desa Contoh",
            passphrase=PASSPHRASE,
            days=days,
            by=coordinator(),
            at=clock.now() - timedelta(days=since),
        )
    return user


def operator() -> User:
    found = User.objects.filter(email="operator@uji.example").first()
    return found or seated("operator", SeatKind.VILLAGE)


def checked(case_id: object) -> str:
    """Have the village check a case, and return the address of the signer's step."""
    done(case_id, "check", operator(), result="complete", at=clock.now())  # type: ignore[arg-type]
    with tenancy(home().id):
        return f"{DESK}{Task.objects.get(case_id=case_id).id}/"


def at_the_signer() -> tuple[Case, str]:
    case = arrived(running(), at=clock.now())
    return case, checked(case.id)


def stands(case: Case) -> tuple[str, int, int, int, int]:
    """Return where a case waits, and how much was issued in its region."""
    with tenancy(home().id):
        return (
            Task.objects.get(case_id=case.id).node,
            Step.objects.filter(case_id=case.id).count(),
            Paper.objects.count(),
            IssuedDocument.objects.count(),
            Counter.objects.filter(series="SKTM").count(),
        )


def test_a_letter_is_looked_through_signed_downloaded_and_verified(client: Client) -> None:
    running()
    address = sent(client)
    with tenancy(home().id):
        case = Case.objects.get()
    place = checked(case.id)
    signer = signed_in(head())

    assert "sebelum menandatangani" in text(signer.get(place))
    seen = text(signer.post(place, TYPED))
    assert f"SKTM/…/{YEAR}" in seen  # nothing has its number before it is signed
    assert "Warga Contoh" in seen
    assert stands(case)[2:] == (0, 0, 0)
    draft = signer.post(place, {**TYPED, "_pdf": "1"})
    assert draft["Content-Type"] == "application/pdf"
    assert "Rancangan" in pypdf.PdfReader(io.BytesIO(draft.content)).pages[0].extract_text()

    typed = {**TYPED, "_key": hidden(seen, "_key"), "_seal": hidden(seen, "_seal"), "passphrase": PASSPHRASE}
    assert signer.post(place, typed)["Location"] == DESK
    assert "selesai dan ditandatangani" in text(signer.get(DESK))

    status = text(client.get(address))
    assert f'href="{address}papers/1/id.pdf"' in status
    answer = client.get(f"{address}papers/1/id.pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="SKTM-1-{YEAR}-id.pdf"'
    found = examined(answer.content, trusted=trusted_roots(), at=clock.now())
    assert (found.verdict, found.signatures[0].level) == (Verdict.VALID, Level.B_LTA)
    assert found.signatures[0].signer == "Pejabat Contoh"
    code = re.search(r'href="(/verify/[^"]+/)"', status)
    assert code is not None
    assert f"SKTM/1/{YEAR}" in text(client.get(code[1]))
    with tenancy(home().id):
        paper = Paper.objects.get()
    assert (paper.signed_by, paper.signer) == (User.objects.get(email="kades@uji.example").id, "head")


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("salah sama sekali", "Passphrase salah. Tidak ada yang ditandatangani."),
        ("", "Ketik passphrase Anda."),
    ],
)
def test_a_wrong_passphrase_leaves_the_case_where_it_was_and_a_repeat_finishes_it(
    passphrase: str, said: str
) -> None:
    case, place = at_the_signer()
    signer = signed_in(head())
    seen = text(signer.post(place, TYPED))
    before = stands(case)
    typed = {**TYPED, "_key": hidden(seen, "_key"), "_seal": hidden(seen, "_seal")}

    answer = signer.post(place, {**typed, "passphrase": passphrase})

    assert (answer.status_code, stands(case)) == (422, before)
    assert said in text(answer)
    assert passphrase == "" or passphrase not in text(answer)
    assert signer.post(place, {**typed, "passphrase": PASSPHRASE})["Location"] == DESK
    with tenancy(home().id):
        assert Paper.objects.get().number == f"SKTM/1/{YEAR}"  # the try that failed used no number


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ({"has_certificate": False}, "belum memiliki sertifikat"),
        ({"days": 5, "since": 10}, "sudah habis"),
    ],
)
def test_who_cannot_sign_reads_what_to_do_and_the_case_is_untouched(
    certificate: dict[str, int], said: str
) -> None:
    case, place = at_the_signer()
    signer = signed_in(head(**certificate))  # type: ignore[arg-type]
    before = stands(case)
    seen = text(signer.post(place, TYPED))
    assert said in seen
    assert 'name="passphrase"' not in seen
    typed = {**TYPED, "_seal": hidden(seen, "_seal"), "passphrase": PASSPHRASE}
    answer = signer.post(place, typed)
    assert (answer.status_code, stands(case)) == (422, before)
    assert said in text(answer)


def test_with_bsre_the_number_is_asked_for_and_a_service_that_is_away_changes_nothing(
    settings: Settings,
) -> None:
    case, place = at_the_signer()
    signs = head(has_certificate=False)
    with bsre_server.serving(official()) as service:
        settings.BSRE = SigningService(
            url=service.url, user=bsre_server.USER, password=bsre_server.PASSWORD, seconds=10
        )
        certificates.enter(
            organization=home(),
            user_id=signs.id,
            position="Kepala Desa Contoh",
            pem=service.holder.certificate.public_bytes(Encoding.PEM).decode(),
            by=coordinator(),
            at=clock.now(),
        )
        signer = signed_in(signs)
        before = stands(case)
        typed = {**TYPED, "_seal": hidden(text(signer.post(place, TYPED)), "_seal")}
        typed["passphrase"] = bsre_server.PASSPHRASE
        assert "Ketik NIK Anda" in text(signer.post(place, typed))
        typed["nik"] = "9999 0101 0190 0001"
        service.mood = "down"
        away = signer.post(place, typed)
        assert (away.status_code, stands(case)) == (422, before)
        assert "Layanan tanda tangan tidak menjawab." in text(away)
        assert bsre_server.NIK not in text(away)
        service.mood = ""
        assert signer.post(place, typed)["Location"] == DESK
    assert [one["nik"] for one in service.asked] == [bsre_server.NIK.encode()] * 2


def test_a_decision_without_a_document_asks_for_no_passphrase() -> None:
    case, place = at_the_signer()
    signer = signed_in(head(has_certificate=False))
    typed = {"_shown": "approved reason", "approved": "no", "reason": "Penghasilan tidak sesuai."}
    assert signer.post(place, typed)["Location"] == DESK
    with tenancy(home().id):
        assert (Case.objects.get(id=case.id).outcome, Paper.objects.count()) == ("refused", 0)


def test_other_documents_than_were_looked_through_are_not_signed() -> None:
    case, place = at_the_signer()
    signer = signed_in(head())
    before = stands(case)
    answer = signer.post(place, {**TYPED, "_seal": "0" * 64, "passphrase": PASSPHRASE})
    assert (answer.status_code, stands(case)) == (422, before)
    assert "Lihatlah sekali lagi" in text(answer)


def test_what_another_region_would_sign_is_not_there() -> None:
    _case, place = at_the_signer()
    task = place.rstrip("/").rsplit("/", 1)[-1]
    away, chief = organization("14.08"), make_member("sekda-jauh", Role.COORDINATOR, "14.08")
    stranger = make_member("penanda-jauh", Role.VILLAGE_OPERATOR, "14.08")
    services.give_seat(organization=away, user_id=stranger.id, kind=SeatKind.SIGNER, by=chief, at=clock.now())
    client = signed_in(stranger)
    assert client.get(f"/regions/14.08/desk/sign/{task}/1/").status_code == 404


def test_several_are_signed_with_one_passphrase_and_each_says_what_became_of_it() -> None:
    service, signer = running(), signed_in(head())
    cases = [arrived(service, at=clock.now()) for _nth in range(3)]
    for case in cases:
        checked(case.id)
    page = text(signer.get(MANY))
    assert "3 permohonan menunggu tanda tangan Anda" in page
    values = re.findall(r'name="sign" value="([^"]+)"', page)
    sheet = re.search(rf'href="({MANY}[^"]+/1/)"', page)
    assert sheet is not None
    assert signer.get(sheet[1])["Content-Type"] == "application/pdf"
    assert signer.get(sheet[1].replace("/1/", "/2/")).status_code == 404

    wrong = signer.post(MANY, {"sign": values[:2], "passphrase": "salah sama sekali"})
    assert (wrong.status_code, text(wrong).count("Passphrase salah.")) == (422, 4)
    with tenancy(home().id):
        assert Paper.objects.count() == 0

    answer = signer.post(MANY, {"sign": [*values[:2], values[2][:-1] + "x"], "passphrase": PASSPHRASE})
    assert answer.status_code == 422
    assert "1 permohonan menunggu tanda tangan Anda" in text(answer)
    with tenancy(home().id):
        found = [(one.case_id, one.number) for one in Paper.objects.order_by("number")]
        assert found == [(cases[0].id, f"SKTM/1/{YEAR}"), (cases[1].id, f"SKTM/2/{YEAR}")]
        assert Case.objects.filter(outcome="granted").count() == 2
    assert signer.post(MANY, {"passphrase": PASSPHRASE}).status_code == 422


def test_what_a_colleague_works_on_is_said_before_it_is_ticked() -> None:
    service, signer = running(), head()
    cases_ = [arrived(service, at=clock.now()) for _nth in range(2)]
    for case in cases_:
        checked(case.id)
    colleague = seated("wakil", SeatKind.SIGNER, VILLAGE)
    with tenancy(home().id):
        held = Task.objects.get(case_id=cases_[0].id)
    assigning.assign(organization=home(), task_id=held.id, to=colleague.id, by=colleague, at=clock.now())
    page = text(signed_in(signer).get(MANY))
    assert len(re.findall(r'name="sign"', page)) == 1
    assert "Wakil sedang mengerjakannya." in page
    assert f'href="{DESK}{held.id}/#work"' in page
    assert f"step.{held.id}." not in page
    theirs = text(signed_in(colleague).get(MANY))
    assert len(re.findall(r'name="sign"', theirs)) == 2
    assert "sedang mengerjakannya" not in theirs


def test_what_the_process_left_to_be_signed_waits_for_its_signer(client: Client) -> None:
    running()
    address = sent(client)
    with tenancy(home().id):
        case = Case.objects.get()
    signs = head()
    checked(case.id)
    done(case.id, "approve", signs, approved=True, at=clock.now())
    assert "Menunggu tanda tangan: Kepala desa." in text(client.get(address))
    assert client.get(f"{address}papers/1/id.pdf")["Location"] == address

    neighbour = signed_in(seated("sebelah", SeatKind.SIGNER, "32.11.01.2002"))
    assert "Tidak ada yang menunggu tanda tangan Anda." in text(neighbour.get(MANY))
    signer = signed_in(signs)
    value = hidden(text(signer.get(MANY)), "sign")
    assert neighbour.post(MANY, {"sign": value, "passphrase": PASSPHRASE}).status_code == 422
    assert signer.post(MANY, {"sign": value, "passphrase": PASSPHRASE}).status_code == 200
    assert signer.post(MANY, {"sign": value, "passphrase": PASSPHRASE}).status_code == 200  # a repeat
    assert client.get(f"{address}papers/1/id.pdf").content.startswith(b"%PDF")
    with tenancy(home().id):
        assert IssuedDocument.objects.count() == 1


def test_a_revoked_document_says_so_where_it_was_handed_out(client: Client) -> None:
    running()
    address = sent(client)
    with tenancy(home().id):
        case = Case.objects.get()
    signs = head()
    checked(case.id)
    done(case.id, "approve", signs, approved=True, at=clock.now())
    with tenancy(home().id):
        paper = Paper.objects.get()
    signature = Signature(origin="https://layanan.example.go.id", passphrase=PASSPHRASE)
    papers.sign_paper(organization=home(), paper_id=paper.id, signature=signature, by=signs, at=clock.now())
    with tenancy(home().id):
        document = IssuedDocument.objects.get()
    documents.revoke(
        organization=home(), document_id=document.id, reason="Salah nama", by=coordinator(), at=clock.now()
    )
    for page in ("", "papers/1/"):
        assert "Dokumen ini sudah dicabut: Salah nama." in text(client.get(f"{address}{page}"))


def test_a_document_without_a_signer_is_made_when_it_is_asked_for_and_only_once(client: Client) -> None:
    manifest = files_of("sktm", home())["package.yaml"].decode().replace(", signed_by: head", "")
    drawing = files_of("sktm", home())["process.bpmn"].decode()
    drawing = re.sub(r'<serviceTask id="sign_letter"[^>]*/>', "", drawing).replace(
        "<flowNodeRef>sign_letter</flowNodeRef>", ""
    )
    drawing = re.sub(r'<sequenceFlow id="f10"[^>]*/>', "", drawing)
    drawing = drawing.replace('sourceRef="sign_letter"', 'sourceRef="issue_letter"')
    drawing = re.sub(
        r'<bpmndi:BPMN(Shape|Edge)[^>]*bpmnElement="(sign_letter|f10)".*?</bpmndi:BPMN\1>',
        "",
        drawing,
        flags=re.S,
    )
    running(**{"package.yaml": manifest, "process.bpmn": drawing})
    address = sent(client)
    with tenancy(home().id):
        case = Case.objects.get()
    place = checked(case.id)
    signs = signed_in(head(has_certificate=False))
    assert signs.post(place, TYPED)["Location"] == DESK
    with tenancy(home().id):
        assert IssuedDocument.objects.count() == 0
    for _twice in range(2):
        answer = client.get(f"{address}papers/1/id.pdf")
        said = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        assert "Diterbitkan tanpa tanda tangan elektronik." in " ".join(said.split())
        assert "/verify/" not in said
    assert client.get(f"{address}papers/1/en.pdf").status_code == 404
    assert client.get(f"{address}papers/2/id.pdf").status_code == 404
    with tenancy(home().id):
        assert IssuedDocument.objects.count() == 1


def test_nobody_signs_without_a_seat() -> None:
    case, _place = at_the_signer()
    signs = head()
    done(case.id, "approve", signs, approved=True, at=clock.now())
    with tenancy(home().id):
        paper = Paper.objects.get()
    other = make_member("tamu", Role.AGENCY_OFFICER)
    with pytest.raises(Refused) as refused:
        papers.sign_paper(
            organization=home(),
            paper_id=paper.id,
            signature=Signature(origin="https://layanan.example.go.id", passphrase=PASSPHRASE),
            by=other,
            at=clock.now(),
        )
    assert refused.value.refusal.code == "not_seated"


def test_no_secret_is_in_the_words_of_a_signature() -> None:
    said = repr(
        Signature(origin="https://layanan.example.go.id", passphrase=PASSPHRASE, nik="9999010101900001")
    )
    assert PASSPHRASE not in said
    assert "9999010101900001" not in said
