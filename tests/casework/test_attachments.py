"""Files of applications are kept: attached on the form, replaced, removed, sent, and read by who may."""

import os
import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from livinglab.casework import tasks
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Draft, Task
from livinglab.casework.operations import attachments, drafts
from livinglab.casework.queries.running import package_of
from livinglab.config.evidence_places import Bucket
from livinglab.evidence.operations import forget_orphans
from livinglab.kernel.tenancy import tenancy
from tests.casework.attached import (
    HOUSEHOLD,
    content_of,
    form_address,
    kept,
    links,
    photo,
    sent_with,
    text,
    upload,
)
from tests.casework.complaints import REPORT, in_lane, taking_complaints
from tests.casework.kit import AT, NEIGHBOUR, REGION, VILLAGE, arrived, done, home, running, seated
from tests.evidence import files
from tests.evidence.clamd import clamd
from tests.evidence.s3_server import BUCKET, KEYS, s3_server
from tests.organizations.people import make_person, signed_in, trail

pytestmark = pytest.mark.django_db


def lying(shelf: Path) -> list[str]:
    return sorted(one.name for one in shelf.glob("*/*"))


def test_a_file_is_kept_with_the_form_and_read_by_its_applicant(client: Client, shelf: Path) -> None:
    page, content = form_address(), photo()
    asked = text(client.get(page))
    assert 'accept="image/*,application/pdf,.pdf"' in asked
    assert "JPEG, PNG, dan PDF, paling besar 2 MB." in asked
    assert "casework/shrink" in asked
    answer = client.post(page, {**HOUSEHOLD, "family_card": upload(content, "Kartu Keluarga.JPG")})
    assert answer["Location"].endswith("/form/declare/")
    (row,) = kept()
    assert (row.question, row.name, row.size, row.content_type) == (
        "family_card",
        "Kartu Keluarga.JPG",
        len(content),
        "image/jpeg",
    )
    assert lying(shelf) == [f"{sha256(content).hexdigest()}.attached"]
    check = text(client.get(page.replace("form/household/", "check/")))
    assert "Kartu Keluarga.JPG (1 KB)" in check
    (link,) = links(check)
    got = client.get(link)
    assert content_of(got) == content
    assert got["Content-Disposition"] == 'attachment; filename="Kartu Keluarga.JPG"'
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "private" in got["Cache-Control"]
    assert "no-store" in got["Cache-Control"]


def test_a_form_that_is_gone_on_with_keeps_its_file(client: Client) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    assert "Sudah dilampirkan: kk.jpg (1 KB)." in text(client.get(page))
    client.post(page, {**HOUSEHOLD, "members": "5"})
    assert "Sudah dilampirkan: kk.jpg (1 KB)." in text(client.get(page))
    assert len(kept()) == 1


def test_another_file_takes_its_place_and_the_button_removes_it(client: Client, shelf: Path) -> None:
    page, second = form_address(), files.pdf(2)
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    (first,) = kept()
    client.post(page, {**HOUSEHOLD, "family_card": upload(second, "kk.pdf", "application/pdf")})
    (row,) = kept()
    assert (row.name, row.content_type) == ("kk.pdf", "application/pdf")
    tasks.forget_file(organization_id=str(home().id), sha256=first.sha256)
    tasks.forget_file(organization_id=str(home().id), sha256=row.sha256)  # it is named: it stays
    assert lying(shelf) == [f"{sha256(second).hexdigest()}.attached"]
    answer = client.post(page, {**HOUSEHOLD, "members": "7", "_remove": "family_card"})
    assert answer.status_code == 200
    assert "Sudah dilampirkan" not in text(answer)
    assert 'value="7"' in text(answer)
    assert kept() == []
    tasks.forget_file(organization_id=str(home().id), sha256=row.sha256)
    assert lying(shelf) == []


