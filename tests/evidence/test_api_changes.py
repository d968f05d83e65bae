"""Changes of evidence through the API: revisions, descriptions, classes, reviews, withdrawal."""

import json
from typing import Any

import pytest

from livinglab.evidence.models import Piece
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.evidence import files
from tests.evidence.people import add, link, officer
from tests.evidence.test_api import GOOD, HERE, fields, program, upload

pytestmark = pytest.mark.django_db

DESCRIPTION = {"title": "Perbup 12/2026", "type": "policy", "issued_on": "2026-01-15"}


def put(client: Any, url: str, body: dict[str, Any]) -> Any:
    return client.put(url, json.dumps(body), content_type="application/json")


def code_of(answered: Any) -> tuple[int, str]:
    return answered.status_code, answered.json()["error"].get("code", "")


def stored(region: Organization) -> list[Piece]:
    with tenancy(region.id):
        return list(Piece.objects.filter(organization_id=region.id).order_by("revision"))


def test_a_revision_takes_the_place_of_a_piece_that_stays_readable(siak: Organization) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    entry, first = program(by), add(siak, by)
    url = f"{HERE}/{first.id}/revisions"
    assert fields(entry.post(url, GOOD)) == ["file"]
    revised = entry.post(url, {**GOOD, "file": upload(files.pdf(3))})
    assert (revised.status_code, revised.json()["revision"], revised.json()["pages"]) == (200, 2, 3)
    by_link = entry.post(
        f"{HERE}/{revised.json()['id']}/revisions", {**GOOD, "url": "https://siakkab.go.id/"}
    )
    assert (by_link.json()["revision"], by_link.json()["is_link"]) == (3, True)
    assert [one["revision"] for one in entry.get(url).json()] == [3, 2, 1]
    assert code_of(entry.post(url, {**GOOD, "file": upload(files.pdf())})) == (422, "superseded")
    assert len(stored(siak)) == 3


def test_what_is_said_about_a_piece_changes_and_is_reviewed_anew(siak: Organization) -> None:
    entry, reviewer = officer(siak, Role.DATA_ENTRY), officer(siak, Role.INTERNAL_ASSESSOR)
    piece = link(siak, entry)
    url = f"{HERE}/{piece.id}"
    assert put(program(reviewer), f"{url}/review", {"is_accepted": True}).json()["review_state"] == "accepted"
    for _again in range(2):
        described = put(program(entry), url, DESCRIPTION)
        assert (described.status_code, described.json()["title"]) == (200, "Perbup 12/2026")
        assert described.json()["review_state"] == "unreviewed"
    assert fields(put(program(entry), url, {**DESCRIPTION, "title": ""})) == ["title"]
    assert put(program(entry), url, {**DESCRIPTION, "issued_on": "kemarin"}).status_code == 422
    assert [one.title for one in stored(siak)] == ["Perbup 12/2026"]


def test_a_class_has_its_basis_and_few_lift_an_exemption(siak: Organization) -> None:
    entry, secretary = officer(siak, Role.DATA_ENTRY), officer(siak, Role.COORDINATOR)
    url = f"{HERE}/{add(siak, entry).id}/class"
    exempt = {"classification": "exempt", "exemption": "c", "class_reason": "Denah pusat data."}
    assert fields(put(program(entry), url, {"classification": "exempt"})) == ["exemption", "class_reason"]
    assert put(program(entry), url, exempt).json()["classification"] == "exempt"
    assert code_of(put(program(entry), url, {"classification": "open"})) == (403, "not_a_lifter")
    assert [one.classification for one in stored(siak)] == ["exempt"]
    assert put(program(secretary), url, {"classification": "open"}).json()["classification"] == "open"


def test_nobody_reviews_a_piece_of_their_own_and_a_refusal_has_its_reason(siak: Organization) -> None:
    reviewer = officer(siak, Role.INTERNAL_ASSESSOR)
    own = f"{HERE}/{link(siak, reviewer).id}/review"
    assert code_of(put(program(reviewer), own, {"is_accepted": True})) == (403, "own_piece")
    others = f"{HERE}/{link(siak, officer(siak, Role.DATA_ENTRY)).id}/review"
    assert fields(put(program(reviewer), others, {"is_accepted": False})) == ["review_reason"]
    refused = put(program(reviewer), others, {"is_accepted": False, "reason": "Belum ditandatangani."})
    assert refused.json()["review_state"] == "refused"


def test_a_withdrawn_piece_is_read_and_changed_no_more(siak: Organization) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    entry, piece = program(by), link(siak, by)
    url = f"{HERE}/{piece.id}"
    assert entry.post(f"{url}/withdrawal").status_code == 200
    assert code_of(entry.post(f"{url}/withdrawal")) == (422, "withdrawn")
    assert code_of(put(entry, url, DESCRIPTION)) == (422, "withdrawn")
    assert entry.get(url).status_code == 200
    assert entry.get(HERE).json()["items"] == []


def test_another_organisations_piece_is_404_and_a_reader_writes_nothing(
    siak: Organization, sumedang: Organization
) -> None:
    theirs = link(sumedang, officer(sumedang, Role.DATA_ENTRY, "entri.sumedang"))
    entry, inspector = program(officer(siak, Role.DATA_ENTRY)), program(officer(siak, Role.INSPECTORATE))
    own = link(siak, officer(siak, Role.COORDINATOR))
    for method, path, body in (
        ("put", "", DESCRIPTION),
        ("put", "/class", {"classification": "limited", "class_reason": "Uji."}),
        ("post", "/withdrawal", {}),
        ("get", "/revisions", {}),
    ):
        send = getattr(entry, method)
        sent = {"data": json.dumps(body), "content_type": "application/json"} if method != "get" else {}
        assert send(f"{HERE}/{theirs.id}{path}", **sent).status_code == 404
        may = method == "get"  # the inspectorate reads
        denied = getattr(inspector, method)(f"{HERE}/{own.id}{path}", **sent)
        assert denied.status_code == (200 if may else 403)
    assert [one.withdrawn_at for one in (*stored(siak), *stored(sumedang))] == [None, None]
