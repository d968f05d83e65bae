"""The pages of a sandbox: from one click to a letter, in every role, without an account."""

import json
import re
from datetime import timedelta
from hashlib import sha256
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from livinglab.kernel import clock
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Outcome
from livinglab.packages.queries.play import play
from livinglab.sandboxes import operations
from livinglab.sandboxes.domain.stage import Stage, restored
from livinglab.sandboxes.models import Sandbox
from livinglab.sandboxes.queries import tryable
from livinglab.sandboxes.web import words

pytestmark = pytest.mark.django_db
SKTM = "/try/99.71/sktm/"
ANSWERS = {
    "who": {"full_name": "Warga Contoh", "nik": "9999 0101 0190 0001"},
    "where": {"village": "99.71.01.2001", "address": "Jalan Contoh 1"},
    "why": {"purpose": "health", "referral": "no"},
    "household": {"members": "4", "income": "Rp 1.600.000"},
    "declare": {"phone": "", "truth": "yes"},
}


def begun(client: Client, scenario: str = "") -> str:
    """Begin a sandbox and return its address."""
    answer = client.post(SKTM, {"scenario": scenario})
    assert answer.status_code == 302
    return answer["Location"]


def stage(at: str) -> Stage:
    return restored(Sandbox.objects.get(address=at.rstrip("/").rsplit("/", 1)[-1]).state)


def shown_on(client: Client, at: str) -> str:
    """Return the field that tells the server what was on the page."""
    found = re.search(r'name="_shown" value="([^"]*)"', client.get(at).content.decode())
    assert found
    return found[1]


def send(client: Client, at: str, answers: dict[str, str], **more: object) -> tuple[int, str, str]:
    answer = client.post(at, {"_shown": shown_on(client, at), **answers, **more})
    return answer.status_code, answer.get("Location", ""), answer.content.decode()


def applied(client: Client) -> str:
    at = begun(client)
    for page, answers in ANSWERS.items():
        assert send(client, f"{at}form/{page}/", answers)[0] == 302
    assert client.post(f"{at}form/check/")["Location"] == f"{at}form/receipt/"
    return at


def become(client: Client, at: str, role: str) -> None:
    assert client.post(f"{at}role/", {"role": role})["Location"] == at


def test_a_citizen_applies_one_thing_per_page_and_gets_a_receipt(client: Client) -> None:
    at = begun(client)
    assert client.get(f"{at}form/")["Location"] == f"{at}form/who/"
    steps = [*ANSWERS, "check"]
    for page, following in zip(ANSWERS, steps[1:], strict=True):
        status, to, _ = send(client, f"{at}form/{page}/", ANSWERS[page])
        assert (status, to) == (302, f"{at}form/{following}/")
    check = client.get(f"{at}form/check/").content.decode()
    assert all(
        said in check for said in ("9999010101900001", "Rp1.600.000", "Desa Contoh Satu (fiktif)", "Berobat")
    )
    client.post(f"{at}form/check/")
    case = stage(at).case
    assert case is not None
    assert case.answers == {
        "full_name": "Warga Contoh",
        "nik": "9999010101900001",
        "village": "99.71.01.2001",
        "address": "Jalan Contoh 1",
        "purpose": "health",
        "referral": False,
        "members": 4,
        "income": 1_600_000,
        "truth": True,
    }
    assert case.number in client.get(f"{at}form/receipt/").content.decode()


def test_the_village_checks_the_head_signs_and_the_letter_is_there(client: Client) -> None:
    at = applied(client)
    assert client.get(f"{at}tasks/check/")["Location"] == at, "the citizen does not check"
    become(client, at, "village")
    page = client.get(f"{at}tasks/check/").content.decode()
    assert "••••••••••••0001" in page
    assert "9999010101900001" not in page
    assert send(client, f"{at}tasks/check/", {"result": "complete"})[:2] == (302, at)
    become(client, at, "head")
    assert send(client, f"{at}tasks/approve/", {"approved": "yes"})[:2] == (302, at)
    case = stage(at).case
    assert case is not None
    assert case.outcome is Outcome.GRANTED
    letter = client.get(f"{at}documents/1/").content.decode()
    assert "menerangkan bahwa" in letter
    assert "SKTM/1/" in letter
    told = client.get(f"{at}messages/").content.decode()
    assert told.index("Surat Anda sudah terbit") < told.index("kami terima")
    assert client.get(f"{at}documents/2/").status_code == 404