def test_the_same_file_twice_is_one_row_and_one_file(client: Client, shelf: Path) -> None:
    page = form_address()
    for _again in range(2):
        client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    assert len(kept()) == 1
    assert len(lying(shelf)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ" + b"\x00" * 200, "kk.jpg", "Hanya PDF atau foto (JPEG, PNG) yang diterima di sini"),
        (
            b"<!doctype html><script>1</script>",
            "kk.pdf",
            "Hanya PDF atau foto (JPEG, PNG) yang diterima di sini",
        ),
        (files.picture("WEBP"), "kk.webp", "Hanya PDF atau foto (JPEG, PNG) yang diterima di sini"),
        (files.office(), "kk.docx", "Hanya PDF atau foto (JPEG, PNG) yang diterima di sini"),
        (photo(), "kk.png", "Akhiran nama berkas tidak sesuai dengan isinya."),
        (b"", "kk.jpg", "Berkasnya kosong."),
        (photo()[:300], "kk.jpg", "Berkasnya rusak atau terpotong."),
        (files.pdf(0), "kk.pdf", "Berkasnya rusak atau terpotong."),
        (files.pdf_with_password(), "kk.pdf", "Berkasnya dikunci dengan kata sandi."),
        (files.pdf_with_script(), "kk.pdf", "PDF ini berisi skrip"),
        (photo() + b"\x00" * (2048 * 1024), "kk.jpg", "Berkas lebih besar dari 2 MB."),
        (photo() + b"\x00" * (8 * 1024 * 1024), "kk.jpg", "Berkas lebih besar dari 2 MB."),
    ],
    ids=[
        "program",
        "web page",
        "webp",
        "office",
        "name lies",
        "empty",
        "cut off",
        "no page",
        "locked",
        "script",
        "too large",
        "far too large",
    ],
)
def test_what_is_not_taken_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, shelf: Path, content: bytes, name: str, said: str
) -> None:
    page = form_address()
    answer = client.post(page, {**HOUSEHOLD, "members": "6", "family_card": upload(content, name, "")})
    shown = text(answer)
    assert answer.status_code == 422
    found = re.search(r'id="family_card-error">(.*?)</p>', shown)
    assert found is not None
    assert said in found[1]
    assert 'href="#family_card"' in shown
    assert 'value="6"' in shown
    assert kept() == []
    assert lying(shelf) == []
    with tenancy(home().id):
        assert Draft.objects.get().answers["members"] == 6


def test_a_refused_file_leaves_the_one_that_was_there(client: Client) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    answer = client.post(page, {**HOUSEHOLD, "family_card": upload(b"MZ", "lain.jpg")})
    assert answer.status_code == 422
    assert "Sudah dilampirkan: kk.jpg" in text(answer)
    assert [one.name for one in kept()] == ["kk.jpg"]


def test_a_mistake_elsewhere_on_the_page_loses_no_file(client: Client) -> None:
    page = form_address()
    answer = client.post(page, {**HOUSEHOLD, "members": "x", "family_card": upload(photo())})
    assert answer.status_code == 422
    assert "Sudah dilampirkan: kk.jpg" in text(answer)
    assert len(kept()) == 1


def test_the_limit_of_the_installation_holds_where_the_question_allows_more(
    client: Client, settings: Settings
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    page = form_address()
    assert "paling besar 1 MB." in text(client.get(page))
    answer = client.post(page, {**HOUSEHOLD, "family_card": upload(photo() + b"\x00" * (1024 * 1024))})
    assert "Berkas lebih besar dari 1 MB." in text(answer)


def test_an_address_sends_so_many_files_an_hour_and_loses_nothing(client: Client, settings: Settings) -> None:
    settings.ATTACHMENTS_AN_HOUR = 2
    page = form_address()
    for name in ("satu.jpg", "dua.jpg"):
        assert client.post(page, {**HOUSEHOLD, "family_card": upload(photo(), name)}).status_code == 302
    answer = client.post(page, {**HOUSEHOLD, "members": "6", "family_card": upload(photo(), "tiga.jpg")})
    assert answer.status_code == 429
    assert "Terlalu banyak berkas datang dari alamat ini." in text(answer)
    assert 'value="6"' in text(answer)
    assert [one.name for one in kept()] == ["dua.jpg"]
    assert (
        client.post(page, {**HOUSEHOLD, "members": "6"}).status_code == 302
    )  # without another file it goes on
    elsewhere = {**HOUSEHOLD, "family_card": upload(photo(), "tiga.jpg")}
    assert client.post(page, elsewhere, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_what_a_failed_request_left_is_deleted_after_a_day(client: Client, shelf: Path) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    (named,) = kept()
    (folder,) = shelf.glob("*")
    left, young = f"{'a' * 64}.attached", f"{'b' * 64}.attached"
    evidence = "c" * 64  # of another context, by the same content as what was left: never ours to delete
    for name in (left, young, evidence, "a" * 64):
        (folder / name).write_bytes(b"left")
    old = (AT - timedelta(days=2)).timestamp()
    for one in (left, evidence, "a" * 64, f"{named.sha256}.attached"):
        os.utime(folder / one, (old, old))
    os.utime(folder / young, ((AT - timedelta(hours=23)).timestamp(),) * 2)
    assert attachments.forget_leftovers(at=AT) == 1
    assert lying(shelf) == sorted([young, evidence, "a" * 64, f"{named.sha256}.attached"])
    entry = next(one for one in trail(REGION) if one.action == "casework.leftover_files_forgotten")
    assert entry.facts == {"count": 1}
    assert attachments.forget_leftovers(at=AT) == 0


def test_a_form_post_without_its_token_is_still_refused(settings: Settings) -> None:
    page = form_address()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page, {**HOUSEHOLD, "family_card": upload(photo())}).status_code == 403
    assert kept() == []


def test_where_a_photo_was_taken_is_not_kept(client: Client) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo(place="Rumah Contoh", way=6))})
    (link,) = links(text(client.get(page.replace("form/household/", "check/"))))
    content = content_of(client.get(link))
    assert b"Rumah Contoh" not in content
    with Image.open(BytesIO(content)) as opened:
        assert dict(opened.getexif()) == {0x0112: 6}


