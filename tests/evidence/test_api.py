"""Evidence through the API: the rules of the pages, answered as JSON."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from livinglab.accounts.models import User
from livinglab.evidence.models import Piece
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.evidence import files
from tests.evidence.people import add, link, officer, trail

pytestmark = pytest.mark.django_db

HERE = "/api/v1/regions/14.08/evidence"
GOOD = {
    "title": "Perbup 12/2026",
    "type": "policy",
    "document_number": "12/2026",
    "issued_on": "2026-01-15",
    "expires_on": "",
    "classification": "open",
}
SECRET = "a" * 32


def program(user: User | None, *, token: bool = True) -> Client:
    """This function will return somebody's program, with the session of the pages and its CSRF token."""
    client = Client(enforce_csrf_checks=True, headers={"X-CSRFToken": SECRET} if token else {})
    if user is not None:
        client.force_login(user)
    client.cookies["csrftoken"] = SECRET
    return client


def upload(content: bytes, name: str = "perbup.pdf", kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def pieces(region: Organization) -> list[Piece]:
    with tenancy(region.id):
        return list(Piece.objects.filter(organization_id=region.id))


def fields(answered: Any) -> list[str]:
    return [one["field"] for one in answered.json()["error"]["problems"]]


def test_a_file_is_kept_by_its_content_and_read_again(siak: Organization) -> None:
    entry = program(officer(siak, Role.DATA_ENTRY))
    answered = entry.post(HERE, {**GOOD, "file": upload(files.pdf(2))})
    assert answered.status_code == 200, answered.json()
    piece = answered.json()
    known = {"title": "Perbup 12/2026", "content_type": "application/pdf", "pages": 2, "revision": 1}
    assert {key: piece[key] for key in known} == known
    assert (piece["issued_on"], piece["expires_on"], piece["is_link"]) == ("2026-01-15", None, False)
    assert entry.get(f"{HERE}/{piece['id']}").json() == piece
    listed = entry.get(HERE).json()
    assert (listed["total"], listed["items"]) == (1, [piece])
    assert [action for action, _facts in trail(siak)] == ["evidence.piece_added"]


def test_a_link_is_kept_instead_of_a_file(siak: Organization) -> None:
    answered = program(officer(siak, Role.DATA_ENTRY)).post(HERE, {**GOOD, "url": "https://siakkab.go.id/"})
    assert (answered.status_code, answered.json()["is_link"], answered.json()["size"]) == (200, True, 0)


def test_an_exempt_piece_names_its_letter_and_reason(siak: Organization) -> None:
    entry = program(officer(siak, Role.DATA_ENTRY))
    exempt = {**GOOD, "classification": "exempt"}
    assert fields(entry.post(HERE, {**exempt, "file": upload(files.pdf())})) == ["exemption", "class_reason"]
    whole = {**exempt, "exemption": "c", "class_reason": "Denah pusat data."}
    table = upload(b"a,b\n1,2\n", "daftar.csv", "text/csv")
    refused = entry.post(HERE, {**whole, "file": table})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "not_markable")
    assert pieces(siak) == []
    kept = entry.post(HERE, {**whole, "file": upload(files.pdf())}).json()
    assert (kept["classification"], kept["exemption"]) == ("exempt", "c")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({}, "file"),  # neither a file nor an address
        ({"file": "pdf", "url": "https://siakkab.go.id/"}, "file"),
        ({"file": "text", "url": ""}, "file"),  # a program that calls itself a PDF
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://u:p@siakkab.go.id/"}, "url"),
        ({"file": "pdf", "title": ""}, "title"),
        ({"file": "pdf", "title": "a" * 201}, "title"),
        ({"file": "pdf", "type": "song"}, "type"),
        ({"file": "pdf", "issued_on": "2999-01-01"}, "issued_on"),
        ({"file": "pdf", "issued_on": "1800-01-01"}, "issued_on"),
        ({"file": "pdf", "issued_on": "31-02-2026"}, "issued_on"),
        ({"file": "pdf", "expires_on": "2025-01-01"}, "expires_on"),
        ({"file": "pdf", "classification": "secret"}, "classification"),
        ({"file": "pdf", "document_number": "n" * 101}, "document_number"),
        ({"file": "pdf", "title": "a\x00b"}, "title"),
    ],
)
def test_a_form_that_cannot_be_is_422_and_keeps_nothing(
    siak: Organization, change: dict[str, Any], where: str
) -> None:
    content = {"pdf": files.pdf(), "text": b"MZ\x90\x00 program"}
    sent = {**GOOD, **change}
    if "file" in sent:
        sent["file"] = upload(content[sent["file"]])
    answered = program(officer(siak, Role.DATA_ENTRY)).post(HERE, sent)
    assert answered.status_code == 422
    assert where in answered.json()["error"]["message"]
    assert pieces(siak) == []


def test_a_file_behind_the_limit_is_refused_and_not_kept(siak: Organization, settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 100_000
    entry = program(officer(siak, Role.DATA_ENTRY))
    large = entry.post(HERE, {**GOOD, "file": upload(files.pdf() + b"\n" * 100_000)})
    assert (large.status_code, fields(large)) == (422, ["file"])
    huge = entry.post(HERE, {**GOOD, "file": upload(b"0" * 600_000)})
    assert (huge.status_code, huge.json()["error"]["status"]) == (422, 422)
    assert pieces(siak) == []


def test_a_body_that_is_no_form_is_422(siak: Organization) -> None:
    answered = program(officer(siak, Role.DATA_ENTRY)).post(HERE, GOOD, content_type="application/json")
    assert (answered.status_code, fields(answered)) == (422, ["file"])


def test_the_door_is_that_of_the_pages(siak: Organization, sumedang: Organization) -> None:
    piece = link(siak, officer(siak, Role.DATA_ENTRY))
    stranger = officer(sumedang, Role.COORDINATOR)
    citizen = officer(siak, Role.CITIZEN)
    head = officer(siak, Role.HEAD_OF_REGION)
    for user, reading, writing in (
        (None, 401, 401),
        (stranger, 403, 403),
        (citizen, 403, 403),
        (head, 200, 403),
    ):
        client = program(user)
        assert client.get(HERE).status_code == reading
        assert client.get(f"{HERE}/{piece.id}").status_code == reading
        assert client.post(HERE, {**GOOD, "url": "https://siakkab.go.id/"}).status_code == writing
    without = program(officer(siak, Role.COORDINATOR), token=False)
    assert without.post(HERE, {**GOOD, "url": "https://siakkab.go.id/"}).status_code == 403
    assert pieces(siak) == [piece]


def test_another_regions_piece_and_unknown_addresses_are_not_found(
    siak: Organization, sumedang: Organization
) -> None:
    theirs = add(sumedang, officer(sumedang, Role.DATA_ENTRY))
    entry = program(officer(siak, Role.DATA_ENTRY))
    assert entry.get(f"{HERE}/{theirs.id}").status_code == 404
    assert entry.get("/api/v1/regions/99.99/evidence").status_code == 404
    assert entry.get(f"{HERE}/nothing").status_code == 422
    assert entry.get(HERE).json()["items"] == []


def test_nothing_of_it_is_kept_by_a_cache(siak: Organization) -> None:
    answered = program(officer(siak, Role.DATA_ENTRY)).get(HERE)
    assert "no-store" in answered.headers["Cache-Control"]
    assert "ETag" not in answered.headers
    assert "Access-Control-Allow-Origin" not in answered.headers
