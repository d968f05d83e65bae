"""Every write of evidence keeps its promise, and a refused one leaves nothing behind."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from livinglab.evidence import operations
from livinglab.evidence.models import Piece
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.evidence import files
from tests.evidence.people import AT, add, officer, reader, trail

pytestmark = pytest.mark.django_db


def rows(region: Organization) -> list[Piece]:
    with tenancy(region.id):
        return list(Piece.objects.filter(organization_id=region.id))


def on_shelf(shelf: Path) -> list[str]:
    return sorted(path.relative_to(shelf).as_posix() for path in shelf.rglob("*") if path.is_file())


def test_a_file_is_kept_by_its_content_with_its_pages_and_its_trail(siak: Organization, shelf: Path) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    content = files.pdf(3)
    piece = add(
        siak, by, content, "../Perbup  No. 12.PDF", issued_on=date(2026, 1, 2), document_number="12/2026"
    )
    sha256 = hashlib.sha256(content).hexdigest()
    assert (piece.sha256, piece.size, piece.pages) == (sha256, len(content), 3)
    assert (piece.content_type, piece.file_name, piece.scan_state) == (
        "application/pdf",
        "Perbup No. 12.PDF",
        "not_scanned",
    )
    assert (piece.revision, piece.is_current, piece.series_id, piece.review_state) == (
        1,
        True,
        piece.id,
        "unreviewed",
    )
    assert on_shelf(shelf) == [f"{siak.id}/{sha256}"]
    assert trail(siak) == [("evidence.piece_added", {"evidence": "policy", "revision": 1})]
    opened = operations.open_file(organization_id=siak.id, piece_id=piece.id, reader=reader(by, siak), at=AT)
    with opened.stream as stream:
        assert stream.read() == content
    assert len(trail(siak)) == 1  # an open piece is opened without an entry