def test_a_sent_application_shows_its_files_to_applicant_and_office(client: Client) -> None:
    address = sent_with(client, photo())
    status = text(client.get(address))
    assert "Berkas Anda" in status
    (link,) = links(status)
    assert content_of(client.get(link)) == photo()
    assert "kk.jpg" in text(client.get(f"{address}data/"))
    (listed,) = client.get(f"{address}data.json").json()["files"]
    assert (listed["question"], listed["name"], listed["bytes"]) == ("family_card", "kk.jpg", len(photo()))
    operator = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    with tenancy(home().id):
        task = f"/regions/{REGION}/desk/{Task.objects.get().id}/"
    shown = text(operator.get(task))
    assert "kk.jpg</a> (1 KB)" in shown
    got = operator.get(links(shown)[0])
    assert content_of(got) == photo()
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in got["Cache-Control"]


def test_nobody_else_reads_a_file(client: Client) -> None:
    address = sent_with(client, photo())
    (row,) = kept()
    other = arrived(running(), village=NEIGHBOUR)
    with tenancy(home().id):
        tasks_here = {one.case_id: one.id for one in Task.objects.all()}
    assert row.case_id is not None
    here = tasks_here[row.case_id]
    desk = f"/regions/{REGION}/desk/"
    neighbour = signed_in(seated("sebelah", SeatKind.VILLAGE, NEIGHBOUR))
    assert neighbour.get(f"{desk}{here}/files/{row.id}/").status_code == 403
    # by another case's address, and of another region
    assert neighbour.get(f"{desk}{tasks_here[other.id]}/files/{row.id}/").status_code == 404
    assert client.get(f"/applications/14.08/{address.split('/')[3]}/files/{row.id}/").status_code == 404
    stranger = form_address()
    assert client.get(stranger.replace("form/household/", f"files/{row.id}/")).status_code == 404
    assert client.get(f"{address}files/{other.id}/").status_code == 404
    assert client.get(f"{address}files/{row.id}/").status_code == 200


def test_taking_the_answer_away_drops_its_file(client: Client) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    token = page.split("/")[3]
    drafts.save(organization=home(), token=token, answers={"family_card": None}, at=AT)
    assert kept() == []


def test_what_the_office_asks_for_is_attached_to_the_answer(client: Client) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo(), "lama.jpg")})
    address = page.removesuffix("form/household/")
    client.post(f"{address}check/")
    with tenancy(home().id):
        case = Case.objects.get()
    done(
        case.id,
        "check",
        seated("operator", SeatKind.VILLAGE, VILLAGE),
        result="incomplete",
        reason="KK buram",
    )
    correct = f"{address}correct/"
    asked = text(client.get(correct))
    assert "Sudah dilampirkan: lama.jpg" in asked
    shown = re.search(r'name="_shown" value="([^"]*)"', asked)
    assert shown is not None
    with tenancy(home().id):
        answers = {one: str(value) for one, value in Case.objects.get().state["answers"].items()}
    typed = {**answers, "truth": "yes", "_shown": shown[1], "_key": "1"}
    typed.pop("family_card")
    # a mistake elsewhere keeps the new file until the answer is whole
    wrong = client.post(
        correct, {**typed, "members": "x", "family_card": upload(photo(size=(50, 50)), "baru.jpg")}
    )
    assert wrong.status_code == 422
    assert "Sudah dilampirkan: baru.jpg" in text(wrong)
    assert "lama.jpg" in text(client.get(address))  # the office still has the first
    assert client.post(correct, typed)["Location"] == address
    status = text(client.get(address))
    assert ("baru.jpg" in status, "lama.jpg" in status) == (True, False)
    assert {one.name: one.given_at is not None for one in kept()} == {"lama.jpg": True, "baru.jpg": True}


