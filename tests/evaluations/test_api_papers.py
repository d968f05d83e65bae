"""Workbooks, the archive of evidence and reports through the API."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.evaluations.models import Answer, ReportJob, WorkbookDraft
from livinglab.evaluations.operations import answers, evidence_uses, reports
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.evaluations.kit import AT, SIAK, Region, answer_everything, draft, open_round, send
from tests.evaluations.programs import Reader, code_of
from tests.evaluations.test_workbook_files import edited, where
from tests.evidence.people import link
from tests.organizations.people import make_member

pytestmark = pytest.mark.django_db

HERE = f"/api/v1/regions/{SIAK}/evaluations/2025"
WORKBOOK = f"{HERE}/workbook"


@pytest.fixture
def siak() -> Region:
    return open_round()


def filled(reader: Reader, facts: str) -> bytes:
    """The working sheet as the API gives it, with the facts of indicator 21 filled in."""
    content = reader.send("GET", WORKBOOK).content
    return edited(content, **{where(content, "21", "facts"): facts})


def sent_back(reader: Reader, content: bytes) -> Any:
    return reader.upload(WORKBOOK, file=SimpleUploadedFile("lembar.xlsx", content))


def facts_of_21(region: Region) -> list[str]:
    with tenancy(region.organization.id):
        return list(Answer.objects.filter(indicator="21").values_list("facts", flat=True))


def test_a_workbook_goes_out_comes_back_is_looked_at_and_applied_once(siak: Region) -> None:
    entry = Reader(siak.entry)
    out = entry.send("GET", f"{WORKBOOK}?language=en")
    assert out["Content-Disposition"] == 'attachment; filename="lembar-kerja-14.08-2025-en.xlsx"'
    looked = sent_back(entry, filled(entry, "Diisi luring.")).json()
    [change] = looked["changes"]
    assert (change["indicator"], change["field"], change["after"]) == ("21", "facts", "Diisi luring.")
    assert (looked["conflicts"], looked["refused"], looked["unchanged"]) == ([], [], 46)
    assert facts_of_21(siak) == []
    one = f"{WORKBOOK}/{looked['id']}"
    assert entry.send("GET", one).json() == looked
    applied = entry.send("POST", f"{one}/application", {"seen": looked["seen"]})
    assert (applied.status_code, applied.json()) == (200, {"changed": 1})
    assert facts_of_21(siak) == ["Diisi luring."]
    assert entry.send("POST", f"{one}/application", {"seen": looked["seen"]}).status_code == 404


def test_what_changed_since_the_preview_is_409_and_a_conflict_needs_a_choice(siak: Region) -> None:
    entry = Reader(siak.entry)
    looked = sent_back(entry, filled(entry, "Luring.")).json()
    place = siak.as_(siak.entry)
    answers.save(place=place, indicator="21", draft=draft(1, facts="Daring."), base_version=0, at=AT)
    url = f"{WORKBOOK}/{looked['id']}/application"
    outdated = entry.send("POST", url, {"seen": looked["seen"]})
    assert outdated.status_code == 409
    now = outdated.json()["error"]["stored"]
    [conflict] = now["conflicts"]
    assert (conflict["theirs"], conflict["mine"]) == ("Daring.", "Luring.")
    unchosen = entry.send("POST", url, {"seen": now["seen"]})
    assert (unchosen.status_code, unchosen.json()["error"]["problems"][0]["field"]) == (422, "21")
    assert facts_of_21(siak) == ["Daring."]
    choice = {"indicator": "21", "field": "facts", "choice": "mine"}
    assert entry.send("POST", url, {"seen": now["seen"], "choices": [choice]}).json() == {"changed": 1}
    assert facts_of_21(siak) == ["Luring."]


def test_a_workbook_is_refused_by_what_it_is_and_by_who_sends_it(siak: Region) -> None:
    entry = Reader(siak.entry)
    content = filled(entry, "Luring.")
    broken = sent_back(entry, b"no workbook")
    assert broken.json()["error"]["problems"][0]["field"] == "file"
    assert entry.upload(WORKBOOK).status_code == 422
    mayor = Reader(make_member("bupati", Role.HEAD_OF_REGION, SIAK))
    assert code_of(sent_back(mayor, content)) == (403, "not_a_writer")
    looked = sent_back(entry, content).json()
    one = f"{WORKBOOK}/{looked['id']}"
    assert Reader(siak.officer).send("GET", one).status_code == 404  # somebody else's upload
    assert entry.send("DELETE", one).status_code == 204
    assert entry.send("DELETE", one).status_code == 404
    with tenancy(siak.organization.id):
        assert not WorkbookDraft.objects.exists()


def test_all_evidence_comes_as_one_zip_and_a_draft_stays_inside(siak: Region) -> None:
    entry = Reader(siak.entry)
    url = f"{HERE}/archive"
    assert code_of(entry.send("POST", url, {})) == (422, "no_evidence")
    piece = link(siak.organization, siak.entry, title="Tautan reviu")
    evidence_uses.attach(place=siak.as_(siak.entry), indicator="21", piece_id=piece.id, level=2, at=AT)
    answered = entry.send("POST", url, {"with_exempt": True})
    assert answered["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(answered.streaming_content))) as found:
        assert found.namelist() == ["21.a.Tautan_reviu.txt", "index.csv"]
        rows = list(csv.DictReader(io.StringIO(found.read("index.csv").decode("utf-8-sig"))))
    assert [(row["indicator"], row["link"]) for row in rows] == [("21", "https://siakkab.go.id/")]
    assert entry.send("POST", url, {"with_exempt": "curious"}).status_code == 422
    assert Reader(siak.external).send("POST", url, {}).status_code == 403


def test_a_report_is_asked_for_followed_and_fetched(siak: Region) -> None:
    answer_everything(siak, 3)
    secretary = Reader(siak.coordinator)
    url = f"{HERE}/reports"
    assert secretary.send("POST", url, {"language": "de", "form": "pdf"}).status_code == 422
    asked = [secretary.send("POST", url, {"language": "id", "form": "docx"}).json() for _again in range(2)]
    assert asked[0] == asked[1]
    one = f"{url}/{asked[0]['id']}"
    assert (asked[0]["state"], asked[0]["percent"]) == ("waiting", 0)
    assert secretary.send("GET", f"{one}/file").status_code == 404
    reports.make(organization_id=siak.organization.id, job_id=asked[0]["id"], at=AT)
    assert [row["state"] for row in secretary.send("GET", url).json()] == ["done"]
    assert secretary.send("GET", one).json()["percent"] == 100
    file = secretary.send("GET", f"{one}/file")
    assert file["Content-Disposition"] == 'attachment; filename="laporan-14.08-2025-id.docx"'
    assert zipfile.is_zipfile(io.BytesIO(file.content))
    assert secretary.send("GET", f"{url}/{new_id()}").status_code == 404


def test_the_regions_report_is_not_the_assessors(siak: Region) -> None:
    answer_everything(siak, 3)
    send(siak)
    asked = (
        Reader(siak.coordinator).send("POST", f"{HERE}/reports", {"language": "id", "form": "docx"}).json()
    )
    assert Reader(siak.external).send("GET", f"{HERE}/reports").json() == []
    assert Reader(siak.external).send("GET", f"{HERE}/reports/{asked['id']}").status_code == 404
    with tenancy(siak.organization.id):
        assert ReportJob.objects.count() == 1
