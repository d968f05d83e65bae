"""What saving by itself may ask of the database, and what the benchmarks lay down as evidence."""

import hashlib
import io

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.evidence_files import document
from livinglab.evidence.domain.formats import HEAD, Format, recognised
from tests.evaluations.browsing import BASE
from tests.evaluations.kit import Region, answer_everything, open_round, send
from tests.organizations.people import signed_in

_HERE = f"{BASE}2025/21/"
_TYPED = {"level": "3", "met": ["1", "2", "3"], "facts": "Fakta.", "analysis": "Analisis."}


@pytest.fixture
def siak() -> Region:
    return open_round()


@pytest.mark.django_db
def test_saving_by_itself_reads_the_page_once_however_much_is_there(siak: Region) -> None:
    client = signed_in(siak.entry)
    client.post(_HERE, {**_TYPED, "base_version": "0"}, headers={"X-Autosave": "true"})
    few = _statements(client, base_version=1)
    answer_everything(siak, 3, skip={"21"})  # with evidence, whose pieces are one statement more
    many = _statements(client, base_version=2)
    assert (len(few), len(many)) == (17, 18), "\n".join(many)


@pytest.mark.django_db
def test_a_sheet_that_was_sent_is_read_without_its_words(siak: Region) -> None:
    answer_everything(siak, 3)
    send(siak)
    client = signed_in(siak.entry)
    with CaptureQueriesContext(connection) as counted:
        response = client.get(f"{BASE}2025/")
    assert response.status_code == 200
    assert '<td class="num strong">3</td>' in response.content.decode()
    assert [one["sql"] for one in counted if '"facts"' in one["sql"] or '"justification"' in one["sql"]] == []


def _statements(client: object, *, base_version: int) -> list[str]:
    """The statements of one save, without those of the transaction."""
    fields = {**_TYPED, "facts": f"Fakta, versi {base_version}.", "base_version": str(base_version)}
    with CaptureQueriesContext(connection) as counted:
        response = client.post(_HERE, fields, headers={"X-Autosave": "true"})  # type: ignore[attr-defined]
    assert response.status_code == 200, response.content
    outside = ("SAVEPOINT", "RELEASE", "SET LOCAL")
    return [one["sql"] for one in counted if not one["sql"].startswith(outside)]


def test_each_benchmark_file_is_a_document_of_its_own_that_people_could_upload() -> None:
    contents = [document(code, f"{number}.a.dokumen.pdf") for code in ("14.08", "32.11") for number in (1, 2)]
    assert len({hashlib.sha256(content).digest() for content in contents}) == 4
    for content in contents:
        assert recognised(content[:HEAD], name="1.a.dokumen.pdf").format is Format.PDF
        assert 3_000 < len(content) < 6_000
    text = pypdf.PdfReader(io.BytesIO(contents[0]), strict=True).pages[0].extract_text()
    assert "14.08 1.a.dokumen.pdf: bukti dukung uji beban, baris 0." in text