def test_removing_a_file_from_an_answer_to_the_office_lasts_until_it_is_sent(client: Client) -> None:
    address = sent_with(client, photo())
    with tenancy(home().id):
        case = Case.objects.get()
    done(
        case.id,
        "check",
        seated("operator", SeatKind.VILLAGE, VILLAGE),
        result="incomplete",
        reason="KK salah",
    )
    correct = f"{address}correct/"
    shown = re.search(r'name="_shown" value="([^"]*)"', text(client.get(correct)))
    assert shown is not None
    with tenancy(home().id):
        answers = {one: str(value) for one, value in Case.objects.get().state["answers"].items()}
    typed = {**answers, "truth": "yes", "_shown": shown[1], "_key": "1"}
    typed.pop("family_card")
    answer = client.post(correct, {**typed, "_remove": "family_card"})
    assert 'name="_removed" value="family_card"' in text(answer)
    assert client.post(correct, {**typed, "_removed": "family_card"})["Location"] == address
    assert links(text(client.get(address))) == []


def test_an_office_attaches_a_file_to_its_step(client: Client) -> None:
    service = taking_complaints()
    desk = in_lane("pengaduan-admin", SeatKind.AGENCY, "desk", service)
    agency = in_lane("pengaduan-dinas", SeatKind.AGENCY, "agency", service)
    Client().post("/open311/v2/requests.json", REPORT)
    with tenancy(home().id):
        case = Case.objects.get()
    done(case.id, "verify", desk, result="ours", agency="Dinas Contoh")
    with tenancy(home().id):
        address = f"/regions/{REGION}/desk/{Task.objects.get().id}/"
    worker = Client(enforce_csrf_checks=True)  # as a browser: the token is checked before the form is read
    worker.force_login(agency)
    page = worker.get(address).content.decode()
    shown = re.search(r'name="_shown" value="([^"]*)"', page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)
    assert shown is not None
    assert token is not None
    typed = {"_shown": shown[1], "_key": "1", "result": "done"}
    assert worker.post(address, {**typed, "proof": upload(photo(), "lampu.jpg")}).status_code == 403
    typed["csrfmiddlewaretoken"] = token[1]
    answer = worker.post(address, {**typed, "answer_text": "Pendek", "proof": upload(photo(), "lampu.jpg")})
    assert "Sudah dilampirkan: lampu.jpg" in text(answer)
    assert "Sudah dilampirkan: lampu.jpg" in text(worker.get(address))
    shown = re.search(r'name="_shown" value="([^"]*)"', text(answer))
    assert shown is not None
    typed |= {"_shown": shown[1], "answer_text": "Lampu sudah diganti oleh petugas kami kemarin."}
    assert worker.post(address, typed).status_code == 302
    (row,) = kept()
    assert (row.form, row.question, row.name) == ("act", "proof", "lampu.jpg")
    assert row.given_at is not None
    assert row.uploaded_by == agency.id


def test_forms_that_nobody_goes_on_with_go_with_their_files(client: Client, shelf: Path) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    (row,) = kept()
    with tenancy(home().id):
        ends = Draft.objects.get().ends_at
    assert drafts.drop_ended(organization_id=home().id, at=ends - timedelta(seconds=1)) == 0
    assert len(kept()) == 1
    assert drafts.drop_ended(organization_id=home().id, at=ends) == 1
    assert kept() == []
    attachments.forget(organization_id=home().id, sha256=row.sha256)
    assert lying(shelf) == []


def test_what_became_a_case_is_not_dropped_with_old_forms(client: Client) -> None:
    sent_with(client, photo())
    assert drafts.drop_ended(organization_id=home().id, at=AT + timedelta(days=400)) == 0
    assert len(kept()) == 1


