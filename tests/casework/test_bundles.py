"""The evidence of a running service: what it proves, put into the evaluation that the region works on, kept once."""

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pytest_django import Settings

from livinglab.accounts.models import User
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Bundle, OfferedService, Service
from livinglab.casework.operations.bundles import PutThere, put_into_evidence
from livinglab.casework.queries.bundles import proof_of
from livinglab.casework.queries.services import version_at_work
from livinglab.evaluations.models import EvidenceUse, Participation
from livinglab.evaluations.operations.evidence_uses import detach
from livinglab.evidence import operations as evidence
from livinglab.evidence.models import Piece
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.kit import AT, REGION, home, running
from tests.casework.test_pages import text
from tests.casework.test_performance import busy
from tests.evaluations.kit import Region, open_round
from tests.organizations.people import make_member, signed_in, trail

pytestmark = pytest.mark.django_db
PAGE = f"/regions/{REGION}/services/sktm/evidence/"


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_BUCKET = None


@pytest.fixture
def region() -> Region:
    return open_round(code=REGION)


def put(service: Service, by: User, pdf: bytes = b"", at: datetime = AT) -> PutThere:
    """Put a bundle of this service into evidence, past the page."""
    with tenancy(home().id):
        version = version_at_work(service)
        assert version is not None
        proof = proof_of(OfferedService.objects.get(service_id=service.id), version)
    return put_into_evidence(
        organization=home(),
        service_id=service.id,
        manifest=proof.package.manifest,
        title="Layanan contoh",
        pdf=pdf or paper(),
        by=by,
        at=at,
    )


def paper(words: str = "satu") -> bytes:
    """Return a PDF with these words as its title."""
    made, out = PdfWriter(), BytesIO()
    made.add_blank_page(595, 842)
    made.add_metadata({"/Title": words})
    made.write(out)
    return out.getvalue()


def kept() -> tuple[list[Piece], list[EvidenceUse]]:
    with tenancy(home().id):
        return list(Piece.objects.order_by("revision", "added_at")), list(EvidenceUse.objects.all())


def test_the_page_says_what_data_prove_and_what_they_do_not(region: Region) -> None:
    busy()
    page = text(signed_in(region.entry).get(f"/en{PAGE}"))
    assert "What “Letter of financial hardship” proves" in page
    assert "Data prove 2 level criteria; 0 not yet met, 8 to be judged." in page
    assert "Applications were checked, decided and counted here." in page
    assert "The criterion asks about more than one service." in page
    assert "Issues: Letter of financial hardship." in page
    assert '<svg class="process-picture"' in page
    assert "shown in “Evaluasi SPBE 2025” for: 45." in page


def test_too_few_applications_prove_no_transaction(region: Region) -> None:
    running()
    page = text(signed_in(region.entry).get(f"/en{PAGE}"))
    assert "Data prove 1 level criterion; 1 not yet met, 8 to be judged." in page
    assert "Fewer than five applications were handled to their end." in page
    assert "Nobody has applied yet." in page


def test_one_button_puts_it_into_the_open_evaluation_in_indonesian(region: Region) -> None:
    busy()
    client = signed_in(region.entry)
    answer = client.post(f"/en{PAGE}")
    assert (answer.status_code, answer["Location"]) == (302, f"/en{PAGE}")
    page = text(client.get(f"/en{PAGE}"))
    assert "The evidence is in the library and shown for: 45." in page
    [piece], [use] = kept()
    assert (use.indicator, use.level, use.piece_id) == ("45", 4, piece.id)
    assert (piece.title, piece.type) == ("Surat Keterangan Tidak Mampu: pemakaian dan tingkat", "report")
    assert (piece.file_name, piece.content_type) == ("sktm.pdf", "application/pdf")
    assert f"/en/regions/{REGION}/evidence/{piece.id}/" in page
    with tenancy(home().id):
        opened = evidence.open_file(
            organization_id=home().id,
            piece_id=piece.id,
            reader=evidence.Reader(region.entry.id, "Uji", frozenset({Role.DATA_ENTRY})),
            at=AT,
        )
        said = "\n".join(one.extract_text() for one in PdfReader(BytesIO(opened.stream.read())).pages)
    said = " ".join(normalize("NFKC", said).split())
    assert "Yang dibuktikan “Surat Keterangan Tidak Mampu”" in said
    assert "belum terpenuhi" in said
    assert f"http://testserver/apply/{REGION}/sktm/" in said.replace(" ", "")
    entry = next(one for one in trail(REGION) if one.action == "casework.evidence_made")
    assert entry.facts == {"year": 2025, "indicators": ["45"], "piece": str(piece.id)}


def test_a_repeat_is_the_next_revision_and_no_second_copy(region: Region) -> None:
    service = busy()
    put(service, region.entry, paper("satu"))
    done = put(service, region.entry, paper("dua"), AT + timedelta(days=1))
    pieces, [use] = kept()
    assert [(one.revision, one.is_current) for one in pieces] == [(1, False), (2, True)]
    assert {one.series_id for one in pieces} == {pieces[0].id}
    assert (use.piece_id, use.letter, done.indicators) == (pieces[1].id, "a", (45,))
    with tenancy(home().id):
        assert Bundle.objects.get().piece_id == pieces[1].id


