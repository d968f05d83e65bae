"""All evidence as one archive: named as the guide asks, exempt pieces for who may open them, never whole in memory."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from livinglab.accounts.models import User
from livinglab.evaluations.adapters.archives import Entry, stream_zip
from livinglab.evaluations.domain.evidence_names import archive_name, ending_of, is_named_as_asked
from livinglab.evaluations.models import Participation
from livinglab.evaluations.operations import evidence_archives, team
from livinglab.evaluations.operations.evidence_uses import attach
from livinglab.evidence import operations as evidence
from livinglab.evidence.operations import Details, Upload
from livinglab.evidence.queries import Piece
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, Region, open_round
from tests.evidence import files
from tests.organizations.people import trail


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Reviu-Kolaborasi SPBE", "20.c.Reviu-Kolaborasi_SPBE.pdf"),
        ("Perbup No. 12/2024 tentang SPBE", "20.c.Perbup_No_12-2024_tentang_SPBE.pdf"),
        ("../../etc/passwd", "20.c.etc-passwd.pdf"),
        ("Évaluasi “akhir”", "20.c.Evaluasi_akhir.pdf"),
        ("会議", "20.c.bukti.pdf"),
        ("a" * 300, f"20.c.{'a' * 80}.pdf"),
        ("20.c. Reviu Kolaborasi", "20.c.Reviu_Kolaborasi.pdf"),  # number and letter are there once
        ("21.a.", "20.c.21-a.pdf"),
    ],
)
def test_a_piece_is_named_as_the_guide_asks(title: str, name: str) -> None:
    assert archive_name("20", "c", title, "PDF") == name


@given(title=st.text())
def test_no_title_makes_a_name_that_leads_elsewhere_or_hides_its_ending(title: str) -> None:
    assert re.fullmatch(r"20\.c\.[A-Za-z0-9_-]{1,80}\.pdf", archive_name("20", "c", title, "pdf"))


@given(title=st.text())
def test_what_the_archive_names_the_checks_find_named_as_asked(title: str) -> None:
    assert is_named_as_asked(archive_name("20", "c", title, "pdf"), "20", "c")


@pytest.mark.parametrize("name", ["20.d.Reviu.pdf", "21.c.Reviu.pdf", "20.c.pdf", "Reviu.pdf", "20.c.Reviu"])
def test_another_number_or_letter_or_no_title_is_not_named_as_asked(name: str) -> None:
    assert not is_named_as_asked(name, "20", "c")


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", "bin"), ("a.b/c", "bin")]
)
def test_the_ending_is_that_of_the_stored_file(name: str, ending: str) -> None:
    assert ending_of(name) == ending


class _Long(io.RawIOBase):
    """A file of 40 MB that is never whole anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 40 * 1024 * 1024

    def read(self, size: int = -1) -> bytes:
        part = min(size, self.left)
        self.left -= part
        return b"\0" * part


def test_a_zip_is_sent_in_small_parts_and_each_file_is_closed() -> None:
    source = _Long()
    entries: Iterator[Entry] = iter(
        [Entry("a.bin", lambda: source), Entry("b.txt", lambda: io.BytesIO(b"b")), Entry("c", lambda: None)]  # type: ignore[arg-type,return-value]
    )
    parts = list(stream_zip(entries, at=AT))
    assert max(len(part) for part in parts) < 300_000
    assert source.closed
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
        assert archive.testzip() is None
        assert [(one.filename, one.file_size) for one in archive.infolist()] == [
            ("a.bin", 40 * 1024 * 1024),
            ("b.txt", 1),
        ]


# --- with evidence ------------------------------------------------------------------------------------


@pytest.fixture
def siak(db: None, settings: object, tmp_path: Path) -> Region:
    settings.EVIDENCE_DIR = tmp_path / "evidence"  # type: ignore[attr-defined]
    settings.EVIDENCE_BUCKET = None  # type: ignore[attr-defined]
    settings.CLAMAV_ADDRESS = ""  # type: ignore[attr-defined]
    region = open_round()
    exempt = {"classification": "exempt", "exemption": "c", "class_reason": "Rincian pengamanan jaringan."}
    add(region, "20", _file(region, "Reviu-Kolaborasi SPBE"), "pasal 3")
    add(region, "20", _file(region, "Peta jaringan", **exempt))
    add(region, "3", _link(region, "Portal data"))
    return region


def _details(title: str, **more: str) -> Details:
    return Details(title=title, type="policy", **more)  # type: ignore[arg-type]


def _file(region: Region, title: str, **more: str) -> Piece:
    upload = Upload(stream=io.BytesIO(files.pdf(text=title)), name="asli.pdf")
    return evidence.add_file(
        organization_id=region.organization.id,
        upload=upload,
        details=_details(title, **more),
        by=region.responsible.id,
        at=AT,
    )


def _link(region: Region, title: str) -> Piece:
    return evidence.add_link(
        organization_id=region.organization.id,
        url="https://data.contoh.example/portal",
        details=_details(title),
        by=region.responsible.id,
        at=AT,
    )


def add(region: Region, indicator: str, piece: Piece, reference: str = "") -> None:
    """This function will show a piece for level 2 of an indicator."""
    attach(
        place=region.as_(region.entry),
        indicator=indicator,
        piece_id=piece.id,
        level=2,
        reference=reference,
        at=AT,
    )


