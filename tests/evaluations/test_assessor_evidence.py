"""Evidence before assessors: who opens it, what an exempt piece asks for, and what they say of it."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from livinglab.evaluations.models import EvidenceUse, EvidenceVerdict
from livinglab.evaluations.operations import verdicts
from livinglab.evidence.queries import Piece
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.evaluations.external import sent
from tests.evaluations.kit import AT, Region, answer_everything, open_round, send
from tests.evidence import people as evidence
from tests.organizations.people import make_member, organization, signed_in, trail

pytestmark = pytest.mark.django_db

HERE = "/regions/14.08/evaluations/2025"
EXEMPT = {"classification": "exempt", "exemption": "c", "class_reason": "Memuat rincian keamanan."}


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_BUCKET = None
    settings.CLAMAV_ADDRESS = ""


def with_file(*, is_sent: bool = True, **more: str) -> tuple[Region, Piece]:
    """A region whose indicator 21 shows a file, too."""
    region = open_round()
    answer_everything(region, 3)
    piece = evidence.add(region.organization, region.entry, **more)
    with tenancy(region.organization.id):
        EvidenceUse.objects.create(
            organization_id=region.organization.id,
            evaluation_id=region.participation.id,
            indicator="21",
            level=2,
            letter="z",
            piece_id=piece.id,
            reference="halaman 1",
            added_at=AT,
            added_by=region.entry.id,
        )
    if is_sent:
        send(region)
    return region, piece


def path(piece: Piece) -> str:
    return f"{HERE}/evidence/{piece.id}/file/"


def test_the_assigned_assessor_and_the_ministry_open_a_file_that_runs_nothing() -> None:
    region, piece = with_file()
    for user in (region.external, region.ministry):
        answer = signed_in(user).get(path(piece))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]


def test_nobody_else_opens_it_by_this_way() -> None:
    region, piece = with_file()
    stranger = make_member("asesor.lain", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    for user in (stranger, region.coordinator):
        assert signed_in(user).get(path(piece)).status_code == 403
    assert Client().get(path(piece)).status_code == 302


def test_nothing_opens_before_the_sheet_is_sent_or_what_is_not_shown_in_it() -> None:
    region, piece = with_file(is_sent=False)
    assert signed_in(region.external).get(path(piece)).status_code == 403
    send(region)
    other = evidence.add(region.organization, region.entry, title="Bukan bukti putaran ini")
    assert signed_in(region.external).get(path(other)).status_code == 404


def test_an_exempt_piece_opens_to_the_assigned_assessor_only_marked_and_logged() -> None:
    region, piece = with_file(**EXEMPT)
    client = signed_in(region.external)
    asked = client.get(path(piece))
    assert (asked.status_code, asked["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert trail("14.08")[0].action != "evidence.exempt_piece_opened"
    opened = client.post(path(piece))
    assert opened["Content-Type"] == "application/pdf"
    newest = trail("14.08")[0]
    assert (newest.action, newest.by) == ("evidence.exempt_piece_opened", region.external.id)
    ministry = signed_in(region.ministry)
    assert (ministry.get(path(piece)).status_code, ministry.post(path(piece)).status_code) == (403, 403)


def test_only_the_review_team_learns_that_another_region_shows_the_same_file() -> None:
    region, _piece = with_file()
    sumedang = organization("32.11")
    evidence.add(sumedang, evidence.officer(sumedang, Role.DATA_ENTRY))
    page = f"{HERE}/21/score/"
    seen = signed_in(region.ministry).get(page).content.decode()
    assert f"Berkas yang sama juga ada di: {sumedang.name}" in seen
    assert sumedang.name not in signed_in(region.external).get(page).content.decode()
    coordinator = signed_in(region.coordinator)
    assert coordinator.get(page).status_code == 403
    for path_ in ("/21/", "/21/evidence/", "/score/", "/minutes/"):
        answer = coordinator.get(HERE + path_)
        assert answer.status_code == 200
        assert sumedang.name not in answer.content.decode()


def test_an_assessor_judges_a_piece_and_says_why_it_proves_nothing() -> None:
    region = sent()
    with tenancy(region.organization.id):
        piece_id = EvidenceUse.objects.filter(indicator="21").order_by("letter")[0].piece_id
    client = signed_in(region.external)
    judge = f"{HERE}/21/evidence/{piece_id}/verdict/"
    assert client.post(judge, {"verdict": "refuse", "note": ""}).status_code == 422
    assert client.post(judge, {"verdict": "refuse", "note": "Tanpa tanda tangan."}).status_code == 302
    with tenancy(region.organization.id):
        row = EvidenceVerdict.objects.get()
    assert (row.is_accepted, row.note, row.judged_by) == (False, "Tanpa tanda tangan.", region.external.id)
    assert "Tanpa tanda tangan." in client.get(f"{HERE}/21/score/").content.decode()
    client.post(judge, {"verdict": "accept", "note": ""})
    with tenancy(region.organization.id):
        assert EvidenceVerdict.objects.get().is_accepted


def test_a_piece_of_another_indicator_is_not_judged_here() -> None:
    region = sent()
    with tenancy(region.organization.id):
        piece_id = EvidenceUse.objects.filter(indicator="20")[0].piece_id
    with pytest.raises(Refused) as refused:
        verdicts.judge(
            place=region.as_(region.external),
            indicator="21",
            piece_id=piece_id,
            is_accepted=True,
            note="",
            at=AT,
        )
    assert refused.value.refusal.code == "not_its_evidence"


def look(piece: Piece) -> str:
    return f"{HERE}/evidence/{piece.id}/"


def test_assessors_and_the_ministry_see_the_first_pages_before_they_download() -> None:
    region, piece = with_file()
    for user in (region.external, region.ministry):
        client = signed_in(user)
        assert look(piece) in client.get(f"{HERE}/21/score/").content.decode()
        page = client.get(look(piece)).content.decode()
        assert f'src="{look(piece)}preview/?page=1"' in page
        assert f'href="{path(piece)}"' in page
        picture = client.get(f"{look(piece)}preview/?page=1")
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
        assert picture.content[8:12] == b"WEBP"
        assert "sandbox" in picture["Content-Security-Policy"]
        assert "no-store" in picture["Cache-Control"]
        for number in ("0", "6", "x", "1234"):
            assert client.get(f"{look(piece)}preview/?page={number}").status_code == 404


def test_nobody_else_sees_the_pages_this_way_and_nobody_before_it_is_sent() -> None:
    region, piece = with_file(is_sent=False)
    for url in (look(piece), f"{look(piece)}preview/"):
        assert signed_in(region.external).get(url).status_code == 403
    send(region)
    other = evidence.add(region.organization, region.entry, title="Bukan bukti putaran ini")
    stranger = make_member("asesor.lain", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    for url in (look(piece), f"{look(piece)}preview/"):
        assert signed_in(stranger).get(url).status_code == 403
        assert signed_in(region.coordinator).get(url).status_code == 403
        assert Client().get(url).status_code == 302
    for url in (look(other), f"{look(other)}preview/"):
        assert signed_in(region.external).get(url).status_code == 404


def test_an_exempt_piece_has_no_pictures_for_anybody_outside() -> None:
    region, piece = with_file(**EXEMPT)
    for user, said in (
        (region.external, "tidak punya pratinjau"),
        (region.ministry, "Bukti dukung ini dikecualikan"),
    ):
        page = signed_in(user).get(look(piece))
        assert said in page.content.decode()
        assert "<img" not in page.content.decode().split("<main")[1].split("</main>")[0]
        assert signed_in(user).get(f"{look(piece)}preview/").status_code == 404
    assert trail("14.08")[0].action != "evidence.exempt_piece_opened"
