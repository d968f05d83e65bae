"""The pages of evidence: a library, a form that keeps what was typed, files that no browser runs."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from livinglab.accounts.models import User
from livinglab.evidence.models import Piece
from livinglab.evidence.queries import Use, _assessed_readers, _use_readers, tell_assessed, tell_uses
from livinglab.evidence.uploads import LimitedUpload
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.evidence import files
from tests.evidence.people import add, link, officer, trail

pytestmark = pytest.mark.django_db

LIBRARY = "/en/regions/14.08/evidence/"
NEW = f"{LIBRARY}new/"
GOOD = {
    "title": "Regent regulation 12/2026",
    "type": "policy",
    "issued_on": "2026-01-15",
    "classification": "open",
}
EXEMPT = {"classification": "exempt", "exemption": "c", "class_reason": "x"}


def entered(client: Client, region: Organization, role: Role = Role.DATA_ENTRY) -> User:
    user = officer(region, role, f"someone.{role}")
    client.force_login(user)
    return user


def sent(content: bytes, name: str = "perbup.pdf", kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def pieces(region: Organization) -> list[Piece]:
    with tenancy(region.id):
        return list(Piece.objects.filter(organization_id=region.id))


def problems(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<li><a href="#(\w+)">(.*?)</a>', html)


def test_a_file_is_uploaded_seen_and_downloaded(client: Client, siak: Organization) -> None:
    entered(client, siak)
    assert "No evidence yet" in client.get(LIBRARY).content.decode()
    content = files.pdf(2)
    answer = client.post(NEW, {**GOOD, "file": sent(content)})
    assert answer.status_code == 302
    (piece,) = pieces(siak)
    assert answer["Location"] == f"{LIBRARY}{piece.id}/"
    html = client.get(answer["Location"]).content.decode()
    assert "Regent regulation 12/2026" in html
    assert "Not scanned: no virus scanner is set up" in html
    assert html.count("<img src=") == 2
    assert "1 piece of evidence, 1 not reviewed yet" in client.get(LIBRARY).content.decode()
    got = client.get(f"{LIBRARY}{piece.id}/file/")
    assert b"".join(got.streaming_content) == content  # type: ignore[attr-defined]
    assert got["Content-Disposition"] == 'attachment; filename="perbup.pdf"'
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got["Cache-Control"]
    assert "private" in got["Cache-Control"]


def test_a_wrong_form_comes_back_with_every_problem_and_what_was_typed(
    client: Client, siak: Organization
) -> None:
    entered(client, siak)
    answer = client.post(
        NEW,
        {
            "title": "",
            "type": "song",
            "issued_on": "31-02-2026",
            "classification": "exempt",
            "class_reason": "kept",
        },
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert [field for field, _message in problems(html)] == [
        "file",
        "issued_on",
        "title",
        "type",
        "exemption",
    ]
    assert ">kept</textarea>" in html
    assert 'value="31-02-2026"' in html
    assert "choose it again" in html
    assert pieces(siak) == []


def test_a_day_may_be_typed_as_indonesians_write_it(client: Client, siak: Organization) -> None:
    entered(client, siak)
    client.post(NEW, {**GOOD, "issued_on": "5/1/2026", "url": "https://siakkab.go.id/"})
    (piece,) = pieces(siak)
    assert str(piece.issued_on) == "2026-01-05"


@pytest.mark.parametrize(
    ("sent_", "field", "words"),
    [
        ({}, "file", "neither a file nor an address"),
        ({"file": "a.pdf", "url": "https://a.id/"}, "file", "not both"),
        ({"url": "javascript:alert(1)"}, "url", "begins with https://"),
        ({"file": "a.svg"}, "file", "web page or drawing"),
        ({"file": "a.png"}, "file", "does not fit what the file holds"),
        (
            {"url": "https://a.id/", "classification": "exempt", "exemption": "c", "class_reason": "x"},
            "classification",
            "watermark",
        ),
    ],
)
def test_each_refusal_says_what_to_do(
    client: Client, siak: Organization, sent_: dict[str, str], field: str, words: str
) -> None:
    entered(client, siak)
    contents = {"a.pdf": files.pdf(), "a.svg": b"<svg onload='x()'/>", "a.png": files.pdf()}
    form = {key: sent(contents[value], value, "") if key == "file" else value for key, value in sent_.items()}
    answer = client.post(NEW, {**GOOD, **form})
    assert answer.status_code == 422
    ((named, message),) = problems(answer.content.decode())
    assert named == field
    assert words in message
    assert pieces(siak) == []


def test_a_file_above_the_limit_is_dropped_on_its_way_and_the_form_comes_back(
    client: Client, siak: Organization, settings: Settings, tmp_path: Path
) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    entered(client, siak)
    large = files.pdf() + b"\n" * 3 * 1024 * 1024
    answer = client.post(NEW, {"file": sent(large), **GOOD})  # the file comes first: the rest still arrives
    html = answer.content.decode()
    assert answer.status_code == 422
    assert [field for field, _message in problems(html)] == ["file"]
    assert 'value="Regent regulation 12/2026"' in html
    assert list(tmp_path.glob("*.upload*")) == []
    assert pieces(siak) == []


def test_behind_the_limit_no_byte_is_passed_on_to_be_kept() -> None:
    handler = LimitedUpload(HttpRequest(), 10)
    for _ in range(2):  # each file of a form is counted by itself
        handler.new_file("file", "a.pdf", "application/pdf", None)
        assert handler.receive_data_chunk(b"x" * 10, 0) == b"x" * 10
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"x", 10)
    assert handler.is_too_large


def test_a_request_far_above_the_limit_is_not_even_read(
    client: Client, siak: Organization, settings: Settings
) -> None:
    class Unread(BytesIO):
        def read(self, *_args: object) -> bytes:
            raise AssertionError("the body was read")

    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    entered(client, siak)
    answer = client.generic(
        "POST",
        NEW,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(1024**3),
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 422
    assert "A file may have 1 MB" in answer.content.decode()


def test_the_form_is_taken_only_from_our_own_page(siak: Organization) -> None:
    client = Client(enforce_csrf_checks=True)
    entered(client, siak)
    assert client.post(NEW, {**GOOD, "url": "https://a.id/"}).status_code == 403
    assert pieces(siak) == []
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(NEW).content.decode())
    assert token is not None
    form = {**GOOD, "url": "https://a.id/", "csrfmiddlewaretoken": token[1]}
    assert client.post(NEW, form).status_code == 302
    (piece,) = pieces(siak)
    assert client.post(f"{LIBRARY}{piece.id}/withdraw/").status_code == 403


def test_a_name_with_a_path_and_a_nul_is_kept_plain(client: Client, siak: Organization) -> None:
    entered(client, siak)
    client.post(NEW, {**GOOD, "file": sent(files.pdf(), "..\\..\\a\x00b/../Perbup; rm.pdf")})
    (piece,) = pieces(siak)
    assert piece.file_name == "Perbup; rm.pdf"
    got = client.get(f"{LIBRARY}{piece.id}/file/")
    assert got["Content-Disposition"] == 'attachment; filename="Perbup; rm.pdf"'


def test_a_text_is_handed_out_as_text_and_saved_not_shown(client: Client, siak: Organization) -> None:
    user = entered(client, siak)
    piece = add(siak, user, b"kode,nama\n14.08,Siak", "daftar.csv")
    got = client.get(f"{LIBRARY}{piece.id}/file/")
    assert got["Content-Type"] == "text/csv; charset=utf-8"
    assert got["Content-Disposition"].startswith("attachment")


def test_a_preview_is_our_own_picture(client: Client, siak: Organization) -> None:
    user = entered(client, siak)
    piece = add(siak, user, files.pdf(1))
    got = client.get(f"{LIBRARY}{piece.id}/preview/")
    assert (got.status_code, got["Content-Type"], got.content[8:12]) == (200, "image/webp", b"WEBP")
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for wrong in ("2", "0", "-1", "x", "9999", "²"):
        assert client.get(f"{LIBRARY}{piece.id}/preview/?page={wrong}").status_code == 404


@pytest.fixture
def assessing(siak: Organization) -> Iterator[list[tuple[UUID, UUID]]]:
    """Pairs of a person and a piece assessed; what evaluations tell is tested there."""
    told: list[tuple[UUID, UUID]] = []
    readers = list(_assessed_readers)
    tell_assessed(lambda _organization_id, who, ids: {one for one in ids if (who, one) in told})
    yield told
    _assessed_readers[:] = readers


def test_an_exempt_piece_says_that_it_is_logged_and_hands_out_a_marked_copy(
    client: Client, siak: Organization, assessing: list[tuple[UUID, UUID]]
) -> None:
    writer = officer(siak, Role.DATA_ENTRY)
    content = files.pdf()
    piece = add(
        siak, writer, content, classification="exempt", exemption="c", class_reason="Keputusan PPID 3/2026"
    )
    assessing.append((entered(client, siak, Role.INTERNAL_ASSESSOR).id, piece.id))
    address = f"{LIBRARY}{piece.id}/file/"
    assert "the audit trail keeps that you opened it" in client.get(address).content.decode()
    assert len(trail(siak)) == 1
    got = client.post(address)
    copy = b"".join(got.streaming_content)  # type: ignore[attr-defined]
    assert copy.startswith(b"%PDF")
    assert copy != content
    assert trail(siak)[-1][0] == "evidence.exempt_piece_opened"
    assert client.get(f"{LIBRARY}{piece.id}/preview/").status_code == 404
    page = client.get(f"{LIBRARY}{piece.id}/").content.decode()
    assert "defence and security of the state" in page
    assert "<img" not in page.split("<main")[1]


def test_who_may_not_open_an_exempt_piece_is_told_why(client: Client, siak: Organization) -> None:
    piece = add(
        siak,
        officer(siak, Role.DATA_ENTRY),
        classification="exempt",
        exemption="c",
        class_reason="Keputusan PPID 3/2026",
    )
    for role in (Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.INSPECTORATE, Role.INTERNAL_ASSESSOR):
        entered(client, siak, role)
        for method in (client.get, client.post):
            answer = method(f"{LIBRARY}{piece.id}/file/")
            assert answer.status_code == 403
            assert "opens to the assigned assessors alone" in answer.content.decode()
    assert len(trail(siak)) == 1


def test_who_adds_an_exempt_piece_is_told_before_and_reads_name_size_and_hash(
    client: Client, siak: Organization
) -> None:
    writer = entered(client, siak, Role.DATA_ENTRY)
    said = "keep the original"
    assert said in client.get(f"{LIBRARY}new/").content.decode()
    piece = add(siak, writer)
    assert said in client.get(f"{LIBRARY}{piece.id}/classify/").content.decode()
    assert client.post(f"{LIBRARY}{piece.id}/classify/", EXEMPT).status_code == 302
    page = client.get(f"{LIBRARY}{piece.id}/").content.decode()
    for known in (piece.file_name, piece.sha256, "kB", "opens to the assigned assessors alone"):
        assert known in page
    assert f"{LIBRARY}{piece.id}/file/" not in page
    assert client.post(f"{LIBRARY}{piece.id}/file/").status_code == 403
    assert client.get(f"{LIBRARY}{piece.id}/preview/").status_code == 404


def test_a_piece_of_another_region_is_not_found(
    client: Client, siak: Organization, sumedang: Organization
) -> None:
    piece = add(sumedang, officer(sumedang, Role.DATA_ENTRY))
    entered(client, siak, Role.COORDINATOR)
    for name in ("", "file/", "preview/", "revise/", "describe/", "classify/", "review/", "withdraw/"):
        assert client.get(f"{LIBRARY}{piece.id}/{name}").status_code == 404, name
    for name in ("file/", "revise/", "describe/", "classify/", "review/", "withdraw/"):
        assert client.post(f"{LIBRARY}{piece.id}/{name}", GOOD).status_code == 404, name
    elsewhere = f"/en/regions/32.11/evidence/{piece.id}/"
    assert client.get(elsewhere).status_code == 403
    (row,) = pieces(sumedang)
    assert (row.title, row.withdrawn_at) == ("Perbup Arsitektur SPBE", None)


def test_a_revision_is_shown_first_and_both_say_so(client: Client, siak: Organization) -> None:
    user = entered(client, siak)
    first = add(siak, user, files.pdf(1), title="Perbup lama")
    form = client.get(f"{LIBRARY}{first.id}/revise/").content.decode()
    assert 'value="Perbup lama"' in form
    answer = client.post(
        f"{LIBRARY}{first.id}/revise/", {**GOOD, "title": "Perbup baru", "file": sent(files.pdf(2))}
    )
    assert answer.status_code == 302
    html = client.get(LIBRARY).content.decode()
    assert "Perbup baru" in html
    assert "Perbup lama" not in html
    assert "revision 2" in html
    old = client.get(f"{LIBRARY}{first.id}/").content.decode()
    assert "There is a newer revision." in old
    assert answer["Location"] in old
    again = client.post(f"{LIBRARY}{first.id}/revise/", {**GOOD, "file": sent(files.pdf(3))})
    assert again.status_code == 422
    assert "newer revision" in again.content.decode()


def test_a_reviewer_refuses_with_a_reason_that_everybody_reads(client: Client, siak: Organization) -> None:
    piece = add(siak, officer(siak, Role.DATA_ENTRY))
    entered(client, siak, Role.COORDINATOR)
    address = f"{LIBRARY}{piece.id}/review/"
    assert problems(client.post(address, {}).content.decode()) == [
        ("verdict", "Choose whether the piece will do")
    ]
    assert problems(client.post(address, {"verdict": "refused"}).content.decode()) == [
        ("review_reason", "Say why in one sentence")
    ]
    assert (
        client.post(address, {"verdict": "refused", "review_reason": "Tanpa tanda tangan"}).status_code == 302
    )
    assert "Tanpa tanda tangan" in client.get(f"{LIBRARY}{piece.id}/").content.decode()
    assert "0 pieces" not in client.get(f"{LIBRARY}?review=refused").content.decode()


def test_description_class_and_withdrawal_have_forms(client: Client, siak: Organization) -> None:
    user = entered(client, siak, Role.RESPONSIBLE_OFFICER)
    piece = add(siak, user)
    at = f"{LIBRARY}{piece.id}/"
    assert client.post(f"{at}describe/", {**GOOD, "issued_on": "tomorrow"}).status_code == 422
    assert client.post(f"{at}describe/", {**GOOD, "title": "Judul baru"})["Location"] == at
    assert problems(client.post(f"{at}classify/", {"classification": "limited"}).content.decode()) == [
        ("class_reason", "Say why in one sentence")
    ]
    limited = {"classification": "limited", "class_reason": "SK 4/2026"}
    assert client.post(f"{at}classify/", limited)["Location"] == at
    assert "SK 4/2026" in client.get(at).content.decode()
    assert "Withdraw “Judul baru”?" in client.get(f"{at}withdraw/").content.decode()
    assert client.post(f"{at}withdraw/")["Location"] == LIBRARY
    assert "No evidence yet" in client.get(LIBRARY).content.decode()
    assert "It proves nothing any more" in client.get(at).content.decode()
    assert client.post(f"{at}withdraw/").status_code == 422


def test_the_list_is_narrowed_by_its_address_and_an_unknown_filter_is_refused(
    client: Client, siak: Organization
) -> None:
    user = entered(client, siak)
    add(siak, user, files.picture(), "a.png", title="Tangkapan layar", type="screenshot")
    add(siak, user, files.pdf(), "b.pdf", title="Reviu", type="review")
    html = client.get(f"{LIBRARY}?q=tangkapan&type=screenshot").content.decode()
    assert "1 of 2 pieces fits" in html
    assert "Reviu" not in html.split('class="pieces"')[1]
    assert "Nothing fits" in client.get(f"{LIBRARY}?q=%00%25").content.decode()
    for wrong in ("type=song", "class=secret", "review=maybe"):
        assert client.get(f"{LIBRARY}?{wrong}").status_code == 422
    assert client.get(f"{LIBRARY}?page=99999&q=%F0%9F%98%80").status_code == 200


def test_the_list_takes_the_same_few_queries_for_one_piece_and_for_thirty(
    client: Client, siak: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = entered(client, siak)
    link(siak, user)
    client.get(LIBRARY)
    with django_assert_num_queries(14) as few:
        client.get(LIBRARY)
    for n in range(30):
        link(siak, user, f"https://a.id/{n}")
    with django_assert_num_queries(len(few)):
        html = client.get(LIBRARY).content.decode()
    assert "Page 1 of 2" in html
    assert html.count("<li>\n<h3>") == 25


def test_where_a_piece_is_used_is_told_by_whoever_uses_it(client: Client, siak: Organization) -> None:
    user = entered(client, siak)
    piece = add(siak, user)

    def uses(organization_id: UUID, ids: object) -> dict[UUID, list[Use]]:
        assert organization_id == siak.id
        return {piece.id: [Use("Indicator 21, level 4", "/en/regions/14.08/evaluations/2026/21/")]}

    tell_uses(uses)
    tell_uses(uses)
    try:
        html = client.get(f"{LIBRARY}{piece.id}/").content.decode()
        assert html.count("Indicator 21, level 4") == 1
        assert "used in 1 place" in client.get(f"{LIBRARY}{piece.id}/withdraw/").content.decode()
    finally:
        _use_readers.remove(uses)


def test_what_was_typed_is_shown_as_text(client: Client, siak: Organization) -> None:
    user = entered(client, siak)
    piece = add(siak, user, title="<script>alert(1)</script>", document_number='"><img src=x>')
    for page in (LIBRARY, f"{LIBRARY}{piece.id}/", f"{LIBRARY}{piece.id}/describe/"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("role", [Role.CITIZEN, None])
def test_strangers_and_citizens_find_the_door_closed(
    client: Client, siak: Organization, sumedang: Organization, role: Role | None
) -> None:
    assert client.get(LIBRARY).status_code == 302
    entered(client, siak if role else sumedang, role or Role.COORDINATOR)
    assert client.get(LIBRARY).status_code == 403
    assert client.post(NEW, {**GOOD, "url": "https://a.id/"}).status_code == 403
    assert pieces(siak) == []