def test_a_document_carries_a_code_and_is_had_as_pdf_on_paper(client: Client) -> None:
    at = granted(client)
    letter = client.get(f"{at}documents/1/").content.decode()
    assert '<svg class="code"' in letter
    assert 'aria-label="Kode untuk memeriksa keaslian surat"' in letter
    assert f'href="{at}documents/1/pdf/"' in letter
    answer = client.get(f"{at}documents/1/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="SKTM-1-')
    pages = PdfReader(BytesIO(answer.content)).pages
    text = pages[0].extract_text()
    assert "Dari uji coba" in text
    assert "menerangkan bahwa" in text
    assert len(pages) == 1
    assert client.get(f"{at}documents/2/pdf/").status_code == 404


def test_the_drawing_marks_where_the_case_stands_and_what_is_done(client: Client) -> None:
    at = applied(client)
    page = client.get(at).content.decode()
    assert marks_in(page) == {"check": {"kind": "now", "label": "sampai di sini"}}
    client.post(f"{at}clock/", {"by": "deadline"})
    assert marks_in(client.get(at).content.decode()) == {
        "check": {"kind": "late", "label": "sampai di sini, terlambat"}
    }
    assert {one["kind"] for one in marks_in(client.get(granted(client)).content.decode()).values()} == {
        "done"
    }


def marks_in(page: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(unescape(page.split("data-marks='")[1].split("'")[0]))
    return found


def granted(client: Client) -> str:
    """Return the address of a trial whose letter was issued."""
    at = applied(client)
    become(client, at, "village")
    send(client, f"{at}tasks/check/", {"result": "complete"})
    become(client, at, "head")
    send(client, f"{at}tasks/approve/", {"approved": "yes"})
    return at


def test_what_is_wrong_is_said_at_the_question_and_nothing_typed_is_lost(client: Client) -> None:
    at = begun(client)
    status, _, page = send(client, f"{at}form/household/", {"members": "empat", "income": "-1"})
    assert status == 422
    assert '<a href="#members">' in page
    assert '<a href="#income">' in page
    assert 'value="empat"' in page
    assert "members" in stage(at).drafts[""], "kept although it is wrong"
    assert client.post(f"{at}form/check/").status_code == 422
    assert stage(at).case is None


@pytest.mark.parametrize("number", ["3211010101900001", "1234567890123456"])
def test_a_number_that_could_be_somebodys_is_refused(client: Client, number: str) -> None:
    at = begun(client)
    status, _, page = send(client, f"{at}form/who/", {"full_name": "Warga Contoh", "nik": number})
    assert status == 422
    assert page.count("99") > 0
    assert "9999010101900001" in page


def test_an_answer_that_brings_up_a_question_asks_it_before_going_on(client: Client) -> None:
    at = begun(client)
    status, _, page = send(client, f"{at}form/why/", {"purpose": "school", "referral": "no"})
    assert status == 200
    assert 'name="school"' in page
    status, to, _ = send(
        client, f"{at}form/why/", {"purpose": "school", "school": "SMP Contoh", "referral": "no"}
    )
    assert (status, to) == (302, f"{at}form/household/")
    status, to, _ = send(client, f"{at}form/why/", {"purpose": "health", "referral": "no"})
    assert (
        stage(at).drafts[""]["school"] is None
        or "school" not in client.get(f"{at}form/check/").content.decode()
    )


def test_a_file_is_known_by_name_size_and_fingerprint_only(client: Client) -> None:
    at = begun(client)
    card = SimpleUploadedFile("kk.pdf", b"%PDF-1.4 contoh")
    send(client, f"{at}form/household/", ANSWERS["household"], family_card=card)
    kept = stage(at).drafts[""]["family_card"]
    assert kept == {"name": "kk.pdf", "size": 15, "sha256": sha256(b"%PDF-1.4 contoh").hexdigest()}
    send(client, f"{at}form/household/", ANSWERS["household"])
    assert stage(at).drafts[""]["family_card"] == kept, "it stays when the page is sent again without a file"
    status, _, page = send(
        client, f"{at}form/household/", ANSWERS["household"], family_card=SimpleUploadedFile("x.exe", b"MZ")
    )
    assert status == 422
    assert '<a href="#family_card">' in page


def test_the_applicant_completes_what_the_office_asks_for(client: Client) -> None:
    at = applied(client)
    become(client, at, "village")
    send(client, f"{at}tasks/check/", {"result": "incomplete", "reason": "Alamat kurang."})
    become(client, at, "applicant")
    assert f"{at}form/" in client.get(at).content.decode()
    send(client, f"{at}form/where/", {"village": "99.71.01.2001", "address": "Jalan Contoh 1 RT 2"})
    client.post(f"{at}form/check/")
    case = stage(at).case
    assert case is not None
    assert (case.answers["address"], case.answers["members"]) == ("Jalan Contoh 1 RT 2", 4)
    assert [token.node for token in case.tokens] == ["check"]


def test_the_clock_is_pushed_until_the_standard_is_breached(client: Client) -> None:
    at = applied(client)
    before = stage(at).clock
    client.post(f"{at}clock/", {"by": "hour"})
    client.post(f"{at}clock/", {"by": "day"})
    assert stage(at).clock - before == timedelta(days=1, hours=1)
    client.post(f"{at}clock/", {"by": "deadline"})
    case = stage(at).case
    assert case is not None
    assert case.breached == {"check"}
    client.post(f"{at}clock/", {"by": "deadline"})
    case = stage(at).case
    assert case is not None
    assert case.is_late
    assert client.get(at).content.decode().count('class="late"') == 1


def test_the_clock_goes_no_further_than_its_limit(client: Client) -> None:
    at = begun(client)
    Sandbox.objects.update(
        state={**Sandbox.objects.get().state, "clock": (clock.now() + timedelta(days=400)).isoformat()}
    )
    before = stage(at).clock
    answer = client.post(f"{at}clock/", {"by": "day"}, follow=True)
    assert stage(at).clock == before
    assert words.refused(operations.TooFar()) in answer.content.decode()


def test_a_tour_takes_every_step_of_the_scenario(client: Client) -> None:
    at = begun(client, "completed")
    for taken in range(1, 9):
        client.post(f"{at}next/")
        tour = stage(at).tour
        assert tour is not None
        assert tour.taken == taken
    case = stage(at).case
    assert case is not None
    assert (case.outcome, stage(at).role) == (Outcome.GRANTED, "head")
    client.post(f"{at}next/")
    assert stage(at).tour == tour, "after the last step nothing changes"
    client.post(f"{at}reset/")
    assert (stage(at).case, stage(at).tour.taken if stage(at).tour else -1) == (None, 0)


def test_an_invented_person_fills_the_form_and_a_citizen_withdraws(client: Client) -> None:
    at = begun(client)
    assert client.post(f"{at}fill/")["Location"] == f"{at}form/check/"
    client.post(f"{at}form/check/")
    client.post(f"{at}withdraw/")
    case = stage(at).case
    assert case is not None
    assert case.outcome is Outcome.WITHDRAWN
    assert client.post(f"{at}withdraw/", follow=True).status_code == 200


def test_nobody_finds_a_sandbox_without_its_address_and_none_outlives_its_day(client: Client) -> None:
    at = begun(client)
    assert len(at.split("/")[3]) == 43
    assert client.get("/try/s/nothing/").status_code == 404
    assert client.post("/try/s/nothing/reset/").status_code == 404
    assert client.get(at)["X-Robots-Tag"] == "noindex"
    assert operations.delete_ended(at=clock.now()) == 0
    assert operations.delete_ended(at=clock.now() + timedelta(hours=24, seconds=1)) == 1
    assert client.get(at).status_code == 404


def test_a_sandbox_whose_package_went_on_is_over(client: Client) -> None:
    at = begun(client)
    Sandbox.objects.update(version="0.0.1")
    assert client.get(at).status_code == 404


def test_there_are_never_more_sandboxes_than_may_be(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST", 3)
    monkeypatch.setattr(operations, "_ROOM", 2)
    made = [begun(client) for _ in range(4)]
    assert Sandbox.objects.count() == 2
    assert [client.get(at).status_code for at in made] == [404, 404, 200, 200]


def test_a_sandbox_holds_no_more_than_it_may(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at = begun(client)
    monkeypatch.setattr(operations, "LARGEST", 100)
    before = Sandbox.objects.get().state
    assert client.post(f"{at}fill/")["Location"] == at
    assert Sandbox.objects.get().state == before


def test_pages_ask_the_database_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = applied(client)
    with django_assert_num_queries(5):  # the transaction and its tenant, the sandbox, its release
        client.get(at)
    with django_assert_num_queries(5):  # the transaction and its tenant, the sandbox, its release
        client.get(f"{at}form/check/")


def test_the_pages_exist_in_english(client: Client) -> None:
    at = applied(client)
    page = client.get(f"/en{at}").content.decode()
    assert "What you can do now" in page
    assert "Applicant" in page


def test_an_unknown_package_tour_or_page_names_what_there_is(client: Client) -> None:
    assert client.get("/try/99.71/nothing/").status_code == 404
    assert "/try/99.71/sktm/" in client.get("/try/99.71/nothing/").content.decode()
    assert client.post(SKTM, {"scenario": "nothing"}).status_code == 422
    assert client.get(f"{begun(client)}form/nothing/").status_code == 404


@pytest.mark.parametrize("package", tryable.with_the_program(), ids=lambda one: one.manifest.id)
def test_every_scenario_of_every_package_can_be_toured_to_its_end(package: Package) -> None:
    for scenario in package.scenarios.values():
        sandbox = operations.begin(package=package, scenario=scenario.id, at=clock.now())
        for _ in scenario.steps:
            operations.next_step(address=sandbox.address, at=clock.now())
        played = play(package, scenario).steps[-1].case
        reached = restored(Sandbox.objects.get(id=sandbox.id).state).case
        assert reached is not None
        assert played is not None
        assert (reached.outcome, reached.breached) == (played.outcome, played.breached)
        assert [one.document for one in reached.issued] == [one.document for one in played.issued]