def opened(parts: Iterable[bytes]) -> zipfile.ZipFile:
    """This function will return what was sent as a zip."""
    return zipfile.ZipFile(io.BytesIO(b"".join(parts)))


def taken(region: Region, user: User, *, with_exempt: bool = False) -> zipfile.ZipFile:
    place = region.as_(user)
    return opened(
        evidence_archives.archive(place=place, reader_name=user.name, with_exempt=with_exempt, at=AT)
    )


def index_of(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))


def decreed(region: Region) -> None:
    """This function will put a decree on the assessor team on file."""
    team.enter_decree(place=region.as_(region.coordinator), number="1/2025", day=AT.date(), at=AT)


def exempt_openings() -> int:
    return sum(entry.action == "evidence.exempt_piece_opened" for entry in trail("14.08"))


def test_the_archive_holds_every_piece_by_number_letter_and_title(siak: Region) -> None:
    archive = taken(siak, siak.entry)
    assert archive.namelist() == ["3.a.Portal_data.txt", "20.a.Reviu-Kolaborasi_SPBE.pdf", "index.csv"]
    assert archive.read("3.a.Portal_data.txt") == b"https://data.contoh.example/portal\r\n"
    assert archive.read("20.a.Reviu-Kolaborasi_SPBE.pdf").startswith(b"%PDF")
    rows = index_of(archive)
    assert [(row["indicator"], row["letter"], row["file"], row["reference"]) for row in rows] == [
        ("3", "a", "3.a.Portal_data.txt", ""),
        ("20", "a", "20.a.Reviu-Kolaborasi_SPBE.pdf", "pasal 3"),
        ("20", "b", "", ""),
    ]


def test_an_exempt_piece_is_neither_given_nor_named_unless_it_is_asked_for(siak: Region) -> None:
    decreed(siak)
    row = index_of(taken(siak, siak.internal))[2]
    assert (row["title"], row["sha256"], row["note"]) == ("", "", "dikecualikan, tidak diminta")
    assert exempt_openings() == 0


def test_an_internal_assessor_gets_an_exempt_piece_watermarked_and_logged(siak: Region) -> None:
    decreed(siak)
    archive = taken(siak, siak.internal, with_exempt=True)
    assert "20.b.Peta_jaringan.pdf" in archive.namelist()
    assert exempt_openings() == 1


def test_who_does_not_assess_gets_none_and_the_index_says_why(siak: Region) -> None:
    decreed(siak)
    for user in (siak.coordinator, siak.responsible, siak.entry, siak.officer):
        archive = taken(siak, user, with_exempt=True)
        assert "20.b.Peta_jaringan.pdf" not in archive.namelist()
        assert "Peta" not in archive.read("index.csv").decode()
        assert index_of(archive)[2]["note"] == "dikecualikan: hanya terbuka bagi asesor yang ditugaskan"
    assert exempt_openings() == 0


def test_the_page_says_how_many_exempt_pieces_stay_out_and_to_assessors_that_they_may_come(
    siak: Region,
) -> None:
    decreed(siak)
    stays, comes = "1 bukti dukung yang dikecualikan tidak masuk arsip Anda", 'name="exempt"'
    for user, said, unsaid in ((siak.responsible, stays, comes), (siak.internal, comes, stays)):
        client = Client()
        client.force_login(user)
        page = client.get("/regions/14.08/evaluations/2025/workbook/").content.decode()
        assert said in page
        assert unsaid not in page


def test_nobody_outside_gets_the_evidence_of_a_draft(siak: Region) -> None:
    for user in (siak.external, siak.ministry):
        with pytest.raises(Refused) as refused:
            taken(siak, user, with_exempt=True)
        assert refused.value.refusal.code == "not_sent"
    assert exempt_openings() == 0


def test_an_assigned_assessor_gets_all_and_the_ministry_what_is_not_exempt(siak: Region) -> None:
    Participation.objects.filter(id=siak.participation.id).update(state="document")
    assert len(taken(siak, siak.external, with_exempt=True).namelist()) == 4
    assert taken(siak, siak.ministry, with_exempt=True).namelist() == [
        "3.a.Portal_data.txt",
        "20.a.Reviu-Kolaborasi_SPBE.pdf",
        "index.csv",
    ]


def test_a_lost_file_is_told_and_the_rest_arrives(siak: Region, tmp_path: Path) -> None:
    with tenancy(siak.organization.id):
        lost = Piece.objects.get(title__startswith="Reviu").sha256
    for path in (tmp_path / "evidence").rglob(f"*{lost}*"):
        path.unlink()
    archive = taken(siak, siak.entry)
    assert archive.namelist() == ["3.a.Portal_data.txt", "index.csv"]
    assert index_of(archive)[1]["note"] == "berkas tidak dapat dibaca"


def test_the_page_sends_the_archive_in_parts(siak: Region) -> None:
    client = Client()
    client.force_login(siak.entry)
    answer = client.post("/regions/14.08/evaluations/2025/evidence.zip", {"exempt": "yes"})
    assert answer.streaming
    assert answer["Content-Disposition"] == 'attachment; filename="bukti-dukung-14.08-2025.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert len(opened(answer.streaming_content).namelist()) == 3  # type: ignore[arg-type]
    assert exempt_openings() == 0


def test_without_evidence_the_page_says_so(db: None) -> None:
    region = open_round()
    client = Client()
    client.force_login(region.entry)
    assert client.post("/regions/14.08/evaluations/2025/evidence.zip").status_code == 422
