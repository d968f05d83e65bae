"""Through the API: files and first pages of evidence, for members and assessors; what was typed into an answer."""

from pathlib import Path

import pytest
from pytest_django import Settings

from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations import answers
from livinglab.evidence.queries import Piece
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.evaluations.kit import AT, Region, answer_everything, draft, open_round, send
from tests.evaluations.programs import Reader, code_of
from tests.evidence import people as evidence
from tests.organizations.people import organization, trail

pytestmark = pytest.mark.django_db

REGION = "/api/v1/regions/14.08"
HERE = f"{REGION}/evaluations/2025"
EXEMPT = {"classification": "exempt", "exemption": "c", "class_reason": "Memuat rincian keamanan."}


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_BUCKET = None
    settings.CLAMAV_ADDRESS = ""


@pytest.fixture
def region(db: None) -> Region:
    """A region that is ready to send."""
    found = open_round()
    answer_everything(found, 3)
    return found


def shown(region: Region, **more: str) -> Piece:
    """A file, shown for indicator 21."""
    piece = evidence.add(region.organization, region.entry, **more)
    with tenancy(region.organization.id):
        EvidenceUse.objects.create(
            organization_id=region.organization.id,
            evaluation_id=region.participation.id,
            indicator="21",
            level=2,
            letter="x" if more else "y",
            piece_id=piece.id,
            added_at=AT,
            added_by=region.entry.id,
        )
    return piece


def openings() -> int:
    return sum(one.action == "evidence.exempt_piece_opened" for one in trail("14.08"))


def test_a_file_and_its_first_pages_come_to_members_and_once_sent_to_assessors(region: Region) -> None:
    piece = shown(region)
    inside = (f"{REGION}/evidence/{piece.id}", f"{HERE}/evidence/{piece.id}")
    assert Reader(region.external).send("GET", f"{inside[1]}/file").status_code == 403
    send(region)
    for user, addresses in ((region.coordinator, inside), (region.external, inside[1:])):
        for address in addresses:
            answered = Reader(user).send("GET", f"{address}/file")
            assert (answered.status_code, answered["Content-Type"]) == (200, "application/pdf")
            assert "sandbox" in answered["Content-Security-Policy"]
            assert b"".join(answered.streaming_content).startswith(b"%PDF")
            page = Reader(user).send("GET", f"{address}/pages/1")
            assert (page["Content-Type"], page.content[8:12]) == ("image/webp", b"WEBP")
            assert Reader(user).send("GET", f"{address}/pages/5").status_code == 404
            assert Reader(user).send("GET", f"{address}/pages/6").status_code == 422
    assert Reader(region.external).send("GET", f"{inside[0]}/file").status_code == 403
    assert Reader(None).send("GET", f"{inside[1]}/file").status_code == 401


def test_an_exempt_file_opens_by_post_to_who_assesses_it(region: Region) -> None:
    piece = shown(region, **EXEMPT)
    send(region)
    assessed = ((region.internal, f"{REGION}/evidence"), (region.external, f"{HERE}/evidence"))
    for count, (user, address) in enumerate(assessed):
        url = f"{address}/{piece.id}/file"
        assert code_of(Reader(user).send("GET", url)) == (422, "exempt_by_post")
        assert openings() == count
        assert Reader(user).send("POST", url)["Content-Type"] == "application/pdf"
        assert openings() == count + 1
        assert Reader(user).send("GET", f"{address}/{piece.id}/pages/1").status_code == 404
    closed = ((region.entry, f"{REGION}/evidence"), (region.coordinator, f"{HERE}/evidence"))
    for user, address in (*closed, (region.ministry, f"{HERE}/evidence")):
        for method in ("GET", "POST"):
            assert code_of(Reader(user).send(method, f"{address}/{piece.id}/file")) == (403, "exempt")
    assert openings() == 2


def test_a_file_that_is_not_shown_here_or_of_another_region_is_not_found(region: Region) -> None:
    unused = evidence.add(region.organization, region.entry)
    elsewhere = organization("32.11")
    theirs = evidence.add(elsewhere, evidence.officer(elsewhere, Role.DATA_ENTRY))
    reader = Reader(region.coordinator)
    for address in (f"{HERE}/evidence/{unused.id}", f"{HERE}/evidence/{theirs.id}"):
        assert reader.send("GET", f"{address}/file").status_code == 404
        assert reader.send("POST", f"{address}/file").status_code == 404
        assert reader.send("GET", f"{address}/pages/1").status_code == 404
    assert reader.send("GET", f"{REGION}/evidence/{theirs.id}/file").status_code == 404


def test_what_was_typed_before_is_read_back_version_by_version(db: None) -> None:
    region = open_round()
    reader = Reader(region.entry)
    url = f"{HERE}/answers/21/versions"
    assert reader.send("GET", url).json() == []
    place = region.as_(region.entry)
    for version, (level, facts) in enumerate(((2, "Fakta lama."), (3, "Fakta baru."))):
        answers.save(place=place, indicator="21", draft=draft(level, facts), base_version=version, at=AT)
    found = reader.send("GET", url).json()
    assert [(one["number"], one["level"], one["by"]) for one in found] == [
        (2, "3.00", region.entry.name),
        (1, "2.00", region.entry.name),
    ]
    assert found[0]["changed"] == ["level", "met", "facts"]
    old = reader.send("GET", f"{url}/1").json()
    assert (old["facts"], old["met"]) == ("Fakta lama.", [1, 2])
    assert reader.send("GET", f"{url}/3").status_code == 404
    assert reader.send("GET", f"{HERE}/answers/99/versions").status_code == 404
    assert Reader(region.external).send("GET", url).status_code == 403  # nothing was sent yet