def test_a_revision_stays_in_the_class_of_the_earlier_one(region: Region) -> None:
    service = busy()
    first = put(service, region.entry).piece
    evidence.classify(
        organization_id=home().id,
        piece_id=first.id,
        classification="limited",
        class_reason="Belum diumumkan.",
        by=region.entry.id,
        at=AT,
    )
    again = put(service, region.entry, paper("dua")).piece
    assert (again.classification, again.class_reason) == ("limited", "Belum diumumkan.")


def test_one_that_was_withdrawn_stays_so_and_another_is_added(region: Region) -> None:
    service = busy()
    first = put(service, region.entry).piece
    with tenancy(home().id):
        use = EvidenceUse.objects.get()
    detach(place=region.as_(region.entry), indicator="45", use_id=use.id, at=AT)
    evidence.withdraw(organization_id=home().id, piece_id=first.id, by=region.entry.id, at=AT)
    again = put(service, region.entry, paper("dua")).piece
    _pieces, [use] = kept()
    assert (again.revision, again.series_id, use.piece_id) == (1, again.id, again.id)


def test_without_an_evaluation_or_a_part_in_it_nothing_is_kept() -> None:
    service, entry = busy(), make_member("entri.tanpa", Role.DATA_ENTRY, REGION)
    with pytest.raises(Refused, match="no_open_evaluation"):
        put(service, entry)
    region = open_round(code=REGION)
    with pytest.raises(Refused, match="not_a_writer"):
        put(service, make_member("desa.tanpa", Role.VILLAGE_OPERATOR, REGION))
    with pytest.raises(Refused, match="not_your_step"):
        put(service, region.officer)
    Participation.objects.update(state="document")
    with pytest.raises(Refused, match="no_open_evaluation"):
        put(service, region.entry)
    assert kept() == ([], [])


def test_a_closed_service_becomes_no_evidence(region: Region) -> None:
    service = busy()
    with tenancy(home().id):
        Service.objects.update(state=ServiceState.CLOSED, reason="Tutup.")
    with pytest.raises(Refused, match="closed"):
        put(service, region.entry)
    assert kept() == ([], [])


def test_who_may_not_reads_why_beside_the_button(region: Region) -> None:
    busy()
    client = signed_in(make_member("desa.baca", Role.VILLAGE_OPERATOR, REGION))
    page = text(client.get(f"/en{PAGE}"))
    assert "Your role in this organisation does not add or change evidence." in page
    assert "disabled" in page
    answer = client.post(f"/en{PAGE}")
    assert answer.status_code == 422
    assert "Your role in this organisation does not add or change evidence." in text(answer)
    assert kept() == ([], [])


def test_made_up_services_are_marked_on_the_page_and_in_the_library(region: Region) -> None:
    busy()
    OfferedService.objects.update(is_synthetic=True)
    client = signed_in(region.entry)
    person = make_member("desa.rekaan", Role.VILLAGE_OPERATOR)
    person.is_synthetic = True
    person.save(update_fields=["is_synthetic"])
    page = text(client.get(f"/en{PAGE}"))
    assert "Made-up data: for demonstration only." in page
    assert f"sign in as {person.email}." in page  # nobody else: the others may be real
    client.post(PAGE)
    [piece], _uses = kept()
    assert piece.title == "Surat Keterangan Tidak Mampu: pemakaian dan tingkat (data rekaan)"


def test_a_real_service_names_nobody_and_files_are_part_of_the_exchange(region: Region) -> None:
    busy()
    person = make_member("desa.rekaan", Role.VILLAGE_OPERATOR)
    person.is_synthetic = True
    person.save(update_fields=["is_synthetic"])
    page = text(signed_in(region.entry).get(f"/en{PAGE}"))
    assert person.email not in page
    assert "send forms, with files where they are asked for, and fetch documents" in page


def test_the_page_of_figures_leads_there_who_works_for_the_region(region: Region) -> None:
    busy()
    figures = f"/regions/{REGION}/performance/sktm/"
    assert PAGE in text(signed_in(region.entry).get(figures))
    assert PAGE not in text(Client().get(figures))
    assert Client().get(PAGE).status_code == 302
    assert signed_in(make_member("jauh", Role.DATA_ENTRY, "14.08")).get(PAGE).status_code == 403


def test_a_service_that_is_not_run_has_no_evidence(region: Region) -> None:
    assert signed_in(region.entry).get(PAGE).status_code == 404


def test_only_years_with_figures_stand_in_the_table(region: Region) -> None:
    service = busy()
    with tenancy(home().id):
        version = version_at_work(service)
        assert version is not None
        proof = proof_of(OfferedService.objects.get(service_id=service.id), version)
    assert list(proof.years) == [date(2026, 9, 1).year]
    assert [(one.instrument.code, one.indicator.number, one.level) for one in proof.indicators] == [
        ("spbe-2020", 45, 4),
        ("pemdi-2026", 17, 3),
    ]
