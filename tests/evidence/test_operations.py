"""Every write of evidence keeps its promise, and a refused one leaves nothing behind."""

import hashlib
import os
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader
from pytest_django import Settings

from livinglab.accounts.models import User
from livinglab.audit.operations import digest
from livinglab.evidence import operations, queries
from livinglab.evidence.models import Fingerprint, Piece
from livinglab.evidence.operations import DetailsRefused, FileRefused, Upload
from livinglab.evidence.queries import Elsewhere, Search
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Membership, Organization
from livinglab.organizations.queries import Role
from tests.evidence import files
from tests.evidence.clamd import clamd
from tests.evidence.people import AT, add, details, link, officer, reader, trail, upload

pytestmark = pytest.mark.django_db

EXEMPT: dict[str, Any] = {
    "classification": "exempt",
    "exemption": "c",
    "class_reason": "Keputusan PPID 3/2026",
}


def rows(region: Organization) -> list[Piece]:
    with tenancy(region.id):
        return list(Piece.objects.filter(organization_id=region.id).order_by("id"))


def on_shelf(shelf: Path) -> list[str]:
    return sorted(path.relative_to(shelf).as_posix() for path in shelf.rglob("*") if path.is_file())


def test_a_file_is_kept_by_its_content_with_its_pages_and_its_trail(siak: Organization, shelf: Path) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    content = files.pdf(3)
    name = "../Perbup  No. 12.PDF"
    piece = add(siak, by, content, name, issued_on=date(2026, 1, 2), document_number="12/2026")
    sha256 = hashlib.sha256(content).hexdigest()
    assert (piece.sha256, piece.size, piece.pages) == (sha256, len(content), 3)
    assert (piece.content_type, piece.file_name) == ("application/pdf", "Perbup No. 12.PDF")
    assert (piece.scan_state, piece.review_state) == ("not_scanned", "unreviewed")
    assert (piece.revision, piece.is_current, piece.series_id) == (1, True, piece.id)
    assert on_shelf(shelf) == [f"{siak.id}/{sha256}"]
    facts = {"evidence": "policy", "revision": 1, "sha256": sha256, "size": len(content), "class": "open"}
    assert trail(siak) == [("evidence.piece_added", facts)]
    opened = operations.open_file(organization_id=siak.id, piece_id=piece.id, reader=reader(by, siak), at=AT)
    with opened.stream as stream:
        assert stream.read() == content
    assert len(trail(siak)) == 1  # an open piece is opened without an entry


def test_a_link_is_kept_and_holds_no_file(siak: Organization, shelf: Path) -> None:
    by = officer(siak, Role.AGENCY_OFFICER)
    piece = link(siak, by, " https://siakkab.go.id/layanan ", type="live_service")
    assert (piece.kind, piece.url, piece.sha256, piece.pages) == (
        "link",
        "https://siakkab.go.id/layanan",
        "",
        None,
    )
    with pytest.raises(operations.NotStored):
        operations.open_file(organization_id=siak.id, piece_id=piece.id, reader=reader(by, siak), at=AT)
    assert not Fingerprint.objects.exists()
    assert not shelf.exists()


@pytest.mark.parametrize("role", list(Role))
def test_only_writers_add_evidence(siak: Organization, shelf: Path, role: Role) -> None:
    writers = {
        Role.COORDINATOR,
        Role.RESPONSIBLE_OFFICER,
        Role.DATA_ENTRY,
        Role.AGENCY_OFFICER,
        Role.INTERNAL_ASSESSOR,
    }
    user = User.objects.create_user(f"{role}@siak.example", None)
    Membership.objects.create(user=user, organization=siak, role=role, granted_at=AT)
    if role in writers:
        link(siak, user)
        assert len(rows(siak)) == 1
        return
    with pytest.raises(Refused, match="not_a_writer"):
        link(siak, user)
    with pytest.raises(Refused, match="not_a_writer"):
        add(siak, user)
    assert rows(siak) == []
    assert not shelf.exists()


def test_an_officer_of_another_region_adds_nothing_here(siak: Organization, sumedang: Organization) -> None:
    with pytest.raises(Refused, match="not_a_writer"):
        link(siak, officer(sumedang, Role.COORDINATOR))
    assert rows(siak) == []