def test_two_applications_with_the_same_file_keep_it_until_the_last_is_gone(
    client: Client, shelf: Path
) -> None:
    first, second = form_address(), form_address()
    for page in (first, second):
        client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    assert (len(kept()), len(lying(shelf))) == (2, 1)
    client.post(first, {**HOUSEHOLD, "_remove": "family_card"})
    (row,) = kept()
    assert attachments.forget(organization_id=home().id, sha256=row.sha256) is False
    assert len(lying(shelf)) == 1


def test_tidying_evidence_leaves_the_files_of_applications(client: Client, shelf: Path) -> None:
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    assert forget_orphans(before=AT + timedelta(days=4000), at=AT) == 0
    assert len(lying(shelf)) == 1


def test_an_infected_file_is_refused_and_stands_in_the_trail(client: Client, settings: Settings) -> None:
    page = form_address()
    with clamd() as (_server, address):
        settings.CLAMAV_ADDRESS = address
        answer = client.post(page, {**HOUSEHOLD, "family_card": upload(photo() + files.EICAR)})
        assert answer.status_code == 422
        assert "Pemindai virus menemukan" in text(answer)
        assert kept() == []
        assert "casework.infected_file_refused" in [one.action for one in trail(REGION)]
        assert client.post(page, {**HOUSEHOLD, "family_card": upload(photo())}).status_code == 302
    settings.CLAMAV_ADDRESS = address  # nobody listens there any more
    answer = client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    assert answer.status_code == 422
    assert len(kept()) == 1


def test_files_lie_in_a_bucket_where_one_is_set_up(client: Client, settings: Settings) -> None:
    page = form_address()
    with s3_server() as server:
        settings.EVIDENCE_BUCKET = Bucket(
            endpoint=f"http://127.0.0.1:{server.server_port}",
            name=BUCKET,
            region=KEYS.region,
            access_key=KEYS.access_key,
            secret_key=KEYS.secret_key,
        )
        client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
        (link,) = links(text(client.get(page.replace("form/household/", "check/"))))
        assert content_of(client.get(link)) == photo()
        assert forget_orphans(before=AT + timedelta(days=4000), at=AT) == 0
        assert content_of(client.get(link)) == photo()
    # the server is away: the file is said not to be had, and another is not taken
    assert client.get(link).status_code == 422
    answer = client.post(page, {**HOUSEHOLD, "members": "6", "family_card": upload(photo(size=(9, 9)))})
    assert answer.status_code == 422
    assert "Berkas tidak dapat disimpan saat ini" in text(answer)
    assert 'value="6"' in text(answer)


def test_who_applied_signed_in_reads_the_file_at_the_id_of_the_case() -> None:
    person = make_person("warga")
    client = signed_in(person)
    page = form_address()
    with tenancy(home().id):
        Draft.objects.update(applicant=person.id)
    client.post(page, {**HOUSEHOLD, "family_card": upload(photo())})
    client.post(page.replace("form/household/", "check/"))
    (row,) = kept()
    address = f"/applications/{REGION}/{row.case_id}/"
    assert links(text(client.get(address))) == [f"{address}files/{row.id}/"]
    assert content_of(client.get(f"{address}files/{row.id}/")) == photo()
    assert signed_in(make_person("tetangga")).get(f"{address}files/{row.id}/").status_code == 404
    assert Client().get(f"{address}files/{row.id}/").status_code == 302


def test_an_officer_at_the_counter_attaches_for_a_citizen() -> None:
    service = running()
    officer = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    form = officer.post(f"/regions/{REGION}/counter/", {"service": str(service.id)})["Location"]
    answer = officer.post(f"{form}household/", {**HOUSEHOLD, "family_card": upload(photo())})
    assert answer.status_code == 302
    assert [one.name for one in kept()] == ["kk.jpg"]


def test_a_file_that_no_answer_took_is_not_given_and_goes_with_the_next_tidying(client: Client) -> None:
    page = form_address()
    with tenancy(home().id):
        draft = Draft.objects.select_related("version").defer("version__content").get()
        question = package_of(draft.version).form.fields["family_card"]
    attachments.attach(
        organization=home(),
        place=attachments.Place(draft_id=draft.id),
        question=question,
        upload=attachments.Upload(BytesIO(photo()), "kk.jpg"),
        by=None,
        at=AT,
    )
    address = page.removesuffix("form/household/")
    client.post(f"{address}check/")
    (row,) = kept()
    assert (row.case_id, row.given_at) == (None, None)
    assert links(text(client.get(address))) == []
    drafts.drop_ended(organization_id=home().id, at=AT)
    assert kept() == []