REFUSED_FILES = {
    "nothing": (b"", "a.pdf", "empty"),
    "page": (b"<html><script>x</script>", "a.pdf", "web_page"),
    "drawing": (b"<svg onload='x()'/>", "a.svg", "web_page"),
    "another ending": (files.picture(), "a.pdf", "name_lies"),
    "PDF cut off": (files.pdf(2)[:200], "a.pdf", "damaged"),
    "PDF and archive": (files.pdf() + files.packed({"a": b"x"}), "a.pdf", "two_in_one"),
    "script": (files.pdf_with_script(), "a.pdf", "pdf_acts"),
    "macros": (files.office(more={"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
    "bomb": (files.bomb(), "a.docx", "bomb"),
    "too large": (files.pdf() + b"\n" * 1024 * 1024, "a.pdf", "too_large"),
}


@pytest.mark.parametrize("name", sorted(REFUSED_FILES))
def test_a_file_that_is_not_taken_leaves_nothing(
    siak: Organization, shelf: Path, settings: Settings, name: str
) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    by = officer(siak, Role.DATA_ENTRY)
    content, file_name, fault = REFUSED_FILES[name]
    with pytest.raises(FileRefused) as refused:
        add(siak, by, content, file_name)
    assert refused.value.fault == fault
    assert (rows(siak), trail(siak), shelf.exists()) == ([], [], False)


def test_a_file_of_exactly_the_limit_is_kept_and_one_byte_more_is_not(
    siak: Organization, settings: Settings
) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    settings.EVIDENCE_MAX_BYTES = 1000
    assert add(siak, by, b"a" * 1000, "a.txt").size == 1000
    with pytest.raises(FileRefused, match="too_large"):
        add(siak, by, b"b" * 1001, "b.txt")


def test_an_endless_stream_is_left_behind_the_limit(siak: Organization, settings: Settings) -> None:
    class Endless(BytesIO):
        read_so_far = 0

        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert size > 0
            self.read_so_far += size
            return b"x" * size

    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    stream = Endless()
    with pytest.raises(FileRefused, match="too_large"):
        operations.add_file(
            organization_id=siak.id,
            upload=Upload(stream, "a.txt"),
            details=details(),
            by=officer(siak, Role.DATA_ENTRY).id,
            at=AT,
        )
    assert stream.read_so_far <= 2 * 1024 * 1024


def test_a_clean_file_says_so_and_an_infected_one_is_refused_and_remembered(
    siak: Organization, shelf: Path, settings: Settings
) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    with clamd() as (server, address):
        settings.CLAMAV_ADDRESS = address
        assert add(siak, by).scan_state == "clean"
        with pytest.raises(FileRefused, match="infected"):
            add(siak, by, files.EICAR, "a.txt")
        server.says = b"stream: ERROR"
        with pytest.raises(FileRefused, match="scanner_silent"):
            add(siak, by, files.picture(), "a.png")
    assert len(rows(siak)) == 1
    assert len(on_shelf(shelf)) == 1
    assert [action for action, _facts in trail(siak)] == [
        "evidence.piece_added",
        "evidence.infected_file_refused",
    ]


def test_every_problem_of_the_details_is_told_at_once(siak: Organization) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    with pytest.raises(DetailsRefused) as refused:
        link(siak, by, "javascript:alert(1)", title=" ", type="song", classification="limited")
    assert [(one.field, str(one.flaw)) for one in refused.value.problems] == [
        ("title", "title_missing"),
        ("type", "type_unknown"),
        ("class_reason", "reason_missing"),
        ("url", "url_wrong"),
    ]
    assert rows(siak) == []


def test_a_day_is_future_only_when_it_is_so_in_jayapura(siak: Organization) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    late = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)  # 22:30 in Jakarta, half past midnight in Jayapura

    def signed(day: date) -> Piece:
        return operations.add_link(
            organization_id=siak.id, url="https://a.id/", details=details(issued_on=day), by=by.id, at=late
        )

    assert signed(date(2026, 11, 22)).issued_on == date(2026, 11, 22)
    with pytest.raises(DetailsRefused, match="issued_in_future"):
        signed(date(2026, 11, 23))


# --- revisions ------------------------------------------------------------------------------------------


def test_a_revision_takes_the_place_and_the_older_stays_readable(siak: Organization) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    first = add(siak, by, files.pdf(1))
    common: dict[str, Any] = {"organization_id": siak.id, "by": by.id, "at": AT}
    second = operations.revise_file(
        piece_id=first.id, upload=upload(files.pdf(2)), details=details(title="Perbup, diubah"), **common
    )
    third = operations.revise_link(
        piece_id=second.id, url="https://jdih.siakkab.go.id/12", details=details(), **common
    )
    assert [(one.revision, one.is_current, one.supersedes_id, one.series_id) for one in rows(siak)] == [
        (1, False, None, first.id),
        (2, False, first.id, first.id),
        (3, True, second.id, first.id),
    ]
    with tenancy(siak.id):
        assert [one.id for one in queries.pieces(siak.id)] == [third.id]
        assert [one.id for one in queries.revisions(first)] == [third.id, second.id, first.id]
        newest = queries.newest_of(siak.id, [first.id, third.id, new_id()])
        assert {key: one.id for key, one in newest.items()} == {first.id: third.id, third.id: third.id}
    opened = operations.open_file(organization_id=siak.id, piece_id=first.id, reader=reader(by, siak), at=AT)
    with opened.stream as stream:
        assert len(PdfReader(BytesIO(stream.read())).pages) == 1
    assert [action for action, _facts in trail(siak)] == [
        "evidence.piece_added",
        "evidence.piece_revised",
        "evidence.piece_revised",
    ]


def test_an_older_or_withdrawn_piece_is_not_revised_described_classed_reviewed_or_withdrawn(
    siak: Organization,
) -> None:
    by, chief = officer(siak, Role.DATA_ENTRY), officer(siak, Role.COORDINATOR)
    first = link(siak, by)
    second = operations.revise_link(
        organization_id=siak.id, piece_id=first.id, url="https://b.id/", details=details(), by=by.id, at=AT
    )
    operations.withdraw(organization_id=siak.id, piece_id=second.id, by=by.id, at=AT)
    before = [(one.title, one.review_state, one.classification) for one in rows(siak)]
    for piece, code in ((first, "superseded"), (second, "withdrawn")):
        common: dict[str, Any] = {"organization_id": siak.id, "piece_id": piece.id, "by": chief.id, "at": AT}
        for act in (
            lambda common=common: operations.revise_link(url="https://c.id/", details=details(), **common),
            lambda common=common: operations.revise_file(
                upload=upload(files.pdf()), details=details(), **common
            ),
            lambda common=common: operations.describe(details=details(title="x"), **common),
            lambda common=common: operations.classify(classification="limited", class_reason="x", **common),
            lambda common=common: operations.review(accepted=True, **common),
            lambda common=common: operations.withdraw(**common),
        ):
            with pytest.raises(Refused, match=code):
                act()
    assert [(one.title, one.review_state, one.classification) for one in rows(siak)] == before


# --- review, description, class -------------------------------------------------------------------------


def test_a_review_is_somebody_elses_and_a_refusal_says_why(siak: Organization) -> None:
    by, chief = officer(siak, Role.INTERNAL_ASSESSOR), officer(siak, Role.COORDINATOR)
    piece = link(siak, by)
    common: dict[str, Any] = {"organization_id": siak.id, "piece_id": piece.id, "at": AT}
    with pytest.raises(Refused, match="own_piece"):
        operations.review(accepted=True, by=by.id, **common)
    with pytest.raises(Refused, match="not_a_reviewer"):
        operations.review(accepted=True, by=officer(siak, Role.DATA_ENTRY).id, **common)
    with pytest.raises(DetailsRefused, match="reason_missing"):
        operations.review(accepted=False, reason="  ", by=chief.id, **common)
    assert rows(siak)[0].review_state == "unreviewed"
    refused = operations.review(accepted=False, reason="Belum ditandatangani", by=chief.id, **common)
    assert (refused.review_state, refused.review_reason, refused.reviewed_by, refused.reviewed_at) == (
        "refused",
        "Belum ditandatangani",
        chief.id,
        AT,
    )
    assert operations.review(accepted=True, by=chief.id, **common).review_state == "accepted"
    assert [action for action, _facts in trail(siak)][1:] == [
        "evidence.piece_refused",
        "evidence.piece_accepted",
    ]
    assert "Belum" not in str(trail(siak))


def test_what_was_reviewed_and_then_changed_is_unreviewed_again(siak: Organization) -> None:
    by, chief = officer(siak, Role.DATA_ENTRY), officer(siak, Role.COORDINATOR)
    piece = link(siak, by, issued_on=date(2025, 1, 1))
    common: dict[str, Any] = {"organization_id": siak.id, "piece_id": piece.id, "at": AT}
    operations.review(accepted=True, by=chief.id, **common)
    same = operations.describe(details=details(issued_on=date(2025, 1, 1)), by=by.id, **common)
    assert same.review_state == "accepted"
    assert len(trail(siak)) == 2  # nothing changed, nothing written
    changed = operations.describe(details=details(issued_on=date(2026, 1, 1)), by=by.id, **common)
    assert (changed.issued_on, changed.review_state, changed.reviewed_by) == (
        date(2026, 1, 1),
        "unreviewed",
        None,
    )
    assert trail(siak)[-1] == (
        "evidence.piece_described",
        {
            "evidence": "policy",
            "revision": 1,
            "fields": ["issued_on"],
            "before": {"issued_on": "2025-01-01"},
            "after": {"issued_on": "2026-01-01"},
        },
    )


def test_a_class_has_its_basis_and_only_what_carries_a_watermark_is_exempt(siak: Organization) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    document, address, sheet = add(siak, by), link(siak, by), add(siak, by, files.office("xlsx"), "a.xlsx")

    def exempt(piece: Piece, **more: Any) -> Piece:
        return operations.classify(
            organization_id=siak.id, piece_id=piece.id, by=by.id, at=AT, **{**EXEMPT, **more}
        )

    with pytest.raises(DetailsRefused, match="exemption_missing"):
        exempt(document, exemption="")
    for piece in (address, sheet):
        with pytest.raises(Refused, match="not_markable"):
            exempt(piece)
    with pytest.raises(Refused, match="not_markable"):
        link(siak, by, **EXEMPT)
    with pytest.raises(Refused, match="not_markable"):
        add(siak, by, files.office("xlsx"), "b.xlsx", **EXEMPT)
    assert {one.classification for one in rows(siak)} == {"open"}
    assert exempt(document).exemption == "c"
    assert trail(siak)[-1][1] == {
        "evidence": "policy",
        "revision": 1,
        "before": {"class": "open", "letter": "", "reason": ""},
        "after": {"class": "exempt", "letter": "c", "reason": digest(EXEMPT["class_reason"])},
    }


def test_who_may_not_open_an_exempt_piece_cannot_make_it_open(siak: Organization) -> None:
    by, chief = officer(siak, Role.DATA_ENTRY), officer(siak, Role.COORDINATOR)
    piece = add(siak, by, **EXEMPT)
    common: dict[str, Any] = {
        "organization_id": siak.id,
        "piece_id": piece.id,
        "classification": "open",
        "at": AT,
    }
    with pytest.raises(Refused, match="not_a_lifter"):
        operations.classify(by=officer(siak, Role.AGENCY_OFFICER).id, **common)
    assert rows(siak)[0].classification == "exempt"
    assert operations.classify(by=chief.id, **common).exemption == ""


# --- opening --------------------------------------------------------------------------------------------


def test_an_exempt_piece_opens_marked_and_logged(siak: Organization, shelf: Path) -> None:
    by = officer(siak, Role.DATA_ENTRY, "rina")
    content = files.pdf(2)
    piece = add(siak, by, content, **EXEMPT)
    assessor = officer(siak, Role.INTERNAL_ASSESSOR, "budi")
    common: dict[str, Any] = {"organization_id": siak.id, "piece_id": piece.id, "at": AT}
    with pytest.raises(Refused, match="exempt"):
        operations.open_file(reader=reader(assessor, siak), **common)
    assert len(trail(siak)) == 1
    opened = operations.open_file(reader=reader(assessor, siak, piece), **common)
    with opened.stream as stream:
        copy = stream.read()
    assert copy != content
    pages = PdfReader(BytesIO(copy)).pages
    assert len(pages) == 2
    assert all("Budi" in one.extract_text() and "21.11.2026 10:00 WIB" in one.extract_text() for one in pages)
    facts = {"evidence": "policy", "revision": 1}
    assert trail(siak)[1:] == [("evidence.exempt_piece_opened", facts)]
    assert "Budi" not in str(trail(siak))
    assert on_shelf(shelf) == [f"{siak.id}/{piece.sha256}"]  # no marked copy is kept
    with tenancy(siak.id), pytest.raises(queries.NoPreview):
        queries.preview(rows(siak)[0])


def test_an_exempt_piece_opens_to_who_assesses_it_and_to_no_role(
    siak: Organization, sumedang: Organization
) -> None:
    writer = officer(siak, Role.AGENCY_OFFICER, "penambah")
    piece = add(siak, writer, **EXEMPT)
    plain = add(siak, writer, files.picture(), "a.png")
    stranger = officer(sumedang, Role.COORDINATOR, "tetangga")
    for role in Role:
        who = operations.Reader(new_id(), "x", frozenset({role}))
        assert operations.may_open(piece, who) is not None, role
        assert (operations.may_open(plain, who) is None) == (role is not Role.CITIZEN), role
    assert operations.may_open(piece, reader(writer, siak)) is not None  # who added it, too
    assert operations.may_open(plain, reader(stranger, siak)) is not None
    assert operations.may_open(piece, reader(stranger, siak, plain)) is not None
    assert operations.may_open(piece, reader(stranger, siak, piece)) is None
    with pytest.raises(Refused, match="exempt"):
        operations.open_file(
            organization_id=siak.id,
            piece_id=piece.id,
            reader=reader(writer, siak),
            at=AT,
        )
    assert [action for action, _facts in trail(siak)] == ["evidence.piece_added"] * 2


def test_another_regions_piece_is_not_there(siak: Organization, sumedang: Organization) -> None:
    piece = add(sumedang, officer(sumedang, Role.DATA_ENTRY))
    chief = officer(siak, Role.COORDINATOR)
    common: dict[str, Any] = {"organization_id": siak.id, "piece_id": piece.id, "at": AT}
    for act in (
        lambda: operations.open_file(reader=reader(chief, siak, piece), **common),
        lambda: operations.describe(details=details(), by=chief.id, **common),
        lambda: operations.withdraw(by=chief.id, **common),
        lambda: operations.revise_link(url="https://a.id/", details=details(), by=chief.id, **common),
    ):
        with pytest.raises(Piece.DoesNotExist):
            act()
    with tenancy(siak.id):
        assert not Piece.objects.exists()
        assert queries.pieces_by_id(siak.id, [piece.id]) == {}
    assert rows(sumedang)[0].withdrawn_at is None


# --- the storage and the rows ---------------------------------------------------------------------------


def test_a_row_that_fails_takes_its_file_with_it(
    siak: Organization, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    kept = add(siak, by, files.pdf(1))

    def broken(**_values: Any) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Fingerprint.objects, "create", broken)
    for content in (files.pdf(2), files.pdf(1)):  # a new file, and one that another piece relies on
        with pytest.raises(RuntimeError, match="went away"):
            add(siak, by, content)
    assert [one.id for one in rows(siak)] == [kept.id]
    assert on_shelf(shelf) == [f"{siak.id}/{kept.sha256}"]
    assert len(trail(siak)) == 1


def test_a_storage_that_fails_leaves_no_row(
    siak: Organization, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(operations.StorageFailed):
        add(siak, officer(siak, Role.DATA_ENTRY))
    assert (rows(siak), trail(siak), on_shelf(shelf)) == ([], [], [])


def test_what_a_crash_left_behind_is_forgotten_and_nothing_else(siak: Organization, shelf: Path) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    kept = add(siak, by)
    with tenancy(siak.id):
        queries.preview(kept)
    folder = shelf / str(siak.id)
    old = (AT - timedelta(days=2)).timestamp()
    for name in ("a" * 64, "a" * 64 + ".1.webp", "b" * 64):
        (folder / name).write_bytes(b"left")
    for path in folder.iterdir():
        if path.name != "b" * 64:
            os.utime(path, (old, old))
    os.utime(folder / ("b" * 64), (AT.timestamp(), AT.timestamp()))  # perhaps its writer is still at it
    assert operations.forget_orphans(before=AT - timedelta(days=1), at=AT) == 2
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [kept.sha256, f"{kept.sha256}.1.webp", "b" * 64]
    )
    assert trail(siak)[-1] == ("evidence.orphans_forgotten", {"count": 2})
    assert operations.forget_orphans(before=AT - timedelta(days=1), at=AT) == 0


def test_a_preview_is_drawn_once(siak: Organization, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piece = add(siak, officer(siak, Role.DATA_ENTRY), files.pdf(9))
    assert queries.preview_pages(piece) == 5
    first = queries.preview(piece, page=2)
    monkeypatch.setattr("livinglab.evidence.adapters.examiner.preview", None)
    assert queries.preview(piece, page=2) == first
    for page in (0, 6):
        with pytest.raises(queries.NoPreview):
            queries.preview(piece, page=page)


def test_the_same_file_is_found_here_and_elsewhere(siak: Organization, sumedang: Organization) -> None:
    here, there = officer(siak, Role.DATA_ENTRY), officer(sumedang, Role.DATA_ENTRY)
    content = files.pdf(4)
    one, again, other = (
        add(siak, here, content),
        add(siak, here, content, "b.pdf"),
        add(siak, here, files.pdf(5)),
    )
    copy = add(sumedang, there, content)
    hashes = [one.sha256, other.sha256, ""]
    with tenancy(siak.id), CountedQueries() as counted:
        found = queries.same_file_here(siak.id, hashes)
        assert {key: [each.id for each in value] for key, value in found.items()} == {
            one.sha256: [one.id, again.id],
            other.sha256: [other.id],
        }
        assert queries.same_file_elsewhere(siak.id, hashes) == {
            one.sha256: (Elsewhere(sumedang.id, copy.id, sumedang.name),)
        }
        assert counted.number() == 2


class CountedQueries:
    """How many queries a block makes."""

    def __enter__(self) -> "CountedQueries":
        self._before = connection.force_debug_cursor
        connection.force_debug_cursor = True
        self._start = len(connection.queries_log)
        return self

    def number(self) -> int:
        return len(connection.queries_log) - self._start

    def __exit__(self, *_error: object) -> None:
        connection.force_debug_cursor = self._before


def test_pieces_are_searched_and_read_by_id_in_one_query(siak: Organization) -> None:
    by = officer(siak, Role.DATA_ENTRY)
    plan = link(siak, by, title="Peta Rencana SPBE", type="plan", document_number="8/2025")
    old = link(siak, by, title="Reviu lama", type="review", expires_on=date(2026, 11, 20))
    last = link(siak, by, title="Reviu baru", type="review", expires_on=date(2026, 11, 21))
    gone = link(siak, by, title="Reviu ditarik", type="review")
    operations.withdraw(organization_id=siak.id, piece_id=gone.id, by=by.id, at=AT)

    def ids(**search: Any) -> list[object]:
        return [one.id for one in queries.found(siak.id, Search(**search))]

    with tenancy(siak.id):
        assert ids() == [last.id, old.id, plan.id]
        assert ids(text="rencana 8/2025") == [plan.id]
        assert ids(text="100%_") == []
        assert ids(type="review") == [last.id, old.id]
        assert ids(type="review", expired_by=date(2026, 11, 21)) == [old.id]
        assert ids(classification="exempt") == []
        assert ids(review_state="unreviewed") == [last.id, old.id, plan.id]
        with CountedQueries() as counted:
            assert set(queries.pieces_by_id(siak.id, [plan.id, gone.id, new_id()])) == {plan.id, gone.id}
            assert counted.number() == 1


# --- what the database itself refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"kind": "file"}, "a_piece_is_a_file_or_a_link"),
        ({"sha256": "a" * 64}, "a_piece_is_a_file_or_a_link"),
        ({"url": "javascript:alert(1)"}, "a_link_leads_to_the_web"),
        ({"exemption": "a"}, "an_exemption_names_its_letter_and_reason"),
        (EXEMPT, "an_exempt_piece_can_carry_a_watermark"),
        ({"issued_on": date(2026, 1, 2), "expires_on": date(2026, 1, 1)}, "a_piece_expires_no_earlier"),
        ({"review_state": "accepted"}, "a_review_says_who_and_when"),
        ({"review_state": "refused", "reviewed_by": new_id(), "reviewed_at": AT}, "a_refused_piece_says_why"),
        ({"withdrawn_at": AT}, "a_withdrawal_says_who_and_when"),
        ({"revision": 2}, "the_first_revision_supersedes_nothing"),
        ({"series_id": new_id()}, "the_first_revision_supersedes_nothing"),
    ],
)
def test_a_wrong_row_is_refused_by_name(siak: Organization, wrong: dict[str, Any], constraint: str) -> None:
    piece = link(siak, officer(siak, Role.DATA_ENTRY))
    with tenancy(siak.id):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Piece.objects.filter(id=piece.id).update(**wrong)
        with pytest.raises(IntegrityError, match="nobody_reviews_a_piece_of_their_own"), transaction.atomic():
            Piece.objects.filter(id=piece.id).update(
                review_state="accepted", reviewed_by=piece.added_by, reviewed_at=AT
            )


def test_an_exemption_without_its_letter_is_refused_by_name(siak: Organization) -> None:
    piece = add(siak, officer(siak, Role.DATA_ENTRY))
    for wrong in ({}, {"exemption": "c"}, {"class_reason": "x"}):
        named = pytest.raises(IntegrityError, match="an_exemption_names_its_letter_and_reason")
        with tenancy(siak.id), named, transaction.atomic():
            Piece.objects.filter(id=piece.id).update(classification="exempt", **wrong)
